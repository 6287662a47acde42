//! The cost of a state machine: usage times prices.
//!
//! [`usage`] is what an execution uses; [`definition`] and [`observed_usage`] compute it, and [`bill`] applies prices. An
//! [`Estimate`] contains every figure of a report, unrounded.

pub mod advice;
pub mod assumptions;
pub mod bill;
pub mod break_even;
pub mod definition;
pub mod duration;
mod error;
mod estimate;
pub mod execution_bill;
pub mod feasibility;
pub mod markov;
pub mod money;
pub mod observed_usage;
pub mod price_file;
pub mod services;
mod terms;
pub mod usage;

use crate::asl::Machine;
use crate::spec::WorkflowType;
use assumptions::Assumptions;
use bill::{Metered, Tariff};
use feasibility::Obstacle;
use rust_decimal::Decimal;
use std::collections::HashMap;
use usage::Usage;

pub use error::EstimateError;
pub use estimate::{Estimate, TypeEstimate};
pub use terms::{DEFAULT_EXECUTIONS, Terms};

/// Applies prices to usage.
pub fn estimate(
    machine: &Machine<'_>,
    usage: Usage,
    assumptions: &Assumptions,
    terms: &Terms<'_>,
) -> Result<Estimate, EstimateError> {
    let executions = Decimal::from(terms.executions.min(money::MAX_QUANTITY));
    let extra_transitions = Decimal::from(if terms.count_start_end { 2 } else { 0 });
    let standard = Metered::new(&usage, WorkflowType::Standard, extra_transitions);
    let express = Metered::new(&usage, WorkflowType::Express, extra_transitions);
    for metered in [standard, express] {
        let max = Decimal::from(money::MAX_QUANTITY);
        if metered.transitions > max || metered.requests > max || metered.gb_seconds > max {
            return Err(EstimateError::TooMany);
        }
    }
    let (services, unpriced) = if terms.services {
        services::lines(machine, &usage, assumptions, terms, executions)?
    } else {
        (Vec::new(), Vec::new())
    };
    let type_estimate = |metered: Metered, workflow: WorkflowType, obstacles: Vec<Obstacle>| TypeEstimate {
        obstacles,
        metered: metered.times(executions),
        per_month: metered.times(executions).cost(&terms.tariff),
        services_per_month: services
            .iter()
            .filter(|l| l.applies_to(workflow))
            .map(|l| l.per_month)
            .sum(),
    };
    let mut estimate = Estimate {
        standard: type_estimate(
            standard,
            WorkflowType::Standard,
            feasibility::standard_obstacles(&usage),
        ),
        express: type_estimate(
            express,
            WorkflowType::Express,
            feasibility::express_obstacles(machine, &usage),
        ),
        break_even: break_even::find(&usage, standard, express, &terms.tariff, executions),
        shares: shares(&usage, &terms.tariff),
        executions,
        workflow: terms.workflow,
        services,
        unpriced,
        advice: Vec::new(),
        usage,
    };
    estimate.advice = advice::find(machine, &estimate, assumptions, terms);
    Ok(estimate)
}

/// The share of each state in the cost of a STANDARD execution, without the free tier.
fn shares(usage: &Usage, tariff: &Tariff<'_>) -> Vec<Decimal> {
    let per_transition = tariff.standard.per_transition;
    let first_tier = tariff
        .express
        .per_gb_second
        .first()
        .map_or(Decimal::ZERO, |t| t.price);
    let mut children_cost: HashMap<&str, Decimal> = HashMap::new();
    for c in &usage.children {
        *children_cost.entry(&c.state).or_default() += match c.workflow {
            WorkflowType::Standard if c.is_listed => Decimal::ZERO,
            WorkflowType::Standard => c.count * c.transitions * per_transition,
            WorkflowType::Express => {
                c.count
                    * (tariff.express.per_request + bill::gb_seconds(c.billed_ms, c.memory_mb) * first_tier)
            }
        };
    }
    let price = |state: &usage::StateUsage| {
        let children = children_cost
            .get(state.name.as_str())
            .copied()
            .unwrap_or_default();
        state.billed_transitions() * per_transition + children
    };
    let prices: Vec<Decimal> = usage.states.iter().map(price).collect();
    let total: Decimal = prices.iter().sum();
    let share = |price: &Decimal| price.checked_div(total).unwrap_or_default();
    prices.iter().map(share).collect()
}

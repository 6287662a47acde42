//! What a state machine costs: usage, wherever it was learnt, times prices.
//!
//! [`usage`] says what an execution uses; [`definition`] and [`history`] learn it. [`bill`] makes money of it. An
//! [`Estimate`] is data: it holds every figure that a report prints, unrounded.

pub mod advice;
pub mod assumptions;
pub mod bill;
pub mod break_even;
pub mod definition;
pub mod duration;
mod estimate;
pub mod execution_bill;
pub mod feasibility;
pub mod history;
pub mod markov;
pub mod money;
pub mod price_file;
pub mod services;
mod terms;
mod unpriceable;
pub mod usage;

use crate::asl::Machine;
use crate::spec::WorkflowType;
use assumptions::Assumptions;
use bill::{Metered, Tariff};
use feasibility::Obstacle;
use rust_decimal::Decimal;
use std::collections::HashMap;
use usage::Usage;

pub use estimate::{Column, Estimate};
pub use terms::Terms;
pub use unpriceable::Unpriceable;

/// Puts prices on usage.
pub fn estimate(
    machine: &Machine<'_>,
    usage: Usage,
    assumptions: &Assumptions,
    terms: &Terms<'_>,
) -> Result<Estimate, Unpriceable> {
    let executions = Decimal::from(terms.executions.min(money::MOST));
    let more = Decimal::from(if terms.count_start_end { 2 } else { 0 });
    let standard = Metered::of(&usage, WorkflowType::Standard, more);
    let express = Metered::of(&usage, WorkflowType::Express, more);
    for metered in [standard, express] {
        let most = Decimal::from(money::MOST);
        if metered.transitions > most || metered.requests > most || metered.gb_seconds > most {
            return Err(Unpriceable::TooMany);
        }
    }
    let (services, unpriced) = if terms.services {
        services::lines(machine, &usage, assumptions, terms, executions)?
    } else {
        (Vec::new(), Vec::new())
    };
    let column = |metered: Metered, workflow: WorkflowType, obstacles: Vec<Obstacle>| Column {
        obstacles,
        metered: metered.times(executions),
        per_month: metered.times(executions).cost(&terms.tariff),
        services_per_month: services
            .iter()
            .filter(|l| l.is_of(workflow))
            .map(|l| l.per_month)
            .sum(),
    };
    let mut estimate = Estimate {
        standard: column(
            standard,
            WorkflowType::Standard,
            feasibility::against_standard(&usage),
        ),
        express: column(
            express,
            WorkflowType::Express,
            feasibility::against_express(machine, &usage),
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

/// Each state's part of an execution's price as STANDARD, at list prices: free transitions belong to nobody.
fn shares(usage: &Usage, tariff: &Tariff<'_>) -> Vec<Decimal> {
    let per_transition = tariff.standard.per_transition;
    let first_tier = tariff
        .express
        .per_gb_second
        .first()
        .map_or(Decimal::ZERO, |t| t.price);
    let mut of_children: HashMap<&str, Decimal> = HashMap::new();
    for c in &usage.children {
        *of_children.entry(&c.state).or_default() += match c.workflow {
            WorkflowType::Standard if c.is_listed => Decimal::ZERO,
            WorkflowType::Standard => c.count * c.transitions * per_transition,
            WorkflowType::Express => {
                c.count
                    * (tariff.express.per_request + bill::gb_seconds(c.billed_ms, c.memory_mb) * first_tier)
            }
        };
    }
    let price = |state: &usage::StateUsage| {
        let children = of_children.get(state.name.as_str()).copied().unwrap_or_default();
        state.billed_transitions() * per_transition + children
    };
    let prices: Vec<Decimal> = usage.states.iter().map(price).collect();
    let whole: Decimal = prices.iter().sum();
    let share = |price: &Decimal| price.checked_div(whole).unwrap_or_default();
    prices.iter().map(share).collect()
}

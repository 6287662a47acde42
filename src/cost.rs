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
pub mod feasibility;
pub mod history;
pub mod markov;
pub mod money;
pub mod price_file;
pub mod services;
pub mod usage;

use crate::asl::Machine;
use crate::aws::price::Prices;
use crate::prose;
use crate::spec::WorkflowType;
use advice::Advice;
use assumptions::Assumptions;
use bill::{Metered, Tariff};
use break_even::BreakEven;
use feasibility::Obstacle;
use rust_decimal::Decimal;
use services::ServiceLine;
use std::collections::HashMap;
use std::fmt;
use usage::Usage;

/// Why no price can be put on a machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unpriceable {
    /// These states, once entered, are never left.
    Endless {
        /// Their names.
        states: Vec<String>,
    },
    /// A scope has no state to start at.
    NoStart {
        /// The scope's JSON pointer; empty for the machine itself.
        pointer: String,
    },
    /// An execution has more transitions, children or GB-seconds than 1e12.
    TooMany,
}

impl fmt::Display for Unpriceable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Endless { states } => {
                let states = prose::abridged_list(states, 5);
                write!(f, "An execution never leaves {states}, so it has no price")
            }
            Self::NoStart { pointer } if pointer.is_empty() => {
                f.write_str("`StartAt` names no state, so there is nothing to price")
            }
            Self::NoStart { pointer } => write!(
                f,
                "`StartAt` of `{pointer}` names no state, so there is nothing to price"
            ),
            Self::TooMany => {
                f.write_str("An execution uses more than 1,000,000,000,000 transitions or GB-seconds")
            }
        }
    }
}

/// Under what terms usage is priced.
#[derive(Debug, Clone, Copy)]
pub struct Terms<'p> {
    /// The table.
    pub prices: &'p Prices,
    /// What holds of it.
    pub tariff: Tariff<'p>,
    /// How often the machine is started in a month; at most [`money::MOST`].
    pub executions: u64,
    /// The machine's type.
    pub workflow: WorkflowType,
    /// Start and end of a Standard execution count as transitions too.
    pub count_start_end: bool,
    /// Price what tasks call.
    pub services: bool,
}

/// One type's price.
#[derive(Debug, Clone)]
pub struct Column {
    /// What rules the type out.
    pub obstacles: Vec<Obstacle>,
    /// What a month meters.
    pub metered: Metered,
    /// What a month costs, called services aside.
    pub per_month: Decimal,
    /// What a month's calls of services cost.
    pub services_per_month: Decimal,
}

impl Column {
    /// Whether the machine can be of the type.
    pub fn is_possible(&self) -> bool {
        self.obstacles.is_empty()
    }

    /// What a month costs in all.
    pub fn total(&self) -> Decimal {
        self.per_month + self.services_per_month
    }
}

/// What a state machine costs.
#[derive(Debug, Clone)]
pub struct Estimate {
    /// What one execution uses.
    pub usage: Usage,
    /// Executions a month.
    pub executions: Decimal,
    /// The machine's type.
    pub workflow: WorkflowType,
    /// As a machine of type STANDARD.
    pub standard: Column,
    /// As a machine of type EXPRESS.
    pub express: Column,
    /// Where both cost the same.
    pub break_even: BreakEven,
    /// Each state's part of the price as STANDARD, from 0 to 1, in the order of [`Usage::states`].
    pub shares: Vec<Decimal>,
    /// What tasks call; none where that is not priced.
    pub services: Vec<ServiceLine>,
    /// The calls that the table has no price for.
    pub unpriced: Vec<services::Unpriced>,
    /// How to pay less.
    pub advice: Vec<Advice>,
}

impl Estimate {
    /// The price as the machine's own type.
    pub fn own(&self) -> &Column {
        match self.workflow {
            WorkflowType::Standard => &self.standard,
            WorkflowType::Express => &self.express,
        }
    }

    /// A month's amount by execution.
    pub fn per_execution(&self, per_month: Decimal) -> Decimal {
        per_month.checked_div(self.executions).unwrap_or_default()
    }
}

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

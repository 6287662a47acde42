//! The estimate, with every figure of a report.

use super::advice::Advice;
use super::bill::Metered;
use super::break_even::BreakEven;
use super::feasibility::Obstacle;
use super::services::{ServiceLine, Unpriced};
use super::usage::Usage;
use crate::spec::WorkflowType;
use rust_decimal::Decimal;

/// The cost as one workflow type.
#[derive(Debug, Clone)]
pub struct TypeEstimate {
    /// Why the state machine cannot have this type; empty if it can.
    pub obstacles: Vec<Obstacle>,
    /// The metered usage of a month.
    pub metered: Metered,
    /// US dollars per month, without called services.
    pub per_month: Decimal,
    /// US dollars per month for called services.
    pub services_per_month: Decimal,
}

impl TypeEstimate {
    /// Whether the state machine can have this type.
    pub fn is_possible(&self) -> bool {
        self.obstacles.is_empty()
    }

    /// US dollars per month in total.
    pub fn total(&self) -> Decimal {
        self.per_month + self.services_per_month
    }
}

/// The estimated cost of a state machine.
#[derive(Debug, Clone)]
pub struct Estimate {
    /// The usage of one execution.
    pub usage: Usage,
    /// Executions per month.
    pub executions: Decimal,
    /// The workflow type of the state machine.
    pub workflow: WorkflowType,
    /// The cost as a STANDARD workflow.
    pub standard: TypeEstimate,
    /// The cost as an EXPRESS workflow.
    pub express: TypeEstimate,
    /// Where both types cost the same.
    pub break_even: BreakEven,
    /// The share of each state in the cost as STANDARD, from 0 to 1, in the order of [`Usage::states`].
    pub shares: Vec<Decimal>,
    /// The cost of called services; empty unless they are priced.
    pub services: Vec<ServiceLine>,
    /// Calls without a known price.
    pub unpriced: Vec<Unpriced>,
    /// Recommendations that reduce the cost.
    pub advice: Vec<Advice>,
}

impl Estimate {
    /// The cost as the type of the state machine.
    pub fn own(&self) -> &TypeEstimate {
        match self.workflow {
            WorkflowType::Standard => &self.standard,
            WorkflowType::Express => &self.express,
        }
    }

    /// An amount per month, divided by the executions per month.
    pub fn per_execution(&self, per_month: Decimal) -> Decimal {
        per_month.checked_div(self.executions).unwrap_or_default()
    }
}

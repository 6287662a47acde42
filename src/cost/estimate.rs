//! The estimate: every figure that a report prints.

use super::advice::Advice;
use super::bill::Metered;
use super::break_even::BreakEven;
use super::feasibility::Obstacle;
use super::services::{ServiceLine, Unpriced};
use super::usage::Usage;
use crate::spec::WorkflowType;
use rust_decimal::Decimal;

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
    pub unpriced: Vec<Unpriced>,
    /// Recommendations that reduce the cost.
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

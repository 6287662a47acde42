//! The terms under which usage is priced.

use super::bill::Tariff;
use crate::aws::price::Prices;
use crate::spec::WorkflowType;

/// Under what terms usage is priced.
#[derive(Debug, Clone, Copy)]
pub struct Terms<'p> {
    /// The table.
    pub prices: &'p Prices,
    /// What holds of it.
    pub tariff: Tariff<'p>,
    /// How often the machine is started in a month; at most [`super::money::MOST`].
    pub executions: u64,
    /// The machine's type.
    pub workflow: WorkflowType,
    /// Start and end of a Standard execution count as transitions too.
    pub count_start_end: bool,
    /// Price what tasks call.
    pub services: bool,
}

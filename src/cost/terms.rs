//! The terms that usage is priced by.

use super::bill::Tariff;
use crate::aws::price::Prices;
use crate::spec::WorkflowType;

/// The default number of executions per month.
pub const DEFAULT_EXECUTIONS: u64 = 1_000_000;

/// The prices and options by which usage is priced.
#[derive(Debug, Clone, Copy)]
pub struct Terms<'p> {
    /// All prices.
    pub prices: &'p Prices,
    /// The prices of the region.
    pub tariff: Tariff<'p>,
    /// Executions per month; at most [`super::money::MAX_QUANTITY`].
    pub executions: u64,
    /// The workflow type of the state machine.
    pub workflow: WorkflowType,
    /// Whether the start and the end of a Standard execution count as transitions.
    pub count_start_end: bool,
    /// Whether to price the calls of other services.
    pub services: bool,
}

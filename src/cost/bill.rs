//! From what is used in a month to what it costs.

use super::money::tiered;
use super::usage::{Usage, billed_mb};
use crate::aws::price::{Express, Prices, Standard};
use crate::spec::WorkflowType;
use rust_decimal::Decimal;

/// The region whose Express prices stand in where a region's own are not in the table: the only one with all tiers.
const REFERENCE: &str = "us-east-1";

/// The prices that hold in a region.
#[derive(Debug, Clone, Copy)]
pub struct Tariff<'p> {
    /// The region.
    pub region: &'p str,
    /// Standard workflows.
    pub standard: &'p Standard,
    /// Express workflows.
    pub express: &'p Express,
    /// The region that the Express prices are of.
    pub express_region: &'p str,
    /// Transitions a month that cost nothing.
    pub free_transitions: Decimal,
}

impl<'p> Tariff<'p> {
    /// The prices of a region; none where the table does not have it.
    pub fn of(prices: &'p Prices, region: &str, free_tier: bool) -> Option<Self> {
        let (code, row) = prices.regions.get_key_value(region)?;
        let (express_region, express) = match &row.express {
            Some(express) => (code.as_str(), express),
            None => (REFERENCE, prices.region(REFERENCE)?.express.as_ref()?),
        };
        Some(Self {
            region: code,
            standard: &row.standard,
            express,
            express_region,
            free_transitions: if free_tier {
                prices.free_transitions.per_month
            } else {
                Decimal::ZERO
            },
        })
    }
}

/// What is metered: of one execution, or of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Metered {
    /// State transitions of Standard workflows.
    pub transitions: Decimal,
    /// Executions of Express workflows.
    pub requests: Decimal,
    /// Their memory times their duration.
    pub gb_seconds: Decimal,
}

/// GB-seconds of an Express execution.
pub fn gb_seconds(billed_ms: Decimal, memory_mb: Decimal) -> Decimal {
    billed_ms * billed_mb(memory_mb) / Decimal::from(1_024_000)
}

impl Metered {
    /// What one execution of a machine meters if the machine has this type; what its children meter is part of it.
    /// `per_execution` more transitions are counted for each Standard execution.
    pub fn of(usage: &Usage, workflow: WorkflowType, per_execution: Decimal) -> Self {
        let mut metered = match workflow {
            WorkflowType::Standard => Self {
                transitions: usage.transitions.expected + per_execution,
                ..Self::default()
            },
            WorkflowType::Express => Self {
                transitions: usage.child_transitions,
                requests: Decimal::ONE,
                gb_seconds: gb_seconds(usage.billed_ms, usage.memory_mb),
            },
        };
        for children in &usage.children {
            match children.workflow {
                WorkflowType::Standard => metered.transitions += children.count * per_execution,
                WorkflowType::Express => {
                    metered.requests += children.count;
                    metered.gb_seconds += children.count * gb_seconds(children.billed_ms, children.memory_mb);
                }
            }
        }
        metered
    }

    /// So many times as much.
    #[must_use]
    pub fn times(self, executions: Decimal) -> Self {
        Self {
            transitions: self.transitions * executions,
            requests: self.requests * executions,
            gb_seconds: self.gb_seconds * executions,
        }
    }

    /// What it costs, when it is all that is metered in a month.
    pub fn cost(self, tariff: &Tariff<'_>) -> Decimal {
        let billable = (self.transitions - tariff.free_transitions).max(Decimal::ZERO);
        billable * tariff.standard.per_transition
            + self.requests * tariff.express.per_request
            + tiered(&tariff.express.per_gb_second, self.gb_seconds)
    }
}

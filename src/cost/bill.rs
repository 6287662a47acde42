//! The prices of a region and the metered usage that they apply to.

use super::money::tiered;
use super::usage::{Usage, billed_mb};
use crate::aws::price::{Express, Prices, REFERENCE_REGION, Standard};
use crate::spec::WorkflowType;
use rust_decimal::Decimal;

/// The prices of Step Functions in a region.
#[derive(Debug, Clone, Copy)]
pub struct Tariff<'p> {
    /// The region.
    pub region: &'p str,
    /// Prices of Standard workflows.
    pub standard: &'p Standard,
    /// Prices of Express workflows.
    pub express: &'p Express,
    /// The region of the Express prices: [`REFERENCE_REGION`] if those of the region are unknown.
    pub express_region: &'p str,
    /// Free transitions per month.
    pub free_transitions: Decimal,
}

impl<'p> Tariff<'p> {
    /// The prices of a region; `None` if the region is not in the table.
    pub fn new(prices: &'p Prices, region: &str, free_tier: bool) -> Option<Self> {
        let (code, row) = prices.regions.get_key_value(region)?;
        let (express_region, express) = match &row.express {
            Some(express) => (code.as_str(), express),
            None => (
                REFERENCE_REGION,
                prices.region(REFERENCE_REGION)?.express.as_ref()?,
            ),
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

/// Metered usage of one execution or of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Metered {
    /// State transitions of Standard workflows.
    pub transitions: Decimal,
    /// Executions of Express workflows.
    pub requests: Decimal,
    /// Memory times duration of Express workflows.
    pub gb_seconds: Decimal,
}

/// GB-seconds of an Express execution.
pub fn gb_seconds(billed_ms: Decimal, memory_mb: Decimal) -> Decimal {
    billed_ms * billed_mb(memory_mb) / Decimal::from(1_024_000)
}

impl Metered {
    /// The metered usage of one execution of the given type, including its children. `extra_transitions` are added for each
    /// Standard execution.
    pub fn new(usage: &Usage, workflow: WorkflowType, extra_transitions: Decimal) -> Self {
        let mut metered = match workflow {
            WorkflowType::Standard => Self {
                transitions: usage.transitions.expected + extra_transitions,
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
                WorkflowType::Standard => metered.transitions += children.count * extra_transitions,
                WorkflowType::Express => {
                    metered.requests += children.count;
                    metered.gb_seconds += children.count * gb_seconds(children.billed_ms, children.memory_mb);
                }
            }
        }
        metered
    }

    /// The usage of that many executions.
    #[must_use]
    pub fn times(self, executions: Decimal) -> Self {
        Self {
            transitions: self.transitions * executions,
            requests: self.requests * executions,
            gb_seconds: self.gb_seconds * executions,
        }
    }

    /// The cost in US dollars if this is the usage of a month.
    pub fn cost(self, tariff: &Tariff<'_>) -> Decimal {
        let billable = (self.transitions - tariff.free_transitions).max(Decimal::ZERO);
        billable * tariff.standard.per_transition
            + self.requests * tariff.express.per_request
            + tiered(&tariff.express.per_gb_second, self.gb_seconds)
    }
}

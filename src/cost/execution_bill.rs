//! What AWS bills for one execution.

use super::usage::{billed_mb, billed_ms, memory_mb};
use crate::aws::price::Region;
use rust_decimal::Decimal;
use rust_decimal::prelude::{FromPrimitive, ToPrimitive};

/// What AWS bills for an execution and the children of its Map Runs, without executions that its tasks start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bill {
    /// State transitions. For an Express workflow, only those of Standard child workflows are charged.
    pub transitions: u64,
    /// Duration and memory of an Express workflow.
    pub express: Option<ExpressBill>,
}

/// What AWS bills for an execution of an Express workflow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExpressBill {
    /// Milliseconds, rounded up to the next 100.
    pub duration_ms: u64,
    /// Megabytes, rounded up to the next 64.
    pub memory_mb: u64,
}

impl Bill {
    /// The price in a region in US dollars, without what is free and without discounts for quantities.
    pub fn price(&self, region: &Region) -> Decimal {
        let transitions = Decimal::from(self.transitions) * region.standard.per_transition;
        let (Some(bill), Some(prices)) = (&self.express, &region.express) else {
            return transitions;
        };
        let gb_seconds = Decimal::from(bill.duration_ms) / Decimal::ONE_THOUSAND
            * Decimal::from(bill.memory_mb)
            / Decimal::from(1024);
        let per_gb_second = prices
            .per_gb_second
            .first()
            .map_or(Decimal::ZERO, |tier| tier.price);
        transitions + prices.per_request + gb_seconds * per_gb_second
    }
}

impl ExpressBill {
    /// The bill for a duration in milliseconds, with AWS's estimate of the memory from the bytes of the definition and the
    /// peak of all payloads.
    pub fn new(duration_ms: i64, definition_bytes: u32, payload_bytes: usize) -> Self {
        let memory = memory_mb(f64::from(definition_bytes) / 1_000.0, kilobytes(payload_bytes));
        let memory = Decimal::from_f64(memory).unwrap_or(Decimal::MAX);
        Self {
            duration_ms: billed_ms(duration_ms.into()).to_u64().unwrap_or(u64::MAX),
            memory_mb: billed_mb(memory).to_u64().unwrap_or(u64::MAX),
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "an estimate in kilobytes")]
fn kilobytes(bytes: usize) -> f64 {
    bytes as f64 / 1_000.0
}

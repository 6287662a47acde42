//! What AWS bills of a simulated execution.

use super::Prepared;
use crate::cost::usage::{billed_mb, billed_ms, memory_mb};
use crate::render::history::{Bill, ExpressBill};
use crate::simulate::Execution;
use rust_decimal::Decimal;
use rust_decimal::prelude::{FromPrimitive, ToPrimitive};

/// Transitions, and of a machine of type EXPRESS the duration and AWS's estimate of the memory.
pub(super) fn of(prepared: &Prepared<'_>, execution: &Execution) -> Bill {
    let definition = prepared.machine.node.span.len();
    let express = execution.identity.workflow_type.is_express().then(|| {
        let duration = execution.stop.since(execution.start);
        let payloads = execution.peak.bytes();
        let memory = memory_mb(f64::from(definition) / 1_000.0, kilobytes(payloads));
        let memory = Decimal::from_f64(memory).unwrap_or(Decimal::MAX);
        ExpressBill {
            duration_ms: billed_ms(duration.into()).to_u64().unwrap_or(u64::MAX),
            memory_mb: billed_mb(memory).to_u64().unwrap_or(u64::MAX),
        }
    });
    Bill {
        transitions: transitions(execution),
        express,
    }
}

/// The transitions of the execution and of its Map Runs: each child started is one, and those of type STANDARD have
/// their own.
pub(super) fn transitions(execution: &Execution) -> u64 {
    let children = execution.map_runs.iter().map(|run| {
        let started = run.executions.total - run.executions.pending;
        let own = if run.workflow_type.is_express() {
            0
        } else {
            run.transitions
        };
        u64::try_from(started).unwrap_or(u64::MAX).saturating_add(own)
    });
    children.fold(execution.transitions, u64::saturating_add)
}

#[expect(clippy::cast_precision_loss, reason = "an estimate in kilobytes")]
fn kilobytes(bytes: usize) -> f64 {
    bytes as f64 / 1_000.0
}

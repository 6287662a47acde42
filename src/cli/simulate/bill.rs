//! What AWS bills for an execution.

use crate::asl::Machine;
use crate::render::history::{Bill, ExpressBill};
use crate::simulate::Execution;

/// What AWS bills for an execution of a machine.
pub(in crate::cli) fn bill(execution: &Execution, machine: &Machine<'_>) -> Bill {
    let is_express = execution.identity.workflow_type.is_express();
    let express = is_express.then(|| {
        ExpressBill::new(
            execution.stop.since(execution.start),
            machine.node.span.len(),
            execution.peak.bytes(),
        )
    });
    Bill {
        transitions: execution.billed_transitions(),
        express,
    }
}

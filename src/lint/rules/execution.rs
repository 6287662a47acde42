//! Which type of execution runs a state: the machine's, or that of the Distributed Map around it.

use crate::asl::{Kind, Machine, State};
use crate::document::Node;
use crate::lint::MachineType;

/// Calls `f` with every state that runs in an Express execution.
pub(super) fn for_each_express_state<'a, 'd>(
    machine: &'a Machine<'d>,
    machine_type: MachineType,
    f: &mut dyn FnMut(&'a State<'d>),
) {
    for state in &machine.states {
        if machine_type == MachineType::Express {
            f(state);
        }
        for inner in state.machines() {
            for_each_express_state(inner, type_inside(state, machine_type), f);
        }
    }
}

/// The type of the executions that run the machines inside a state.
fn type_inside(state: &State<'_>, outside: MachineType) -> MachineType {
    let Kind::Map(map) = &state.kind else {
        return outside;
    };
    if !map.is_distributed {
        return outside;
    }
    let written = map
        .processor_config
        .and_then(|config| config.get("ExecutionType"));
    match written.and_then(Node::as_str) {
        Some("EXPRESS") => MachineType::Express,
        _ => MachineType::Standard,
    }
}

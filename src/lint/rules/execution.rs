//! Which type of execution runs a state: the machine's, or that of the Distributed Map around it.

use crate::asl::{Kind, Machine, State};
use crate::document::Node;
use crate::lint::MachineType;

/// Calls `f` with every state and the type of the execution that runs it.
pub(super) fn for_each_typed_state<'a, 'd>(
    machine: &'a Machine<'d>,
    machine_type: MachineType,
    f: &mut dyn FnMut(&'a State<'d>, MachineType),
) {
    for state in &machine.states {
        f(state, machine_type);
        for inner in state.machines() {
            for_each_typed_state(inner, type_inside(state, machine_type), f);
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

//! Corrects targets of transitions that are one typing mistake away from the name of a state.

use crate::document::{Encoding, Node, NodeKind, Text};
use crate::prose;
use crate::source::Span;
use std::collections::HashSet;

/// The names of the states of a machine.
struct Names {
    in_order: Vec<String>,
    all: HashSet<String>,
}

/// Replaces each undefined target in a state machine by the one state whose name it resembles.
pub(super) fn targets(machine: &mut Node) {
    let states = machine.get("States").and_then(Node::as_object);
    let names = states.unwrap_or_default().iter();
    let in_order: Vec<String> = names.map(|state| state.key.as_str().to_owned()).collect();
    let names = Names {
        all: in_order.iter().cloned().collect(),
        in_order,
    };
    let NodeKind::Object(members) = &mut machine.kind else {
        return;
    };
    for member in members {
        match member.key.as_str() {
            "StartAt" => target(&mut member.value, &names),
            "States" => {
                let NodeKind::Object(states) = &mut member.value.kind else {
                    continue;
                };
                states
                    .iter_mut()
                    .for_each(|state| self::state(&mut state.value, &names));
            }
            _ => {}
        }
    }
}

fn state(state: &mut Node, names: &Names) {
    let NodeKind::Object(members) = &mut state.kind else {
        return;
    };
    for member in members {
        match (member.key.as_str(), &mut member.value.kind) {
            ("Next" | "Default", _) => target(&mut member.value, names),
            ("Choices" | "Catch", NodeKind::Array(items)) => {
                for item in items {
                    let NodeKind::Object(members) = &mut item.kind else {
                        continue;
                    };
                    let next = members.iter_mut().filter(|member| member.key.as_str() == "Next");
                    next.for_each(|member| target(&mut member.value, names));
                }
            }
            ("Branches", NodeKind::Array(branches)) => branches.iter_mut().for_each(targets),
            ("ItemProcessor" | "Iterator", _) => targets(&mut member.value),
            _ => {}
        }
    }
}

fn target(node: &mut Node, names: &Names) {
    let Some(written) = node.as_str() else { return };
    if names.all.contains(written) {
        return;
    }
    if let Some(meant) = prose::closest(written, names.in_order.iter().map(String::as_str)) {
        let Span { start, .. } = node.span;
        node.kind = NodeKind::String(Text::new(meant, Encoding::Verbatim { start }));
    }
}

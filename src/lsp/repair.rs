//! Corrects targets of transitions that are one typing mistake away from the name of a state.

use crate::document::{Encoding, Node, NodeKind, Text};
use crate::prose;
use crate::source::Span;

/// Replaces each undefined target in a state machine by the one state whose name it resembles.
pub(super) fn targets(machine: &mut Node) {
    let names: Vec<String> = machine
        .get("States")
        .and_then(Node::as_object)
        .unwrap_or_default()
        .iter()
        .map(|member| member.key.as_str().to_owned())
        .collect();
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

fn state(state: &mut Node, names: &[String]) {
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

fn target(node: &mut Node, names: &[String]) {
    let Some(written) = node.as_str() else { return };
    if names.iter().any(|name| name == written) {
        return;
    }
    if let Some(meant) = prose::closest(written, names.iter().map(String::as_str)) {
        let Span { start, .. } = node.span;
        node.kind = NodeKind::String(Text::new(meant, Encoding::Verbatim { start }));
    }
}

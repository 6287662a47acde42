//! Names of errors in `Retry` and `Catch`.

use super::candidate::Candidate;
use super::cursor_context::CursorContext;
use super::writing;
use crate::document::Node;
use crate::lsp::manual;
use crate::spec::StateType;
use crate::spec::error_name::{self, Matched};
use gen_lsp_types::CompletionItemKind;

/// The errors that the state around the cursor may fail with: those of the called service first.
pub(super) fn complete(context: &CursorContext<'_>) -> Vec<Candidate> {
    let Some(state) = context.node_path.state() else {
        return Vec::new();
    };
    let state_type = state.state_type();
    let mut names: Vec<(String, u32)> = Vec::new();
    if let Some(resource) = state.resource() {
        names.extend(manual::errors(resource).into_iter().map(|name| (name, 1)));
    }
    // A Parallel or a Map fails with the errors of its states.
    let mut inside = Vec::new();
    collect_resources(state.node(), &mut inside);
    for resource in inside {
        for name in manual::errors(resource) {
            if !names.iter().any(|(known, _)| *known == name) {
                names.push((name, 2));
            }
        }
    }
    for reserved in error_name::RESERVED {
        let is_possible = reserved.matched == Matched::Wildcard
            || state_type.is_some_and(|state_type| {
                reserved.raised_by.contains(&state_type)
                    || matches!(state_type, StateType::Map | StateType::Parallel)
            });
        if is_possible && reserved.matched != Matched::Never {
            names.push((reserved.name.to_owned(), 0));
        }
    }
    let present: Vec<&str> = context
        .node_path
        .node()
        .as_array()
        .unwrap_or_default()
        .iter()
        .filter(|item| item.span.end < context.replace.start || context.replace.end < item.span.start)
        .filter_map(Node::as_str)
        .collect();
    names
        .into_iter()
        .filter(|(name, _)| !present.contains(&name.as_str()))
        .map(|(name, rank)| {
            let mut candidate = super::literal::text(context, &name, CompletionItemKind::Event).rank(rank);
            candidate.documentation = manual::error(&name).unwrap_or_default();
            if matches!(context.role, super::cursor_context::Role::Value(_)) {
                let list = writing::string(context, &name);
                candidate.text = format!("[{list}]{}", writing::comma(context));
            }
            candidate
        })
        .collect()
}

fn collect_resources<'s>(state: &'s Node, found: &mut Vec<&'s str>) {
    let branches = state.get("Branches").and_then(Node::as_array).unwrap_or_default();
    let processors = ["ItemProcessor", "Iterator"]
        .into_iter()
        .filter_map(|key| state.get(key));
    for machine in branches.iter().chain(processors) {
        let states = machine
            .get("States")
            .and_then(Node::as_object)
            .unwrap_or_default();
        for inner in states {
            if let Some(resource) = inner.value.get("Resource").and_then(Node::as_str)
                && !found.contains(&resource)
            {
                found.push(resource);
            }
            collect_resources(&inner.value, found);
        }
    }
}

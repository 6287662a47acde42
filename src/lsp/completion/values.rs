//! Values: names of states, types, and other texts of which only some are allowed.

use super::candidate::Candidate;
use super::cursor_context::CursorContext;
use super::{errors, literal, resources, writing};
use crate::document::Node;
use crate::lsp::fields::{self, Shape};
use crate::spec::StateType;
use gen_lsp_types::CompletionItemKind;

/// The values that may be written at the cursor, and whether typing more may find others.
pub(super) fn complete(context: &CursorContext<'_>) -> (Vec<Candidate>, bool) {
    let Some(key) = writing::key_of(context) else {
        return (Vec::new(), false);
    };
    let found = match key {
        "StartAt" | "Next" | "Default" => return states(context),
        "Resource" => return resources::complete(context),
        "ErrorEquals" => errors::complete(context),
        "Type" if context.keys().is_empty() && context.node_path.state().is_some() => types(context),
        key => allowed(context, key),
    };
    (found, false)
}

/// The maximum number of states: a client shows few, and asks again when more is typed.
const MAX_STATES: usize = 200;

/// The names of the states in the scope, and whether there are more. The state itself comes last.
fn states(context: &CursorContext<'_>) -> (Vec<Candidate>, bool) {
    let own = context
        .node_path
        .state()
        .filter(|state| std::ptr::eq(state.scope, context.node_path.scope()));
    let states = context
        .node_path
        .scope()
        .get("States")
        .and_then(Node::as_object)
        .unwrap_or_default();
    let candidate = |state: &crate::document::Member| {
        let name = state.key.as_str();
        let state_type = state.value.get("Type").and_then(Node::as_str).unwrap_or_default();
        let comment = state
            .value
            .get("Comment")
            .and_then(Node::as_str)
            .unwrap_or_default();
        let is_own = own.is_some_and(|own| own.name() == name);
        literal::text(context, name, CompletionItemKind::Reference)
            .detail(state_type)
            .documentation(comment)
            .rank(if is_own { 2 } else { 1 })
    };
    if states.len() <= MAX_STATES {
        return (states.iter().map(candidate).collect(), false);
    }
    let typed = context.typed.to_lowercase();
    let matching = states
        .iter()
        .filter(|state| state.key.to_lowercase().contains(&typed));
    (matching.take(MAX_STATES).map(candidate).collect(), true)
}

fn types(context: &CursorContext<'_>) -> Vec<Candidate> {
    StateType::ALL
        .into_iter()
        .map(|state_type| {
            literal::text(context, state_type.as_str(), CompletionItemKind::EnumMember)
                .documentation(fields::type_documentation(state_type))
        })
        .collect()
}

/// The values that the schema allows.
fn allowed(context: &CursorContext<'_>, key: &str) -> Vec<Candidate> {
    let object = match context.node_path.state() {
        None => fields::machine_definition(),
        Some(state) => state
            .state_type()
            .and_then(|state_type| fields::state_definition(state_type, state.language(&context.node_path)))
            .and_then(|definition| definition.at(&context.keys())),
    };
    let Some(field) = object.and_then(|object| object.field(key)) else {
        return Vec::new();
    };
    let values = field.values().into_iter();
    let mut found: Vec<Candidate> = values
        .map(|value| literal::text(context, value, CompletionItemKind::EnumMember))
        .collect();
    if field.shape() == Shape::Bool {
        for value in ["true", "false"] {
            let mut candidate = Candidate::new(value, CompletionItemKind::Value, context.replace);
            candidate.text = format!("{value}{}", writing::comma(context));
            found.push(candidate);
        }
    }
    found
}

//! Values: names of states, types, and other texts of which only some are allowed.

use super::candidate::Candidate;
use super::spot::Spot;
use super::{errors, literal, resources, writing};
use crate::document::Node;
use crate::lsp::fields::{self, Shape};
use crate::spec::StateType;
use gen_lsp_types::CompletionItemKind;

/// The values that may be written at a spot, and whether typing more may find others.
pub(super) fn complete(spot: &Spot<'_>) -> (Vec<Candidate>, bool) {
    let Some(key) = writing::key_of(spot) else {
        return (Vec::new(), false);
    };
    let found = match key {
        "StartAt" | "Next" | "Default" => return states(spot),
        "Resource" => return resources::complete(spot),
        "ErrorEquals" => errors::complete(spot),
        "Type" if spot.keys().is_empty() && spot.place.state().is_some() => types(spot),
        key => allowed(spot, key),
    };
    (found, false)
}

/// The maximum number of states: a client shows few, and asks again when more is typed.
const MAX_STATES: usize = 200;

/// The names of the states in the scope, and whether there are more. The state itself comes last.
fn states(spot: &Spot<'_>) -> (Vec<Candidate>, bool) {
    let own = spot
        .place
        .state()
        .filter(|state| std::ptr::eq(state.scope, spot.place.scope()));
    let states = spot
        .place
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
        literal::text(spot, name, CompletionItemKind::Reference)
            .detail(state_type)
            .documentation(comment)
            .rank(if is_own { 2 } else { 1 })
    };
    if states.len() <= MAX_STATES {
        return (states.iter().map(candidate).collect(), false);
    }
    let typed = spot.typed.to_lowercase();
    let matching = states
        .iter()
        .filter(|state| state.key.to_lowercase().contains(&typed));
    (matching.take(MAX_STATES).map(candidate).collect(), true)
}

fn types(spot: &Spot<'_>) -> Vec<Candidate> {
    StateType::ALL
        .into_iter()
        .map(|state_type| {
            literal::text(spot, state_type.as_str(), CompletionItemKind::EnumMember)
                .documentation(fields::type_documentation(state_type))
        })
        .collect()
}

/// The values that the schema allows.
fn allowed(spot: &Spot<'_>, key: &str) -> Vec<Candidate> {
    let object = match spot.place.state() {
        None => fields::machine_definition(),
        Some(state) => state
            .state_type()
            .and_then(|state_type| fields::state_definition(state_type, state.language(&spot.place)))
            .and_then(|definition| definition.at(&spot.keys())),
    };
    let Some(field) = object.and_then(|object| object.field(key)) else {
        return Vec::new();
    };
    let values = field.values().into_iter();
    let mut found: Vec<Candidate> = values
        .map(|value| literal::text(spot, value, CompletionItemKind::EnumMember))
        .collect();
    if field.shape() == Shape::Bool {
        for value in ["true", "false"] {
            let mut candidate = Candidate::new(value, CompletionItemKind::Value, spot.replace);
            candidate.text = format!("{value}{}", writing::comma(spot));
            found.push(candidate);
        }
    }
    found
}

//! The token of a task that waits for a callback, in the arguments of the task.

use crate::asl::{Expression, Parsed, State};
use crate::document::{Member, Node, NodeKind};
use crate::spec::QueryLanguage;

/// The token, as an expression of the language.
pub(super) const fn expression(language: QueryLanguage) -> &'static str {
    match language {
        QueryLanguage::JsonPath => "$$.Task.Token",
        QueryLanguage::Jsonata => "$states.context.Task.Token",
    }
}

/// Whether the arguments of a task may contain the token.
pub(super) fn may_be_passed(state: &State<'_>) -> bool {
    let Some(payload) = state.data.parameters.as_ref().or(state.data.arguments.as_ref()) else {
        // The input is passed unchanged, and only the context object contains the token.
        return state.data.input_path.expression().is_some_and(may_hold);
    };
    has_unknown(payload.node) || payload.expressions.iter().any(may_hold)
}

/// Whether an expression names the token itself.
pub(super) fn is_named(expression: &Expression<'_>) -> bool {
    let text: String = expression.text.chars().filter(|c| !c.is_whitespace()).collect();
    text.contains("$$.Task.Token") || text.contains("$states.context.Task.Token")
}

/// Whether the value of an expression may contain the token.
fn may_hold(expression: &Expression<'_>) -> bool {
    let text: String = expression.text.chars().filter(|c| !c.is_whitespace()).collect();
    match expression.parsed() {
        Parsed::Unknown | Parsed::Malformed(_) => true,
        Parsed::Path(_) | Parsed::Intrinsic(_) => leads_to_token(&text, "$$"),
        Parsed::Jsonata(_) => {
            leads_to_token(&text, "$states.context")
                || text.contains("$states)")
                || text.ends_with("$states%}")
        }
    }
}

/// Whether a string reads the context object at or above the token.
fn leads_to_token(text: &str, context: &str) -> bool {
    const ELSEWHERE: [&str; 4] = ["Execution", "StateMachine", "State", "Map"];
    text.match_indices(context).any(|(at, _)| {
        let rest = text[at + context.len()..].trim_start_matches(['.', '[', '\'', '"', '`']);
        !ELSEWHERE.iter().any(|field| rest.starts_with(field))
    })
}

/// The endings of parameter names whose value is an identifier, never a structure.
const IDENTIFIERS: [&str; 6] = ["Arn", "Definition", "Endpoint", "Id", "Name", "Url"];

/// Whether a template hides a part of a value that may contain the token.
fn has_unknown(node: &Node) -> bool {
    let is_identifier = |m: &Member| IDENTIFIERS.iter().any(|end| m.key.ends_with(end));
    match &node.kind {
        NodeKind::Unknown | NodeKind::Tagged(_) => true,
        NodeKind::Array(items) => items.iter().any(has_unknown),
        NodeKind::Object(members) => members.iter().any(|m| !is_identifier(m) && has_unknown(&m.value)),
        _ => false,
    }
}

//! Paths, intrinsic functions and JSONata.

use crate::asl::{Expression, Owner, Parsed, State};
use crate::document::Node;
use crate::expr::intrinsic::{self, Call};
use crate::expr::jsonata::Reference;
use crate::expr::jsonpath::Path;
use crate::lint::{Context, Rule};
use crate::source::Span;
use std::ops::Range;

mod context_field_out_of_scope;
mod deep_json_merge;
mod embedded_jsonata;
mod fail_path_intrinsic;
mod failing_intrinsic;
mod format_placeholders;
mod intrinsic_argument_type;
mod intrinsic_arity;
mod intrinsic_nesting;
mod invalid_intrinsic;
mod invalid_jsonata;
mod invalid_jsonpath;
mod jsonata_arity;
mod jsonata_in_jsonpath_state;
mod jsonpath_in_jsonata_state;
mod misplaced_intrinsic;
mod not_a_reference_path;
mod result_path_root;
mod states_field_out_of_scope;
mod unknown_context_field;
mod unknown_hash_algorithm;
mod unknown_intrinsic;
mod unknown_jsonata_function;
mod unknown_states_field;
mod unpaired_jsonata_delimiter;
mod unsupported_jsonata;

pub use context_field_out_of_scope::CONTEXT_FIELD_OUT_OF_SCOPE;
pub use deep_json_merge::DEEP_JSON_MERGE;
pub use embedded_jsonata::EMBEDDED_JSONATA;
pub use fail_path_intrinsic::FAIL_PATH_INTRINSIC;
pub use failing_intrinsic::FAILING_INTRINSIC;
pub use format_placeholders::FORMAT_PLACEHOLDERS;
pub use intrinsic_argument_type::INTRINSIC_ARGUMENT_TYPE;
pub use intrinsic_arity::INTRINSIC_ARITY;
pub use intrinsic_nesting::INTRINSIC_NESTING;
pub use invalid_intrinsic::INVALID_INTRINSIC;
pub use invalid_jsonata::INVALID_JSONATA;
pub use invalid_jsonpath::INVALID_JSONPATH;
pub use jsonata_arity::JSONATA_ARITY;
pub use jsonata_in_jsonpath_state::JSONATA_IN_JSONPATH_STATE;
pub use jsonpath_in_jsonata_state::JSONPATH_IN_JSONATA_STATE;
pub use misplaced_intrinsic::MISPLACED_INTRINSIC;
pub use not_a_reference_path::NOT_A_REFERENCE_PATH;
pub use result_path_root::RESULT_PATH_ROOT;
pub use states_field_out_of_scope::STATES_FIELD_OUT_OF_SCOPE;
pub use unknown_context_field::UNKNOWN_CONTEXT_FIELD;
pub use unknown_hash_algorithm::UNKNOWN_HASH_ALGORITHM;
pub use unknown_intrinsic::UNKNOWN_INTRINSIC;
pub use unknown_jsonata_function::UNKNOWN_JSONATA_FUNCTION;
pub use unknown_states_field::UNKNOWN_STATES_FIELD;
pub use unpaired_jsonata_delimiter::UNPAIRED_JSONATA_DELIMITER;
pub use unsupported_jsonata::UNSUPPORTED_JSONATA;

/// The family's rules.
pub const RULES: &[&Rule] = &[
    &CONTEXT_FIELD_OUT_OF_SCOPE,
    &DEEP_JSON_MERGE,
    &EMBEDDED_JSONATA,
    &FAIL_PATH_INTRINSIC,
    &FORMAT_PLACEHOLDERS,
    &FAILING_INTRINSIC,
    &INTRINSIC_ARGUMENT_TYPE,
    &INTRINSIC_ARITY,
    &INTRINSIC_NESTING,
    &INVALID_INTRINSIC,
    &INVALID_JSONATA,
    &INVALID_JSONPATH,
    &JSONATA_ARITY,
    &JSONATA_IN_JSONPATH_STATE,
    &JSONPATH_IN_JSONATA_STATE,
    &MISPLACED_INTRINSIC,
    &NOT_A_REFERENCE_PATH,
    &RESULT_PATH_ROOT,
    &STATES_FIELD_OUT_OF_SCOPE,
    &UNKNOWN_CONTEXT_FIELD,
    &UNKNOWN_HASH_ALGORITHM,
    &UNKNOWN_INTRINSIC,
    &UNKNOWN_JSONATA_FUNCTION,
    &UNKNOWN_STATES_FIELD,
    &UNPAIRED_JSONATA_DELIMITER,
    &UNSUPPORTED_JSONATA,
];

/// What a text in the place of a path or a call was meant to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meant {
    /// It begins with `$`.
    Path,
    /// It begins like `States.Format(`.
    Call,
    /// It begins with `{%`.
    Jsonata,
    /// Plain text.
    Text,
}

impl Meant {
    /// By the first characters of the text. Each malformed text is the business of one rule, and this says which.
    pub(super) fn of(text: &str) -> Self {
        let text = text.trim_start();
        if text.starts_with('$') {
            Self::Path
        } else if text.starts_with("{%") {
            Self::Jsonata
        } else if text.starts_with("States.") || is_call_like(text) {
            Self::Call
        } else {
            Self::Text
        }
    }
}

/// Whether a name stands at the start, followed by `(`.
fn is_call_like(text: &str) -> bool {
    let name = text.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_'));
    intrinsic::is_intrinsic(text) && name.starts_with('(')
}

/// Whether a literal is a path or a call in all but its place: `$.a`, `$$.Execution.Id`, `States.UUID()`.
///
/// `$` alone is a currency sign and `$name` may be one too, so both pass as plain text.
pub(super) fn looks_computed(node: &Node) -> bool {
    node.as_text()
        .is_some_and(|text| !text.has_placeholder() && is_computed(text))
}

fn is_computed(text: &str) -> bool {
    if text.starts_with("States.") {
        return Call::parse(text).is_ok();
    }
    let below_root = text.strip_prefix("$$").or_else(|| text.strip_prefix('$'));
    below_root.is_some_and(|rest| rest.starts_with(['.', '['])) && Path::parse(text).is_ok()
}

/// AWS's answer to a `.$` key whose value is neither path nor call.
pub(super) fn refused_dollar_key(key: &str) -> String {
    format!("The value for the field '{key}' must be a valid JSONPath or a valid intrinsic function call")
}

/// How messages name the place of an expression: `InputPath`, `total.$`.
fn field_name<'e>(e: &'e Expression<'_>) -> &'e str {
    e.key.map_or(e.field, |key| key.as_str())
}

/// The node at which AWS reports an expression: the whole payload template for a `.$` key, else the value itself.
fn aws_node(state: &State<'_>, e: &Expression<'_>) -> Span {
    if e.key.is_none() {
        return e.node.span;
    }
    let element = |list: &str, i: usize| state.node.get(list).and_then(Node::as_array)?.get(i);
    let owner = match e.owner {
        Owner::State | Owner::Credentials => Some(state.node),
        Owner::ChoiceRule(i) => element("Choices", i),
        Owner::Catcher(i) => element("Catch", i),
        Owner::ItemReader => state.node.get("ItemReader"),
        Owner::ReaderConfig => state
            .node
            .get("ItemReader")
            .and_then(|reader| reader.get("ReaderConfig")),
        Owner::ItemBatcher => state.node.get("ItemBatcher"),
        Owner::ResultWriter => state.node.get("ResultWriter"),
    };
    owner.and_then(|o| o.get(e.field)).map_or(e.node.span, |n| n.span)
}

/// The bytes of the file for a range of an expression's parsed form.
fn place(cx: &Context<'_, '_>, e: &Expression<'_>, range: Range<usize>) -> Span {
    cx.place(e.text, e.offset + range.start..e.offset + range.end)
}

/// The calls of an expression that is one, outer before inner.
fn calls<'e>(e: &'e Expression<'_>) -> Vec<&'e Call> {
    match &e.parsed {
        Parsed::Intrinsic(call) => call.calls(),
        _ => Vec::new(),
    }
}

/// What a JSONata expression refers to, in order; nothing for other expressions.
fn references<'e>(e: &'e Expression<'_>) -> &'e [Reference] {
    match &e.parsed {
        Parsed::Jsonata(expression) => expression.references(),
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_text_was_meant_to_be() {
        for (text, meant) in [
            ("$.a[", Meant::Path),
            (" $x", Meant::Path),
            ("States. ", Meant::Call),
            ("JsonToString($)", Meant::Call),
            ("States.Format 'x'", Meant::Call),
            ("{% $x %}", Meant::Jsonata),
            ("prod-v1", Meant::Text),
            ("something (else)", Meant::Text),
            ("", Meant::Text),
        ] {
            assert_eq!(Meant::of(text), meant, "{text}");
        }
    }

    #[test]
    fn what_looks_computed() {
        for text in ["$.a", "$$.Execution.Id", "$['a']", "$[0]", "States.UUID()"] {
            assert!(is_computed(text), "{text}");
        }
        for text in [
            "$",
            "$$",
            "$5",
            "$name",
            "$.a b",
            "$ .",
            "States.Format",
            "States.Format('a') x",
            "$HOME/.x",
        ] {
            assert!(!is_computed(text), "{text}");
        }
    }
}

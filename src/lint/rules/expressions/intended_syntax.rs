//! What a text is by its looks, whatever is wrong with it.

use crate::document::Node;
use crate::expr::intrinsic::{self, Call};
use crate::expr::jsonpath::Path;

/// What a text in the place of a path or a call was meant to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::lint::rules) enum IntendedSyntax {
    /// It begins with `$`.
    Path,
    /// It begins like `States.Format(`.
    Call,
    /// It begins with `{%`.
    Jsonata,
    /// Plain text.
    Text,
}

impl IntendedSyntax {
    /// By the first characters of the text. Each malformed text is the business of one rule, and this says which.
    pub(in crate::lint::rules) fn of(text: &str) -> Self {
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
pub(in crate::lint::rules) fn looks_computed(node: &Node) -> bool {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_text_was_meant_to_be() {
        for (text, meant) in [
            ("$.a[", IntendedSyntax::Path),
            (" $x", IntendedSyntax::Path),
            ("States. ", IntendedSyntax::Call),
            ("JsonToString($)", IntendedSyntax::Call),
            ("States.Format 'x'", IntendedSyntax::Call),
            ("{% $x %}", IntendedSyntax::Jsonata),
            ("prod-v1", IntendedSyntax::Text),
            ("something (else)", IntendedSyntax::Text),
            ("", IntendedSyntax::Text),
        ] {
            assert_eq!(IntendedSyntax::of(text), meant, "{text}");
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

//! The syntax that a malformed text was probably meant to have.

use crate::document::Node;
use crate::expr::intrinsic::{self, Call};
use crate::expr::jsonpath::Path;
use crate::spec::intrinsic::PREFIX;

/// The intended syntax of a string where a path or a call is expected.
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
    /// Decides by the first characters, which determines the one rule that reports a malformed text.
    pub(in crate::lint::rules) fn guess(text: &str) -> Self {
        let text = text.trim_start();
        if text.starts_with('$') {
            Self::Path
        } else if text.starts_with("{%") {
            Self::Jsonata
        } else if text.starts_with(PREFIX) || is_call_like(text) {
            Self::Call
        } else {
            Self::Text
        }
    }
}

/// Whether the text begins with a name and `(`.
fn is_call_like(text: &str) -> bool {
    let name = text.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_'));
    intrinsic::is_intrinsic(text) && name.starts_with('(')
}

/// Whether a literal has the syntax of a path or a call: `$.a`, `$$.Execution.Id`, `States.UUID()`.
///
/// `$` and `$name` count as plain text, since they may be a currency sign or a shell variable.
pub(in crate::lint::rules) fn looks_computed(node: &Node) -> bool {
    node.as_text()
        .is_some_and(|text| !text.has_placeholder() && is_computed(text))
}

fn is_computed(text: &str) -> bool {
    if text.starts_with(PREFIX) {
        return Call::parse(text).is_ok();
    }
    let below_root = text.strip_prefix("$$").or_else(|| text.strip_prefix('$'));
    below_root.is_some_and(|rest| rest.starts_with(['.', '['])) && Path::parse(text).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guesses_the_intended_syntax() {
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
            assert_eq!(IntendedSyntax::guess(text), meant, "{text}");
        }
    }

    #[test]
    fn recognizes_paths_and_calls_in_literals() {
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

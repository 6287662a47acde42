//! What is wrong with a file of mocks, and where.

use crate::diagnostic::{Diagnostic, Severity};
use crate::document::{Member, Node};
use crate::source::Span;
use crate::spelling;
use std::borrow::Cow;

/// What faults of a file of mocks are reported as.
const RULE: &str = "invalid-mocks";

/// A fault at a place, perhaps with what to do about it.
pub fn fault(span: Span, message: impl Into<Cow<'static, str>>, help: Option<String>) -> Diagnostic {
    let mut fault = Diagnostic::new(RULE, Severity::Error, message, span);
    fault.help = help.map(Cow::from);
    fault
}

/// Something of a type that does not belong there.
pub(super) fn expected(node: &Node, what: &str) -> Diagnostic {
    let message = format!(
        "This is {} {}, where {what} belongs",
        article(node),
        node.kind_name()
    );
    fault(node.span, message, None)
}

fn article(node: &Node) -> &'static str {
    match node.kind_name().as_bytes() {
        [b'a' | b'e' | b'i' | b'o' | b'u', ..] => "an",
        _ => "a",
    }
}

/// A key that mocks do not have.
pub(super) fn unknown(member: &Member, known: &[&str]) -> Diagnostic {
    let name = member.key.as_str();
    let help = spelling::closest(name, known.iter().copied()).map_or_else(
        || format!("known are {}", known.join(", ")),
        |close| format!("did you mean `{close}`?"),
    );
    let message = format!("`{name}` is not a field of mocks");
    fault(member.key_span, message, Some(help))
}

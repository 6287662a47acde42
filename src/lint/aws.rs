//! AWS's answers to the same faults: codes, wording and locations.

use crate::diagnostic::AwsDiagnostic;
use crate::document::Node;
use crate::source::Span;
use crate::value::jackson;
use std::fmt::Write;

/// A code of `ValidateStateMachineDefinition`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AwsCode {
    /// AWS refuses the definition under this code.
    Refused(&'static str),
    /// AWS takes the definition and warns under this code.
    Warned(&'static str),
}

/// AWS's form of a pointer: `/States/A/Choices[0]/Next`; the machine itself is `/`.
pub(super) fn location(machine: &Node, span: Span) -> String {
    let mut location = String::new();
    let mut node = machine;
    'down: loop {
        let (items, members) = (
            node.as_array().unwrap_or_default(),
            node.as_object().unwrap_or_default(),
        );
        for (i, item) in items.iter().enumerate() {
            if item.span.contains(span) {
                // Writing to a String cannot fail.
                let _ = write!(location, "[{i}]");
                node = item;
                continue 'down;
            }
        }
        for m in members {
            if m.key_span.contains(span) || m.value.span.contains(span) {
                location.push('/');
                location.push_str(&m.key);
                if m.key_span.contains(span) {
                    return location;
                }
                node = &m.value;
                continue 'down;
            }
        }
        if location.is_empty() {
            location.push('/');
        }
        return location;
    }
}

/// What AWS answers to a text that is not JSON; it reports the first fault only.
pub(super) fn syntax_error(text: &str) -> Option<AwsDiagnostic> {
    if text.trim().is_empty() {
        return Some(AwsDiagnostic {
            code: "SCHEMA_VALIDATION_FAILED",
            message: NOT_AN_OBJECT.to_owned(),
            location: None,
        });
    }
    let (message, location) = jackson::refusal(text)?;
    Some(AwsDiagnostic {
        code: "INVALID_JSON_DESCRIPTION",
        message,
        location: Some(location),
    })
}

/// What AWS answers to a definition that is no JSON object.
pub(crate) const NOT_AN_OBJECT: &str = "Definition must be a valid JSON object";

//! What `ValidateStateMachineDefinition` answers: codes, messages, and locations, which `--format aws` prints.
//!
//! A rule passes the names that its message contains. The messages are AWS's own and never reworded; where AWS's is not
//! known, it is the finding's. The messages about single fields are in [`super::schema`].

use crate::diagnostic::AwsDiagnostic;
use crate::document::Node;
use crate::source::Span;
use crate::value::jackson;

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
                push_fmt!(location, "[{i}]");
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

/// A `.$` key whose value is neither a path nor a call.
pub(super) fn invalid_dollar_value(key: &str) -> String {
    format!("The value for the field '{key}' must be a valid JSONPath or a valid intrinsic function call")
}

pub(super) fn missing_target(name: &str) -> String {
    format!("Missing 'Next' target: {name}")
}

pub(super) const NO_TERMINAL_STATE: &str = "Workflow has no terminal state";

pub(super) fn unreachable_state(name: &str) -> String {
    format!("State \"{name}\" is not reachable.")
}

pub(super) const INVALID_JSONPATH: &str = "Value must be a valid JSONPath.";

pub(super) const NOT_A_REFERENCE_PATH: &str = "Value is not a Reference Path";

/// A path of a Choice rule, which AWS reads with a parser of its own.
pub(super) const REFERENCE_PATH_WITHOUT_DOLLAR: &str =
    "Value is not a Reference Path: Reference path didn't start with '$'";

pub(super) const REFERENCE_PATH_WITH_BRACKET: &str =
    "Value is not a Reference Path: '[' must be followed by ' or '['";

pub(super) const fn not_a_reference_path(is_at_bracket: bool) -> &'static str {
    if is_at_bracket {
        REFERENCE_PATH_WITH_BRACKET
    } else {
        NOT_A_REFERENCE_PATH
    }
}

pub(super) const JSONATA_DELIMITERS: &str = "JSONata string must start with {% and end with %}";

pub(super) const ROOT_REFERENCE: &str = "Reference to '$$' is not supported.";

pub(super) fn top_level_reference(name: &str) -> String {
    format!("Reference to '{name}' at the top level is not supported.")
}

pub(super) fn unknown_states_field(name: &str) -> String {
    format!("Field '$states.{name}' does not exist.")
}

pub(super) const CREDENTIALS_ON_ACTIVITY: &str = "The field 'Credentials' is not supported for activities";

pub(super) fn missing_parameter(name: &str) -> String {
    format!("The field '{name}' is required but was missing")
}

pub(super) fn unknown_parameter(name: &str) -> String {
    format!("The field \"{name}\" is not supported by Step Functions")
}

pub(super) const DISTRIBUTED_MAP_IN_EXPRESS: &str =
    "The field 'Mode' with value 'DISTRIBUTED' is not supported inside 'EXPRESS' state machines";

pub(super) const MISPLACED_STATES_ALL: &str = "States.ALL must appear alone and at end of list";

pub(super) fn invalid_variable_name(name: &str) -> String {
    format!("Invalid variable name '{name}': the variable name contains invalid characters.")
}

pub(super) fn long_variable_name(name: &str) -> String {
    format!("Invalid variable name '{name}': the variable name is too long.")
}

pub(super) fn shadowed_variable(name: &str) -> String {
    format!("The variable name '{name}' was already defined in a parent scope.")
}

pub(super) const RESERVED_VARIABLE: &str = "Cannot assign to reserved variable '$states'.";

pub(super) const QUERY_LANGUAGE_DOWNGRADE: &str =
    "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine";

pub(super) fn duplicate_field(name: &str) -> String {
    format!("The field '{name}' is given twice")
}

pub(super) const MISSING_DOLLAR: &str =
    "No .$ on a field that appears to be a JSONPath or Intrinsic Function.";

pub(super) const PATH_IN_RESULT: &str = "Attempt to use a path in the result of a pass state.";

pub(super) const PATH_IN_PLAIN_FIELD: &str =
    "Field value looks like a path, but field name does not end with 'Path'.";

//! The messages in AWS's responses. They have AWS's wording and are never changed.

use crate::aws::resource::Pattern;
use crate::prose;
use crate::spec::{QueryLanguage, StateType};
use jsonschema::JsonType;
use serde_json::Value;
use std::fmt;

/// A message of `ValidateStateMachineDefinition`, with the names and values in it.
#[derive(Debug, Clone, Copy)]
pub enum AwsMessage<'a> {
    /// The definition is not an object.
    NotAnObject,
    /// A `.$` key whose value is neither a path nor a call.
    InvalidDollarValue(&'a str),
    /// A transition to a state that is not defined.
    MissingTarget(&'a str),
    /// No state ends the execution.
    NoTerminalState,
    /// A state that no transition enters.
    UnreachableState(&'a str),
    /// A path that is not valid.
    InvalidJsonPath,
    /// A path that selects more than one node.
    NotAReferencePath,
    /// A path of a Choice rule, which AWS reads with a different parser.
    ReferencePathWithoutDollar,
    /// A path of a Choice rule with something else than a name in brackets.
    ReferencePathWithBracket,
    /// A string that is not delimited as JSONata.
    JsonataDelimiters,
    /// An expression that JSONata rejects, in JSONata's words.
    InvalidJsonata(&'a str),
    /// `$$` in JSONata.
    RootReference,
    /// A field of the input without `$states.input`.
    TopLevelReference(&'a str),
    /// A field that `$states` does not have.
    UnknownStatesField(&'a str),
    /// `Credentials` of a task that calls an activity.
    CredentialsOnActivity,
    /// A parameter of an integration that is missing.
    MissingParameter(&'a str),
    /// A parameter that an integration does not have.
    UnknownParameter(&'a str),
    /// A Distributed Map in an Express workflow.
    DistributedMapInExpress,
    /// An activity in an Express workflow.
    ActivityInExpress,
    /// An integration that waits in an Express workflow.
    WaitingInExpress(Pattern),
    /// `States.ALL` together with other names, or not at the end.
    MisplacedStatesAll,
    /// A variable's name with characters that are not allowed.
    InvalidVariableName(&'a str),
    /// A variable's name that is too long.
    LongVariableName(&'a str),
    /// A variable that an outer scope has.
    ShadowedVariable(&'a str),
    /// `$states` as a variable.
    ReservedVariable,
    /// A JSONPath state in a JSONata state machine.
    QueryLanguageDowngrade,
    /// A field with and without `.$`.
    DuplicateField(&'a str),
    /// A path under a key without `.$`.
    MissingDollar,
    /// A path in the `Result` of a Pass state.
    PathInResult,
    /// A path in a field that does not take one.
    PathInPlainField,
    /// A `Resource` that is not an ARN.
    NotAnArn,
    /// An ARN that Step Functions cannot call.
    UnrecognizedResource(&'a str),
    /// An empty array, object, or string.
    EmptyValue,
    /// A field that the object does not have.
    UnsupportedField(&'a str),
    /// A field of the other query language.
    OtherLanguage {
        /// The field.
        field: &'a str,
        /// The language that has it.
        other: QueryLanguage,
        /// The state's language.
        language: QueryLanguage,
    },
    /// Required fields that are missing.
    MissingFields(&'a [&'a str]),
    /// An object has none of these fields.
    NoneOfFields(&'a [&'a str]),
    /// A Choice rule has no comparison.
    NoComparison,
    /// An object has several of these fields.
    SeveralOfFields(&'a [&'a str]),
    /// A Choice rule has several comparisons.
    SeveralComparisons,
    /// A value of another type.
    WrongType(Option<JsonType>),
    /// A value that is not one of these.
    Options(&'a [&'a str]),
    /// A state whose `Type` is missing.
    MissingType,
    /// A state whose `Type` is unknown.
    UnknownType,
    /// A number below this one.
    Minimum(&'a Value),
    /// A number above this one.
    Maximum {
        /// The limit.
        limit: &'a Value,
        /// The field accepts fractions.
        is_float: bool,
    },
    /// A timestamp that is not valid.
    InvalidTimestamp,
    /// A JSON Pointer that does not begin with a slash.
    InvalidJsonPointer(&'a str),
    /// A value that does not match the pattern of its field.
    PatternMismatch(&'a str),
}

/// The fields of the time that a Wait state waits for, in AWS's order.
const WAIT_FIELDS: &str = "SecondsPath, Seconds, TimestampPath, Timestamp";

/// The comparisons of a Choice rule, in AWS's order.
const COMPARISONS: &str = "StringEquals, IsBoolean, StringLessThan, IsNumeric, BooleanEquals, StringLessThanEqualsPath, NumericLessThan, NumericGreaterThan, NumericLessThanPath, StringMatches, TimestampLessThanEqualsPath, NumericEquals, TimestampGreaterThan, StringGreaterThanEqualsPath, TimestampGreaterThanEqualsPath, TimestampLessThanEquals, NumericLessThanEqualsPath, TimestampEquals, BooleanEqualsPath, IsTimestamp, StringLessThanEquals, NumericLessThanEquals, StringLessThanPath, TimestampGreaterThanPath, StringGreaterThan, StringGreaterThanPath, IsString, StringEqualsPath, TimestampEqualsPath, TimestampLessThan, StringGreaterThanEquals, NumericGreaterThanPath, NumericGreaterThanEquals, NumericEqualsPath, TimestampLessThanPath, IsNull, IsPresent, TimestampGreaterThanEquals, NumericGreaterThanEqualsPath";

impl fmt::Display for AwsMessage<'_> {
    #[expect(clippy::too_many_lines, reason = "one arm for each message")]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::NotAnObject => f.write_str("Definition must be a valid JSON object"),
            Self::InvalidDollarValue(key) => write!(
                f,
                "The value for the field '{key}' must be a valid JSONPath or a valid intrinsic function call"
            ),
            Self::MissingTarget(name) => write!(f, "Missing 'Next' target: {name}"),
            Self::NoTerminalState => f.write_str("Workflow has no terminal state"),
            Self::UnreachableState(name) => write!(f, "State \"{name}\" is not reachable."),
            Self::InvalidJsonPath => f.write_str("Value must be a valid JSONPath."),
            Self::NotAReferencePath => f.write_str("Value is not a Reference Path"),
            Self::ReferencePathWithoutDollar => {
                f.write_str("Value is not a Reference Path: Reference path didn't start with '$'")
            }
            Self::ReferencePathWithBracket => {
                f.write_str("Value is not a Reference Path: '[' must be followed by ' or '['")
            }
            Self::JsonataDelimiters => f.write_str("JSONata string must start with {% and end with %}"),
            Self::InvalidJsonata(message) => f.write_str(message),
            Self::RootReference => f.write_str("Reference to '$$' is not supported."),
            Self::TopLevelReference(name) => {
                write!(f, "Reference to '{name}' at the top level is not supported.")
            }
            Self::UnknownStatesField(name) => write!(f, "Field '$states.{name}' does not exist."),
            Self::CredentialsOnActivity => {
                f.write_str("The field 'Credentials' is not supported for activities")
            }
            Self::MissingParameter(name) => write!(f, "The field '{name}' is required but was missing"),
            Self::UnknownParameter(name) => {
                write!(f, "The field \"{name}\" is not supported by Step Functions")
            }
            Self::DistributedMapInExpress => f.write_str(
                "The field 'Mode' with value 'DISTRIBUTED' is not supported inside 'EXPRESS' state machines",
            ),
            Self::ActivityInExpress => f.write_str("Express state machine does not support Activity ARN"),
            // AWS's sentence ends in a blank.
            Self::WaitingInExpress(Pattern::WaitForTaskToken) => {
                f.write_str("Express state machine does not support '.waitForTaskToken' service integration ")
            }
            Self::WaitingInExpress(_) => {
                f.write_str("Express state machine does not support '.sync' service integration")
            }
            Self::MisplacedStatesAll => f.write_str("States.ALL must appear alone and at end of list"),
            Self::InvalidVariableName(name) => write!(
                f,
                "Invalid variable name '{name}': the variable name contains invalid characters."
            ),
            Self::LongVariableName(name) => {
                write!(
                    f,
                    "Invalid variable name '{name}': the variable name is too long."
                )
            }
            Self::ShadowedVariable(name) => {
                write!(
                    f,
                    "The variable name '{name}' was already defined in a parent scope."
                )
            }
            Self::ReservedVariable => f.write_str("Cannot assign to reserved variable '$states'."),
            Self::QueryLanguageDowngrade => f.write_str(
                "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine",
            ),
            Self::DuplicateField(name) => write!(f, "The field '{name}' is given twice"),
            Self::MissingDollar => {
                f.write_str("No .$ on a field that appears to be a JSONPath or Intrinsic Function.")
            }
            Self::PathInResult => f.write_str("Attempt to use a path in the result of a pass state."),
            Self::PathInPlainField => {
                f.write_str("Field value looks like a path, but field name does not end with 'Path'.")
            }
            Self::NotAnArn => f.write_str("Value is not a valid resource ARN"),
            Self::UnrecognizedResource(arn) => write!(
                f,
                "The resource provided {arn} is not recognized. The value is not a valid resource ARN, or the resource \
                 is not available in this region."
            ),
            Self::EmptyValue => f.write_str("Value cannot be empty"),
            Self::UnsupportedField(field) => write!(f, "Field '{field}' is not supported"),
            Self::OtherLanguage {
                field,
                other,
                language,
            } => write!(
                f,
                "The QueryLanguage is set to '{language}', but field '{field}' is only supported for the '{other}' \
                 QueryLanguage"
            ),
            Self::MissingFields(["RoleArn"]) | Self::NoneOfFields(["RoleArn", ..]) => {
                f.write_str("The field 'RoleArn' is required but was missing")
            }
            Self::MissingFields([name @ ("CSVHeaderLocation" | "InputType" | "Type")]) => {
                write!(f, "The field '{name}' is required")
            }
            Self::MissingFields(names) => {
                write!(f, "These fields are required: [{}]", prose::list(names))
            }
            Self::NoneOfFields(["And", ..]) => f.write_str(
                "The object must have only one of the following fields, [And, Or, Not, Variable, Condition]",
            ),
            Self::NoneOfFields(names) => write!(
                f,
                "This object should have only one of the following fields: [{}]",
                group(names)
            ),
            Self::NoComparison => write!(
                f,
                "This object should have only one of the following fields: [{COMPARISONS}]"
            ),
            Self::SeveralOfFields(names) => write!(
                f,
                "There should only be one of the following fields: [{}]",
                group(names)
            ),
            Self::SeveralComparisons => {
                write!(
                    f,
                    "There should only be one of the following fields: [{COMPARISONS}]"
                )
            }
            Self::WrongType(expected) => write!(f, "Expected value of type {}", type_name(expected)),
            // AWS's order, where it is known.
            Self::Options(["FULL", "NONE"]) => {
                f.write_str("Value should be one of the following: [NONE, FULL]")
            }
            Self::Options(names) => {
                write!(
                    f,
                    "Value should be one of the following: [{}]",
                    prose::list(names)
                )
            }
            Self::MissingType => f.write_str("The field 'Type' is required"),
            Self::UnknownType => write!(
                f,
                "The field 'Type' should have one of these values: [{}]",
                prose::list(StateType::ALL.map(StateType::as_str))
            ),
            Self::Minimum(limit) => write!(f, "Minimum value is {limit}"),
            Self::Maximum { limit, is_float } => {
                write!(f, "Maximum value is {limit}{}", if is_float { ".0" } else { "" })
            }
            Self::InvalidTimestamp => f.write_str("String does not match RFC3339 timestamp"),
            Self::InvalidJsonPointer(written) => write!(
                f,
                "Invalid input: JSON Pointer expression must start with '/': \"{written}\""
            ),
            Self::PatternMismatch(field) => {
                write!(f, "The field '{field}' does not match any of the allowed values")
            }
        }
    }
}

/// A group of fields, in AWS's order where it is known.
fn group(names: &[&str]) -> String {
    match names {
        ["Seconds", "SecondsPath", "Timestamp", "TimestampPath"] => WAIT_FIELDS.to_owned(),
        names => prose::list(names),
    }
}

/// A type as Jackson names it.
const fn type_name(expected: Option<JsonType>) -> &'static str {
    match expected {
        Some(JsonType::Array) => "Array",
        Some(JsonType::Boolean) => "Boolean",
        Some(JsonType::Integer) => "Integer",
        Some(JsonType::Null) => "Null",
        Some(JsonType::Number) => "Float",
        Some(JsonType::Object) | None => "Object",
        Some(JsonType::String) => "String",
    }
}

#[cfg(test)]
mod tests {
    use super::COMPARISONS;
    use crate::asl::state::choice::Operator;

    #[test]
    fn lists_every_comparison() {
        let listed: Vec<_> = COMPARISONS.split(", ").collect();
        assert_eq!(listed.len(), 39);
        assert!(listed.iter().all(|name| Operator::from_name(name).is_some()));
    }
}

//! The codes in AWS's responses.

use crate::diagnostic::Severity;

/// A code of `ValidateStateMachineDefinition`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AwsCode {
    /// `DUPLICATE_LABEL_NAME`
    DuplicateLabelName,
    /// `DUPLICATE_STATE_NAME`
    DuplicateStateName,
    /// `DUPLICATE_VARIABLE_NAME`
    DuplicateVariableName,
    /// `INVALID_JSONATA_EXPRESSION`
    InvalidJsonataExpression,
    /// `INVALID_JSON_DESCRIPTION`
    InvalidJsonDescription,
    /// `INVALID_LABEL_NAME`
    InvalidLabelName,
    /// `INVALID_STATE_NAME`
    InvalidStateName,
    /// `INVALID_VARIABLE_NAME`
    InvalidVariableName,
    /// `MISSING_END_STATE`
    MissingEndState,
    /// `MISSING_TRANSITION_TARGET`
    MissingTransitionTarget,
    /// `NO_DOLLAR`
    NoDollar,
    /// `NO_PATH`
    NoPath,
    /// `PASS_RESULT_IS_STATIC`
    PassResultIsStatic,
    /// `RESERVED_VARIABLE_NAME`
    ReservedVariableName,
    /// `SCHEMA_VALIDATION_FAILED`
    SchemaValidationFailed,
    /// `TOO_DEEPLY_NESTED`
    TooDeeplyNested,
    /// `UNSUPPORTED_JSONATA_EXPRESSION`
    UnsupportedJsonataExpression,
}

impl AwsCode {
    /// The code as AWS writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::DuplicateLabelName => "DUPLICATE_LABEL_NAME",
            Self::DuplicateStateName => "DUPLICATE_STATE_NAME",
            Self::DuplicateVariableName => "DUPLICATE_VARIABLE_NAME",
            Self::InvalidJsonataExpression => "INVALID_JSONATA_EXPRESSION",
            Self::InvalidJsonDescription => "INVALID_JSON_DESCRIPTION",
            Self::InvalidLabelName => "INVALID_LABEL_NAME",
            Self::InvalidStateName => "INVALID_STATE_NAME",
            Self::InvalidVariableName => "INVALID_VARIABLE_NAME",
            Self::MissingEndState => "MISSING_END_STATE",
            Self::MissingTransitionTarget => "MISSING_TRANSITION_TARGET",
            Self::NoDollar => "NO_DOLLAR",
            Self::NoPath => "NO_PATH",
            Self::PassResultIsStatic => "PASS_RESULT_IS_STATIC",
            Self::ReservedVariableName => "RESERVED_VARIABLE_NAME",
            Self::SchemaValidationFailed => "SCHEMA_VALIDATION_FAILED",
            Self::TooDeeplyNested => "TOO_DEEPLY_NESTED",
            Self::UnsupportedJsonataExpression => "UNSUPPORTED_JSONATA_EXPRESSION",
        }
    }

    /// AWS rejects a definition with an error, and accepts one that only has warnings.
    pub const fn severity(self) -> Severity {
        match self {
            Self::NoDollar | Self::NoPath | Self::PassResultIsStatic => Severity::Warning,
            _ => Severity::Error,
        }
    }
}

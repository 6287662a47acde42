//! AWS's response to a source text that is not JSON.

use super::code::AwsCode;
use super::message::AwsMessage;
use crate::diagnostic::{AwsDiagnostic, Severity};
use crate::value::jackson;

/// AWS's diagnostic for a source text with a syntax error; it reports only the first.
pub(in crate::lint) fn syntax_error(text: &str) -> Option<AwsDiagnostic> {
    let (code, message, location) = if text.trim().is_empty() {
        let message = AwsMessage::NotAnObject.to_string();
        (AwsCode::SchemaValidationFailed, message, None)
    } else {
        let (message, location) = jackson::refusal(text)?;
        (AwsCode::InvalidJsonDescription, message, Some(location))
    };
    Some(AwsDiagnostic {
        code: code.as_str(),
        severity: Severity::Error,
        message,
        location,
    })
}

//! The values that the computed settings of a state accept: `SecondsPath`, `MaxConcurrency` as an expression …
//!
//! Source: recordings of AWS, and its messages for rejected values.

use super::constants::Constants;
use super::fault::{Evaluation, Fault};
use super::types::Shape;
use crate::asl::semantics::timestamp;
use crate::spec::QueryLanguage;
use crate::value::Number;

/// The type of a setting.
#[derive(Clone, Copy, PartialEq, Eq)]
enum SettingType {
    /// An integer that is not negative.
    Count,
    /// A number from 0 to 100.
    Percentage,
    /// A timestamp.
    Timestamp,
}

/// The shape of a setting's value; the reason if AWS rejects all such values. A path may also select a string that contains
/// a number.
pub(super) fn accepted(field: &str, language: QueryLanguage, shape: Shape) -> Evaluation {
    let Shape::Union(union) = &shape else {
        return Ok(shape);
    };
    let Some(expected) = setting_type(field.strip_suffix("Path").unwrap_or(field)) else {
        return Ok(shape);
    };
    if shape.is_never() {
        return Ok(shape);
    }
    let is_jsonata = language == QueryLanguage::Jsonata;
    let may_be_text = expected == SettingType::Timestamp || !is_jsonata;
    let has_text = may_be_text
        && some(&union.strings, |text| match expected {
            SettingType::Timestamp if is_jsonata => timestamp::lenient_nanoseconds(text).is_some(),
            SettingType::Timestamp => timestamp::nanoseconds(text).is_some(),
            SettingType::Count | SettingType::Percentage => {
                text.parse().is_ok_and(|number| expected.is_in_range(number))
            }
        });
    let has_number = expected != SettingType::Timestamp
        && some(&union.numbers, |number: &Number| {
            expected.is_in_range(number.as_f64())
        });
    if has_text || has_number {
        return Ok(shape);
    }
    let has_type = match expected {
        SettingType::Timestamp => !union.strings.is_never(),
        _ => !union.numbers.is_never() || (may_be_text && !union.strings.is_never()),
    };
    Err(if has_type {
        Fault::UnexpectedValue {
            argument: None,
            expected: expected.values().into(),
            found: shape,
        }
    } else {
        let expected = if expected == SettingType::Timestamp {
            "a string"
        } else {
            "a number"
        };
        Fault::UnexpectedType {
            expected,
            found: shape,
        }
    })
}

/// The type of a setting, by its name without `Path`; `None` if it is not checked.
fn setting_type(setting: &str) -> Option<SettingType> {
    Some(match setting {
        "Timestamp" => SettingType::Timestamp,
        "ToleratedFailurePercentage" => SettingType::Percentage,
        "Seconds"
        | "TimeoutSeconds"
        | "HeartbeatSeconds"
        | "MaxConcurrency"
        | "ToleratedFailureCount"
        | "MaxItems"
        | "MaxItemsPerBatch"
        | "MaxInputBytesPerBatch" => SettingType::Count,
        _ => return None,
    })
}

impl SettingType {
    /// Whether a number is accepted.
    fn is_in_range(self, number: f64) -> bool {
        match self {
            Self::Count => number >= 0.0 && number.fract() == 0.0,
            Self::Percentage => (0.0..=100.0).contains(&number),
            Self::Timestamp => false,
        }
    }

    /// The accepted values, in words.
    const fn values(self) -> &'static str {
        match self {
            Self::Count => "a non-negative integer",
            Self::Percentage => "a number from 0 to 100",
            Self::Timestamp => "a timestamp",
        }
    }
}

/// Whether a value that may be in a set fulfils a condition.
fn some<T: Clone + PartialEq>(values: &Constants<T>, accepts: impl Fn(&T) -> bool) -> bool {
    values.known().is_none_or(|known| known.iter().any(accepts))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Value;

    #[test]
    fn settings_reject_what_aws_rejects() {
        const PATH: QueryLanguage = QueryLanguage::JsonPath;
        const JSONATA: QueryLanguage = QueryLanguage::Jsonata;
        for (field, language, value, is_accepted) in [
            ("SecondsPath", PATH, "30", true),
            ("SecondsPath", PATH, "\"30\"", true),
            ("SecondsPath", PATH, "\"soon\"", false),
            ("SecondsPath", PATH, "1.5", false),
            ("SecondsPath", PATH, "-1", false),
            ("SecondsPath", PATH, "{\"raw\": 3}", false),
            ("Seconds", JSONATA, "3", true),
            ("Seconds", JSONATA, "\"3\"", false),
            ("Seconds", JSONATA, "null", false),
            ("MaxConcurrencyPath", PATH, "true", false),
            ("MaxConcurrencyPath", PATH, "[4]", false),
            ("ToleratedFailurePercentagePath", PATH, "12.5", true),
            ("ToleratedFailurePercentagePath", PATH, "101", false),
            ("TimestampPath", PATH, "\"2030-01-31T23:59:00Z\"", true),
            ("TimestampPath", PATH, "\"tomorrow\"", false),
            ("TimestampPath", PATH, "1700000000", false),
            ("Timestamp", JSONATA, "\"2030-01-31T23:59Z\"", true),
            ("Timestamp", JSONATA, "1700000000", false),
        ] {
            let shape = Shape::from_value(&Value::parse(value).unwrap());
            let accepted = accepted(field, language, shape);
            assert_eq!(accepted.is_ok(), is_accepted, "{field} {value}");
        }
        let text = accepted("SecondsPath", PATH, Shape::string());
        assert!(text.is_ok(), "a string may contain a number");
        assert!(accepted("Seconds", JSONATA, Shape::string()).is_err());
    }
}

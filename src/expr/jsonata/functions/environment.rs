//! What functions need from the evaluation that calls them.

use std::rc::Rc;

use jsonata_core::evaluator::EvaluatorError;
use jsonata_core::value::JValue;

use crate::expr::jsonata::limits::{Budget, Limits, memory};
use crate::expr::jsonata::picture::PictureError;

/// The result of a function.
pub(super) type Outcome = Result<JValue, EvaluatorError>;

/// The limits and the inputs of an evaluation.
pub(in crate::expr::jsonata) struct Environment {
    pub(in crate::expr::jsonata) limits: Limits,
    pub(in crate::expr::jsonata) budget: Budget,
    /// The seed of random values.
    pub(in crate::expr::jsonata) seed: u64,
    /// The time, in milliseconds since 1970.
    pub(in crate::expr::jsonata) now: i64,
    /// The integers, as strings, that have other digits as `f64`.
    pub(in crate::expr::jsonata) exact: Vec<(f64, Rc<str>)>,
}

impl Environment {
    /// The text of a number that has other digits as `f64`.
    pub(super) fn exact_text(&self, number: f64) -> Option<&Rc<str>> {
        #[expect(clippy::float_cmp, reason = "it is the same number, not a result")]
        let (_, text) = self.exact.iter().find(|(known, _)| *known == number)?;
        Some(text)
    }

    /// A new string.
    pub(super) fn text(&self, text: String) -> Outcome {
        self.budget.allocate_text(text.len())?;
        Ok(JValue::from(text))
    }
}

/// The first argument.
pub(super) fn first(args: &[JValue]) -> JValue {
    args.first().cloned().unwrap_or(JValue::Undefined)
}

/// An error with this message, which starts with its code if it has one.
pub(super) fn error(message: impl Into<String>) -> EvaluatorError {
    EvaluatorError::EvaluationError(message.into())
}

impl From<PictureError> for EvaluatorError {
    fn from(picture: PictureError) -> Self {
        match picture {
            PictureError::Coded(code, named) => error(format!("{code}: {named}")),
            PictureError::TooLong => memory(),
        }
    }
}

//! JSONata, as Step Functions runs it: version 2.0.6 without `$eval`, with six functions of AWS's own.
//!
//! Evaluation is `jsonata-core`'s. Its syntax tree has no positions, so [`lex`] and [`outline`] read the text
//! once more with them: for the place of a syntax error, and for lint.

pub mod builtins;
mod convert;
mod evaluate;
mod functions;
pub mod lex;
mod limits;
mod message;
pub mod outline;
mod place;
mod prepare;
mod reference;
mod signature;
mod straight;
#[cfg(test)]
mod truths;
mod witness;

use std::ops::Range;
use std::rc::Rc;

pub use convert::Conversions;
pub use limits::Limits;
pub use reference::{Member, Reference, ReferenceKind};

use evaluate::Program;

use crate::expr::{Fault, Randomness, Scope, SyntaxError};
use crate::value::Value;

/// An expression, parsed and made ready to run.
#[derive(Clone)]
pub struct Expression {
    text: Rc<str>,
    program: Rc<Program>,
    references: Rc<[Reference]>,
}

impl std::fmt::Debug for Expression {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Expression").field(&self.text).finish()
    }
}

/// Why an expression gave no result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EvaluationError {
    /// JSONata's own error: `T2001` and its message; the code is empty where it has none.
    Thrown {
        /// `T2001`
        code: String,
        /// The message, without the code.
        message: String,
    },
    /// The result is something JSON has no form for: a function.
    Unsupported,
}

impl EvaluationError {
    /// The end of AWS's sentence about it.
    fn sentence(&self) -> String {
        match self {
            Self::Thrown { code, message } if code.is_empty() => {
                format!("threw an error during evaluation: {message}")
            }
            Self::Thrown { code, message } => format!("threw an error during evaluation. {code}: {message}"),
            Self::Unsupported => "returned an unsupported result type.".to_owned(),
        }
    }
}

impl std::fmt::Display for EvaluationError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Thrown { code, message } if code.is_empty() => f.write_str(message),
            Self::Thrown { code, message } => write!(f, "{code}: {message}"),
            Self::Unsupported => f.write_str("the result is a function, which has no JSON form"),
        }
    }
}

impl std::error::Error for EvaluationError {}

/// How a string stands to the delimiters `{%` and `%}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delimiters {
    /// Neither: plain text.
    None,
    /// Both: an expression.
    Both,
    /// It opens and does not close.
    OnlyOpening,
    /// It closes and does not open.
    OnlyClosing,
}

/// How `text` stands to the delimiters.
pub fn delimiters(text: &str) -> Delimiters {
    match (text.starts_with("{%"), text.ends_with("%}")) {
        (true, true) if text.len() >= 4 => Delimiters::Both,
        (true, _) => Delimiters::OnlyOpening,
        (false, true) => Delimiters::OnlyClosing,
        (false, false) => Delimiters::None,
    }
}

/// What stands between `{%` and `%}`, without the blanks around it, and the byte it begins at. `None` unless
/// the whole string is delimited.
pub fn strip(text: &str) -> Option<(&str, usize)> {
    if delimiters(text) != Delimiters::Both {
        return None;
    }
    let inside = &text[2..text.len() - 2];
    let start = inside.len() - inside.trim_start().len();
    Some((inside.trim(), 2 + start))
}

impl Expression {
    /// Parses an expression, given without delimiters. `??` and `?:`, which JSONata 2.0.6 does not have, are
    /// syntax errors. Messages are the reference implementation's, without their code, as AWS prints them.
    pub fn parse(text: &str) -> Result<Self, SyntaxError> {
        let references = outline::read(text)?;
        let program = match jsonata_core::parser::parse(text) {
            Ok(ast) => Program::new(ast, &references),
            Err(error) => match message::syntax(&error.to_string()) {
                message::Syntax::Fault(code, message) => {
                    return Err(SyntaxError::coded(code, place::of(code, text), message));
                }
                message::Syntax::Throws(code, message) => Program::throws(code, message),
            },
        };
        Ok(Self {
            text: text.into(),
            program: Rc::new(program),
            references: references.into(),
        })
    }

    /// The text that was parsed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Every variable, context and bare name in it, in the order they are written.
    pub fn references(&self) -> &[Reference] {
        &self.references
    }

    /// The free variables in it: those that come from the workflow, with the places they are read at.
    /// `$states` and built-in functions are not among them.
    pub fn variables(&self) -> impl Iterator<Item = (&str, Range<usize>)> {
        self.references
            .iter()
            .filter_map(|reference| match &reference.kind {
                ReferenceKind::Variable(name)
                    if !reference.bound && name != "states" && builtins::find(name).is_none() =>
                {
                    Some((name.as_str(), reference.range.clone()))
                }
                _ => None,
            })
    }

    /// The result, `None` if there is none (undefined).
    pub fn eval(
        &self,
        scope: &Scope<'_>,
        randomness: &mut dyn Randomness,
    ) -> Result<Option<Value>, EvaluationError> {
        self.program.run(scope, randomness)
    }

    /// The result as the state field `location` takes it: undefined and every error become the fault, and the
    /// sentence, that AWS has for them.
    pub fn eval_field(
        &self,
        location: &str,
        scope: &Scope<'_>,
        randomness: &mut dyn Randomness,
    ) -> Result<Value, Fault> {
        match self.eval(scope, randomness) {
            Ok(Some(value)) => Ok(value),
            Ok(None) => Err(self.fault(location, "returned nothing (undefined).")),
            Err(error) => Err(self.fault(location, &error.sentence())),
        }
    }

    /// The fault of a result that is not of the type the field `location` wants; `expected` is JSON's word
    /// for that type.
    pub fn unexpected_type(&self, location: &str, expected: &str, found: &Value) -> Fault {
        let kind = found.type_name();
        let rest = format!(
            "returned an unexpected result type. Expected '{expected}', but was '{kind}' for value: {found}"
        );
        self.fault(location, &rest)
    }

    fn fault(&self, location: &str, rest: &str) -> Fault {
        let text = self.text.trim();
        let cause = format!("The JSONata expression '{text}' specified for the field '{location}' {rest}");
        Fault::query(location, cause)
    }
}

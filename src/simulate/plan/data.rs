//! The data flow fields of a state.

use crate::expr::jsonpath::{Path, ReferencePath};
use crate::expr::payload::Template;
use crate::expr::{EvalError, intrinsic, jsonata};
use crate::value::Value;
use std::rc::Rc;

/// The data flow fields of a state.
#[derive(Debug)]
pub struct DataFlow {
    /// `InputPath`
    pub input_path: Select,
    /// `Parameters`, `Arguments`
    pub arguments: Option<Box<Compiled>>,
    /// `ResultSelector`
    pub result_selector: Option<Box<Compiled>>,
    /// `ResultPath`
    pub result_path: Placement,
    /// `OutputPath`
    pub output_path: Select,
    /// `Output`
    pub output: Option<Box<Compiled>>,
    /// `Assign`
    pub assign: Option<Box<Compiled>>,
}

/// `InputPath` and `OutputPath`.
#[derive(Debug)]
pub enum Select {
    /// The whole value: the default.
    All,
    /// `null`: an empty object.
    Empty,
    /// The value at a path.
    Path {
        /// The path.
        path: Path,
        /// Whether it reads the context object.
        uses_context: bool,
    },
    /// The path is invalid.
    Invalid(EvalError),
}

/// `ResultPath`
#[derive(Debug)]
pub enum Placement {
    /// The result replaces the input: the default.
    Replace,
    /// `null`: the input is passed on, and the result is discarded.
    Discard,
    /// The result is put into the input.
    Put(ReferencePath),
    /// The path is invalid, or is not a reference path.
    Invalid(EvalError),
}

/// A payload template, compiled.
#[derive(Debug)]
pub struct Compiled {
    /// The template, or why it is invalid.
    pub template: Result<Template, EvalError>,
    /// Whether it reads the context object.
    pub uses_context: bool,
}

/// A setting: a literal, or an expression that is evaluated during the run.
#[derive(Debug)]
pub enum Setting {
    /// A literal.
    Literal(Value),
    /// A `…Path` field.
    Path {
        /// The path.
        path: Path,
        /// The field: `TimeoutSecondsPath`.
        field: &'static str,
        /// Whether it reads the context object.
        uses_context: bool,
    },
    /// An intrinsic function: `ErrorPath`, `CausePath`.
    Call {
        /// The call.
        call: intrinsic::Call,
        /// Whether it reads the context object.
        uses_context: bool,
    },
    /// A JSONata expression.
    Jsonata {
        /// The expression.
        expression: jsonata::Expression,
        /// The field as AWS names it.
        location: Rc<str>,
        /// Whether it reads the context object.
        uses_context: bool,
    },
    /// The setting is invalid.
    Invalid(EvalError),
}

impl Setting {
    /// The text of its expression; empty for a literal.
    pub fn text(&self) -> &str {
        match self {
            Self::Literal(_) | Self::Invalid(_) => "",
            Self::Path { path, .. } => path.text(),
            Self::Call { call, .. } => call.text(),
            Self::Jsonata { expression, .. } => expression.text(),
        }
    }

    /// Whether it reads the context object.
    pub const fn uses_context(&self) -> bool {
        match self {
            Self::Literal(_) | Self::Invalid(_) => false,
            Self::Path { uses_context, .. }
            | Self::Call { uses_context, .. }
            | Self::Jsonata { uses_context, .. } => *uses_context,
        }
    }
}

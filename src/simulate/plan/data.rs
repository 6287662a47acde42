//! The fields that shape a state's data.

use crate::expr::jsonpath::{Path, ReferencePath};
use crate::expr::payload::Template;
use crate::expr::{EvalError, intrinsic, jsonata};
use crate::value::Value;
use std::rc::Rc;

/// The fields that shape a state's data.
#[derive(Debug)]
pub struct DataFlow {
    /// `InputPath`
    pub input: Select,
    /// `Parameters`, `Arguments`
    pub arguments: Option<Box<Compiled>>,
    /// `ResultSelector`
    pub result_selector: Option<Box<Compiled>>,
    /// `ResultPath`
    pub result: Placement,
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
    /// Everything: the default.
    All,
    /// `null`: an empty object.
    Empty,
    /// What a path selects.
    Path {
        /// The path.
        path: Path,
        /// Whether it reads the context object.
        uses_context: bool,
    },
    /// The path does not parse.
    Invalid(EvalError),
}

/// `ResultPath`
#[derive(Debug)]
pub enum Placement {
    /// The result takes the input's place: the default.
    Replace,
    /// `null`: the input goes on, the result is dropped.
    Discard,
    /// The result is put into the input.
    Put(ReferencePath),
    /// The path does not parse or may select several nodes.
    Invalid(EvalError),
}

/// A payload template, compiled.
#[derive(Debug)]
pub struct Compiled {
    /// The template, or why there is none.
    pub template: Result<Template, EvalError>,
    /// Whether it reads the context object.
    pub uses_context: bool,
}

/// A setting that is written down or computed.
#[derive(Debug)]
pub enum Setting {
    /// As written.
    Literal(Value),
    /// By its `…Path` twin.
    Path {
        /// The path.
        path: Path,
        /// The field: `TimeoutSecondsPath`.
        field: &'static str,
        /// Whether it reads the context object.
        uses_context: bool,
    },
    /// By an intrinsic: `ErrorPath`, `CausePath`.
    Call {
        /// The call.
        call: intrinsic::Call,
        /// Whether it reads the context object.
        uses_context: bool,
    },
    /// By JSONata.
    Jsonata {
        /// The expression.
        expression: jsonata::Expression,
        /// The field as AWS names it.
        location: Rc<str>,
        /// Whether it reads the context object.
        uses_context: bool,
    },
    /// It does not parse.
    Invalid(EvalError),
}

impl Setting {
    /// The text of its expression; empty where it is a literal.
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

//! JSONPath in Jayway's dialect, which Step Functions implements, with AWS's two additions: `$$` for the context
//! object and `$name` for a variable.
//!
//! Parsing ([`Path::parse`]) is separate from the check whether a path is valid where a reference path is required
//! ([`Path::as_reference`]).

mod ast;
mod condition;
mod cursor;
mod error;
mod eval;
mod function;
mod options;
mod parse;
mod reference;
#[cfg(test)]
mod tests;

pub use ast::{
    Argument, Comparison, Condition, Function, Operand, Path, Pattern, Root, Slice, Step, StepKind,
};
pub use error::PathError;
pub use reference::{Conflict, ReferencePath};

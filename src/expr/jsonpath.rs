//! JSONPath in Jayway's dialect, which Step Functions shows, and AWS's two additions: `$$` for the context
//! object and `$name` for a variable.
//!
//! Two questions are kept apart: whether a text parses ([`Path::parse`]) and whether a field that wants a
//! reference path may hold it ([`Path::as_reference`]).

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

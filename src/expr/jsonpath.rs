//! JSONPath in Jayway's dialect, which Step Functions implements, with AWS's two additions: `$$` for the context
//! object and `$name` for a variable.
//!
//! Which paths are accepted is decided in three places, each stricter than the one before: [`Path::parse`] reads the
//! grammar, [`Path::as_reference`] checks what a reference path must not contain, and lint checks what a field may
//! contain. What an accepted path means is decided by evaluation alone: the syntax tree keeps what was written, such as
//! [`Operand::Word`].
//!
//! # Sources
//!
//! *Recorded*: seen in responses of AWS, or in definitions that run in production.
//! - The messages about missing nodes are Jayway's: `No results for path: $['a']`.
//! - A word without quotes in a filter, `@.status == FAILED`, is accepted as a string.
//!   `true`, `false`, `null`, and numbers keep their meaning.
//! - An indefinite path through a missing step is `[]`, where Jayway 2.9 fails: `$.items[*].id` and `$.items[1:]` on `{}`.
//! - A backslash in a bracketed name is part of the name unless it precedes `'` or another backslash.
//! - A path that ends in an index past the end of an array is `null` in a payload template.
//!
//! *Documented*: by Step Functions or by Jayway.
//! - The roots `$`, `$$`, and `$name`; reference paths; the operators, functions, and messages of Jayway 2.9.
//! - `[(@.length-1)]`, as in Jayway before 2.0.
//!
//! *Inferred*: from the above.
//! - A word may contain letters, digits, `_`, `-`, and `.`, the characters of the words that were seen. It may only be
//!   the right operand of a comparison.
//! - Filters, lists of indexes, and `..` after a missing step are `[]`, like wildcards and slices, and so are slices of
//!   values that are not arrays.
//! - Inside a filter, and in the arguments of a function, paths are evaluated like in Jayway 2.9.
//!
//! Nesting, the number of steps, the length of a path, and the number of nodes that an evaluation visits are limited.

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

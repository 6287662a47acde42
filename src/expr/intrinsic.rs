//! Intrinsic functions of JSONPath states, `States.Format('{}', $.a)`.
//!
//! A string with the syntax of a call can be parsed with any function name and any number of arguments. These are checked
//! against [`table`], by lint before a run and by the evaluation during it.

mod argument;
mod array;
mod call;
mod encoding;
mod eval;
mod function;
mod java_set;
mod json;
mod math;
pub mod name;
mod parse;
pub mod table;
#[cfg(test)]
mod tests;
mod text;

pub use call::{Argument, ArgumentKind, Call, Literal};
pub use encoding::ALGORITHMS;
pub(crate) use encoding::digest;
pub use function::{Function, Kind, Returns};
pub use parse::is_intrinsic;
pub use text::{Piece, Unbalanced, pieces};

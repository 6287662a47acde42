//! Intrinsic functions of JSONPath states, `States.Format('{}', $.a)`.
//!
//! A text that has the grammar of a call parses, whatever the function is called and however many arguments
//! it has: those are questions to [`table`], which lint asks before a run and evaluation during it.

mod argument;
mod array;
mod call;
mod encoding;
mod eval;
mod function;
mod java_set;
mod json;
mod math;
mod parse;
pub mod table;
#[cfg(test)]
mod tests;
mod text;

pub use call::{Argument, ArgumentKind, Call, Literal};
pub use encoding::ALGORITHMS;
pub(crate) use encoding::digest;
pub use function::{Function, Kind};
pub use parse::is_intrinsic;
pub use text::{Piece, Unbalanced, pieces};

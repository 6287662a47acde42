//! The JSON value that flows through a run: exact numbers, ordered keys, clone in O(1).
//!
//! Step Functions hands a JSONPath state's data on untouched: a 20-digit id, `1.0` and `1e3` leave as they
//! came. So a number keeps its text wherever its text says more than its value, and nothing here goes through
//! `f64` on the way from text to text.

mod convert;
pub mod jackson;
mod number;
mod object;
mod read;
#[cfg(test)]
mod tests;
mod tree;
mod write;

pub use number::Number;
pub use object::{Map, Members};
pub use read::{MAX_DEPTH, ParseError};
pub use tree::{Object, Value};
pub use write::TooDeep;
pub(crate) use write::string_len;

//! JSON values in an execution: exact numbers, ordered keys, and O(1) clones.
//!
//! Step Functions passes the data of JSONPath states through unchanged, including 20-digit IDs, `1.0`, and `1e3`. A number
//! therefore keeps its text wherever the text is more precise than a parsed value, and nothing converts through `f64` on
//! the way from text to text.

mod convert;
pub mod jackson;
mod keys;
mod number;
mod object;
mod read;
#[cfg(test)]
mod tests;
mod tree;
mod write;

pub(crate) use keys::Keys;
pub use number::Number;
pub use object::{Map, Members};
pub use read::{MAX_DEPTH, ParseError};
pub use tree::{Object, Value};
pub use write::TooDeep;
pub(crate) use write::{punctuation_len, push_string, string_len};

//! The query languages. They operate on values and know nothing of states.
//!
//! Every expression is parsed once, when a state machine is lowered, and evaluated many times. The three languages are
//! [`jsonpath::Path`], [`intrinsic::Call`], and [`jsonata::Expression`]; a [`payload::Template`] is a JSON value that
//! contains any of them. A range in an error or a syntax tree is a range of bytes of the parsed text.

mod error;
pub mod intrinsic;
mod java;
pub mod jsonata;
pub mod jsonpath;
pub mod payload;
#[cfg(test)]
mod proptests;
mod random;
mod scope;

pub use error::{EvalError, SyntaxError};
pub use random::{Randomness, Seeded};
pub use scope::{Scope, Variables};

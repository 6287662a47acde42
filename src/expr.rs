//! Query languages: they know values, never states.
//!
//! Everything is parsed once, when a machine is lowered, and evaluated many times: [`jsonpath::Path`],
//! [`intrinsic::Call`] and [`jsonata::Expression`] are the three languages, [`payload::Template`] is a JSON
//! value with any of them inside. A place in an error or an AST is a range of bytes of the text that was parsed.

mod error;
pub mod intrinsic;
mod java;
pub mod jsonata;
pub mod jsonpath;
pub mod payload;
#[cfg(test)]
mod properties;
mod random;
mod scope;

pub use error::{Fault, SyntaxError};
pub use random::{Randomness, Seeded};
pub use scope::{Scope, Variables};

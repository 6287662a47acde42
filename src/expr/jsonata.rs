//! JSONata as implemented by Step Functions: version 2.0.6 without `$eval`, with six additional functions.
//!
//! Expressions are evaluated by `jsonata-core`. Its syntax tree has no locations, so `lex` and `resolve` also parse
//! the text: to locate syntax errors, and for lint.

pub mod builtins;
mod calendar;
mod convert;
mod delimiters;
mod direct;
mod error;
mod error_trace;
mod evaluate;
mod expression;
mod fast_path;
mod functions;
mod instrument;
pub mod lex;
mod limits;
mod locate;
mod message;
mod number_text;
mod picture;
mod reference;
mod resolve;
mod signature;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

pub use convert::Conversions;
pub use delimiters::{Delimiters, delimiters, strip};
pub use error::EvaluationError;
pub use expression::Expression;
pub use jsonata_core::ast as syntax;
pub use limits::Limits;
pub use reference::{Member, Reference, ReferenceKind};

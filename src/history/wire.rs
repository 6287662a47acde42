//! Histories as `aws stepfunctions get-execution-history` prints them: reading and writing the same names.
//!
//! Source: API reference, `GetExecutionHistory`. Data travels as JSON text inside JSON.

mod decode;
mod encode;
mod key;
#[cfg(test)]
mod proptests;

pub use decode::{ParseError, Recorded, read};
pub use encode::{Origin, write};

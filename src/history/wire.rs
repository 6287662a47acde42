//! The JSON format of `aws stepfunctions get-execution-history`.
//!
//! Source: API reference, `GetExecutionHistory`. Payloads are JSON text inside JSON strings.

mod decode;
mod encode;
mod key;
#[cfg(test)]
mod proptests;

pub use decode::{ParseError, Recorded, read};
pub use encode::{Origin, write};

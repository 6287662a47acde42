//! The JSON format of `aws stepfunctions get-execution-history`.
//!
//! Source: API reference, `GetExecutionHistory`. Payloads are JSON text inside JSON strings.

mod decode;
mod encode;
mod key;
#[cfg(test)]
mod proptests;

#[cfg(test)]
pub(super) use decode::read;
pub(super) use decode::{Entry, decode, decode_entries, invalid_json, is_history, number};
pub(super) use encode::Encoder;
pub use encode::{Origin, write};

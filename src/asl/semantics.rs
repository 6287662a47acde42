//! The meaning of language constructs that lint, simulation, and cost estimation must agree on.
//!
//! Each function here is the only implementation of its concept. Where the specification leaves a question open,
//! its documentation names the source of the answer.

pub mod backoff;
pub mod comparison;
pub mod error_match;
pub mod event_count;
pub mod string_pattern;
pub mod timestamp;

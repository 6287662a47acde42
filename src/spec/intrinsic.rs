//! The names of intrinsic functions.

/// The prefix of the name of every intrinsic function.
pub const PREFIX: &str = "States.";

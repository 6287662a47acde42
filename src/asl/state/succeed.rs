//! `Succeed`: ends the execution successfully.

/// A Succeed state has no fields of its own.
#[derive(Debug)]
pub struct Succeed;

//! `Succeed`: the end, in success.

/// A Succeed state has no fields of its own.
#[derive(Debug)]
pub struct Succeed;

//! `Parallel`: branches side by side.

use crate::asl::{Catcher, Machine, Retrier};

/// The fields of a Parallel state.
#[derive(Debug)]
pub struct Parallel<'d> {
    /// `Branches`, in order.
    pub branches: Vec<Machine<'d>>,
    /// `Retry`
    pub retry: Vec<Retrier<'d>>,
    /// `Catch`
    pub catch: Vec<Catcher<'d>>,
}

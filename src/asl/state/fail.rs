//! `Fail`: the end, in failure.

use crate::asl::Scalar;

/// The fields of a Fail state.
#[derive(Debug)]
pub struct Fail<'d> {
    /// `Error`, `ErrorPath`.
    pub error: Option<Scalar<'d>>,
    /// `Cause`, `CausePath`.
    pub cause: Option<Scalar<'d>>,
}

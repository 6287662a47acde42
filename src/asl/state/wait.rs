//! `Wait`: a delay.

use crate::asl::Scalar;

/// The fields of a Wait state. AWS asks for exactly one; all that were written are here.
#[derive(Debug)]
pub struct Wait<'d> {
    /// `Seconds`, `SecondsPath`: how long.
    pub seconds: Option<Scalar<'d>>,
    /// `Timestamp`, `TimestampPath`: until when (RFC 3339).
    pub timestamp: Option<Scalar<'d>>,
}

//! `Wait`: waits for a duration or until a timestamp.

use crate::asl::expression::AllowedExpression;
use crate::asl::fields::fields;

fields! {
    /// The fields of a Wait state. AWS requires exactly one; all that are written are here.
    pub struct Wait<S> {
        /// `Seconds`, `SecondsPath`: the duration.
        pub seconds = scalar("Seconds", "SecondsPath", AllowedExpression::ReferencePath),
        /// `Timestamp`, `TimestampPath`: the end of the wait (RFC 3339).
        pub timestamp = scalar("Timestamp", "TimestampPath", AllowedExpression::ReferencePath),
    }
}

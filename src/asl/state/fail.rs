//! `Fail`: ends the execution with an error.

use crate::asl::expression::AllowedExpression;
use crate::asl::fields::fields;

fields! {
    /// The fields of a Fail state.
    pub struct Fail<S> {
        /// `Error`, `ErrorPath`.
        pub error = scalar("Error", "ErrorPath", AllowedExpression::ReferencePathOrIntrinsic),
        /// `Cause`, `CausePath`.
        pub cause = scalar("Cause", "CausePath", AllowedExpression::ReferencePathOrIntrinsic),
    }
}

//! `Pass`: passes or transforms data.

use crate::asl::fields::fields;
use crate::document::Node;

fields! {
    /// The fields of a Pass state.
    pub struct Pass<'d> {
        /// `Result` (JSONPath): any JSON, never evaluated.
        pub result: Option<&'d Node> = value("Result"),
    }
}

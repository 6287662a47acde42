//! `Pass`: data shaped or passed on.

use crate::document::Node;

/// The fields of a Pass state.
#[derive(Debug)]
pub struct Pass<'d> {
    /// `Result` (JSONPath): any JSON, never evaluated.
    pub result: Option<&'d Node>,
}

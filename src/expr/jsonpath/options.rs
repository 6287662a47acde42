//! The options of an evaluation.

use crate::value::Value;

/// The options for evaluating a path inside a filter.
#[derive(Clone, Copy)]
pub(super) struct Options<'v> {
    /// The whole document, for `$` inside filters and arguments.
    pub(super) document: &'v Value,
    /// For a test of existence: a missing member is an error even if the path is indefinite.
    pub(super) require_members: bool,
}

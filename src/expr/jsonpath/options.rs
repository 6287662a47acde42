//! What a path is evaluated with.

use crate::value::Value;

/// What a path inside a filter is evaluated with.
#[derive(Clone, Copy)]
pub(super) struct Options<'v> {
    /// The whole document, for `$` inside filters and arguments.
    pub(super) document: &'v Value,
    /// A test of existence: a missing member is an error even where the path is indefinite.
    pub(super) require_members: bool,
}

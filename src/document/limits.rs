//! Limits on the contents of a file.

use super::syntax_error::{SyntaxError, SyntaxErrorKind};
use crate::source::Span;

/// The maximum depth of nested arrays and objects, so that code that walks a tree may use recursion.
pub const MAX_DEPTH: usize = 512;

/// The maximum number of values in a file: four times as many as fit into AWS's limit of 1 MiB.
pub(super) const MAX_VALUES: usize = 2_000_000;

/// The error for a file with too many values, which has no tree.
pub(super) fn too_many(span: Span) -> SyntaxError {
    SyntaxError {
        kind: SyntaxErrorKind::Malformed,
        span,
        message: format!("file contains more than {MAX_VALUES} values"),
        help: Some("AWS limits a definition to 1 MiB".into()),
        first: None,
    }
}

pub(super) fn too_deep(span: Span) -> SyntaxError {
    SyntaxError {
        kind: SyntaxErrorKind::TooDeep,
        span,
        message: format!("nesting is deeper than {MAX_DEPTH} levels"),
        help: Some("reduce the nesting; AWS rejects it too".into()),
        first: None,
    }
}

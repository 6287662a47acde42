//! How much a file may hold.

use super::syntax_error::{Fault, FaultKind};
use crate::source::Span;

/// How deep arrays and objects may lie in one another, so that whatever walks a tree may recurse.
pub const MAX_DEPTH: usize = 512;

/// How many values a file may hold: four times what AWS's limit of 1 MiB leaves room for.
pub(super) const MAX_VALUES: usize = 2_000_000;

/// The fault of a file with too many values; nothing is made of it.
pub(super) fn too_many(span: Span) -> Fault {
    Fault {
        kind: FaultKind::Syntax,
        span,
        message: format!("The file holds more than {MAX_VALUES} values"),
        help: Some("AWS takes definitions of at most 1 MiB".into()),
        first: None,
    }
}

pub(super) fn too_deep(span: Span) -> Fault {
    Fault {
        kind: FaultKind::TooDeep,
        span,
        message: format!("More than {MAX_DEPTH} arrays and objects lie in one another"),
        help: Some("a definition of this depth cannot be checked; AWS refuses it too".into()),
        first: None,
    }
}

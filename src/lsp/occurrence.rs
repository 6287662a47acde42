//! Places where names are written.

use crate::document::{Member, Node};
use crate::source::Span;

/// A place where a name is written.
#[derive(Debug, Clone)]
pub(super) struct Occurrence<'s> {
    /// The name without quotes.
    pub(super) span: Span,
    pub(super) is_definition: bool,
    pub(super) written: Written<'s>,
}

/// How a name is written.
#[derive(Debug, Clone, Copy)]
pub(super) enum Written<'s> {
    /// It is the whole key. The rest is what follows the name.
    Key(&'s Member),
    /// It is the whole value.
    Value(&'s Node),
    /// It is a part of a source text.
    Part,
}

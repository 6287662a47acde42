//! References to states by name.

use super::object::Object;
use super::part::{Part, Walk};
use crate::document::{Node, Text};
use crate::source::Span;

/// The name of a state in `Next`, `Default`, or `StartAt`.
#[derive(Debug, Clone, Copy)]
pub struct Target<'d> {
    /// The name.
    pub name: &'d Text,
    /// Where the name is written.
    pub span: Span,
}

/// Where a state goes when it is done.
#[derive(Debug, Default)]
pub struct Transition<'d> {
    /// `Next`.
    pub next: Option<Target<'d>>,
    /// `End: true`.
    pub end: bool,
}

impl<'d> Target<'d> {
    /// The state that a field of an object names.
    pub(super) fn lower(node: &'d Node, key: &str) -> Option<Self> {
        let value = node.get(key)?;
        Some(Self {
            name: value.as_text()?,
            span: value.span,
        })
    }
}

impl<'d> Transition<'d> {
    pub(super) fn lower(node: &'d Node) -> Self {
        Self {
            next: Target::lower(node, "Next"),
            end: node.get("End").and_then(Node::as_bool).unwrap_or(false),
        }
    }
}

impl<'d> Object<'d> {
    pub(super) fn target(&self, key: &str) -> Option<Target<'d>> {
        Target::lower(self.node, key)
    }
}

impl<'d> Walk<'d> for Target<'d> {
    fn walk<'a>(&'a self, _f: &mut dyn FnMut(Part<'a, 'd>)) {}
}

//! The files that contain the resources of a configuration.

use super::variable::{Variable, lookup, written};
use crate::document::{Document, Node, read};
use crate::source::Span;
use crate::template::files::{Base, syntax_of};
use crate::template::read_budget::ReadBudget;
use std::rc::Rc;

/// A part of another file with resources.
pub(in crate::template) struct Included {
    /// The file.
    pub(in crate::template) document: Rc<Document>,
    keys: String,
    /// Where the configuration references it.
    pub(in crate::template) at: Span,
}

impl Included {
    /// The template, or the resources alone.
    pub(in crate::template) fn section(&self) -> Option<&Node> {
        lookup(self.document.roots.first()?, &self.keys)
    }
}

/// The files in `resources`, `resources.Resources`, or the items of a list. Those that cannot be read are left out.
pub(in crate::template) fn included(
    document: &Document,
    root: &Node,
    budget: &ReadBudget<'_>,
) -> Vec<Included> {
    let sections = root.get("resources");
    let sections = sections.map(|node| node.as_array().unwrap_or(std::slice::from_ref(node)));
    let file = |section: &Node| {
        let node = section.get("Resources").unwrap_or(section);
        if node.as_object().is_some() {
            return None;
        }
        let Variable::File { path, keys } = Variable::from_text(written(document, node))? else {
            return None;
        };
        let from = document.source.name();
        let file = budget.part_of(from, path, || {
            let source = budget.open(from, path, Base::AnyAncestor).ok()?.source;
            let syntax = syntax_of(&source);
            Some(read(source, syntax))
        })?;
        Some(Included {
            document: file,
            keys: keys.to_owned(),
            at: node.span,
        })
    };
    sections.unwrap_or_default().iter().filter_map(file).collect()
}

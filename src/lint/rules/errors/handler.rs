//! What retriers and catchers have in common: a list of error names.

use crate::asl::State;
use crate::document::Node;

/// A retrier or a catcher.
#[derive(Debug, Clone, Copy)]
pub(super) struct Handler<'a, 'd> {
    /// The object.
    pub node: &'d Node,
    /// The strings of its `ErrorEquals`.
    pub names: &'a [&'d Node],
}

/// The retriers of a state, in order.
pub(super) fn retriers<'a, 'd>(
    state: &'a State<'d>,
) -> impl ExactSizeIterator<Item = Handler<'a, 'd>> + Clone {
    state.retry().iter().map(|r| Handler {
        node: r.node,
        names: &r.error_equals,
    })
}

/// The catchers of a state, in order.
pub(super) fn catchers<'a, 'd>(
    state: &'a State<'d>,
) -> impl ExactSizeIterator<Item = Handler<'a, 'd>> + Clone {
    state.catch().iter().map(|c| Handler {
        node: c.node,
        names: &c.error_equals,
    })
}

/// Every name that a retrier or a catcher of a state lists, with its location, except those that a template hides.
pub(super) fn names<'d>(state: &State<'d>) -> impl Iterator<Item = (&'d str, &'d Node)> {
    let lists = state.retry().iter().map(|r| &r.error_equals);
    let lists = lists.chain(state.catch().iter().map(|c| &c.error_equals));
    lists.flatten().filter_map(|node| Some((known(node)?, *node)))
}

/// A name, unless a template hides part of it.
pub(super) fn known(node: &Node) -> Option<&str> {
    let text = node.as_text().filter(|text| !text.has_placeholder())?;
    Some(text.as_str())
}

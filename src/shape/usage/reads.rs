//! What the expressions of one state read.

use super::place::{self, Place, Root};
use super::tree::Usage;
use indexmap::IndexMap;
use std::rc::Rc;

/// The uses of the values that an expression can refer to.
#[derive(Debug, Default)]
pub(super) struct Reads {
    pub(super) input: Usage,
    pub(super) result: Usage,
    pub(super) map_item: Usage,
    pub(super) variables: IndexMap<Rc<str>, Usage>,
}

impl Reads {
    /// Notes that the value at a place is used.
    pub(super) fn note(&mut self, place: &Place, usage: Usage) {
        let whole = place::within(&place.steps, usage);
        match &place.root {
            Root::Input => self.input.merge(&whole),
            Root::Result => self.result.merge(&whole),
            Root::MapItem => self.map_item.merge(&whole),
            Root::Variable(name) => self.variables.entry(Rc::clone(name)).or_default().merge(&whole),
        };
    }
}

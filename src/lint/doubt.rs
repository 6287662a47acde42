//! Fields that are there and cannot be relied upon, so that nothing follows from their absence.
//!
//! One slip of the pen is one finding: who writes `"Nxt": "B"` has misspelt a field, and need not hear as well that the
//! state has no `Next` and that nothing leads to `B`. The schema notes here which fields it found at fault; whatever
//! rests on one of them being absent says so ([`super::Finding::for_want_of`]) and is then left out.

use crate::document::Node;
use crate::source::Span;
use std::collections::HashSet;

/// The fields at fault, each by the object it is in, or should be in.
#[derive(Debug, Default)]
pub struct Doubts {
    fields: HashSet<(Span, String)>,
}

/// The fields that say where a state goes next, or that it goes nowhere.
const WAYS_OUT: [&str; 6] = ["Type", "Next", "End", "Choices", "Default", "Catch"];

impl Doubts {
    pub(super) fn add(&mut self, object: &Node, field: &str) {
        self.fields.insert((object.span, field.to_owned()));
    }

    /// Whether a field of an object is missing where it must not, misspelt or malformed, which is reported already.
    pub(super) fn has(&self, object: Span, field: &str) -> bool {
        !self.is_empty() && self.fields.contains(&(object, field.to_owned()))
    }

    /// Whether it is not known where a state leads.
    pub(super) fn of_way_out(&self, state: &Node) -> bool {
        WAYS_OUT.iter().any(|field| self.has(state.span, field))
    }

    /// Whether nothing is in doubt.
    pub(super) fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }
}

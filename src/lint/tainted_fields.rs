//! Fields with an error. Rules must not conclude anything from such a field or from its absence.
//!
//! One mistake is one finding: after `"Nxt": "B"` is reported as an unknown field, the reports that the state has no
//! `Next` and that `B` is unreachable would only repeat it. The schema check records which fields have an error; a
//! finding that depends on the absence of such a field declares it ([`super::Finding::unless_tainted`]) and is suppressed.

use crate::document::Node;
use crate::source::Span;
use foldhash::HashMap;

/// The fields with a reported error, each by the object that contains it, or should contain it.
#[derive(Debug, Default)]
pub struct TaintedFields {
    fields: HashMap<Span, Vec<String>>,
}

/// The fields that determine the next state, or that there is none.
const EXIT_FIELDS: [&str; 6] = ["Type", "Next", "End", "Choices", "Default", "Catch"];

impl TaintedFields {
    pub(super) fn insert(&mut self, object: &Node, field: &str) {
        if !self.contains(object.span, field) {
            self.fields.entry(object.span).or_default().push(field.to_owned());
        }
    }

    /// Whether an error is already reported for a field: it is missing though required, misspelled, or malformed.
    pub(super) fn contains(&self, object: Span, field: &str) -> bool {
        let fields = self.fields.get(&object);
        fields.is_some_and(|fields| fields.iter().any(|known| known == field))
    }

    /// Whether the transitions out of a state are unknown.
    pub(super) fn exit_is_tainted(&self, state: &Node) -> bool {
        EXIT_FIELDS.iter().any(|field| self.contains(state.span, field))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }
}

//! Where the schema's errors are.

use crate::document::{Member, Node, Text};
use crate::source::Span;
use jsonschema::ValidationError;
use jsonschema::paths::LocationSegment;

/// Where an error is.
#[derive(Clone)]
pub(super) struct Place<'d> {
    pub(super) node: &'d Node,
    /// The member whose value the node is, where it is one.
    pub(super) member: Option<&'d Member>,
    /// The keys on the way, indexes left out.
    pub(super) keys: Vec<&'d str>,
    /// The innermost object that the node is in.
    pub(super) parent: Option<&'d Node>,
}

impl<'d> Place<'d> {
    /// `None` where the place is at or below a value that is known only when a template is filled in, or could not be
    /// read.
    pub(super) fn of(root: &'d Node, error: &ValidationError<'_>) -> Option<Self> {
        if root.is_unknown() {
            return None;
        }
        let mut place = Self {
            node: root,
            member: None,
            keys: Vec::new(),
            parent: None,
        };
        for segment in error.instance_path() {
            match segment {
                LocationSegment::Property(key) => {
                    let member = place.node.member(&key)?;
                    place.keys.push(member.key.as_str());
                    place.parent = Some(place.node);
                    place.node = &member.value;
                    place.member = Some(member);
                }
                LocationSegment::Index(i) => {
                    place.node = place.node.as_array()?.get(i)?;
                    place.member = None;
                }
            }
            let is_unknown =
                place.node.is_unknown() || place.node.as_text().is_some_and(Text::has_placeholder);
            if is_unknown {
                return None;
            }
        }
        Some(place)
    }

    /// The field that the place is in, for messages.
    pub(super) fn field(&self) -> &'d str {
        self.keys.last().copied().unwrap_or_default()
    }

    /// The key, or the value where there is none.
    pub(super) fn key_span(&self) -> Span {
        self.member.map_or(self.node.span, |m| m.key_span)
    }
}

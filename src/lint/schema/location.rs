//! Where in a definition the validator found an error.

use crate::document::{Member, Node, Text};
use crate::source::Span;
use jsonschema::paths::{Location, LocationSegment};

/// The location of a violation in the instance.
#[derive(Debug, Clone)]
pub(super) struct InstanceLocation<'d> {
    pub(super) node: &'d Node,
    /// The member whose value the node is, if it is one.
    pub(super) member: Option<&'d Member>,
    /// The keys from the root to the node, without indexes.
    pub(super) keys: Vec<&'d str>,
    /// The innermost object that contains the node.
    pub(super) parent: Option<&'d Node>,
}

impl<'d> InstanceLocation<'d> {
    /// `None` if the path passes through a value that is known only when a template is filled in, or could not be read.
    pub(super) fn resolve(root: &'d Node, path: &Location) -> Option<Self> {
        if root.is_unknown() {
            return None;
        }
        let mut location = Self {
            node: root,
            member: None,
            keys: Vec::new(),
            parent: None,
        };
        for segment in path {
            match segment {
                LocationSegment::Property(key) => {
                    let member = location.node.member(&key)?;
                    location.keys.push(member.key.as_str());
                    location.parent = Some(location.node);
                    location.node = &member.value;
                    location.member = Some(member);
                }
                LocationSegment::Index(i) => {
                    location.node = location.node.as_array()?.get(i)?;
                    location.member = None;
                }
            }
            let is_unknown =
                location.node.is_unknown() || location.node.as_text().is_some_and(Text::has_placeholder);
            if is_unknown {
                return None;
            }
        }
        Some(location)
    }

    /// The name of the innermost field that contains the node; empty for the root.
    pub(super) fn field(&self) -> &'d str {
        self.keys.last().copied().unwrap_or_default()
    }

    /// The key, or the value if the node is not a member.
    pub(super) fn key_span(&self) -> Span {
        self.member.map_or(self.node.span, |m| m.key_span)
    }
}

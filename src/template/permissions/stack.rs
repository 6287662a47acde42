//! The resources of a template of CloudFormation.

use super::names::Names;
use crate::document::{Member, Node};
use crate::template::intrinsic::{Assembler, Scope};

/// A template.
pub(super) struct Template<'d> {
    pub(super) scope: Scope<'d>,
    pub(super) resources: &'d [Member],
    pub(super) names: Names,
}

impl<'d> Template<'d> {
    /// The text of a value, with unknown parts as `${Name}`.
    pub(super) fn text(&self, node: &Node) -> String {
        Assembler::new(self.scope).assemble(node).text().to_owned()
    }

    /// The resource whose ARN a value is.
    pub(super) fn resource_of_arn(&self, node: &Node) -> Option<String> {
        let text = self.text(node);
        let reference = self.names.reference_for(&self.names.resolve(&text))?;
        let name = reference.strip_prefix("${")?.strip_suffix('}')?;
        Some(name.trim_end_matches(".Arn").to_owned())
    }

    /// The properties of a resource of this type.
    pub(super) fn find(&self, name: &str, kind: &str) -> Option<&'d Node> {
        let member = self.resources.iter().find(|member| member.key.as_str() == name)?;
        let is_kind = member.value.get("Type").and_then(Node::as_str) == Some(kind);
        member.value.get("Properties").filter(|_| is_kind)
    }
}

//! The resources of a template of CloudFormation.

use super::cloudformation_names::names;
use super::machine::RolePolicies;
use super::names::Names;
use super::role_users::{self, RoleUsers};
use crate::document::{Document, Member, Node};
use crate::source::Span;
use crate::template::intrinsic::{Assembler, Scope};
use crate::template::read_budget::ReadBudget;
use crate::template::serverless::Included;
use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

/// The templates in a document: one, or several in a configuration of the Serverless Framework, whose `resources` may be a
/// list, and in other files.
pub(super) struct Stacks<'d> {
    stacks: Vec<Stack<'d>>,
}

/// A template.
pub(super) struct Stack<'d> {
    pub(super) scope: Scope<'d>,
    /// Where the configuration references it, if it is in another file.
    pub(super) elsewhere: Option<Span>,
    by_name: HashMap<&'d str, &'d Member>,
    pub(super) names: Arc<Names>,
    pub(super) users: RoleUsers<'d>,
    /// The roles that were read.
    pub(super) roles: RefCell<HashMap<String, Option<Arc<RolePolicies>>>>,
}

impl<'d> Stacks<'d> {
    pub(super) fn new(
        document: &'d Document,
        root: &'d Node,
        files: &'d [Included],
        budget: &'d ReadBudget<'d>,
    ) -> Self {
        let here = root
            .get("resources")
            .map(|node| node.as_array().unwrap_or(std::slice::from_ref(node)));
        let here = here.unwrap_or_default().iter();
        let here = here.filter(|section| section.get("Resources").is_some());
        let here = here.map(|section| Stack::new(document, section, None, budget));
        let elsewhere = files.iter().filter_map(|file| {
            let section = file.section()?;
            Some(Stack::new(&file.document, section, Some(file.at), budget))
        });
        let mut stacks: Vec<Stack<'d>> = here.chain(elsewhere).collect();
        if stacks.iter().all(|stack| stack.by_name.is_empty()) {
            stacks = vec![Stack::new(document, root, None, budget)];
        }
        Self { stacks }
    }

    /// The template with this resource.
    pub(super) fn with(&self, resource: &str) -> Option<&Stack<'d>> {
        self.stacks
            .iter()
            .find(|stack| stack.by_name.contains_key(resource))
    }

    /// All templates.
    pub(super) fn all(&self) -> &[Stack<'d>] {
        &self.stacks
    }
}

impl<'d> Stack<'d> {
    fn new(
        document: &'d Document,
        section: &'d Node,
        elsewhere: Option<Span>,
        budget: &'d ReadBudget<'d>,
    ) -> Self {
        // Some files contain the resources alone.
        let resources = match section.get("Resources") {
            Some(resources) if resources.get("Type").is_none_or(|kind| kind.as_str().is_none()) => resources,
            _ => section,
        };
        let scope = Scope {
            file: document.source.text(),
            budget,
            parameters: section.get("Parameters"),
            mappings: section.get("Mappings"),
        };
        let members = resources.as_object().unwrap_or_default();
        let names = names(resources, scope);
        Self {
            scope,
            elsewhere,
            by_name: members
                .iter()
                .map(|member| (member.key.as_str(), member))
                .collect(),
            users: RoleUsers::new(members, &names, scope),
            names: Arc::new(names),
            roles: RefCell::default(),
        }
    }

    /// A resource.
    pub(super) fn member(&self, name: &str) -> Option<&'d Member> {
        self.by_name.get(name).copied()
    }

    /// The text of a value, with unknown parts as `${Name}`.
    pub(super) fn text(&self, node: &Node) -> String {
        Assembler::new(self.scope).assemble(node).text().to_owned()
    }

    /// The resource whose ARN a value is.
    pub(super) fn resource_of_arn(&self, node: &Node) -> Option<String> {
        role_users::resource_of_arn(&self.text(node), &self.names)
    }

    /// The properties of a resource of this type.
    pub(super) fn find(&self, name: &str, kind: &str) -> Option<&'d Node> {
        let member = self.member(name)?;
        let is_kind = member.value.get("Type").and_then(Node::as_str) == Some(kind);
        member.value.get("Properties").filter(|_| is_kind)
    }
}

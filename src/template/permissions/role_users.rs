//! The resources of a template that use its roles.

use super::names::Names;
use super::principals::is_assumed_by_others;
use crate::document::{Member, Node};
use crate::template::cloudformation::RESOURCE_TYPES;
use crate::template::intrinsic::{Assembler, Scope, call};
use std::collections::{BTreeSet, HashMap};

/// The resource types that attach policies to roles.
const POLICIES: [&str; 3] = [
    "AWS::IAM::Policy",
    "AWS::IAM::ManagedPolicy",
    "AWS::IAM::RolePolicy",
];

/// Who uses the roles of a template, found in one pass.
pub(super) struct RoleUsers<'d> {
    /// The state machines with a role, by the role.
    machines: HashMap<String, Vec<String>>,
    /// The resources that are neither state machines nor policies, by the names that they refer to.
    others: HashMap<&'d str, BTreeSet<&'d str>>,
    /// The policies that are resources of their own, by the strings of the roles that they name.
    policies: HashMap<String, Vec<&'d Node>>,
    has_connector: bool,
}

impl<'d> RoleUsers<'d> {
    pub(super) fn new(resources: &'d [Member], names: &Names, scope: Scope<'_>) -> Self {
        let mut users = Self {
            machines: HashMap::new(),
            others: HashMap::new(),
            policies: HashMap::new(),
            has_connector: false,
        };
        let text = |node: &Node| Assembler::new(scope).assemble(node).text().to_owned();
        for member in resources {
            let kind = member
                .value
                .get("Type")
                .and_then(Node::as_str)
                .unwrap_or_default();
            let properties = member.value.get("Properties");
            if RESOURCE_TYPES.contains(&kind) {
                let written = properties.and_then(|p| p.get("RoleArn").or_else(|| p.get("Role")));
                if let Some(role) = written.and_then(|node| resource_of_arn(&text(node), names)) {
                    users
                        .machines
                        .entry(role)
                        .or_default()
                        .push(member.key.to_string());
                }
            } else if POLICIES.contains(&kind) {
                let Some(properties) = properties else { continue };
                let several = properties
                    .get("Roles")
                    .and_then(Node::as_array)
                    .unwrap_or_default();
                let one = properties
                    .get("RoleName")
                    .filter(|_| kind == "AWS::IAM::RolePolicy");
                for role in several.iter().chain(one) {
                    users.policies.entry(text(role)).or_default().push(properties);
                }
            } else {
                users.has_connector |= kind == "AWS::Serverless::Connector";
                let key = member.key.as_str();
                references(&member.value, &mut |name| {
                    users.others.entry(name).or_default().insert(key);
                });
            }
        }
        users
    }

    /// The state machines with a role.
    pub(super) fn machines(&self, role: &str) -> Vec<String> {
        self.machines.get(role).cloned().unwrap_or_default()
    }

    /// Whether other resources than state machines use a role, or other services than Step Functions may assume it.
    pub(super) fn is_shared(&self, role: &str, trust: Option<&Node>) -> bool {
        let is_used = |users: &BTreeSet<&str>| users.iter().any(|user| *user != role);
        trust.is_some_and(is_assumed_by_others) || self.others.get(role).is_some_and(is_used)
    }

    /// The properties of the policies that are attached to a role, which is named by one of these strings.
    pub(super) fn attached(&self, texts: &[Option<String>]) -> impl Iterator<Item = &'d Node> {
        let found = texts.iter().flatten().filter_map(|text| self.policies.get(text));
        found.flatten().copied()
    }

    /// Whether a connector may add permissions to the role of a state machine.
    pub(super) fn has_connector(&self, machine: Option<&Member>) -> bool {
        self.has_connector || machine.is_some_and(|member| member.value.get("Connectors").is_some())
    }
}

/// The resource whose ARN a string is.
pub(super) fn resource_of_arn(text: &str, names: &Names) -> Option<String> {
    let reference = names.reference_for(&names.resolve(text))?;
    let name = reference.strip_prefix("${")?.strip_suffix('}')?;
    Some(name.trim_end_matches(".Arn").to_owned())
}

/// Calls `f` with the names that a value refers to.
fn references<'d>(node: &'d Node, f: &mut dyn FnMut(&'d str)) {
    if let Some(call) = call(node) {
        let first = call.argument.as_array().and_then(<[Node]>::first);
        let argument = call.argument.as_str().or_else(|| first.and_then(Node::as_str));
        let argument = argument.unwrap_or_default();
        let name = |text: &'d str| text.split('.').next().unwrap_or_default();
        match call.name {
            "Ref" | "GetAtt" => return f(name(argument)),
            "Sub" => {
                let inserted = argument
                    .split("${")
                    .skip(1)
                    .filter_map(|part| part.split('}').next());
                inserted.for_each(|text| f(name(text.trim())));
            }
            _ => {}
        }
        return references(call.argument, f);
    }
    for item in node.as_array().unwrap_or_default() {
        references(item, f);
    }
    for member in node.as_object().unwrap_or_default() {
        references(&member.value, f);
    }
}

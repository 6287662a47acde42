//! Roles in templates of CloudFormation and SAM.

use super::cloudformation_names::names;
use super::machine::{Grant, MachinePermissions, RolePolicies};
use super::role_users;
use super::stack::Template;
use crate::document::{Document, Node};
use crate::template::intrinsic::{Assembler, Scope, call};
use crate::template::machine::Container;
use crate::template::read_budget::ReadBudget;
use crate::template::resource::{Resource, Setting};

/// The managed policy that SAM adds to a role that it creates for a state machine with traces.
const TRACING_POLICY: &str = "arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess";

pub(super) fn read(
    document: &Document,
    root: &Node,
    resource: &Resource,
    budget: &ReadBudget<'_>,
) -> MachinePermissions {
    // The Serverless Framework has a template below `resources`, which may be a list.
    let sections = root
        .get("resources")
        .map(|node| node.as_array().unwrap_or(std::slice::from_ref(node)));
    let has_machine = |section: &&Node| {
        section
            .get("Resources")
            .is_some_and(|resources| resources.get(&resource.name).is_some())
    };
    let section = sections
        .unwrap_or_default()
        .iter()
        .find(has_machine)
        .unwrap_or(root);
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
    let template = Template {
        scope,
        resources: resources.as_object().unwrap_or_default(),
        names: names(resources, scope),
    };
    template.machine(resource)
}

impl<'d> Template<'d> {
    fn machine(self, resource: &Resource) -> MachinePermissions {
        let found = self.resources.iter().find(|m| m.key.as_str() == resource.name);
        let Some(properties) = found.and_then(|m| m.value.get("Properties")) else {
            return MachinePermissions {
                names: self.names,
                ..MachinePermissions::default()
            };
        };
        let is_sam = resource.container == Container::Sam;
        let role = properties.get(if is_sam { "Role" } else { "RoleArn" });
        let policies = match role {
            Some(role) => self.role(role, &resource.name),
            None if is_sam => Some(self.created_role(resource, properties)),
            None => None,
        };
        let substitutions = properties
            .get("DefinitionSubstitutions")
            .and_then(Node::as_object);
        let substitutions = substitutions
            .unwrap_or_default()
            .iter()
            .map(|member| (member.key.as_str().to_owned(), self.text(&member.value)))
            .collect();
        let name = properties.get(if is_sam { "Name" } else { "StateMachineName" });
        let machine = name.map_or_else(
            || format!("${{{}.Name}}", resource.name),
            |name| self.names.resolve(&self.text(name)).into_owned(),
        );
        let key = properties
            .get("EncryptionConfiguration")
            .filter(|_| resource.configuration.key == Setting::On)
            .and_then(|encryption| encryption.get("KmsKeyId"))
            .map(|key| self.names.resolve(&self.text(key)).into_owned())
            .map(|key| {
                if key.starts_with("arn:") || key.ends_with("Arn}") {
                    key
                } else {
                    format!("arn:${{AWS::Partition}}:kms:${{AWS::Region}}:${{AWS::AccountId}}:key/{key}")
                }
            });
        MachinePermissions {
            names: self.names,
            substitutions,
            machine,
            key,
            policies,
        }
    }

    /// The policies of the role that a value refers to, if the role is in the template.
    fn role(&self, role: &Node, machine: &str) -> Option<RolePolicies> {
        let name = self.resource_of_arn(role)?;
        let properties = self.find(&name, "AWS::IAM::Role")?;
        let mut policies = RolePolicies {
            is_complete: true,
            machines: role_users::machines(self, &name),
            is_shared: role_users::is_shared(self, &name, properties),
            ..RolePolicies::default()
        };
        if let Some(inline) = properties.get("Policies") {
            match inline.as_array() {
                Some(items) => policies
                    .grants
                    .extend(items.iter().map(|item| self.document(item.get("PolicyDocument")))),
                None => policies.grants.push(Grant::Unknown),
            }
        }
        if let Some(managed) = properties.get("ManagedPolicyArns") {
            match managed.as_array() {
                Some(items) => policies
                    .grants
                    .extend(items.iter().map(|item| self.managed(item))),
                None => policies.grants.push(Grant::Unknown),
            }
        }
        policies.grants.extend(self.attached(&name));
        if role_users::has_connector(self, machine) {
            policies.grants.push(Grant::Unknown);
        }
        Some(policies)
    }

    /// The role that SAM creates for a state machine without one.
    fn created_role(&self, resource: &Resource, properties: &'d Node) -> RolePolicies {
        let mut policies = RolePolicies {
            is_complete: true,
            machines: vec![resource.name.clone()],
            is_shared: false,
            grants: Vec::new(),
        };
        match properties.get("Policies") {
            None => {}
            Some(node) => {
                let items = node.as_array().unwrap_or(std::slice::from_ref(node));
                policies
                    .grants
                    .extend(items.iter().map(|item| self.sam_policy(item)));
            }
        }
        if resource.configuration.tracing == Setting::On {
            policies.grants.push(Grant::Managed {
                name: TRACING_POLICY.to_owned(),
                span: resource.name_span,
            });
        }
        policies
            .grants
            .extend(self.attached(&format!("{}Role", resource.name)));
        if role_users::has_connector(self, &resource.name) {
            policies.grants.push(Grant::Unknown);
        }
        policies
    }

    fn document(&self, policy: Option<&Node>) -> Grant {
        let Some(written) = policy.filter(|node| node.get("Statement").is_some()) else {
            return Grant::Unknown;
        };
        let policy = Assembler::new(self.scope).text_tree(written);
        Grant::Document {
            span: written.span,
            policy,
        }
    }

    fn managed(&self, item: &Node) -> Grant {
        if call(item).is_some_and(|call| call.name == "If") {
            return Grant::Unknown;
        }
        let text = self.text(item);
        if let Some(name) = text.strip_prefix("${").and_then(|text| text.strip_suffix('}'))
            && let Some(properties) = self.find(name, "AWS::IAM::ManagedPolicy")
        {
            return self.document(properties.get("PolicyDocument"));
        }
        Grant::Managed {
            name: text,
            span: item.span,
        }
    }

    fn sam_policy(&self, item: &Node) -> Grant {
        let is_call = call(item).is_some();
        if item.get("Statement").is_some() && !is_call {
            return self.document(Some(item));
        }
        match item.as_object() {
            Some([member]) if !is_call && !member.key.starts_with("Fn::") => Grant::SamTemplate {
                name: member.key.as_str().to_owned(),
                parameters: member
                    .value
                    .as_object()
                    .unwrap_or_default()
                    .iter()
                    .map(|parameter| (parameter.key.as_str().to_owned(), self.text(&parameter.value)))
                    .collect(),
                span: member.key_span,
            },
            _ if item.as_str().is_some() || is_call => self.managed(item),
            _ => Grant::Unknown,
        }
    }

    /// The policies that are separate resources and name the role.
    fn attached(&self, role: &str) -> Vec<Grant> {
        let mut grants = Vec::new();
        let literal = self
            .find(role, "AWS::IAM::Role")
            .and_then(|properties| properties.get("RoleName"))
            .map(|name| self.text(name));
        let is_role = |node: &Node| {
            let text = self.text(node);
            text == format!("${{{role}}}") || Some(&text) == literal.as_ref()
        };
        for member in self.resources {
            let kind = member
                .value
                .get("Type")
                .and_then(Node::as_str)
                .unwrap_or_default();
            let Some(properties) = member.value.get("Properties") else {
                continue;
            };
            let names_role = match kind {
                "AWS::IAM::Policy" | "AWS::IAM::ManagedPolicy" => properties
                    .get("Roles")
                    .and_then(Node::as_array)
                    .is_some_and(|roles| roles.iter().any(is_role)),
                "AWS::IAM::RolePolicy" => properties.get("RoleName").is_some_and(is_role),
                _ => false,
            };
            if names_role {
                grants.push(self.document(properties.get("PolicyDocument")));
            }
        }
        grants
    }
}

//! Roles in templates of CloudFormation and SAM.

use super::machine::{Grant, MachinePermissions, RolePolicies};
use super::stack::{Stack, Stacks};
use crate::document::{Member, Node};
use crate::template::intrinsic::{Assembler, call};
use crate::template::machine::Container;
use crate::template::resource::{Resource, Setting};
use std::sync::Arc;

/// The managed policy that SAM adds to a role that it creates for a state machine with traces.
const TRACING_POLICY: &str = "arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess";

impl Stacks<'_> {
    /// What the template says about a state machine.
    pub(super) fn machine(&self, resource: &Resource) -> MachinePermissions {
        let stack = self.with(&resource.name);
        stack.map_or_else(MachinePermissions::default, |stack| stack.machine(resource))
    }
}

impl<'d> Stack<'d> {
    fn machine(&self, resource: &Resource) -> MachinePermissions {
        let member = self.member(&resource.name);
        let Some(properties) = member.and_then(|m| m.value.get("Properties")) else {
            return MachinePermissions {
                names: Arc::clone(&self.names),
                ..MachinePermissions::default()
            };
        };
        let is_sam = resource.container == Container::Sam;
        let role = properties.get(if is_sam { "Role" } else { "RoleArn" });
        let policies = match role {
            Some(role) => self.role(role, member),
            None if is_sam => Some(Arc::new(self.created_role(resource, properties, member))),
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
            names: Arc::clone(&self.names),
            substitutions,
            machine,
            key,
            policies,
        }
    }

    /// The policies of the role that a value refers to, if the role is in the template.
    fn role(&self, role: &Node, machine: Option<&Member>) -> Option<Arc<RolePolicies>> {
        let policies = self.role_named(&self.resource_of_arn(role)?)?;
        if !self.users.has_connector(machine) {
            return Some(policies);
        }
        let mut policies = RolePolicies::clone(&policies);
        policies.grants.push(Grant::Unknown);
        Some(Arc::new(policies))
    }

    /// The policies of a role of the template, which are read once.
    pub(super) fn role_named(&self, name: &str) -> Option<Arc<RolePolicies>> {
        if let Some(known) = self.roles.borrow().get(name) {
            return known.clone();
        }
        let role = self.read_role(name).map(Arc::new);
        self.roles.borrow_mut().insert(name.to_owned(), role.clone());
        role
    }

    fn read_role(&self, name: &str) -> Option<RolePolicies> {
        let properties = self.find(name, "AWS::IAM::Role")?;
        let trust = properties.get("AssumeRolePolicyDocument");
        let mut policies = RolePolicies {
            is_complete: true,
            machines: self.users.machines(name),
            is_shared: self.users.is_shared(name, trust),
            boundary: self.boundary(properties),
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
        policies.grants.extend(self.attached(name));
        Some(policies)
    }

    /// The role that SAM creates for a state machine without one.
    fn created_role(
        &self,
        resource: &Resource,
        properties: &'d Node,
        machine: Option<&Member>,
    ) -> RolePolicies {
        let mut policies = RolePolicies {
            is_complete: true,
            machines: vec![resource.name.clone()],
            is_shared: false,
            grants: Vec::new(),
            boundary: self.boundary(properties),
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
        if self.users.has_connector(machine) {
            policies.grants.push(Grant::Unknown);
        }
        policies
    }

    /// The permissions boundary of a role, or of the role that SAM creates for a state machine.
    fn boundary(&self, properties: &Node) -> Option<Grant> {
        properties
            .get("PermissionsBoundary")
            .map(|item| self.managed(item))
    }

    pub(super) fn document(&self, policy: Option<&Node>) -> Grant {
        let Some(written) = policy.filter(|node| node.get("Statement").is_some()) else {
            return Grant::Unknown;
        };
        let policy = Assembler::new(self.scope).text_tree(written);
        Grant::Document {
            span: self.elsewhere.unwrap_or(written.span),
            policy,
        }
    }

    pub(super) fn managed(&self, item: &Node) -> Grant {
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
            span: self.elsewhere.unwrap_or(item.span),
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
                span: self.elsewhere.unwrap_or(member.key_span),
            },
            _ if item.as_str().is_some() || is_call => self.managed(item),
            _ => Grant::Unknown,
        }
    }

    /// The policies that are separate resources and name the role.
    fn attached(&self, role: &str) -> Vec<Grant> {
        let literal = self
            .find(role, "AWS::IAM::Role")
            .and_then(|properties| properties.get("RoleName"))
            .map(|name| self.text(name));
        // The name of a role without `RoleName` is unknown. A policy that names its logical id most likely means this role.
        let name = literal.unwrap_or_else(|| role.to_owned());
        let texts = [Some(format!("${{{role}}}")), Some(name)];
        self.users
            .attached(&texts)
            .map(|properties| self.document(properties.get("PolicyDocument")))
            .collect()
    }
}

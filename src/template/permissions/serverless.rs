//! Roles of state machines of the Serverless Framework.

use super::machine::{Grant, MachinePermissions, RolePolicies};
use super::names::Names;
use super::stack::{Stack, Stacks};
use crate::aws::iam::named::kind_of;
use crate::document::{Document, JoinedText, Member, Node, NodeKind};
use crate::template::intrinsic::{Assembler, Scope};
use crate::template::read_budget::ReadBudget;
use crate::template::resource::Resource;
use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

/// The default role that the framework creates for functions.
const FUNCTION_ROLE: &str = "IamRoleLambdaExecution";

/// A configuration.
pub(super) struct Service<'d> {
    root: &'d Node,
    scope: Scope<'d>,
    machines: HashMap<&'d str, &'d Node>,
    /// The names of the template and of the functions, computed once.
    names: RefCell<Option<Arc<Names>>>,
}

impl<'d> Service<'d> {
    pub(super) fn new(document: &'d Document, root: &'d Node, budget: &'d ReadBudget<'d>) -> Self {
        let machines = root
            .get("stepFunctions")
            .and_then(|section| section.get("stateMachines"));
        let groups = machines.map(|node| node.as_array().unwrap_or(std::slice::from_ref(node)));
        let members = groups
            .unwrap_or_default()
            .iter()
            .filter_map(Node::as_object)
            .flatten();
        Self {
            root,
            scope: Scope {
                file: document.source.text(),
                budget,
                parameters: None,
                mappings: None,
            },
            machines: members
                .map(|member| (member.key.as_str(), &member.value))
                .collect(),
            names: RefCell::default(),
        }
    }

    /// What the configuration says about a state machine.
    pub(super) fn machine(&self, resource: &Resource, stacks: &Stacks<'d>) -> MachinePermissions {
        let names = self.names(stacks);
        let literal = resource.configuration.name.as_ref().map(|(name, _)| name.clone());
        let policies = self
            .machines
            .get(resource.name.as_str())
            .and_then(|body| match body.get("role") {
                Some(role) => self.given_role(role, stacks),
                None => Some(Arc::new(self.derived_role(resource, body, stacks))),
            });
        MachinePermissions {
            names,
            machine: literal.unwrap_or_else(|| "*".to_owned()),
            policies,
            ..MachinePermissions::default()
        }
    }

    /// The role that the plugin derives from the definition, with the statements that the configuration adds.
    fn derived_role(&self, resource: &Resource, body: &'d Node, stacks: &Stacks<'d>) -> RolePolicies {
        let mut policies = RolePolicies {
            grants: vec![Grant::Plugin],
            is_complete: true,
            machines: vec![resource.name.clone()],
            ..RolePolicies::default()
        };
        if let Some(statements) = body.get("iamRoleStatements") {
            policies.grants.push(self.statements(statements, stacks));
        }
        policies
    }

    fn given_role(&self, role: &'d Node, stacks: &Stacks<'d>) -> Option<Arc<RolePolicies>> {
        if role.as_str() == Some(FUNCTION_ROLE) || self.text(role).contains(&format!("${{{FUNCTION_ROLE}.")) {
            return Some(Arc::new(self.function_role(stacks)));
        }
        let of_stack = |stack: &Stack<'d>| {
            // A string may be the name of a resource.
            let name = role.as_str().filter(|name| stack.member(name).is_some());
            let name = name.map(str::to_owned).or_else(|| stack.resource_of_arn(role))?;
            stack.role_named(&name)
        };
        let found = stacks.all().iter().find_map(of_stack)?;
        let mut policies = RolePolicies::clone(&found);
        let users = self.machines.iter().filter(|(_, body)| {
            let other = body.get("role");
            other.is_some_and(|other| self.text(other) == self.text(role))
        });
        policies
            .machines
            .extend(users.map(|(name, _)| (*name).to_owned()));
        Some(Arc::new(policies))
    }

    /// The role of functions: the statements of the provider, and logs.
    fn function_role(&self, stacks: &Stacks<'d>) -> RolePolicies {
        let mut policies = RolePolicies {
            is_complete: true,
            is_shared: true,
            ..RolePolicies::default()
        };
        let provider = self.root.get("provider");
        let role = provider.and_then(|provider| provider.get("iam")?.get("role"));
        let old = provider.and_then(|provider| provider.get("iamRoleStatements"));
        let new = role.and_then(|role| role.get("statements"));
        for statements in old.into_iter().chain(new) {
            policies.grants.push(self.statements(statements, stacks));
        }
        let old = provider.and_then(|provider| provider.get("iamManagedPolicies"));
        let new = role.and_then(|role| role.get("managedPolicies"));
        for managed in old.into_iter().chain(new) {
            let items = managed.as_array().unwrap_or(std::slice::from_ref(managed));
            policies
                .grants
                .extend(items.iter().map(|item| self.managed(item)));
        }
        let old = provider.and_then(|provider| provider.get("rolePermissionsBoundary"));
        let new = role.and_then(|role| {
            // The old name is still accepted.
            role.get("permissionsBoundary")
                .or_else(|| role.get("permissionBoundary"))
        });
        policies.boundary = new.or(old).map(|item| self.managed(item));
        policies
    }

    fn managed(&self, item: &Node) -> Grant {
        Grant::Managed {
            name: self.text(item),
            span: item.span,
        }
    }

    /// Statements without the policy document around them.
    fn statements(&self, written: &'d Node, stacks: &Stacks<'d>) -> Grant {
        if written.as_array().is_none() {
            return Grant::Unknown;
        }
        let here = stacks.all().iter().find(|stack| stack.elsewhere.is_none());
        let scope = here.map_or(self.scope, |stack| stack.scope);
        Grant::Document {
            policy: object_of("Statement", Assembler::new(scope).text_tree(written)),
            span: written.span,
        }
    }

    fn text(&self, node: &Node) -> String {
        Assembler::new(self.scope).assemble(node).text().to_owned()
    }

    fn names(&self, stacks: &Stacks<'d>) -> Arc<Names> {
        let mut known = self.names.borrow_mut();
        let names = known.get_or_insert_with(|| {
            let mut names = Names::default();
            for stack in stacks.all() {
                names.extend(&stack.names);
            }
            let functions = self.root.get("functions");
            let groups = functions.map(|node| node.as_array().unwrap_or(std::slice::from_ref(node)));
            for function in groups
                .unwrap_or_default()
                .iter()
                .filter_map(Node::as_object)
                .flatten()
            {
                add_function(function, &mut names);
            }
            Arc::new(names)
        });
        Arc::clone(names)
    }
}

/// A function, which definitions reference by its key or by its logical id.
fn add_function(function: &Member, names: &mut Names) {
    let Some(kind) = kind_of("AWS::Lambda::Function") else {
        return;
    };
    let key = function.key.as_str();
    let id = logical_id(key);
    let literal = function.value.get("name").and_then(Node::as_str);
    let name = literal.filter(|name| !name.contains("${")).map_or_else(
        || {
            names.add_own(&id);
            format!("${{{id}}}")
        },
        str::to_owned,
    );
    let arn = kind.arn(&name);
    for reference in [key, &id] {
        names.add(reference, name.clone());
        names.add(&format!("{reference}.Arn"), arn.clone());
    }
    names.add_arn(arn, format!("{id}.Arn"));
}

/// An object with one member.
fn object_of(key: &str, value: Node) -> Node {
    let span = value.span;
    let mut joined = JoinedText::default();
    joined.push_replacement(key, span);
    let member = Member {
        key: joined.into_text(),
        key_span: span,
        value,
    };
    Node::new(NodeKind::Object(vec![member]), span)
}

/// The logical id of a function in the template that the framework makes.
fn logical_id(key: &str) -> String {
    let mut id = String::with_capacity(key.len() + 14);
    for (at, c) in key.chars().enumerate() {
        match c {
            '-' => id.push_str("Dash"),
            '_' => id.push_str("Underscore"),
            c if at == 0 => id.push(c.to_ascii_uppercase()),
            c => id.push(c),
        }
    }
    id.push_str("LambdaFunction");
    id
}

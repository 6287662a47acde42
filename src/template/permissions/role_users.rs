//! The resources of a template that use a role.

use super::stack::Template;
use crate::document::Node;
use crate::template::cloudformation::MARKS;
use crate::template::intrinsic::call;

/// The resource types that attach policies to roles.
const POLICIES: [&str; 3] = [
    "AWS::IAM::Policy",
    "AWS::IAM::ManagedPolicy",
    "AWS::IAM::RolePolicy",
];

/// The service that assumes the roles of state machines.
const PRINCIPAL: &str = "states.";

/// The state machines with a role.
pub(super) fn machines(template: &Template<'_>, role: &str) -> Vec<String> {
    let has_role = |node: &Node| {
        let properties = node.get("Properties");
        let written = properties.and_then(|p| p.get("RoleArn").or_else(|| p.get("Role")));
        written.is_some_and(|node| template.resource_of_arn(node).as_deref() == Some(role))
    };
    let machines = template.resources.iter().filter(|member| {
        let kind = member.value.get("Type").and_then(Node::as_str);
        kind.is_some_and(|kind| MARKS.contains(&kind)) && has_role(&member.value)
    });
    machines.map(|member| member.key.as_str().to_owned()).collect()
}

/// Whether other resources than state machines use a role, or other services than Step Functions may assume it.
pub(super) fn is_shared(template: &Template<'_>, role: &str, properties: &Node) -> bool {
    let trust = properties.get("AssumeRolePolicyDocument");
    let mut is_assumed_by_others = false;
    if let Some(trust) = trust {
        services(trust, &mut |service| {
            is_assumed_by_others |= !service.starts_with(PRINCIPAL);
        });
    }
    is_assumed_by_others
        || template.resources.iter().any(|member| {
            let kind = member
                .value
                .get("Type")
                .and_then(Node::as_str)
                .unwrap_or_default();
            let is_known = POLICIES.contains(&kind) || MARKS.contains(&kind);
            !is_known && member.key.as_str() != role && refers_to(&member.value, role)
        })
}

/// Calls `f` with the services in the principals of a trust policy. Others than services count as services.
fn services(node: &Node, f: &mut dyn FnMut(&str)) {
    for item in node.as_array().unwrap_or_default() {
        services(item, f);
    }
    for member in node.as_object().unwrap_or_default() {
        if member.key.as_str() == "Principal" {
            let kinds = member.value.as_object().unwrap_or_default();
            for kind in kinds {
                if kind.key.as_str() != "Service" {
                    f("");
                    continue;
                }
                let items = kind.value.as_array().unwrap_or(std::slice::from_ref(&kind.value));
                items
                    .iter()
                    .for_each(|item| f(item.as_str().unwrap_or(PRINCIPAL)));
            }
        } else {
            services(&member.value, f);
        }
    }
}

/// Whether a part of a value refers to a resource.
fn refers_to(node: &Node, name: &str) -> bool {
    if let Some(call) = call(node) {
        let is_it =
            |text: &str| text == name || text.strip_prefix(name).is_some_and(|rest| rest.starts_with('.'));
        let first = call.argument.as_array().and_then(<[Node]>::first);
        let argument = call.argument.as_str().or_else(|| first.and_then(Node::as_str));
        if matches!(call.name, "Ref" | "GetAtt") {
            return argument.is_some_and(is_it);
        }
        if call.name == "Sub" {
            let text = argument.unwrap_or_default();
            let has = |open: &str| text.contains(&format!("${{{name}{open}"));
            if has("}") || has(".") {
                return true;
            }
        }
        return refers_to(call.argument, name);
    }
    let items = node.as_array().unwrap_or_default();
    let members = node.as_object().unwrap_or_default();
    items.iter().any(|item| refers_to(item, name))
        || members.iter().any(|member| refers_to(&member.value, name))
}

/// Whether a connector may add permissions to the role of a state machine.
pub(super) fn has_connector(template: &Template<'_>, machine: &str) -> bool {
    template.resources.iter().any(|member| {
        let is_connector =
            member.value.get("Type").and_then(Node::as_str) == Some("AWS::Serverless::Connector");
        is_connector || member.key.as_str() == machine && member.value.get("Connectors").is_some()
    })
}

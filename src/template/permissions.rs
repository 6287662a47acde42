//! What a template says about the permissions of its state machines: their roles, and what its references mean.

mod cloudformation;
mod cloudformation_names;
pub(super) mod machine;
pub(super) mod names;
pub(super) mod principals;
mod role_users;
mod serverless;
mod stack;

pub use machine::{Grant, MachinePermissions, RolePolicies};
pub use names::Names;

use super::files::Files;
use super::machine::Container;
use super::read_budget::ReadBudget;
use super::resource::Resource;
use super::serverless::included;
use super::terraform;
use crate::document::{Document, NodeKind};
use stack::Stacks;
use std::cell::LazyCell;

/// What a template says about the permissions of the state machines in it, in the order of these.
pub fn permissions(
    document: &Document,
    resources: &[Resource],
    files: &dyn Files,
) -> Vec<MachinePermissions> {
    let budget = ReadBudget::new(document.source.text(), files);
    let Some(root) = document.roots.first() else {
        return resources.iter().map(|_| MachinePermissions::default()).collect();
    };
    let files = LazyCell::new(|| included(document, root, &budget));
    let stacks = LazyCell::new(|| Stacks::new(document, root, &files, &budget));
    let configuration = LazyCell::new(|| terraform::Roles::new(document, root, &budget));
    let service = LazyCell::new(|| serverless::Service::new(document, root, &budget));
    resources
        .iter()
        .map(|resource| match resource.container {
            Container::CloudFormation | Container::Sam => stacks.machine(resource),
            Container::Serverless => service.machine(resource, &stacks),
            Container::Terraform => configuration.machine(resource),
            _ => MachinePermissions::default(),
        })
        .collect()
}

/// Removes the parameters of a template, so that references to them are not replaced by their defaults.
pub fn remove_parameters(document: &mut Document) {
    for root in &mut document.roots {
        if let NodeKind::Object(members) = &mut root.kind {
            members.retain(|member| member.key.as_str() != "Parameters");
        }
    }
}

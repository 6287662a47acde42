//! What a template says about the permissions of its state machines: their roles, and what its references mean.

mod cloudformation;
mod cloudformation_names;
mod machine;
mod names;
mod role_users;
mod stack;
mod terraform_names;

pub use machine::{Grant, MachinePermissions, RolePolicies};
pub use names::Names;

use super::files::Files;
use super::machine::Container;
use super::read_budget::ReadBudget;
use super::resource::Resource;
use crate::document::{Document, NodeKind};

/// What a template says about the permissions of a state machine in it.
pub fn permissions(document: &Document, resource: &Resource, files: &dyn Files) -> MachinePermissions {
    let budget = ReadBudget::new(document.source.text(), files);
    let Some(root) = document.roots.first() else {
        return MachinePermissions::default();
    };
    match resource.container {
        Container::CloudFormation | Container::Sam => cloudformation::read(document, root, resource, &budget),
        Container::Terraform => MachinePermissions {
            names: terraform_names::names(root),
            machine: resource.configuration.name.as_ref().map_or_else(
                || format!("${{aws_sfn_state_machine.{}.name}}", resource.name),
                |(name, _)| name.clone(),
            ),
            ..MachinePermissions::default()
        },
        _ => MachinePermissions {
            machine: "*".to_owned(),
            ..MachinePermissions::default()
        },
    }
}

/// Removes the parameters of a template, so that references to them are not replaced by their defaults.
pub fn remove_parameters(document: &mut Document) {
    for root in &mut document.roots {
        if let NodeKind::Object(members) = &mut root.kind {
            members.retain(|member| member.key.as_str() != "Parameters");
        }
    }
}

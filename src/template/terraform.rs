//! Terraform: state machine resources, and calls of modules that contain some.

mod configuration;
mod definition;
mod evaluator;
mod expression;
mod folder;
mod function;
mod instances;
mod json;
mod module;
mod module_call;
mod names;
mod operator;
mod roles;
mod scope;
mod sources;
mod template_text;
mod value;

pub(super) use roles::Roles;

use super::contents::Contents;
use super::read_budget::ReadBudget;
use crate::document::{Document, Node, Syntax};
use instances::Configuration;
use memchr::memmem;
use std::rc::Rc;

/// The resource types of state machines end like this.
pub(super) const MARKER: &str = "sfn_state_machine";

/// The resource type of the AWS Cloud Control provider.
pub(super) const CLOUD_CONTROL_TYPE: &str = "awscc_stepfunctions_state_machine";

/// Whether a source text may be a Terraform file that calls a module with a definition, or a local module.
pub(super) fn may_call_module(text: &[u8]) -> bool {
    let has = |word: &str| memmem::find(text, word.as_bytes()).is_some();
    has("module \"") && (has("\"./") || has("\"../") || has("definition"))
}

/// Reads a file of a module; other documents are ignored.
pub(super) fn read(document: &Document, root: &Node, budget: &ReadBudget<'_>, contents: &mut Contents<'_>) {
    let root = if document.syntax == Syntax::Hcl {
        root.clone()
    } else {
        let mut resources = json::values(root, "resource").flat_map(json::members);
        if !resources.any(|resource| {
            instances::TYPES
                .iter()
                .any(|(kind, _)| resource.key.as_str() == *kind)
        }) {
            return;
        }
        json::with_operations(document, root, budget)
    };
    Configuration::new(document, Rc::new(root), budget).read(contents);
}

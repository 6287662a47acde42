//! The rules, a folder per family and a file per rule.

use super::rule::Rule;

pub mod choice;
pub mod data;
pub mod errors;
mod execution;
pub mod expressions;
pub mod fields;
pub mod flow;
pub mod limits;
pub mod map;
pub mod payloads;
pub mod resource;
mod size;
pub mod syntax;
pub mod task;
pub mod variables;

/// The rules of each family.
pub const FAMILIES: &[&[&Rule]] = &[
    choice::RULES,
    data::RULES,
    errors::RULES,
    expressions::RULES,
    fields::RULES,
    flow::RULES,
    limits::RULES,
    map::RULES,
    payloads::RULES,
    resource::RULES,
    syntax::RULES,
    task::RULES,
    variables::RULES,
];

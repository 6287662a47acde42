//! Building and walking syntax trees.

use jsonata_core::ast::{AstNode, PathStep, Stage};

pub(super) fn function(name: &str, args: Vec<AstNode>) -> AstNode {
    AstNode::Function {
        name: name.to_owned(),
        args,
        is_builtin: true,
    }
}

pub(super) fn variable(name: &str) -> AstNode {
    AstNode::Variable(name.to_owned())
}

/// Moves a node out of its place.
pub(super) const fn take(node: &mut AstNode) -> AstNode {
    std::mem::replace(node, AstNode::Undefined)
}

/// The direct children of `node`.
pub(in crate::expr::jsonata) fn children(node: &mut AstNode) -> Vec<&mut AstNode> {
    match node {
        AstNode::Path { steps } => steps.iter_mut().flat_map(step_children).collect(),
        AstNode::Binary { lhs, rhs, .. } => vec![lhs, rhs],
        AstNode::Unary { operand: inner, .. }
        | AstNode::FunctionApplication(inner)
        | AstNode::Lambda { body: inner, .. } => vec![inner],
        AstNode::Function { args, .. } => args.iter_mut().collect(),
        AstNode::Call { procedure, args } => std::iter::once(&mut **procedure).chain(args).collect(),
        AstNode::Array(items) | AstNode::Block(items) | AstNode::ArrayGroup(items) => {
            items.iter_mut().collect()
        }
        AstNode::Object(pairs) => pairs.iter_mut().flat_map(|(key, value)| [key, value]).collect(),
        AstNode::ObjectTransform { input, pattern } => std::iter::once(&mut **input)
            .chain(pattern.iter_mut().flat_map(|(key, value)| [key, value]))
            .collect(),
        AstNode::Conditional {
            condition,
            then_branch,
            else_branch,
        } => [condition, then_branch]
            .into_iter()
            .chain(else_branch)
            .map(|branch| &mut **branch)
            .collect(),
        AstNode::Sort { input, terms } => std::iter::once(&mut **input)
            .chain(terms.iter_mut().map(|(term, _)| term))
            .collect(),
        AstNode::Transform {
            location,
            update,
            delete,
        } => [location, update]
            .into_iter()
            .chain(delete)
            .map(|part| &mut **part)
            .collect(),
        _ => Vec::new(),
    }
}

/// The node and the predicates of a step.
pub(super) fn step_children(step: &mut PathStep) -> Vec<&mut AstNode> {
    let stages = step.stages.iter_mut().filter_map(|stage| match stage {
        Stage::Filter(predicate) => Some(&mut **predicate),
        _ => None,
    });
    std::iter::once(&mut step.node).chain(stages).collect()
}

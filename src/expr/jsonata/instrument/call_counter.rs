//! Where the counter of a function's calls is evaluated, and which functions need one.

use jsonata_core::ast::{AstNode, BinaryOp};
use jsonata_core::value::with_stack;

use super::tree::{children, take};
use crate::expr::jsonata::builtins;

/// Inserts `tick` where it is evaluated whenever `body` is, if possible next to the calls in it and not around them: a
/// block around them would count as one more level of every recursion.
pub(super) fn insert(tick: AstNode, body: &mut AstNode, assigned: &[String]) {
    if let AstNode::Block(items) = body {
        items.insert(0, tick);
        return;
    }
    let is_condition = matches!(body, AstNode::Conditional { .. });
    let always_evaluated: &[usize] = match body {
        AstNode::Binary {
            op: BinaryOp::ColonEqual | BinaryOp::ChainPipe,
            ..
        } => &[],
        AstNode::Binary { op, .. } if is_arithmetic(*op) => &[0, 1],
        AstNode::Binary { .. } | AstNode::Conditional { .. } | AstNode::Function { .. } => &[0],
        _ => &[],
    };
    let mut below = children(body);
    let spot = always_evaluated.iter().copied().find(|&index| {
        below
            .get_mut(index)
            .is_some_and(|node| !binds(node) && (is_condition || !may_run_on(node, assigned)))
    });
    let spot = match spot {
        Some(index) => below.swap_remove(index),
        None => body,
    };
    let rest = take(spot);
    *spot = AstNode::Block(vec![tick, rest]);
}

/// Whether wrapping `node` in a block would change its meaning.
const fn binds(node: &AstNode) -> bool {
    matches!(
        node,
        AstNode::Binary {
            op: BinaryOp::ColonEqual,
            ..
        } | AstNode::Placeholder
    )
}

/// Whether both operands are always evaluated.
const fn is_arithmetic(op: BinaryOp) -> bool {
    matches!(
        op,
        BinaryOp::Add | BinaryOp::Subtract | BinaryOp::Multiply | BinaryOp::Divide | BinaryOp::Concatenate
    )
}

/// Functions whose result is no longer than their arguments.
const SHRINKING: [&str; 20] = [
    "abs",
    "average",
    "boolean",
    "ceil",
    "contains",
    "count",
    "exists",
    "floor",
    "length",
    "lookup",
    "max",
    "min",
    "not",
    "number",
    "power",
    "round",
    "sqrt",
    "sum",
    "type",
    "substring",
];

/// Whether the result of this body could be longer than its input.
pub(super) fn may_grow(body: &mut AstNode) -> bool {
    let here = match body {
        AstNode::Call { .. }
        | AstNode::Array(_)
        | AstNode::ArrayGroup(_)
        | AstNode::Object(_)
        | AstNode::ObjectTransform { .. } => true,
        AstNode::Function { name, .. } => !SHRINKING.contains(&name.as_str()),
        _ => false,
    };
    here || with_stack(|| children(body).into_iter().any(may_grow))
}

/// Whether a function with this body could call itself, directly or indirectly.
pub(super) fn may_run_on(body: &mut AstNode, assigned: &[String]) -> bool {
    let here = match body {
        AstNode::Function { name, .. } => builtins::find(name).is_none() && !name.starts_with(' '),
        AstNode::Call { .. } => true,
        AstNode::Variable(name) => assigned.contains(name),
        AstNode::Binary {
            op: BinaryOp::ChainPipe,
            rhs,
            ..
        } => match &**rhs {
            AstNode::Function { .. } => false,
            AstNode::Variable(name) => builtins::find(name).is_none(),
            _ => true,
        },
        // A nested function has a counter of its own, or does not need one.
        AstNode::Lambda { .. } => return false,
        _ => false,
    };
    here || with_stack(|| {
        children(body)
            .into_iter()
            .any(|child| may_run_on(child, assigned))
    })
}

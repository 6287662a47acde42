//! Counting what repetitions read and build.

use jsonata_core::ast::{AstNode, BinaryOp, PathStep};

use super::tree::{children, function, step_children, take};
use crate::expr::jsonata::builtins::{self, function_position};
use crate::expr::jsonata::functions::{ALLOCATE, READ, SHARE};

/// What surrounds a node.
#[derive(Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts")]
pub(super) struct NodeContext<'a> {
    /// The names that hide built-in functions.
    pub(super) bound: &'a [String],
    /// Those that `:=` binds: only such a name can refer to a function of the expression.
    pub(super) assigned: &'a [String],
    /// Those that `@` and `#` bind to items.
    pub(super) of_items: &'a [String],
    /// The parameters of the innermost function that is repeated.
    pub(super) params: &'a [String],
    /// Inside a function body, a path step, or a predicate.
    pub(super) repeated: bool,
    /// Whether the context is the item of the innermost repetition.
    pub(super) has_item: bool,
    /// The node is the function passed to `$reduce`.
    pub(super) accumulates: bool,
    /// The expression puts variables into so many arrays and objects that they are counted.
    pub(super) shares: bool,
}

/// What the surrounding node does with a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Position {
    /// It reads or copies all of it.
    Read,
    /// It keeps the value as it is.
    Kept,
    /// It needs a single number, string, or boolean.
    Scalar,
    /// It needs the node as it is written.
    Written,
    /// On the right side of `~>`.
    Piped,
}

/// Calls `visit` for every child of `node`, with its context and position.
#[expect(clippy::too_many_lines, reason = "one arm for each kind of node")]
pub(super) fn inner_nodes(
    node: &mut AstNode,
    context: &NodeContext<'_>,
    position: Position,
    visit: &mut dyn FnMut(&mut AstNode, &NodeContext<'_>, Position),
) {
    let plain = NodeContext {
        accumulates: false,
        ..*context
    };
    let per_item = NodeContext {
        params: &[],
        repeated: true,
        has_item: true,
        ..plain
    };
    match node {
        AstNode::Path { steps } => {
            for (index, step) in steps.iter_mut().enumerate() {
                let is_first = index == 0;
                for (part, child) in step_children(step).into_iter().enumerate() {
                    if is_first && part == 0 {
                        visit(child, &plain, Position::Written);
                    } else {
                        let position = if part == 0 {
                            Position::Read
                        } else {
                            Position::Scalar
                        };
                        visit(child, &per_item, position);
                    }
                }
            }
        }
        AstNode::Lambda { params, body, .. } => {
            let inside = NodeContext {
                params: params.as_slice(),
                repeated: true,
                has_item: false,
                ..plain
            };
            visit(body, &inside, Position::Read);
        }
        AstNode::FunctionApplication(inner) => visit(inner, &per_item, Position::Read),
        AstNode::Function { name, args, .. } => {
            let function = function_position(name);
            let inner = NodeContext {
                accumulates: name == "reduce",
                ..plain
            };
            let is_exists = name == "exists";
            for (index, argument) in args.iter_mut().enumerate() {
                let is_written = is_exists || Some(index) == function;
                visit(
                    argument,
                    &inner,
                    if is_written {
                        Position::Written
                    } else {
                        Position::Read
                    },
                );
            }
        }
        AstNode::Binary { op, lhs, rhs } => {
            let operand = match op {
                BinaryOp::Equal | BinaryOp::NotEqual | BinaryOp::In | BinaryOp::And | BinaryOp::Or => {
                    Position::Read
                }
                BinaryOp::ColonEqual => Position::Kept,
                BinaryOp::ChainPipe => Position::Read,
                _ => Position::Scalar,
            };
            let is_fixed = matches!(op, BinaryOp::ColonEqual);
            visit(lhs, &plain, if is_fixed { Position::Written } else { operand });
            let is_piped = matches!(op, BinaryOp::ChainPipe);
            visit(rhs, &plain, if is_piped { Position::Piped } else { operand });
        }
        AstNode::Unary { operand, .. } => visit(operand, &plain, Position::Scalar),
        AstNode::Block(items) => {
            let last = items.len().saturating_sub(1);
            for (index, item) in items.iter_mut().enumerate() {
                let position = match position {
                    _ if index < last => Position::Kept,
                    Position::Written | Position::Piped => Position::Read,
                    position => position,
                };
                visit(item, &plain, position);
            }
        }
        AstNode::Conditional {
            condition,
            then_branch,
            else_branch,
        } => {
            visit(condition, &plain, Position::Read);
            let position = match position {
                Position::Written | Position::Piped => Position::Read,
                position => position,
            };
            for branch in std::iter::once(then_branch).chain(else_branch) {
                visit(branch, &plain, position);
            }
        }
        AstNode::Object(pairs) => {
            for (key, value) in pairs {
                visit(key, &plain, Position::Scalar);
                visit(value, &plain, Position::Kept);
            }
        }
        AstNode::ObjectTransform { input, pattern } => {
            visit(input, &plain, Position::Read);
            for (key, value) in pattern {
                visit(key, &per_item, Position::Scalar);
                visit(value, &per_item, Position::Kept);
            }
        }
        AstNode::Sort { input, terms } => {
            visit(input, &plain, Position::Read);
            for (term, _) in terms {
                visit(term, &per_item, Position::Scalar);
            }
        }
        AstNode::Transform {
            location,
            update,
            delete,
        } => {
            visit(location, &per_item, Position::Read);
            for clause in std::iter::once(update).chain(delete) {
                visit(clause, &per_item, Position::Read);
            }
        }
        other => {
            for child in children(other) {
                visit(child, &plain, Position::Read);
            }
        }
    }
}

/// Counts the items of a value that is read in every repetition, but does not come from the repeated item, and the bytes
/// of large constructors.
pub(super) fn meter(node: &mut AstNode, context: &NodeContext<'_>, position: Position) {
    if matches!(position, Position::Written | Position::Piped) {
        return;
    }
    if context.shares
        && let AstNode::Variable(name) = node
        && context.assigned.contains(name)
    {
        *node = function(SHARE, vec![take(node)]);
        return;
    }
    if !context.repeated {
        return;
    }
    if let Some(bytes) = constructed(node).filter(|bytes| *bytes > SMALL) {
        charge(node, bytes);
        return;
    }
    let read = match node {
        AstNode::Variable(_)
        | AstNode::ParentVariable(_)
        | AstNode::Name(_)
        | AstNode::Wildcard
        | AstNode::Descendant
            if position == Position::Read && is_free(node, context) =>
        {
            vec![take(node)]
        }
        AstNode::Path { steps } if is_path_read(steps, context, position) => {
            let origin = origin(steps);
            std::iter::once(take(node)).chain(origin).collect()
        }
        _ => return,
    };
    *node = function(READ, read);
}

/// Whether a node is the same in every repetition.
fn is_free(node: &AstNode, context: &NodeContext<'_>) -> bool {
    match node {
        AstNode::Variable(name) if name.is_empty() => !context.has_item,
        AstNode::Variable(name) => {
            let is_function = builtins::find(name).is_some() && !context.bound.contains(name);
            let is_own = context.params.contains(name) || context.of_items.contains(name);
            !name.starts_with(' ') && !is_own && !is_function
        }
        AstNode::Name(_) | AstNode::Wildcard | AstNode::Descendant => !context.has_item,
        AstNode::Parent(_) | AstNode::ParentVariable(_) => true,
        _ => false,
    }
}

/// Whether the path reads more than one value of something that is the same in every repetition.
fn is_path_read(steps: &[PathStep], context: &NodeContext<'_>, position: Position) -> bool {
    let Some(first) = steps.first() else { return false };
    is_free(&first.node, context)
        && !steps.iter().any(|step| step.is_tuple || step.inner_tuple)
        && (position != Position::Scalar || !steps.iter().all(is_plain))
}

fn is_plain(step: &PathStep) -> bool {
    step.stages.is_empty() && matches!(step.node, AstNode::Variable(_) | AstNode::Name(_))
}

/// The part of the path that its first predicate, or its first step that is not a name, is applied to.
fn origin(steps: &[PathStep]) -> Option<AstNode> {
    let at = steps.iter().position(|step| !is_plain(step))?;
    let mut before = steps[..at].to_vec();
    if matches!(steps[at].node, AstNode::Variable(_) | AstNode::Name(_)) {
        before.push(PathStep::new(steps[at].node.clone()));
    }
    match before.as_slice() {
        [] => None,
        [only] => Some(only.node.clone()),
        _ => Some(AstNode::Path { steps: before }),
    }
}

/// Constructors of up to this many bytes are not counted: there are at most as many as a sequence may have items.
const SMALL: usize = 512;

/// The approximate bytes of the value that a constructor builds; `None` for other nodes.
fn constructed(node: &AstNode) -> Option<usize> {
    match node {
        AstNode::Array(items) => {
            let inner: usize = items.iter().filter_map(constructed).sum();
            Some(64 + items.len() * 24 + inner)
        }
        AstNode::Object(pairs) => {
            let inner: usize = pairs.iter().filter_map(|(_, value)| constructed(value)).sum();
            Some(128 + pairs.len() * 96 + inner)
        }
        _ => None,
    }
}

/// Counts `bytes` when the constructor runs, at one of its parts: the constructor itself must stay where it is.
fn charge(node: &mut AstNode, bytes: usize) {
    let part = match node {
        AstNode::Array(items) => items.first_mut(),
        AstNode::Object(pairs) => pairs.first_mut().map(|(_, value)| value),
        _ => None,
    };
    match part {
        // It must stay an array, which is not spliced.
        Some(inner @ AstNode::Array(_)) => charge(inner, bytes),
        #[expect(clippy::cast_precision_loss, reason = "no expression has 2^53 parts")]
        Some(part) => *part = function(ALLOCATE, vec![take(part), AstNode::Number(bytes as f64)]),
        None => {}
    }
}

//! The parsed tree made ready to run: the clock bound, and counters put where an evaluation could run away.

use jsonata_core::ast::{AstNode, BinaryOp, PathStep, Stage};
use jsonata_core::value::with_stack;

use super::builtins;

/// The variable that holds the time of the evaluation. No expression can write a name with a blank.
pub(super) const NOW: &str = " now";
/// Counts a call and looks at its arguments.
pub(super) const TICK: &str = " tick";
/// Makes a counted range.
pub(super) const RANGE: &str = " range";
/// Passes a number on if a text of that many characters is allowed.
pub(super) const WIDTH: &str = " width";

/// Rewrites `ast`; `assigned` are the names some `:=` in it binds.
///
/// - `$now()` and `$millis()` read the evaluation's time, which is the caller's and not the machine's.
/// - The body of a function that may call itself, or that accumulates, begins with a counter. Only such a
///   function can run, or double a string, without bound; all others the input bounds, and counting there would
///   cost the crate's fast path.
/// - A range inside of a repetition is counted, too.
/// - The widths of `$pad` and of Roman numerals are looked at before the text is made.
pub(super) fn prepare(mut ast: AstNode, assigned: &[String]) -> AstNode {
    rewrite(
        &mut ast,
        &Scene {
            assigned,
            repeated: false,
            accumulates: false,
        },
    );
    ast
}

#[derive(Clone, Copy)]
struct Scene<'a> {
    assigned: &'a [String],
    /// Inside a function body, a path step or a predicate.
    repeated: bool,
    /// The node is the function that `$reduce` is given.
    accumulates: bool,
}

fn rewrite(node: &mut AstNode, scene: &Scene<'_>) {
    with_stack(|| {
        let inner = Scene {
            repeated: scene.repeated || repeats(node),
            accumulates: is_reduce(node),
            ..*scene
        };
        for child in children(node) {
            rewrite(child, &inner);
        }
        replace(node, scene);
    });
}

fn repeats(node: &AstNode) -> bool {
    matches!(
        node,
        AstNode::Lambda { .. } | AstNode::Path { .. } | AstNode::FunctionApplication(_)
    )
}

fn is_reduce(node: &AstNode) -> bool {
    matches!(node, AstNode::Function { name, is_builtin: true, .. } if name == "reduce")
}

fn function(name: &str, args: Vec<AstNode>) -> AstNode {
    AstNode::Function {
        name: name.to_owned(),
        args,
        is_builtin: true,
    }
}

fn variable(name: &str) -> AstNode {
    AstNode::Variable(name.to_owned())
}

fn replace(node: &mut AstNode, scene: &Scene<'_>) {
    match node {
        AstNode::Function {
            name,
            args,
            is_builtin: true,
        } if !scene.assigned.contains(name) => match name.as_str() {
            "now" if args.len() <= 2 => {
                args.insert(0, variable(NOW));
                "fromMillis".clone_into(name);
            }
            "millis" if args.is_empty() => *node = variable(NOW),
            "pad" => guard_width(args.get_mut(1)),
            "formatInteger" if may_be_roman(args.get(1)) => guard_width(args.get_mut(0)),
            _ => {}
        },
        AstNode::Binary {
            op: BinaryOp::Range,
            lhs,
            rhs,
        } if scene.repeated => {
            let bounds = [lhs, rhs].map(|bound| std::mem::replace(&mut **bound, AstNode::Undefined));
            *node = function(RANGE, bounds.into());
        }
        AstNode::Lambda { params, body, .. } => {
            if !scene.accumulates && !may_run_on(body, scene.assigned) {
                return;
            }
            let tick = function(TICK, params.iter().map(|name| variable(name)).collect());
            place(tick, body, scene.assigned);
        }
        _ => {}
    }
}

/// Puts `tick` where it is evaluated whenever `body` is, and, if that can be, beside the calls in it and not
/// around them: a block around them would count as one more level of every recursion.
fn place(tick: AstNode, body: &mut AstNode, assigned: &[String]) {
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
    let rest = std::mem::replace(spot, AstNode::Undefined);
    *spot = AstNode::Block(vec![tick, rest]);
}

/// Whether a block around `node` would change what it means.
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

fn guard_width(argument: Option<&mut AstNode>) {
    let Some(argument) = argument else { return };
    if !matches!(argument, AstNode::Number(_) | AstNode::Placeholder) {
        let written = std::mem::replace(argument, AstNode::Undefined);
        *argument = function(WIDTH, vec![written]);
    } else if matches!(argument, AstNode::Number(width) if width.abs() > 1e6) {
        *argument = function(WIDTH, vec![argument.clone()]);
    }
}

fn may_be_roman(picture: Option<&AstNode>) -> bool {
    match picture {
        Some(AstNode::String(picture)) => picture.starts_with(['i', 'I']),
        picture => picture.is_some(),
    }
}

/// Whether a function with this body could call itself, directly or not.
fn may_run_on(body: &mut AstNode, assigned: &[String]) -> bool {
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
        // A function inside has, or does not need, a counter of its own.
        AstNode::Lambda { .. } => return false,
        _ => false,
    };
    here || with_stack(|| {
        children(body)
            .into_iter()
            .any(|child| may_run_on(child, assigned))
    })
}

/// Whether any of the counters is called.
pub(super) fn is_counted(node: &mut AstNode) -> bool {
    matches!(node, AstNode::Function { name, .. } if [TICK, RANGE, WIDTH].contains(&name.as_str()))
        || with_stack(|| children(node).into_iter().any(is_counted))
}

/// The nodes right below `node`.
pub(super) fn children(node: &mut AstNode) -> Vec<&mut AstNode> {
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

fn step_children(step: &mut PathStep) -> Vec<&mut AstNode> {
    let stages = step.stages.iter_mut().filter_map(|stage| match stage {
        Stage::Filter(predicate) => Some(&mut **predicate),
        _ => None,
    });
    std::iter::once(&mut step.node).chain(stages).collect()
}

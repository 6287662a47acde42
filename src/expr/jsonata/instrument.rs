//! Rewrites the syntax tree before it runs: binds the clock, and adds counters where an evaluation could run away.

use jsonata_core::ast::{AstNode, BinaryOp, PathStep, Stage};
use jsonata_core::value::with_stack;

use super::builtins;

/// The variable with the time of the evaluation. No expression can contain a name with a space.
pub(super) const NOW: &str = " now";
/// Counts a call and checks its arguments.
pub(super) const TICK: &str = " tick";
/// Creates a range and counts it.
pub(super) const RANGE: &str = " range";
/// Returns a value and counts its items.
pub(super) const ITEMS: &str = " items";
/// Returns a number if a text of that many characters is allowed.
pub(super) const WIDTH: &str = " width";

/// Rewrites `ast`; `bound` are the names that it binds itself.
///
/// - `$now()` and `$millis()` read the evaluation's time, which the caller provides.
/// - The body of a function that may call itself, or that accumulates, starts with a counter. Only such a function can
///   run without bound or double a string repeatedly; all others are bounded by the input, and counting there would
///   disable the crate's fast path.
/// - Ranges inside of repetitions are counted, and so are the items of a variable that every iteration returns.
/// - The widths of `$pad` and of Roman numerals are checked before the text is created.
pub(super) fn instrument(mut ast: AstNode, bound: &[String]) -> AstNode {
    let mut assigned = Vec::new();
    collect_assigned(&mut ast, &mut assigned);
    rewrite(
        &mut ast,
        &Scene {
            bound,
            assigned: &assigned,
            repeated: false,
            accumulates: false,
        },
    );
    ast
}

#[derive(Clone, Copy)]
struct Scene<'a> {
    /// The names that the expression binds, which shadow built-in functions.
    bound: &'a [String],
    /// Those that `:=` binds: only such a name can refer to a function of the expression.
    assigned: &'a [String],
    /// Inside a function body, a path step, or a predicate.
    repeated: bool,
    /// The node is the function passed to `$reduce`.
    accumulates: bool,
}

fn collect_assigned(node: &mut AstNode, assigned: &mut Vec<String>) {
    if let AstNode::Binary {
        op: BinaryOp::ColonEqual,
        lhs,
        ..
    } = node
        && let AstNode::Variable(name) = &**lhs
    {
        assigned.push(name.clone());
    }
    with_stack(|| {
        for child in children(node) {
            collect_assigned(child, assigned);
        }
    });
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
        } if !scene.bound.contains(name) => match name.as_str() {
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
        AstNode::Path { steps } => {
            let later = steps.iter_mut().skip(1);
            for step in later.filter(|step| !step.is_tuple && !step.inner_tuple) {
                if matches!(step.node, AstNode::Block(_) | AstNode::FunctionApplication(_)) {
                    count_result(&mut step.node, &[]);
                }
            }
        }
        AstNode::Lambda { params, body, .. } => {
            count_result(body, params);
            let accumulates = scene.accumulates && may_grow(body);
            if accumulates || may_run_on(body, scene.assigned) {
                let tick = function(TICK, params.iter().map(|name| variable(name)).collect());
                place(tick, body, scene.assigned);
            }
        }
        _ => {}
    }
}

/// Counts the items of the results of `node`, a body that is evaluated repeatedly, if they come from a variable:
/// `$a.($b)` returns `$b` as many times as `$a` has items.
fn count_result(node: &mut AstNode, params: &[String]) {
    let is_whole = match node {
        AstNode::Block(items) => {
            return items
                .last_mut()
                .into_iter()
                .for_each(|last| count_result(last, params));
        }
        AstNode::FunctionApplication(inner) => return count_result(inner, params),
        AstNode::Conditional {
            then_branch,
            else_branch,
            ..
        } => {
            count_result(then_branch, params);
            return else_branch
                .iter_mut()
                .for_each(|branch| count_result(branch, params));
        }
        AstNode::Variable(name) => is_other(name, params),
        AstNode::Path { steps } => match steps.as_slice() {
            [
                PathStep {
                    node: AstNode::Variable(name),
                    ..
                },
                ..,
            ] => is_other(name, params) && !steps.iter().any(|step| step.is_tuple || step.inner_tuple),
            _ => false,
        },
        _ => false,
    };
    if is_whole {
        let written = std::mem::replace(node, AstNode::Undefined);
        *node = function(ITEMS, vec![written]);
    }
}

fn is_other(name: &String, params: &[String]) -> bool {
    !name.is_empty() && !name.starts_with(' ') && !params.contains(name) && builtins::find(name).is_none()
}

/// Puts `tick` where it is evaluated whenever `body` is, if possible next to the calls in it and not around them: a
/// block around them would count as one more level of every recursion.
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
fn may_grow(body: &mut AstNode) -> bool {
    let here = match body {
        AstNode::Binary {
            op: BinaryOp::Concatenate,
            ..
        }
        | AstNode::Call { .. }
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

/// Whether any of the counters is called.
pub(super) fn is_counted(node: &mut AstNode) -> bool {
    matches!(node, AstNode::Function { name, .. } if [TICK, RANGE, ITEMS, WIDTH].contains(&name.as_str()))
        || with_stack(|| children(node).into_iter().any(is_counted))
}

/// Whether the time of the evaluation is read.
pub(super) fn reads_clock(node: &mut AstNode) -> bool {
    matches!(node, AstNode::Variable(name) if name == NOW)
        || with_stack(|| children(node).into_iter().any(reads_clock))
}

/// The direct children of `node`.
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

//! Goals for the results of JSONata expressions, and the types that they need.

use super::expected_type::{ExpectedType, TypedRead};
use super::lookup::Lookup;
use super::origin::{Changes, FieldContext, Goal, Origins, constant};
use super::path::{Step, resized};
use super::reference::{Root, from_node};
use super::script::Change;
use crate::expr::jsonata::Expression;
use crate::expr::jsonata::syntax::{AstNode, BinaryOp, UnaryOp};
use crate::value::{Number, Value};

impl Origins<'_> {
    /// The changes after which a part of the result of an expression is the goal.
    pub(super) fn changes_for_jsonata(
        &self,
        at: FieldContext,
        expression: &Expression,
        steps: &[Step],
        goal: &Goal,
    ) -> Changes {
        self.changes_for_node(at, &expression.syntax_tree()?, steps, goal)
    }

    pub(super) fn changes_for_node(
        &self,
        at: FieldContext,
        node: &AstNode,
        steps: &[Step],
        goal: &Goal,
    ) -> Changes {
        if let Some(mut reference) = from_node(node) {
            reference.steps.extend_from_slice(steps);
            return self.changes_for(at, &reference, goal);
        }
        match node {
            AstNode::String(text) => constant(&Value::from(text.as_str()), steps, goal),
            AstNode::Number(number) => constant(&number_value(*number)?, steps, goal),
            AstNode::Boolean(truth) => constant(&Value::Bool(*truth), steps, goal),
            AstNode::Null => constant(&Value::Null, steps, goal),
            AstNode::Block(all) => self.changes_for_node(at, all.last()?, steps, goal),
            // Names after a call, as in `$parse($text).status`.
            AstNode::Path { steps: path } => {
                let (first, rest) = path.split_first()?;
                let names = rest.iter().map(|step| match &step.node {
                    AstNode::Name(name) if step.stages.is_empty() => Some(Step::Key(name.as_str().into())),
                    _ => None,
                });
                let mut inner: Vec<Step> = names.collect::<Option<_>>()?;
                inner.extend_from_slice(steps);
                if matches!(first.node, AstNode::Name(_)) {
                    return None;
                }
                self.changes_for_node(at, &first.node, &inner, goal)
            }
            AstNode::Object(pairs) => match steps.split_first() {
                Some((Step::Key(key), rest)) => {
                    let member = pairs.iter().find(|(name, _)| is_key(name, key));
                    match member {
                        Some((_, member)) => self.changes_for_node(at, member, rest, goal),
                        None => goal.is_none().then(Vec::new),
                    }
                }
                _ => None,
            },
            AstNode::Array(items) => match steps.split_first() {
                Some((Step::Index(index), rest)) => self.changes_for_node(at, items.get(*index)?, rest, goal),
                _ => None,
            },
            AstNode::Conditional {
                then_branch,
                else_branch,
                ..
            } => self
                .changes_for_node(at, then_branch, steps, goal)
                .or_else(|| self.changes_for_node(at, else_branch.as_deref()?, steps, goal)),
            AstNode::Function { name, args, .. } => self.changes_for_function(at, name, args, steps, goal),
            AstNode::Binary { op, lhs, rhs } => {
                let wanted = goal.as_ref()?.as_number()?.as_f64();
                let rest = |other: &AstNode, apply: fn(f64, f64) -> f64| match other {
                    AstNode::Number(number) => number_value(apply(wanted, *number)),
                    _ => match self.look(at, &from_node(other)?) {
                        Lookup::Found(Value::Number(number)) => number_value(apply(wanted, number.as_f64())),
                        _ => None,
                    },
                };
                match op {
                    BinaryOp::Add => self
                        .changes_for_node(at, lhs, steps, &Some(rest(rhs, |w, n| w - n)?))
                        .or_else(|| self.changes_for_node(at, rhs, steps, &Some(rest(lhs, |w, n| w - n)?))),
                    BinaryOp::Subtract => {
                        self.changes_for_node(at, lhs, steps, &Some(rest(rhs, |w, n| w + n)?))
                    }
                    BinaryOp::Multiply => {
                        self.changes_for_node(at, lhs, steps, &Some(rest(rhs, |w, n| w / n)?))
                    }
                    BinaryOp::Divide => {
                        self.changes_for_node(at, lhs, steps, &Some(rest(rhs, |w, n| w * n)?))
                    }
                    _ => None,
                }
            }
            _ => None,
        }
    }

    fn changes_for_function(
        &self,
        at: FieldContext,
        name: &str,
        args: &[AstNode],
        steps: &[Step],
        goal: &Goal,
    ) -> Changes {
        match name {
            "parse" => {
                let steps = [&[Step::Json], steps].concat();
                self.changes_for_node(at, args.first()?, &steps, goal)
            }
            "count" => {
                let length = usize::try_from(goal.as_ref()?.as_number()?.as_i64()?).ok()?;
                let now = match self.look(at, &from_node(args.first()?)?) {
                    Lookup::Found(value) => Some(value),
                    _ => None,
                };
                self.changes_for_node(at, args.first()?, &[], &Some(resized(now.as_ref(), length)))
            }
            "merge" => {
                let AstNode::Array(parts) = args.first()? else {
                    return None;
                };
                parts.iter().rev().find_map(|part| {
                    let reference = from_node(part);
                    let is_empty =
                        |part: &&AstNode| matches!(part, AstNode::Object(pairs) if pairs.is_empty());
                    Some(part).filter(|part| !is_empty(part) || reference.is_some())?;
                    if let AstNode::Object(pairs) = part
                        && let Some(Step::Key(key)) = steps.first()
                        && !pairs.iter().any(|(name, _)| is_key(name, key))
                    {
                        return None;
                    }
                    self.changes_for_node(at, part, steps, goal)
                })
            }
            "string" | "number" | "boolean" | "distinct" | "sort" | "reverse" => {
                self.changes_for_node(at, args.first()?, steps, goal)
            }
            _ => None,
        }
    }
}

fn is_key(name: &AstNode, key: &str) -> bool {
    matches!(name, AstNode::String(name) | AstNode::Name(name) if name == key)
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "only whole numbers that fit are converted"
)]
fn number_value(number: f64) -> Option<Value> {
    if number.fract() == 0.0 && number.abs() < 1e15 {
        return Some(Value::from(number as i64));
    }
    Number::from_f64(number).map(Value::Number)
}

/// Changes with which the names after calls in an expression have values.
pub(super) fn derived(origins: &Origins<'_>, at: FieldContext, expression: &Expression) -> Vec<Vec<Change>> {
    let mut found = Vec::new();
    let mut visit = |node: &AstNode| {
        if matches!(node, AstNode::Path { .. }) && from_node(node).is_none() {
            found.extend(origins.changes_for_node(at, node, &[], &Some(Value::from("sample"))));
        }
    };
    if let Some(tree) = expression.syntax_tree() {
        for_each_node(&tree, &mut visit);
    }
    found
}

fn for_each_node(node: &AstNode, f: &mut dyn FnMut(&AstNode)) {
    f(node);
    match node {
        AstNode::Path { steps } => steps.iter().for_each(|step| for_each_node(&step.node, f)),
        AstNode::Binary { lhs, rhs, .. } => {
            for_each_node(lhs, f);
            for_each_node(rhs, f);
        }
        AstNode::Unary { operand, .. } => for_each_node(operand, f),
        AstNode::Function { args, .. } | AstNode::Array(args) | AstNode::Block(args) => {
            args.iter().for_each(|argument| for_each_node(argument, f));
        }
        AstNode::Object(pairs) => pairs.iter().for_each(|(_, value)| for_each_node(value, f)),
        AstNode::Conditional {
            condition,
            then_branch,
            else_branch,
        } => {
            for_each_node(condition, f);
            for_each_node(then_branch, f);
            if let Some(otherwise) = else_branch {
                for_each_node(otherwise, f);
            }
        }
        _ => {}
    }
}

/// The values that an expression needs, with the types that operators and functions require.
pub(super) fn reads(expression: &Expression, at: FieldContext, reads: &mut Vec<TypedRead>) {
    if let Some(tree) = expression.syntax_tree() {
        collect(&tree, ExpectedType::Any, at, reads);
    }
}

fn collect(node: &AstNode, expected: ExpectedType, at: FieldContext, reads: &mut Vec<TypedRead>) {
    if let Some(reference) = from_node(node) {
        if reference.root != Root::Context || !reference.steps.is_empty() {
            reads.push(TypedRead {
                at,
                reference,
                expected,
            });
        }
        return;
    }
    let mut all = |nodes: &[AstNode]| {
        for node in nodes {
            collect(node, ExpectedType::Any, at, reads);
        }
    };
    match node {
        AstNode::Path { steps } => {
            // The beginning of a path up to the first step that is not a name.
            for length in (1..steps.len()).rev() {
                let beginning = AstNode::Path {
                    steps: steps[..length].to_vec(),
                };
                if let Some(reference) = from_node(&beginning) {
                    reads.push(TypedRead {
                        at,
                        reference,
                        expected: ExpectedType::Array,
                    });
                    return;
                }
            }
            if let Some(first) = steps.first() {
                collect(&first.node, ExpectedType::Any, at, reads);
            }
        }
        AstNode::Binary { op, lhs, rhs } => {
            let expected = match op {
                BinaryOp::Add
                | BinaryOp::Subtract
                | BinaryOp::Multiply
                | BinaryOp::Divide
                | BinaryOp::Modulo
                | BinaryOp::Range => ExpectedType::Number,
                BinaryOp::LessThan
                | BinaryOp::LessThanOrEqual
                | BinaryOp::GreaterThan
                | BinaryOp::GreaterThanOrEqual => {
                    let is_text = |node: &AstNode| matches!(node, AstNode::String(_));
                    if is_text(lhs) || is_text(rhs) {
                        ExpectedType::Text
                    } else {
                        ExpectedType::Number
                    }
                }
                BinaryOp::ColonEqual => {
                    collect(rhs, ExpectedType::Any, at, reads);
                    return;
                }
                _ => ExpectedType::Any,
            };
            collect(lhs, expected, at, reads);
            collect(rhs, expected, at, reads);
        }
        AstNode::Unary { op, operand } => {
            let expected = if *op == UnaryOp::Negate {
                ExpectedType::Number
            } else {
                ExpectedType::Any
            };
            collect(operand, expected, at, reads);
        }
        AstNode::Function { name, args, .. } => {
            for (index, argument) in args.iter().enumerate() {
                if let Some(expected) = parameter(name, index) {
                    collect(argument, expected, at, reads);
                }
            }
        }
        AstNode::Call { args, .. } => all(args),
        AstNode::Lambda { body, .. } => collect(body, ExpectedType::Any, at, reads),
        AstNode::Array(items) | AstNode::Block(items) | AstNode::ArrayGroup(items) => all(items),
        AstNode::Object(pairs) => {
            for (_, value) in pairs {
                collect(value, ExpectedType::Any, at, reads);
            }
        }
        AstNode::Conditional {
            condition,
            then_branch,
            else_branch,
        } => {
            collect(condition, ExpectedType::Any, at, reads);
            collect(then_branch, expected, at, reads);
            if let Some(otherwise) = else_branch {
                collect(otherwise, expected, at, reads);
            }
        }
        AstNode::Sort { input, .. } => collect(input, ExpectedType::Array, at, reads),
        _ => {}
    }
}

/// The type that a parameter of a function needs; `None` if the value may be missing.
fn parameter(function: &str, index: usize) -> Option<ExpectedType> {
    Some(match (function, index) {
        ("exists", _) => return None,
        ("sum" | "max" | "min" | "average", 0) => ExpectedType::Numbers,
        (
            "count" | "map" | "filter" | "append" | "reverse" | "sort" | "zip" | "distinct" | "reduce"
            | "join" | "partition" | "single" | "shuffle",
            0,
        ) => ExpectedType::Array,
        (
            "round" | "floor" | "ceil" | "abs" | "power" | "sqrt" | "formatNumber" | "formatBase"
            | "formatInteger" | "fromMillis" | "number",
            0,
        )
        | ("partition" | "substring" | "pad" | "power" | "round", 1)
        | ("range", _) => ExpectedType::Number,
        (
            "uppercase" | "lowercase" | "trim" | "substring" | "substringBefore" | "substringAfter" | "split"
            | "contains" | "replace" | "match" | "length" | "pad" | "base64encode" | "base64decode"
            | "encodeUrl" | "encodeUrlComponent" | "decodeUrl" | "decodeUrlComponent" | "hash",
            0,
        ) => ExpectedType::Text,
        ("keys" | "lookup" | "each" | "sift" | "spread", 0) => ExpectedType::Object,
        ("parse", 0) => ExpectedType::Json,
        ("toMillis", 0) => ExpectedType::Timestamp,
        _ => ExpectedType::Any,
    })
}

//! Simple expressions.

use std::rc::Rc;

use jsonata_core::ast::{AstNode, BinaryOp, PathStep, Stage};

use super::item::{Evaluated, Item, Selected, Unsupported, binary, is_arithmetic, is_plain, join, sum};
use crate::expr::Scope;
use crate::expr::jsonata::limits::Limits;
use crate::value::{Number, Value};

/// An expression that can be evaluated directly.
pub(in crate::expr::jsonata) struct Direct {
    node: Node,
    /// The functions that it calls, unless a variable has their name.
    functions: Vec<&'static str>,
}

enum Node {
    Number(f64),
    Text(Rc<str>),
    Path(Path),
    Binary(BinaryOp, Box<[Node; 2]>),
    /// Condition, then, else.
    Conditional(Box<[Node; 3]>),
    Sum(Path),
    Count(Path),
    Join(Path, Rc<str>),
}

struct Path {
    start: Start,
    steps: Vec<Step>,
}

enum Start {
    /// A field of `$states`.
    States(String),
    Variable(String),
    /// The item of a step or a predicate.
    Item,
}

enum Step {
    Name(String),
    Filter(Node),
    Map(Node),
}

/// Where a node is in the expression.
#[derive(Clone, Copy, Default)]
struct Position {
    /// Whether it is evaluated for an item.
    inside: bool,
    depth: usize,
}

impl Position {
    /// The maximum depth, far below the limit of evaluations.
    const MAX_DEPTH: usize = 8;

    fn below(self) -> Option<Self> {
        let depth = self.depth + 1;
        (depth <= Self::MAX_DEPTH).then_some(Self { depth, ..self })
    }

    fn item(self) -> Option<Self> {
        Some(Self {
            inside: true,
            ..self.below()?
        })
    }
}

impl Direct {
    pub(in crate::expr::jsonata) fn from_ast(ast: &AstNode) -> Option<Self> {
        let mut functions = Vec::new();
        let node = Node::from_ast(ast, Position::default(), &mut functions)?;
        // The fast path has the paths, and literals need none.
        let is_worthwhile = !matches!(node, Node::Path(_) | Node::Number(_) | Node::Text(_));
        is_worthwhile.then_some(Self { node, functions })
    }

    /// The result, if this is a plain case.
    pub(in crate::expr::jsonata) fn eval(&self, scope: &Scope<'_>) -> Option<Value> {
        if self
            .functions
            .iter()
            .any(|name| scope.variables.get(name).is_some())
        {
            return None;
        }
        if let Node::Join(path, separator) = &self.node {
            let text = join(path.select(scope, None).ok()?, separator).ok()?;
            return Some(Value::from(text));
        }
        Some(match self.node.eval(scope, None).ok()?? {
            Item::Number(number) => Value::Number(Number::from_f64(number)?),
            Item::Truth(truth) => Value::Bool(truth),
            Item::Text(text) => Value::from(text),
            Item::Value(Value::Number(number)) if number.survives_f64() => Value::Number(number.clone()),
            Item::Value(value @ (Value::String(_) | Value::Bool(_) | Value::Null)) => value.clone(),
            Item::Value(_) => return None,
        })
    }
}

impl Node {
    fn from_ast(ast: &AstNode, position: Position, functions: &mut Vec<&'static str>) -> Option<Self> {
        Some(match ast {
            AstNode::Number(number) => Self::Number(*number),
            AstNode::String(text) => Self::Text(text.as_str().into()),
            AstNode::Name(_) | AstNode::Variable(_) | AstNode::Path { .. } => {
                Self::Path(Path::from_ast(ast, position, functions)?)
            }
            AstNode::Binary { op, lhs, rhs } if is_plain(*op) => {
                let position = position.below()?;
                let operands = [lhs, rhs].map(|operand| Self::from_ast(operand, position, functions));
                let [Some(lhs), Some(rhs)] = operands else {
                    return None;
                };
                Self::Binary(*op, Box::new([lhs, rhs]))
            }
            AstNode::Block(items) if position.inside => match items.as_slice() {
                [only] => Self::from_ast(only, position, functions)?,
                _ => return None,
            },
            AstNode::Conditional {
                condition,
                then_branch,
                else_branch: Some(else_branch),
            } => {
                let parts = [condition, then_branch, else_branch];
                let position = position.below()?;
                let parts = parts.map(|part| Self::from_ast(part, position, functions));
                let [Some(condition), Some(then), Some(otherwise)] = parts else {
                    return None;
                };
                Self::Conditional(Box::new([condition, then, otherwise]))
            }
            AstNode::Function {
                name,
                args,
                is_builtin: true,
            } => {
                let path = Path::from_ast(args.first()?, position, functions)?;
                match (name.as_str(), &args[1..]) {
                    ("sum", []) => {
                        functions.push("sum");
                        Self::Sum(path)
                    }
                    ("count", []) => {
                        functions.push("count");
                        Self::Count(path)
                    }
                    ("join", [AstNode::String(separator)]) if position.depth == 0 => {
                        functions.push("join");
                        Self::Join(path, separator.as_str().into())
                    }
                    _ => return None,
                }
            }
            _ => return None,
        })
    }

    /// The value; `None` if it is undefined.
    fn eval<'v>(&'v self, scope: &Scope<'v>, item: Option<&'v Value>) -> Evaluated<Option<Item<'v>>> {
        Ok(Some(match self {
            Self::Number(number) => Item::Number(*number),
            Self::Text(text) => Item::Text(text),
            Self::Path(path) => match path.select(scope, item)? {
                Selected::One(Value::Array(_) | Value::Object(_)) | Selected::Many(_) => {
                    return Err(Unsupported);
                }
                Selected::One(value) => Item::Value(value),
            },
            Self::Binary(op, operands) => {
                let [left, right] = &**operands;
                return binary(*op, left.eval(scope, item)?, right.eval(scope, item)?);
            }
            Self::Conditional(parts) => {
                let [condition, then, otherwise] = &**parts;
                let Some(Item::Truth(truth)) = condition.eval(scope, item)? else {
                    return Err(Unsupported);
                };
                return if truth { then } else { otherwise }.eval(scope, item);
            }
            Self::Sum(path) => Item::Number(sum(path.select(scope, item)?)?),
            Self::Count(path) => {
                let count = match path.select(scope, item)? {
                    Selected::One(Value::Array(items)) => items.len(),
                    Selected::One(_) => 1,
                    Selected::Many(items) => items.len(),
                };
                let count = u32::try_from(count).map_err(|_| Unsupported)?;
                Item::Number(f64::from(count))
            }
            // Only at the top, where the text is built.
            Self::Join(..) => return Err(Unsupported),
        }))
    }
}

impl Path {
    fn from_ast(ast: &AstNode, position: Position, functions: &mut Vec<&'static str>) -> Option<Self> {
        let steps = match ast {
            AstNode::Path { steps } => steps.as_slice(),
            AstNode::Name(name) if position.inside => {
                return Some(Self {
                    start: Start::Item,
                    steps: vec![Step::Name(name.clone())],
                });
            }
            _ => return None,
        };
        let (first, rest) = steps.split_first()?;
        let (start, rest) = match &first.node {
            AstNode::Name(_) if position.inside => (Start::Item, steps),
            AstNode::Variable(name) if is_bare(first) && first.stages.is_empty() => match name.as_str() {
                "" | "$" => return None,
                "states" => {
                    let (field, rest) = rest.split_first()?;
                    // A predicate on the field itself is a rare case.
                    let AstNode::Name(name) = &field.node else {
                        return None;
                    };
                    if !is_bare(field) {
                        return None;
                    }
                    let start = Start::States(name.clone());
                    let mut path = Self {
                        start,
                        steps: Vec::new(),
                    };
                    path.stages(field, position, functions)?;
                    return path.with_steps(rest, position, functions);
                }
                name => (Start::Variable(name.to_owned()), rest),
            },
            _ => return None,
        };
        let path = Self {
            start,
            steps: Vec::new(),
        };
        path.with_steps(rest, position, functions)
    }

    fn with_steps(
        mut self,
        steps: &[PathStep],
        position: Position,
        functions: &mut Vec<&'static str>,
    ) -> Option<Self> {
        for (index, step) in steps.iter().enumerate() {
            if !is_bare(step) {
                return None;
            }
            let is_last = index + 1 == steps.len();
            match &step.node {
                AstNode::Name(name) => self.steps.push(Step::Name(name.clone())),
                AstNode::FunctionApplication(inner) if is_last && step.stages.is_empty() => {
                    self.steps
                        .push(Step::Map(Node::from_ast(inner, position.item()?, functions)?));
                }
                block @ AstNode::Block(_) if is_last && step.stages.is_empty() => {
                    self.steps
                        .push(Step::Map(Node::from_ast(block, position.item()?, functions)?));
                }
                _ => return None,
            }
            self.stages(step, position, functions)?;
        }
        Some(self)
    }

    fn stages(
        &mut self,
        step: &PathStep,
        position: Position,
        functions: &mut Vec<&'static str>,
    ) -> Option<()> {
        for stage in &step.stages {
            let Stage::Filter(predicate) = stage else {
                return None;
            };
            let predicate = Node::from_ast(predicate, position.item()?, functions)?;
            // Numbers select by position.
            if !matches!(predicate, Node::Binary(op, _) if !is_arithmetic(op)) {
                return None;
            }
            self.steps.push(Step::Filter(predicate));
        }
        Some(())
    }

    fn select<'v>(&'v self, scope: &Scope<'v>, item: Option<&'v Value>) -> Evaluated<Selected<'v>> {
        let start = match &self.start {
            Start::Item => item,
            Start::Variable(name) => scope.variables.get(name),
            Start::States(field) => match field.as_str() {
                "input" => Some(scope.input),
                "context" => Some(scope.context),
                "result" => scope.result,
                "errorOutput" => scope.error_output,
                _ => None,
            },
        };
        let mut value = start.ok_or(Unsupported)?;
        // Reading all of a list for every item is counted by the evaluator.
        let is_repeated = item.is_some() && !matches!(self.start, Start::Item);
        for (index, step) in self.steps.iter().enumerate() {
            value = match (step, value) {
                (_, Value::Array(_)) if is_repeated => return Err(Unsupported),
                (Step::Name(name), Value::Object(members)) => {
                    members.get(name.as_str()).ok_or(Unsupported)?
                }
                (_, Value::Array(items)) => return map(items, &self.steps[index..], scope),
                _ => return Err(Unsupported),
            };
        }
        match value {
            Value::Array(items) if is_repeated || items.len() > scope.limits.items => Err(Unsupported),
            value => Ok(Selected::One(value)),
        }
    }
}

/// Whether the step binds nothing and keeps no arrays.
fn is_bare(step: &PathStep) -> bool {
    step.focus.is_none()
        && step.index_var.is_none()
        && step.ancestor_label.is_none()
        && !step.is_tuple
        && !step.inner_tuple
        && step.stages.iter().all(|stage| matches!(stage, Stage::Filter(_)))
}

/// Applies the steps to each item.
fn map<'v>(items: &'v [Value], steps: &'v [Step], scope: &Scope<'v>) -> Evaluated<Selected<'v>> {
    let Limits { items: most, .. } = scope.limits;
    if items.len() > most {
        return Err(Unsupported);
    }
    let filters = steps
        .iter()
        .take_while(|step| matches!(step, Step::Filter(_)))
        .count();
    let (filters, steps) = steps.split_at(filters);
    let mut found = Vec::new();
    'items: for item in items {
        for filter in filters {
            let Step::Filter(predicate) = filter else { continue };
            match predicate.eval(scope, Some(item))? {
                Some(Item::Truth(true)) => {}
                Some(Item::Truth(false)) => continue 'items,
                _ => return Err(Unsupported),
            }
        }
        if let Some(value) = apply(item, steps, scope)? {
            found.push(value);
        }
    }
    if found.is_empty() {
        return Err(Unsupported);
    }
    Ok(Selected::Many(found))
}

/// What the steps select of one item, which is one value at most; `None` if it is undefined.
fn apply<'v>(item: &'v Value, steps: &'v [Step], scope: &Scope<'v>) -> Evaluated<Option<Item<'v>>> {
    let mut value = item;
    for step in steps {
        value = match (step, value) {
            (Step::Name(name), Value::Object(members)) => match members.get(name.as_str()) {
                Some(member) => member,
                None => return Ok(None),
            },
            (Step::Map(node), Value::Object(_)) => return node.eval(scope, Some(value)),
            _ => return Err(Unsupported),
        };
    }
    match value {
        // Arrays are spliced.
        Value::Array(_) => Err(Unsupported),
        value => Ok(Some(Item::Value(value))),
    }
}

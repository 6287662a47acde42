//! The abstract evaluation of a syntax tree.

use super::function;
use super::outcome::{Evaluated, Outcome, Undefined};
use super::sequence;
use crate::expr::jsonata::syntax::{AstNode, BinaryOp, PathStep, Stage, UnaryOp};
use crate::shape::fault::{Fault, PathRoot};
use crate::shape::scope::Scope;
use crate::shape::types::Array;
use crate::shape::types::Shape;
use crate::shape::types::{Field, Object};
use crate::value::{Number, Value};

/// The maximum number of nodes evaluated; the rest of a larger expression is any value.
const MAX_NODES: usize = 5_000;

/// The maximum nesting of nodes evaluated.
const MAX_DEPTH: usize = 64;

/// Evaluates one expression.
pub(super) struct Evaluator<'s> {
    scope: Scope<'s>,
    /// The variables bound in the expression, inner after outer.
    bound: Vec<(String, Outcome)>,
    nodes: usize,
    depth: usize,
    /// The first comparison that is never true.
    pub(super) never_true: Option<Fault>,
}

impl<'s> Evaluator<'s> {
    pub(super) const fn new(scope: Scope<'s>) -> Self {
        Self {
            scope,
            bound: Vec::new(),
            nodes: 0,
            depth: 0,
            never_true: None,
        }
    }

    /// Evaluates a whole expression.
    pub(super) fn evaluate(&mut self, tree: &AstNode) -> Evaluated {
        self.node(tree, &Outcome::unknown())
    }

    /// Evaluates a node; `context` is the value of `$`.
    pub(super) fn node(&mut self, node: &AstNode, context: &Outcome) -> Evaluated {
        self.nodes += 1;
        if self.nodes > MAX_NODES || self.depth >= MAX_DEPTH {
            return Ok(Outcome::unknown());
        }
        self.depth += 1;
        let outcome = self.node_within_limits(node, context);
        self.depth -= 1;
        outcome
    }

    fn node_within_limits(&mut self, node: &AstNode, context: &Outcome) -> Evaluated {
        Ok(match node {
            AstNode::String(text) => Outcome::value(Shape::text(text)),
            AstNode::Number(number) => Outcome::value(number_shape(*number)),
            AstNode::Boolean(truth) => Outcome::value(Shape::from_value(&Value::Bool(*truth))),
            AstNode::Null => Outcome::value(Shape::null()),
            AstNode::Undefined => Outcome::undefined(None),
            AstNode::Name(name) => sequence::member(context, name),
            AstNode::Variable(name) => self.variable(name, context),
            AstNode::Path { steps } => self.path(steps, context)?,
            AstNode::Binary { op, lhs, rhs } => self.binary(*op, lhs, rhs, context)?,
            AstNode::Unary { op, operand } => self.unary(*op, operand, context)?,
            AstNode::Function { name, args, .. } => self.call(name, args, context)?,
            AstNode::Array(items) => self.array(items, context)?,
            AstNode::Object(pairs) => self.object(pairs, context)?,
            AstNode::Block(expressions) => self.block(expressions, context)?,
            AstNode::Conditional {
                condition,
                then_branch,
                else_branch,
            } => self.conditional(condition, then_branch, else_branch.as_deref(), context)?,
            _ => Outcome::unknown(),
        })
    }

    fn variable(&self, name: &str, context: &Outcome) -> Outcome {
        if name.is_empty() {
            return context.clone();
        }
        if let Some((_, outcome)) = self.bound.iter().rev().find(|(bound, _)| bound == name) {
            return outcome.clone();
        }
        // Only paths into `$states` are modeled.
        if name == "states" {
            return Outcome::unknown();
        }
        match self.scope.variables.get(name) {
            Some(variable) => Outcome::root(variable.shape.clone(), &format!("${name}"), PathRoot::Variable),
            None => Outcome::unknown(),
        }
    }

    /// `$states`. Which of its fields a state may read is checked by another rule.
    fn states(&self) -> Outcome {
        let mut states = Object::of(Shape::Any);
        let fields = [
            ("input", Some(self.scope.input)),
            ("context", Some(self.scope.context)),
            ("result", self.scope.result),
            ("errorOutput", self.scope.error_output),
        ];
        for (name, shape) in fields {
            if let Some(shape) = shape {
                states.fields.insert(name.into(), Field::certain(shape.clone()));
            }
        }
        Outcome::root(states.into(), "$states", PathRoot::Inner)
    }

    fn path(&mut self, steps: &[PathStep], context: &Outcome) -> Evaluated {
        let mut keeps_array = false;
        let mut value = context.clone();
        for (index, step) in steps.iter().enumerate() {
            if step.is_tuple || step.focus.is_some() || step.index_var.is_some() {
                return Ok(Outcome::unknown());
            }
            let is_states = matches!(&step.node, AstNode::Variable(name) if name == "states");
            value = if index == 0 && is_states && steps.len() > 1 && step.stages.is_empty() {
                self.states()
            } else if index == 0 || matches!(step.node, AstNode::Name(_)) {
                self.node(&step.node, &value)?
            } else {
                self.step(&step.node, &value)?
            };
            if let (Some((path, root)), AstNode::Name(name)) = (&mut value.path, &step.node)
                && path.starts_with("$states.")
                && *root == PathRoot::Inner
            {
                *root = match name.as_str() {
                    "input" => PathRoot::Input,
                    "result" => PathRoot::Result,
                    "errorOutput" => PathRoot::ErrorOutput,
                    "context" => PathRoot::Context,
                    _ => PathRoot::Inner,
                };
            }
            for stage in &step.stages {
                value = apply_stage(stage, value, &mut keeps_array);
            }
        }
        if keeps_array {
            let items = sequence::flattened(&value.shape);
            value.shape = Shape::array_of(items);
        }
        Ok(value)
    }

    /// A step that is not a name: evaluated for the value, or for each item of an array.
    fn step(&mut self, node: &AstNode, on: &Outcome) -> Evaluated {
        if on.is_undefined() {
            return Ok(on.clone());
        }
        if matches!(node, AstNode::Wildcard | AstNode::Descendant) || on.shape.is_any() {
            return Ok(Outcome::unknown());
        }
        let union = on.shape.union();
        let single = on.shape.without(|union| union.array = None);
        let mut result: Option<Outcome> = None;
        if !single.is_never() {
            let context = Outcome {
                shape: single,
                ..on.clone()
            };
            // Evaluated for certain only if the value is not an array.
            match self.node(node, &context) {
                Ok(outcome) => result = Some(outcome),
                Err(fault) if union.array.is_none() && on.is_defined() => return Err(fault),
                Err(_) => {}
            }
        }
        if let Some(array) = &union.array {
            let item = Outcome::value(array.items());
            let each = self.node(node, &item).unwrap_or_else(|_| Outcome::unknown());
            let mapped = if each.is_undefined() {
                Outcome::undefined(None)
            } else {
                Outcome::possible(sequence::sequence_of(&each.shape))
            };
            result = Some(match result {
                Some(outcome) => outcome.join(mapped),
                None => mapped,
            });
        }
        let mut outcome = result.unwrap_or_else(Outcome::unknown);
        if !on.is_defined() && outcome.is_defined() {
            outcome.undefined = Undefined::Possibly;
        }
        Ok(outcome)
    }

    fn unary(&mut self, op: UnaryOp, operand: &AstNode, context: &Outcome) -> Evaluated {
        let value = self.node(operand, context)?;
        match op {
            UnaryOp::Negate => {
                require_number("-", &value, &value)?;
                let shape = match value.shape.constants().as_deref() {
                    Some([Value::Number(number)]) => number_shape(-number.as_f64()),
                    _ => Shape::number(),
                };
                Ok(value.then(shape))
            }
            UnaryOp::Not => Ok(Outcome::possible(Shape::boolean())),
        }
    }

    fn binary(&mut self, op: BinaryOp, lhs: &AstNode, rhs: &AstNode, context: &Outcome) -> Evaluated {
        match op {
            BinaryOp::And | BinaryOp::Or => {
                self.node(lhs, context)?;
                // Whether the right side is evaluated depends on the left one.
                let _ = self.node(rhs, context);
                Ok(Outcome::value(Shape::boolean()))
            }
            BinaryOp::ColonEqual => {
                let value = self.node(rhs, context)?;
                if let AstNode::Variable(name) = lhs {
                    self.bound.push((name.clone(), value.clone()));
                }
                Ok(value)
            }
            BinaryOp::ChainPipe => {
                self.node(lhs, context)?;
                Ok(Outcome::unknown())
            }
            BinaryOp::Concatenate => {
                self.node(lhs, context)?;
                self.node(rhs, context)?;
                Ok(Outcome::value(Shape::string()))
            }
            BinaryOp::Equal | BinaryOp::NotEqual | BinaryOp::In => {
                let (left, right) = (self.node(lhs, context)?, self.node(rhs, context)?);
                self.note_never_true(op, &left, &right);
                Ok(Outcome::value(equality(op, &left, &right)))
            }
            BinaryOp::Add | BinaryOp::Subtract | BinaryOp::Multiply | BinaryOp::Divide | BinaryOp::Modulo => {
                let (left, right) = (self.node(lhs, context)?, self.node(rhs, context)?);
                require_number(symbol(op), &left, &right)?;
                Ok(undefined_if_either(&left, &right, Shape::number()))
            }
            BinaryOp::LessThan
            | BinaryOp::LessThanOrEqual
            | BinaryOp::GreaterThan
            | BinaryOp::GreaterThanOrEqual => {
                let (left, right) = (self.node(lhs, context)?, self.node(rhs, context)?);
                require_comparable(symbol(op), &left, &right)?;
                Ok(undefined_if_either(&left, &right, Shape::boolean()))
            }
            BinaryOp::Range => {
                let (left, right) = (self.node(lhs, context)?, self.node(rhs, context)?);
                require_number("..", &left, &right)?;
                Ok(Outcome::value(Shape::array_of(Shape::number())))
            }
            _ => Ok(Outcome::unknown()),
        }
    }

    /// Notes an equality of values of different types.
    fn note_never_true(&mut self, op: BinaryOp, left: &Outcome, right: &Outcome) {
        if op == BinaryOp::NotEqual || !left.is_defined() || !right.is_defined() {
            return;
        }
        if op == BinaryOp::In {
            let items = sequence::flattened(&right.shape);
            let has_types = !left.shape.is_never() && !items.is_never() && items.constants().is_some();
            if has_types && !left.shape.has_type_of(&items) {
                self.never_true.get_or_insert_with(|| Fault::NeverTrue {
                    operator: "in".to_owned(),
                    expected: items.types(),
                    found: left.shape.clone(),
                });
            }
            return;
        }
        let (found, with) = match (left.shape.constants(), right.shape.constants()) {
            (_, Some(_)) => (&left.shape, &right.shape),
            (Some(_), _) => (&right.shape, &left.shape),
            _ => return,
        };
        if found.is_never() || with.is_never() || found.has_type_of(with) {
            return;
        }
        self.never_true.get_or_insert_with(|| Fault::NeverTrue {
            operator: "=".to_owned(),
            expected: with.types(),
            found: found.clone(),
        });
    }

    /// An array constructor, in which arrays are spliced and undefined values left out; nested constructors stay arrays.
    fn array(&mut self, items: &[AstNode], context: &Outcome) -> Evaluated {
        let mut tuple = Vec::with_capacity(items.len());
        let mut is_exact = true;
        for item in items {
            let value = self.node(item, context)?;
            if matches!(item, AstNode::Array(_)) {
                tuple.push(value.shape);
                continue;
            }
            if value.is_undefined() {
                continue;
            }
            is_exact &= value.is_defined() && !value.shape.is_any() && value.shape.union().array.is_none();
            tuple.push(sequence::flattened(&value.shape));
        }
        if is_exact {
            return Ok(Outcome::value(Array::tuple(tuple).into()));
        }
        let items = tuple.iter().fold(Shape::never(), |all, item| all.join(item));
        Ok(Outcome::value(Shape::array_of(items)))
    }

    /// An object constructor; fields with undefined values are left out.
    fn object(&mut self, pairs: &[(AstNode, AstNode)], context: &Outcome) -> Evaluated {
        let mut object = Object::closed();
        for (key, value) in pairs {
            let value = self.node(value, context)?;
            let name = match key {
                AstNode::String(name) => Some(name.clone()),
                key => match self.node(key, context)?.shape.constants().as_deref() {
                    Some([Value::String(name)]) => Some(name.to_string()),
                    _ => None,
                },
            };
            match name {
                _ if value.is_undefined() => {}
                Some(name) => {
                    let field = Field {
                        is_certain: value.is_defined(),
                        shape: value.shape,
                    };
                    object.fields.insert(name.into(), field);
                }
                None => object.rest = object.rest.join(&value.shape),
            }
        }
        Ok(Outcome::value(object.into()))
    }

    fn block(&mut self, expressions: &[AstNode], context: &Outcome) -> Evaluated {
        let outer = self.bound.len();
        let mut last = Outcome::undefined(None);
        for expression in expressions {
            last = self.node(expression, context)?;
        }
        self.bound.truncate(outer);
        Ok(last)
    }

    fn conditional(
        &mut self,
        condition: &AstNode,
        then_branch: &AstNode,
        else_branch: Option<&AstNode>,
        context: &Outcome,
    ) -> Evaluated {
        self.node(condition, context)?;
        let then = self.node(then_branch, context);
        let other = match else_branch {
            Some(branch) => self.node(branch, context),
            None => Ok(Outcome::undefined(None)),
        };
        match (then, other) {
            (Ok(then), Ok(other)) => Ok(then.join(other)),
            // One branch fails whenever it is evaluated, so the value comes from the other one.
            (Ok(value), Err(_)) | (Err(_), Ok(value)) => Ok(Outcome {
                undefined: Undefined::Possibly,
                ..value
            }),
            (Err(fault), Err(_)) => Err(fault),
        }
    }

    fn call(&mut self, name: &str, arguments: &[AstNode], context: &Outcome) -> Evaluated {
        let mut values = Vec::with_capacity(arguments.len());
        for argument in arguments {
            if matches!(argument, AstNode::Placeholder) {
                return Ok(Outcome::unknown());
            }
            values.push(self.node(argument, context)?);
        }
        // A name that is bound in the expression or assigned by the workflow hides the function.
        if self.bound.iter().any(|(bound, _)| bound == name) || self.scope.variables.contains_key(name) {
            return Ok(Outcome::unknown());
        }
        function::call(name, &values, context, &mut |items| match arguments.get(1) {
            Some(function) => self.apply(function, items, context),
            None => Outcome::unknown(),
        })
    }

    /// Evaluates the body of a function for arguments; failures in it are not certain.
    fn apply(&mut self, function: &AstNode, arguments: &[Outcome], context: &Outcome) -> Outcome {
        let AstNode::Lambda { params, body, .. } = function else {
            return Outcome::unknown();
        };
        let outer = self.bound.len();
        for (index, name) in params.iter().enumerate() {
            let argument = arguments.get(index).cloned();
            self.bound
                .push((name.clone(), argument.unwrap_or_else(Outcome::unknown)));
        }
        let outcome = self.node(body, context).unwrap_or_else(|_| Outcome::unknown());
        self.bound.truncate(outer);
        outcome
    }
}

/// A predicate, or the marker that keeps an array.
fn apply_stage(stage: &Stage, value: Outcome, keeps_array: &mut bool) -> Outcome {
    match stage {
        Stage::KeepArray => {
            *keeps_array = true;
            value
        }
        Stage::Index(_) => Outcome::unknown(),
        Stage::Filter(condition) => match constant_index(condition) {
            Some(position) => sequence::item(&value, position),
            None if value.is_undefined() => value,
            None => {
                let items = sequence::flattened(&value.shape);
                Outcome::possible(items.join(&Shape::array_of(items.clone())))
            }
        },
    }
}

/// The shape of a number.
pub(super) fn number_shape(number: f64) -> Shape {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "checked to be a whole number of 53 bits"
    )]
    let integer = (number.fract() == 0.0 && number.abs() < 9e15).then_some(number as i64);
    match integer {
        Some(integer) => Shape::from_value(&Value::from(integer)),
        None => Number::from_f64(number)
            .map_or_else(Shape::number, |number| Shape::from_value(&Value::Number(number))),
    }
}

/// The position that a predicate selects, if it is a constant number.
fn constant_index(condition: &AstNode) -> Option<i64> {
    #[expect(clippy::cast_possible_truncation, reason = "positions are rounded down")]
    match condition {
        AstNode::Number(number) => Some(number.floor() as i64),
        AstNode::Unary {
            op: UnaryOp::Negate,
            operand,
        } => constant_index(operand).map(|position| -position),
        _ => None,
    }
}

const fn symbol(op: BinaryOp) -> &'static str {
    match op {
        BinaryOp::Add => "+",
        BinaryOp::Subtract => "-",
        BinaryOp::Multiply => "*",
        BinaryOp::Divide => "/",
        BinaryOp::Modulo => "%",
        BinaryOp::LessThan => "<",
        BinaryOp::LessThanOrEqual => "<=",
        BinaryOp::GreaterThan => ">",
        _ => ">=",
    }
}

fn undefined_if_either(left: &Outcome, right: &Outcome, shape: Shape) -> Outcome {
    if left.is_undefined() {
        return left.then(shape);
    }
    if right.is_undefined() {
        return right.then(shape);
    }
    if left.is_defined() && right.is_defined() {
        Outcome::value(shape)
    } else {
        Outcome::possible(shape)
    }
}

/// Fails if an operand of an arithmetic operator is certainly something other than a number.
fn require_number(operator: &'static str, left: &Outcome, right: &Outcome) -> Result<(), Fault> {
    let is_wrong = |operand: &Outcome| operand.is_defined() && operand.shape.union().numbers.is_never();
    if (is_wrong(left) && !left.shape.is_never()) || (is_wrong(right) && !right.shape.is_never()) {
        return Err(Fault::InvalidOperands {
            operator,
            left: left.shape.clone(),
            right: right.shape.clone(),
        });
    }
    Ok(())
}

/// Fails if the operands are certainly neither two numbers nor two strings.
fn require_comparable(operator: &'static str, left: &Outcome, right: &Outcome) -> Result<(), Fault> {
    if !left.is_defined() || !right.is_defined() || left.shape.is_never() || right.shape.is_never() {
        return Ok(());
    }
    let (a, b) = (left.shape.union(), right.shape.union());
    let numbers = !a.numbers.is_never() && !b.numbers.is_never();
    let strings = !a.strings.is_never() && !b.strings.is_never();
    if numbers || strings {
        return Ok(());
    }
    Err(Fault::InvalidOperands {
        operator,
        left: left.shape.clone(),
        right: right.shape.clone(),
    })
}

/// The result of `=`, `!=`, or `in`, known if the operands have no value in common. With an undefined operand, the first
/// two are false.
fn equality(op: BinaryOp, left: &Outcome, right: &Outcome) -> Shape {
    let truth = |truth: bool| Shape::from_value(&Value::Bool(truth));
    if op == BinaryOp::In {
        return Shape::boolean();
    }
    if left.is_undefined() || right.is_undefined() {
        return truth(false);
    }
    let is_equal = op == BinaryOp::Equal;
    if left.shape.meet(&right.shape).is_never() {
        // `!=` of different values is true unless one of them is undefined.
        return if is_equal {
            truth(false)
        } else if left.is_defined() && right.is_defined() {
            truth(true)
        } else {
            Shape::boolean()
        };
    }
    match (
        left.shape.constants().as_deref(),
        right.shape.constants().as_deref(),
    ) {
        (Some([a]), Some([b])) if a == b && left.is_defined() && right.is_defined() => truth(is_equal),
        _ => Shape::boolean(),
    }
}

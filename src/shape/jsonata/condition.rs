//! What a JSONata condition proves about the data.

use super::evaluator::Evaluator;
use crate::expr::jsonata::Expression;
use crate::expr::jsonata::syntax::{AstNode, BinaryOp};
use crate::shape::constants::Constants;
use crate::shape::fault::Fault;
use crate::shape::scenario::Scenario;
use crate::shape::scope::Scope;
use crate::shape::split::Split;
use crate::shape::types::Field;
use crate::shape::types::Shape;
use crate::value::Value;
use std::rc::Rc;

/// A value that a condition reads: the input or a variable, and the names of fields in it.
struct Place<'a> {
    /// The variable; `None` for the input.
    variable: Option<&'a str>,
    names: Vec<&'a str>,
}

/// Splits the data by a condition, and returns why a comparison in it is never true; fails if the condition is certainly
/// not a boolean.
pub(in crate::shape) fn split(
    expression: &Expression,
    scenario: &Scenario,
    context: &Shape,
) -> Result<(Split, Option<Fault>), Fault> {
    let Some(tree) = expression.syntax_tree() else {
        return Ok((Split::unknown(scenario), None));
    };
    let scope = Scope {
        input: &scenario.payload,
        context,
        variables: &scenario.variables,
        result: None,
        error_output: None,
    };
    let mut evaluator = Evaluator::new(scope);
    let outcome = evaluator.evaluate(&tree)?;
    let never_true = evaluator.never_true.take();
    let shape = outcome.into_field()?;
    if !shape.is_never() && shape.union().booleans.is_never() {
        return Err(Fault::UnexpectedType {
            expected: "a boolean",
            found: shape,
        });
    }
    let mut split = split_node(&tree, scenario);
    match shape.union().booleans.known() {
        Some([true]) => split.no = None,
        Some([false]) => split.yes = None,
        _ => {}
    }
    Ok((split, never_true))
}

/// The scenario split by the known values of the first value in an equality that has a limited number of them.
pub(in crate::shape) fn by_constant(expression: &Expression, scenario: &Scenario) -> Option<Vec<Scenario>> {
    equalities(&expression.syntax_tree()?, &mut |place| {
        let root = scenario_root(place, scenario)?;
        let shape = certain_in(&root, &place.names)?;
        let constants = shape.constants()?;
        let scenarios = constants
            .iter()
            .filter_map(|value| change(place, scenario, &|_| Shape::from_value(value)));
        Some(scenarios.collect())
    })
}

/// The first result of `visit` for the places that are compared with constants.
fn equalities<T>(node: &AstNode, visit: &mut dyn FnMut(&Place<'_>) -> Option<T>) -> Option<T> {
    match node {
        AstNode::Block(expressions) if expressions.len() == 1 => equalities(&expressions[0], visit),
        AstNode::Binary {
            op: BinaryOp::And | BinaryOp::Or,
            lhs,
            rhs,
        } => equalities(lhs, visit).or_else(|| equalities(rhs, visit)),
        AstNode::Binary {
            op: BinaryOp::Equal | BinaryOp::NotEqual | BinaryOp::In,
            lhs,
            rhs,
        } => [lhs, rhs]
            .into_iter()
            .find_map(|side| place(side).and_then(|place| visit(&place))),
        _ => None,
    }
}

/// The shape at a place whose value certainly exists.
fn certain_in(shape: &Shape, names: &[&str]) -> Option<Shape> {
    let Some((name, rest)) = names.split_first() else {
        return Some(shape.clone());
    };
    let union = shape.union();
    let field = union.object.as_ref()?.field(name)?;
    (field.is_certain && union.array.is_none()).then(|| certain_in(&field.shape, rest))?
}

fn split_node(node: &AstNode, scenario: &Scenario) -> Split {
    match node {
        AstNode::Block(expressions) if expressions.len() == 1 => split_node(&expressions[0], scenario),
        AstNode::Binary {
            op: BinaryOp::And,
            lhs,
            rhs,
        } => {
            let left = split_node(lhs, scenario);
            let right = left.yes.as_ref().map(|yes| split_node(rhs, yes));
            let (yes, no) = right.map_or((None, None), |right| (right.yes, right.no));
            Split {
                yes,
                no: Split::join(left.no, no),
            }
        }
        AstNode::Binary {
            op: BinaryOp::Or,
            lhs,
            rhs,
        } => {
            let left = split_node(lhs, scenario);
            let right = left.no.as_ref().map(|no| split_node(rhs, no));
            let (yes, no) = right.map_or((None, None), |right| (right.yes, right.no));
            Split {
                yes: Split::join(left.yes, yes),
                no,
            }
        }
        AstNode::Binary {
            op: op @ (BinaryOp::Equal | BinaryOp::NotEqual),
            lhs,
            rhs,
        } => {
            let split = match (constant(rhs), constant(lhs)) {
                (Some(value), _) => split_equal(lhs, &value, scenario),
                (None, Some(value)) => split_equal(rhs, &value, scenario),
                (None, None) => Split::unknown(scenario),
            };
            if *op == BinaryOp::Equal {
                split
            } else {
                // Both operators are false if the value is undefined.
                Split {
                    yes: split.no.clone(),
                    no: Split::join(split.yes, split.no),
                }
            }
        }
        AstNode::Function { name, args, .. } => match (name.as_str(), args.as_slice()) {
            ("not", [inner]) => {
                let Split { yes, no } = split_node(inner, scenario);
                Split { yes: no, no: yes }
            }
            ("boolean", [inner]) => split_node(inner, scenario),
            ("exists", [inner]) => match place(inner) {
                Some(place) => Split {
                    yes: change(&place, scenario, &Shape::clone),
                    no: absent(&place, scenario),
                },
                None => Split::unknown(scenario),
            },
            _ => Split::unknown(scenario),
        },
        AstNode::Binary {
            op: BinaryOp::GreaterThan,
            lhs,
            rhs,
        } => match counted(lhs, rhs).and_then(place) {
            Some(place) => Split {
                yes: change(&place, scenario, &Shape::clone),
                // An empty array exists.
                no: Some(scenario.clone()),
            },
            None => Split::unknown(scenario),
        },
        // A path as a condition: its value exists if it is true.
        node => match place(node) {
            Some(place) => Split {
                yes: change(&place, scenario, &|shape| {
                    shape.without(|union| {
                        union.null = false;
                        union.booleans = union.booleans.meet(&Constants::one(true));
                    })
                }),
                no: Some(scenario.clone()),
            },
            None => Split::unknown(scenario),
        },
    }
}

/// What is counted, if the comparison is `$count(…) > 0`, which is false if there is no value.
fn counted<'n>(lhs: &'n AstNode, rhs: &AstNode) -> Option<&'n AstNode> {
    match (lhs, rhs) {
        (AstNode::Function { name, args, .. }, AstNode::Number(limit))
            if name == "count" && *limit == 0.0 =>
        {
            args.first()
        }
        _ => None,
    }
}

fn split_equal(node: &AstNode, value: &Value, scenario: &Scenario) -> Split {
    let Some(place) = place(node) else {
        return Split::unknown(scenario);
    };
    let only = Shape::from_value(value);
    Split {
        yes: change(&place, scenario, &|shape| shape.meet(&only)),
        no: change_if_present(&place, scenario, &|shape| {
            shape.without(|union| match value {
                Value::Null => union.null = false,
                Value::Bool(truth) => {
                    union.booleans = union.booleans.meet(&Constants::one(!truth));
                }
                Value::Number(number) => union.numbers = union.numbers.filter(|other| other != number),
                Value::String(text) => union.strings = union.strings.filter(|other| other != text),
                Value::Array(_) | Value::Object(_) => {}
            })
        }),
    }
}

fn constant(node: &AstNode) -> Option<Value> {
    Some(match node {
        AstNode::String(text) => Value::from(text.as_str()),
        AstNode::Boolean(truth) => Value::Bool(*truth),
        AstNode::Null => Value::Null,
        AstNode::Number(number) => {
            let shape = super::evaluator::number_shape(*number);
            shape.constants()?.into_iter().next()?
        }
        _ => return None,
    })
}

/// The place that a path of names reads.
fn place(node: &AstNode) -> Option<Place<'_>> {
    let steps = match node {
        AstNode::Path { steps } => steps.as_slice(),
        AstNode::Variable(name) if !name.is_empty() && name != "states" => {
            return Some(Place {
                variable: Some(name),
                names: Vec::new(),
            });
        }
        _ => return None,
    };
    let mut names = Vec::with_capacity(steps.len());
    for step in steps {
        if !step.stages.is_empty() || step.is_tuple {
            return None;
        }
        names.push(&step.node);
    }
    let (AstNode::Variable(root), rest) = (*names.first()?, names.get(1..)?) else {
        return None;
    };
    let names: Vec<&str> = rest
        .iter()
        .map(|node| match node {
            AstNode::Name(name) => Some(name.as_str()),
            _ => None,
        })
        .collect::<Option<_>>()?;
    match root.as_str() {
        "states" if names.first() == Some(&"input") => Some(Place {
            variable: None,
            names: names[1..].to_vec(),
        }),
        "states" | "" => None,
        variable => Some(Place {
            variable: Some(variable),
            names,
        }),
    }
}

/// The scenario in which the value at a place exists and is changed; `None` if that is impossible.
fn change(place: &Place<'_>, scenario: &Scenario, to: &dyn Fn(&Shape) -> Shape) -> Option<Scenario> {
    let root = scenario_root(place, scenario);
    let Some(root) = root else {
        return Some(scenario.clone());
    };
    let changed = change_in(&root, &place.names, to)?;
    Some(with_root(place, scenario, changed))
}

/// The scenario in which the value at a place, if there is one, is changed.
fn change_if_present(
    place: &Place<'_>,
    scenario: &Scenario,
    to: &dyn Fn(&Shape) -> Shape,
) -> Option<Scenario> {
    let present = change(place, scenario, to);
    Split::join(present, absent(place, scenario))
}

fn change_in(shape: &Shape, names: &[&str], to: &dyn Fn(&Shape) -> Shape) -> Option<Shape> {
    let Some((name, rest)) = names.split_first() else {
        let changed = to(shape);
        return (!changed.is_never()).then_some(changed);
    };
    let union = shape.union();
    // A name is mapped over arrays, about whose items nothing else is proved.
    if union.array.is_some() {
        return may_select(shape, names).then(|| shape.clone());
    }
    let mut object = union.object.clone()?;
    let field = object.field(name)?;
    let inner = change_in(&field.shape, rest, to)?;
    object.fields.insert((*name).into(), Field::certain(inner));
    Some(object.into())
}

/// Whether a path of names may select a value.
fn may_select(shape: &Shape, names: &[&str]) -> bool {
    let Some((name, rest)) = names.split_first() else {
        return !shape.is_never();
    };
    if shape.is_any() {
        return true;
    }
    let union = shape.union();
    let field = union.object.as_ref().and_then(|object| object.field(name));
    field.is_some_and(|field| may_select(&field.shape, rest))
        || union
            .array
            .as_ref()
            .is_some_and(|array| may_select(&array.items(), names))
}

/// The scenario in which the value at a place does not exist; `None` if it certainly exists.
fn absent(place: &Place<'_>, scenario: &Scenario) -> Option<Scenario> {
    let Some(root) = scenario_root(place, scenario) else {
        return Some(scenario.clone());
    };
    if place.names.is_empty() {
        return None;
    }
    let removed = absent_in(&root, &place.names)?;
    Some(with_root(place, scenario, removed))
}

fn absent_in(shape: &Shape, names: &[&str]) -> Option<Shape> {
    let (name, rest) = names.split_first()?;
    let union = shape.union();
    let (None, Some(object)) = (&union.array, &union.object) else {
        return Some(shape.clone());
    };
    let has_scalars =
        union.null || !union.booleans.is_never() || !union.numbers.is_never() || !union.strings.is_never();
    let Some(field) = object.field(name) else {
        return Some(shape.clone());
    };
    let mut object = object.clone();
    match absent_in(&field.shape, rest).filter(|_| !rest.is_empty()) {
        Some(inner) => {
            if let Some(known) = object.fields.get_mut(*name) {
                known.shape = inner;
            }
        }
        None if field.is_certain && !has_scalars => return None,
        None if field.is_certain => return Some(shape.without(|union| union.object = None)),
        None if object.is_closed() => {
            object.fields.shift_remove(*name);
        }
        None => {}
    }
    Some(shape.without(|union| union.object = Some(object)))
}

fn scenario_root(place: &Place<'_>, scenario: &Scenario) -> Option<Shape> {
    match place.variable {
        None => Some(scenario.payload.clone()),
        Some(name) => scenario
            .variables
            .get(name)
            .map(|variable| variable.shape.clone()),
    }
}

fn with_root(place: &Place<'_>, scenario: &Scenario, shape: Shape) -> Scenario {
    let mut changed = scenario.clone();
    match place.variable {
        None => changed.payload = shape,
        Some(name) => {
            if let Some(variable) = Rc::make_mut(&mut changed.variables).get_mut(name) {
                variable.shape = shape;
            }
        }
    }
    changed
}

//! The shapes of expressions and payload templates.

use super::fault::{Evaluation, Fault};
use super::intrinsic;
use super::jsonata;
use super::jsonpath;
use super::literal;
use super::scenario::Scenario;
use super::scope::Scope;
use super::types::Array;
use super::types::Shape;
use super::types::{Field, Object};
use crate::asl::state::NullablePath;
use crate::asl::{Expression, Parsed, Payload, State};
use crate::document::{Node, NodeKind};
use crate::spec::QueryLanguage;
use std::iter::Enumerate;

/// Learns the outcome of each expression, by its index in the payload.
pub(super) type Observer<'o> = &'o mut dyn FnMut(usize, &Evaluation);

/// The shape of an expression's value.
pub(super) fn evaluate(expression: &Expression<'_>, scope: Scope<'_>) -> Evaluation {
    match expression.parsed() {
        Parsed::Path(path) => jsonpath::read(path, scope),
        Parsed::Intrinsic(call) => intrinsic::call(call, scope),
        Parsed::Jsonata(parsed) => jsonata::field(parsed, scope),
        Parsed::Malformed(_) | Parsed::Unknown => Ok(Shape::Any),
    }
}

/// The shape of a state's arguments in a scenario; the reason if an expression certainly has no value.
pub(super) fn arguments(state: &State<'_>, scenario: &Scenario, context: &Shape) -> Evaluation {
    let scope = Scope {
        input: &scenario.payload,
        context,
        variables: &scenario.variables,
        result: None,
        error_output: None,
    };
    let input = match &state.data.input_path {
        NullablePath::Absent => scenario.payload.clone(),
        NullablePath::Null => Object::closed().into(),
        NullablePath::Path(path) => evaluate(path, scope)?,
    };
    let scope = Scope {
        input: &input,
        ..scope
    };
    match state.data.arguments.as_ref().or(state.data.parameters.as_ref()) {
        Some(payload) => template(payload, state.language, scope, &mut |_, _| {}),
        None => Ok(input.clone()),
    }
}

/// The shape of a payload template; the reason if an expression in it certainly has no value.
pub(super) fn template(
    payload: &Payload<'_>,
    language: QueryLanguage,
    scope: Scope<'_>,
    observe: Observer<'_>,
) -> Evaluation {
    let mut builder = Builder {
        expressions: payload.expressions.iter().enumerate(),
        language,
        scope,
        observe,
        fault: None,
    };
    let shape = builder.node(payload.node);
    builder.fault.map_or(Ok(shape), Err)
}

/// Traverses a payload in the order in which lowering collected its expressions.
struct Builder<'a, 's, 'o, 'd> {
    expressions: Enumerate<std::slice::Iter<'a, Expression<'d>>>,
    language: QueryLanguage,
    scope: Scope<'s>,
    observe: Observer<'o>,
    /// The first expression that fails. The others are still evaluated, so that all of them are observed.
    fault: Option<Fault>,
}

impl Builder<'_, '_, '_, '_> {
    /// The shape of a node's value if the node is an expression.
    fn expression(&mut self, node: &Node) -> Option<Shape> {
        let (index, next) = self.expressions.clone().next()?;
        if !std::ptr::eq(next.node, node) {
            return None;
        }
        self.expressions.next();
        let evaluation = evaluate(next, self.scope);
        (self.observe)(index, &evaluation);
        Some(evaluation.unwrap_or_else(|fault| {
            self.fault.get_or_insert(fault);
            Shape::never()
        }))
    }

    fn node(&mut self, node: &Node) -> Shape {
        match &node.kind {
            NodeKind::Array(items) => Array::tuple(items.iter().map(|item| self.node(item)).collect()).into(),
            NodeKind::Object(members) => {
                let mut object = Object::closed();
                for member in members {
                    let key = member.key.as_str();
                    let (name, shape) = match key.strip_suffix(".$") {
                        Some(name) if self.language == QueryLanguage::JsonPath => {
                            (name, self.expression(&member.value).unwrap_or(Shape::Any))
                        }
                        _ => (key, self.node(&member.value)),
                    };
                    if member.key.has_placeholder() {
                        object.rest = Shape::Any;
                    } else {
                        object.fields.insert(name.into(), Field::certain(shape));
                    }
                }
                object.into()
            }
            _ if self.language == QueryLanguage::Jsonata => {
                self.expression(node).unwrap_or_else(|| literal::node(node))
            }
            _ => literal::node(node),
        }
    }
}

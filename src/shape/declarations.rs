//! What users declare about the data of a state machine.

use super::constants::Constants;
use super::json_schema;
use super::types::Array;
use super::types::{Field, Object};
use super::types::{Shape, Union};
use crate::value::Value;

/// What is declared about a state machine. It can be shared by threads; shapes cannot.
#[derive(Debug, Clone, Default)]
pub struct Declarations {
    /// The input of an execution; any value if `None`.
    pub input: Option<Declared>,
    /// Results of tasks. The first one that applies is used.
    pub results: Vec<DeclaredResult>,
}

/// A declared value.
#[derive(Debug, Clone)]
pub enum Declared {
    /// By a JSON Schema.
    Schema(serde_json::Value),
    /// By examples.
    Examples {
        /// The examples.
        values: Vec<serde_json::Value>,
        /// Whether values have no fields but those of the examples.
        is_strict: bool,
    },
}

/// The declared result of some tasks.
#[derive(Debug, Clone)]
pub struct DeclaredResult {
    /// The name of the state; every state if `None`.
    pub state: Option<String>,
    /// The `Resource` of the task; every resource if `None`.
    pub resource: Option<String>,
    /// The result.
    pub result: Declared,
}

impl DeclaredResult {
    /// Whether it is about a task.
    pub fn applies_to(&self, state: &str, resource: &str) -> bool {
        let is = |wanted: &Option<String>, given| wanted.as_deref().is_none_or(|wanted| wanted == given);
        is(&self.state, state) && is(&self.resource, resource)
    }
}

impl Declared {
    /// A value of this kind: the first example, or a plain value of the schema; `None` if nothing is known about it.
    pub fn example(&self) -> Option<Value> {
        match self {
            Self::Schema(schema) => json_schema::shape(schema).example(),
            Self::Examples { values, .. } => values.first().map(Value::from),
        }
    }

    /// Its shape.
    pub fn shape(&self) -> Shape {
        match self {
            Self::Schema(schema) => json_schema::shape(schema),
            Self::Examples { values, is_strict } => {
                let shapes = values.iter().map(|value| Shape::from_value(&Value::from(value)));
                let joined = shapes.reduce(|all, shape| all.join(&shape));
                joined.map_or(Shape::Any, |shape| generalize(&shape, *is_strict))
            }
        }
    }
}

/// The shape of all values like an example: other constants, and arrays of other lengths.
fn generalize(shape: &Shape, is_strict: bool) -> Shape {
    let Shape::Union(union) = shape else {
        return Shape::Any;
    };
    Union {
        null: union.null,
        booleans: general(&union.booleans),
        numbers: general(&union.numbers),
        strings: general(&union.strings),
        array: union.array.as_ref().map(|array| {
            let items = array.items();
            // Nothing is known about the items of an array that is empty in every example.
            Array::of(if items.is_never() {
                Shape::Any
            } else {
                generalize(&items, is_strict)
            })
        }),
        object: union.object.as_ref().map(|object| Object {
            fields: object
                .fields
                .iter()
                .map(|(name, field)| {
                    let field = Field {
                        shape: generalize(&field.shape, is_strict),
                        is_certain: field.is_certain,
                    };
                    (name.clone(), field)
                })
                .collect(),
            rest: if is_strict {
                object.rest.clone()
            } else {
                Shape::Any
            },
        }),
        ..Union::default()
    }
    .into()
}

fn general<T: Clone + PartialEq>(constants: &Constants<T>) -> Constants<T> {
    if constants.is_never() {
        Constants::Never
    } else {
        Constants::All
    }
}

//! The fast path for the most common expression, a path of names such as `$states.input.order.id`. Over objects it
//! selects one value, which is returned without converting it or creating an evaluator.

use std::rc::Rc;

use jsonata_core::ast::{AstNode, PathStep};

use super::builtins;
use super::functions::STEP_FUNCTIONS;
use super::limits::Limits;
use crate::expr::Scope;
use crate::value::{MAX_DEPTH, Value};

/// A variable and the names after it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct FastPath {
    variable: String,
    names: Vec<String>,
}

impl FastPath {
    /// The fast path of an expression, if it is a path of names.
    pub(super) fn from_ast(ast: &AstNode) -> Option<Self> {
        let steps = match ast {
            AstNode::Variable(name) => return Self::new(name, Vec::new()),
            AstNode::Path { steps } => steps,
            _ => return None,
        };
        let (first, rest) = steps.split_first()?;
        let AstNode::Variable(variable) = &first.node else {
            return None;
        };
        let names = rest.iter().map(|step| match &step.node {
            AstNode::Name(name) if is_plain(step) => Some(name.clone()),
            _ => None,
        });
        let names = names.collect::<Option<Vec<_>>>()?;
        if is_plain(first) {
            Self::new(variable, names)
        } else {
            None
        }
    }

    fn new(variable: &str, names: Vec<String>) -> Option<Self> {
        let is_function = builtins::find(variable).is_some() || STEP_FUNCTIONS.contains(&variable);
        let is_workflow = !variable.is_empty() && variable != "$" && !is_function;
        (is_workflow && (variable != "states" || !names.is_empty())).then(|| Self {
            variable: variable.to_owned(),
            names,
        })
    }

    /// The selected value; `None` if JSONata would do more than select it: for arrays, which it maps over, for missing
    /// values, and for numbers that an `f64` cannot represent.
    pub(super) fn select(&self, scope: &Scope<'_>) -> Option<Value> {
        let value = self.find(scope)?;
        let mut parts = scope.limits.items;
        (fits(value, scope.limits) && survives(value, &mut parts, 0)).then(|| value.clone())
    }

    /// The selected value, if it is an integer of at most 64 bits that an `f64` cannot represent: the nearest `f64`, and
    /// the integer's text.
    pub(super) fn exact_integer(&self, scope: &Scope<'_>) -> Option<(f64, Rc<str>)> {
        let Value::Number(number) = self.find(scope)? else {
            return None;
        };
        let is_exact = number.as_i64().is_some() && !number.survives_f64();
        is_exact.then(|| (number.as_f64(), number.to_string().into()))
    }

    fn find<'v>(&self, scope: &Scope<'v>) -> Option<&'v Value> {
        let mut names = self.names.iter();
        let mut value = if self.variable == "states" {
            match names.next()?.as_str() {
                "input" => scope.input,
                "context" => scope.context,
                "result" => scope.result?,
                "errorOutput" => scope.error_output?,
                _ => return None,
            }
        } else {
            scope.variables.get(&self.variable)?
        };
        for name in names {
            value = value.as_object()?.get(name.as_str())?;
        }
        Some(value)
    }
}

fn is_plain(step: &PathStep) -> bool {
    step.stages.is_empty()
        && step.focus.is_none()
        && step.index_var.is_none()
        && step.ancestor_label.is_none()
        && !step.is_tuple
        && !step.inner_tuple
}

/// Whether the value is well below the limits. Arrays of at most one item are left to JSONata.
fn fits(value: &Value, limits: Limits) -> bool {
    match value {
        Value::String(text) => text.len() <= limits.items,
        Value::Array(items) => items.len() > 1,
        _ => true,
    }
}

/// Whether the value, all its `parts` included, would be converted to JSONata and back unchanged.
fn survives(value: &Value, parts: &mut usize, depth: usize) -> bool {
    let Some(left) = parts.checked_sub(1) else {
        return false;
    };
    *parts = left;
    match value {
        Value::Number(number) => number.survives_f64(),
        Value::Array(items) => depth < MAX_DEPTH && items.iter().all(|item| survives(item, parts, depth + 1)),
        Value::Object(members) => {
            depth < MAX_DEPTH && members.values().all(|member| survives(member, parts, depth + 1))
        }
        Value::Null | Value::Bool(_) | Value::String(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expr::Seeded;
    use crate::expr::jsonata::{Expression, testing};
    use proptest::prelude::*;

    fn straight(text: &str) -> bool {
        FastPath::from_ast(&jsonata_core::parser::parse(text).unwrap()).is_some()
    }

    #[test]
    fn applies_only_to_paths_of_names() {
        for text in ["$states.input", "$states.input.a.`b c`", "$order", "$order.id"] {
            assert!(straight(text), "{text}");
        }
        for text in [
            "$states",
            "$",
            "$$",
            "$.a",
            "$count",
            "$uuid.a",
            "$states.input.a[]",
            "$states.input.a[0]",
            "$states.input.*",
            "$states.input.(a)",
            "$states.input.a@$x.b",
            "$states.input.a#$i",
            "$states.input.a.%",
            "a.b",
            "$a + 1",
            "$states.input.a{b: c}",
            "$states.input.\"a\"",
        ] {
            assert!(!straight(text) || text.contains('"'), "{text}");
        }
    }

    /// Values of all types, with the names used in the paths below.
    fn values() -> impl Strategy<Value = Value> {
        let number = "-?(0|[1-9][0-9]{0,20})(\\.[0-9]{1,3})?([eE][+-]?[0-9]{1,2})?";
        let leaf = prop_oneof![
            number.prop_map(|text| Value::parse(&text).unwrap()),
            "[a-z]{0,3}".prop_map(Value::from),
            any::<bool>().prop_map(Value::from),
            Just(Value::Null),
        ];
        testing::values(leaf)
    }

    proptest! {
        /// Selects exactly what the evaluator returns.
        #[test]
        fn selects_the_same_values_as_the_evaluator(input in values(), path in "(\\.[abc]){0,4}") {
            let scope = Scope::new(&input, &Value::Null, &());
            let text = format!("$states.input{path}");
            if let Some(selected) = FastPath::from_ast(&jsonata_core::parser::parse(&text).unwrap()).unwrap().select(&scope) {
                // A block around it has no fast path, but the same result.
                let evaluated = Expression::parse(&format!("({text})")).unwrap().eval(&scope, &mut Seeded::new(0));
                prop_assert_eq!(evaluated.unwrap().map(|value| value.to_json()), Some(selected.to_json()));
            }
        }
    }
}

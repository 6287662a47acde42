//! Map: its items, and the input of its iterations.

use super::distributed;
use super::visit::{StateInput, Visit};
use crate::asl::state::Map;
use crate::shape::context::{context, with_item};
use crate::shape::expression;
use crate::shape::fault::Fault;
use crate::shape::observation::Subject;
use crate::shape::scenario::Scenario;
use crate::shape::scope::Scope;
use crate::shape::types::{Object, Shape};
use std::rc::Rc;

/// The items of a Map.
pub(super) struct Items {
    /// The input of an iteration without an `ItemSelector`; never if there are no items.
    item: Shape,
    /// Its value in the context object.
    value: Shape,
    /// The least number of items.
    min: usize,
    /// The greatest number of items; `None` if it is not limited.
    max: Option<usize>,
}

impl Items {
    /// Items of which only the shape is known.
    const fn any_number(item: Shape, value: Shape) -> Self {
        Self {
            item,
            value,
            min: 0,
            max: None,
        }
    }
}

impl<'a, 'd> Visit<'_, 'a, 'd> {
    /// The result of a Map for each scenario; `None` where it certainly fails.
    pub(super) fn map(&mut self, map: &'a Map<'d>, state_inputs: &[StateInput<'_>]) -> Vec<Option<Shape>> {
        let Some(processor) = self.state.machines().first() else {
            return vec![Some(Shape::Any); state_inputs.len()];
        };
        let mut starts = Vec::new();
        let mut lengths = Vec::new();
        let mut values = Shape::never();
        for state_input in state_inputs {
            let length = self.iterate(map, state_input, &mut values, &mut starts);
            lengths.push(length);
        }
        let output = if starts.is_empty() {
            Shape::never()
        } else {
            let inputs = starts
                .iter()
                .fold(Shape::never(), |all, start| all.join(&start.payload));
            let context = if map.is_distributed {
                context(&inputs)
            } else {
                with_item(self.context, &values)
            };
            self.analysis.scope(processor, starts, context)
        };
        let results = lengths.into_iter().map(|length| {
            let (min, max) = length?;
            distributed::result(map, &output, min, max)
        });
        results.collect()
    }

    /// Adds the scenario with which an iteration starts. Returns the least and the greatest number of iterations; `None` if
    /// the Map fails before them.
    fn iterate(
        &mut self,
        map: &'a Map<'d>,
        state_input: &StateInput<'_>,
        values: &mut Shape,
        starts: &mut Vec<Scenario>,
    ) -> Option<(usize, Option<usize>)> {
        let Items {
            item,
            value,
            min,
            max,
        } = self.items(map, state_input)?;
        if let Some(writer) = &map.result_writer
            && let Some(arguments) = &writer.arguments
        {
            let scope = self.scope(&state_input.effective, &state_input.scenario.variables);
            self.template(arguments, scope, state_input.scenario.origin)?;
        }
        *values = values.join(&value);
        let selected = match &map.item_selector {
            Some(selector) if !item.is_never() => {
                let context = with_item(self.context, &value);
                let scope = Scope {
                    input: &state_input.effective,
                    context: &context,
                    variables: &state_input.scenario.variables,
                    result: None,
                    error_output: None,
                };
                match self.template(selector, scope, state_input.scenario.origin) {
                    Some(selected) => selected,
                    // Without items, nothing is selected.
                    None if min == 0 => Shape::never(),
                    None => return None,
                }
            }
            _ => item,
        };
        if selected.is_never() {
            return Some((min, max));
        }
        let payload = self.batched(map, state_input, selected);
        if !payload.is_never() {
            let mut start = self.start(state_input, payload);
            if map.is_distributed {
                // Child executions do not see the variables around them.
                start.variables = Rc::default();
            }
            starts.push(start);
        }
        if map.item_batcher.is_some() {
            return Some((min.min(1), max));
        }
        Some((min, max))
    }

    /// The items of a Map; `None` if it certainly fails.
    fn items(&mut self, map: &'a Map<'d>, state_input: &StateInput<'_>) -> Option<Items> {
        let origin = state_input.scenario.origin;
        if let Some(reader) = &map.item_reader {
            if let Some(arguments) = &reader.arguments {
                let scope = self.scope(&state_input.effective, &state_input.scenario.variables);
                self.template(arguments, scope, origin)?;
            }
            let item = distributed::read_item(reader);
            return Some(Items::any_number(item.clone(), item));
        }
        let scope = self.scope(&state_input.effective, &state_input.scenario.variables);
        let (subject, items) = match (&map.items, &map.items_path) {
            (Some(items), _) => {
                let subject = items
                    .expressions
                    .first()
                    .filter(|own| std::ptr::eq(own.node, items.node));
                let subject = subject.map_or(Subject::State(self.state), Subject::Expression);
                let shape = match subject {
                    Subject::Expression(expression) => expression::evaluate(expression, scope),
                    _ => Ok(self.template(items, scope, origin)?),
                };
                (subject, shape)
            }
            (None, Some(path)) => (Subject::Expression(path), expression::evaluate(path, scope)),
            (None, None) => (Subject::State(self.state), Ok(state_input.effective.clone())),
        };
        let items = items.and_then(|shape| {
            let union = shape.union();
            let is_mapped = union.array.is_some() || (map.is_distributed && union.object.is_some());
            if is_mapped || shape.is_never() {
                Ok(shape)
            } else {
                Err(Fault::UnexpectedType {
                    expected: "an array",
                    found: shape,
                })
            }
        });
        self.record(subject, origin, &items);
        let shape = items.ok()?;
        let union = shape.union();
        let object = union.object.as_ref().filter(|_| map.is_distributed);
        Some(match (&union.array, object) {
            _ if shape.is_any() => Items::any_number(Shape::Any, Shape::Any),
            (Some(array), None) => Items {
                item: array.items(),
                value: array.items(),
                min: array.min,
                max: array.max,
            },
            (None, Some(object)) => {
                let (item, value) = distributed::members(object);
                Items::any_number(item, value)
            }
            (Some(array), Some(object)) => {
                let (item, value) = distributed::members(object);
                Items::any_number(item.join(&array.items()), value.join(&array.items()))
            }
            (None, None) => return None,
        })
    }

    /// The input of a child execution: a batch of items if the Map has an `ItemBatcher`.
    pub(super) fn batched(&mut self, map: &'a Map<'d>, state_input: &StateInput<'_>, item: Shape) -> Shape {
        let Some(batcher) = &map.item_batcher else {
            return item;
        };
        let mut batch = Object::closed().with("Items", Shape::array_of(item));
        if let Some(input) = &batcher.batch_input {
            let scope = self.scope(&state_input.effective, &state_input.scenario.variables);
            match self.template(input, scope, state_input.scenario.origin) {
                Some(shape) => batch = batch.with("BatchInput", shape),
                None => return Shape::never(),
            }
        }
        batch.into()
    }
}

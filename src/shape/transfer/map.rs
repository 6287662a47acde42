//! Map: its items, and the input of its iterations.

use super::visit::{Before, Visit};
use crate::asl::state::Map;
use crate::shape::context::context;
use crate::shape::expression;
use crate::shape::fault::Fault;
use crate::shape::observation::Subject;
use crate::shape::scope::Scope;
use crate::shape::types::{Array, Object, Shape};

impl<'a, 'd> Visit<'_, 'a, 'd> {
    pub(super) fn map(&mut self, map: &'a Map<'d>, ready: &[Before<'_>]) -> Vec<Option<Shape>> {
        let mut starts = Vec::new();
        let mut lengths = Vec::new();
        let mut items_of_all = Shape::never();
        for before in ready {
            let Some((items, min, max)) = self.items(map, before) else {
                lengths.push(None);
                continue;
            };
            items_of_all = items_of_all.join(&items);
            let selected = match &map.item_selector {
                Some(selector) if !items.is_never() => {
                    let inner = context(&Shape::Any, Some(&items));
                    let context = self.context.meet(&inner);
                    let scope = Scope {
                        input: &before.effective,
                        context: &context,
                        variables: &before.scenario.variables,
                        result: None,
                        error_output: None,
                    };
                    self.template(selector, scope, before.scenario.origin)
                }
                _ => Some(items),
            };
            let Some(selected) = selected else {
                lengths.push(None);
                continue;
            };
            let payload = self.batched(map, before, selected);
            if !payload.is_never() {
                starts.push(self.start(before, payload));
            }
            lengths.push(Some((min, max)));
        }
        let Some(processor) = self.state.machines().first() else {
            return vec![Some(Shape::Any); ready.len()];
        };
        let output = if starts.is_empty() {
            Shape::never()
        } else {
            let context = context(&Shape::Any, Some(&items_of_all)).meet(self.context);
            self.surroundings.scope(processor, starts, context)
        };
        let is_plain = !map.is_distributed;
        let results = lengths.into_iter().map(|length| {
            let (min, max) = length?;
            if map.result_writer.is_some() || !is_plain {
                return Some(Shape::Any);
            }
            if output.is_never() && min > 0 {
                return None;
            }
            let array = Array {
                leading: Vec::new(),
                rest: output.clone(),
                min,
                max: if output.is_never() { Some(0) } else { max },
            };
            Some(array.into())
        });
        results.collect()
    }

    /// The shape and number of a Map's items; `None` if there certainly are none because it fails.
    pub(super) fn items(
        &mut self,
        map: &'a Map<'d>,
        before: &Before<'_>,
    ) -> Option<(Shape, usize, Option<usize>)> {
        if map.item_reader.is_some() {
            return Some((Shape::Any, 0, None));
        }
        let origin = before.scenario.origin;
        let scope = self.scope(&before.effective, &before.scenario.variables);
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
            (None, None) => (Subject::State(self.state), Ok(before.effective.clone())),
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
        match (&union.array, map.is_distributed && union.object.is_some()) {
            (Some(array), false) => Some((array.items(), array.min, array.max)),
            _ => Some((Shape::Any, 0, None)),
        }
    }

    /// The input of a child execution: a batch of items if the Map has an `ItemBatcher`.
    pub(super) fn batched(&mut self, map: &'a Map<'d>, before: &Before<'_>, item: Shape) -> Shape {
        let Some(batcher) = &map.item_batcher else {
            return item;
        };
        let mut batch = Object::closed().with("Items", Shape::array_of(item));
        if let Some(input) = &batcher.batch_input {
            let scope = self.scope(&before.effective, &before.scenario.variables);
            let shape = self.template(input, scope, before.scenario.origin);
            batch = batch.with("BatchInput", shape.unwrap_or_else(Shape::never));
        }
        batch.into()
    }
}

//! `Map`: the same steps for each item, inside the execution or as child executions.

mod alone;
mod csv;
mod distributed;
mod reader;
mod writer;

use crate::expr::Fault;
use crate::history::EventKind;
use crate::simulate::bindings::Bindings;
use crate::simulate::engine::{Engine, Flow, NO_NEXT_STATE};
use crate::simulate::failure::Problem;
use crate::simulate::ids::FrameId;
use crate::simulate::inspect::Point;
use crate::simulate::item::Item;
use crate::simulate::number;
use crate::simulate::plan::{Map, Setting, Step};
use crate::simulate::waiting::Iterations;
use crate::spec::{QueryLanguage, error_name};
use crate::value::Value;

/// How many iterations of an inline Map run at a time, at most.
const INLINE_CONCURRENCY: usize = 40;

impl Engine<'_> {
    pub(in crate::simulate) fn map(&mut self, id: FrameId, step: &Step, map: &Map) -> Result<Flow, Problem> {
        let effective = self.effective_input(id, step)?;
        if let Some(alone) = &self.options.test_state {
            return self.map_alone(id, step, map, &effective, alone);
        }
        let limit = self.max_concurrency(id, step, map, &effective)?;
        if let Some(distributed) = &map.distributed {
            return self.distributed_map(id, step, map, distributed, effective, limit);
        }
        let Value::Array(items) = self.items(id, step, map, &effective, false)? else {
            return Ok(Flow::Wait);
        };
        self.follow_up(id, EventKind::MapStateStarted { length: items.len() });
        let Some(scope) = map.processor else {
            return Err(Fault::runtime(NO_NEXT_STATE).into());
        };
        let last = self.frames[id].last;
        let iterations = Iterations {
            items,
            effective,
            scope,
            limit: if limit == 0 {
                INLINE_CONCURRENCY
            } else {
                limit.min(INLINE_CONCURRENCY)
            },
            last,
            next: 0,
        };
        self.iterate(id, step, map, iterations)
    }

    /// `MaxConcurrency`; 0 where there is none.
    fn max_concurrency(
        &mut self,
        id: FrameId,
        step: &Step,
        map: &Map,
        effective: &Value,
    ) -> Result<usize, Fault> {
        let Some(setting) = &map.max_concurrency else {
            return Ok(0);
        };
        let limit = self.map_integer(id, setting, effective, "MaxConcurrency")?;
        self.note(Point::MaxConcurrency, step, &Value::from(limit));
        usize::try_from(limit).map_err(|_| setting.refuse("MaxConcurrency cannot be negative."))
    }

    /// An integer of a Map's own settings.
    pub(super) fn map_integer(
        &mut self,
        id: FrameId,
        setting: &Setting,
        effective: &Value,
        name: &str,
    ) -> Result<i64, Fault> {
        let value = self.setting(id, setting, effective)?;
        match setting {
            Setting::Jsonata {
                expression, location, ..
            } => match &value {
                Value::Number(_) => number::whole(&value).ok_or_else(|| {
                    Fault::query(
                        location.as_ref(),
                        format!("The {name} field cannot be parsed as an integer: {value}"),
                    )
                }),
                _ => Err(expression.unexpected_type(location, "number", &value)),
            },
            Setting::Path { path, field, .. } => {
                number::as_long(&value).ok_or_else(|| number::not_an_integer(field, path, &value))
            }
            _ => Ok(number::whole(&value).unwrap_or_default()),
        }
    }

    /// The items that are not read from S3: an array, or an object where that is allowed.
    pub(super) fn items(
        &mut self,
        id: FrameId,
        step: &Step,
        map: &Map,
        effective: &Value,
        allows_object: bool,
    ) -> Result<Value, Fault> {
        let items = match (&map.items, &map.items_path) {
            (Some(items), _) => self.evaluate(id, items, Bindings::from_input(effective))?,
            (None, Some(path)) => self.setting(id, path, effective)?,
            (None, None) => effective.clone(),
        };
        let fits = match &items {
            Value::Array(_) => true,
            Value::Object(_) => allows_object && map.items.is_some(),
            _ => false,
        };
        if fits {
            self.note(Point::AfterItemsPath, step, &items);
            return Ok(items);
        }
        if step.language == QueryLanguage::JsonPath {
            let path = map.items_path.as_ref().map_or("$", Setting::text);
            // AWS names a path into the context object by its place there.
            let path = path
                .strip_prefix('$')
                .filter(|rest| rest.starts_with('$'))
                .unwrap_or(path);
            return Err(Fault::runtime(format!(
                "Reference path \"{path}\" must point to array."
            )));
        }
        match &map.items_expression {
            Some(expression) => Err(expression.unexpected_type("Items", "array", &items)),
            None => Err(Fault {
                error: error_name::QUERY_EVALUATION_ERROR,
                cause: format!("Map state input must be an array but was: {items}"),
                location: None,
            }),
        }
    }

    /// What an iteration gets: its item, through `ItemSelector` if there is one.
    pub(in crate::simulate) fn selected(
        &mut self,
        id: FrameId,
        step: &Step,
        map: &Map,
        item: &Item,
        effective: &Value,
    ) -> Result<Value, Fault> {
        let Some(selector) = &map.item_selector else {
            return Ok(item.value.clone());
        };
        let seen = Bindings {
            item: Some(item),
            ..Bindings::from_input(effective)
        };
        let selected = self.evaluate(id, selector, seen)?;
        self.note(Point::AfterItemSelector, step, &selected);
        Ok(selected)
    }
}

impl Setting {
    /// The fault of a value that is out of range, in the setting's own language.
    fn refuse(&self, sentence: &str) -> Fault {
        match self {
            Self::Jsonata { location, .. } => Fault::query(location.as_ref(), sentence),
            _ => Fault::runtime(sentence),
        }
    }
}

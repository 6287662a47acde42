//! A Map that runs alone: its settings and its items, and the mock in place of iterations.

use crate::simulate::engine::{Engine, Flow};
use crate::simulate::failure::{Failure, Problem};
use crate::simulate::frame::{FrameId, Item};
use crate::simulate::inspect::Point;
use crate::simulate::plan::{Map, Step};
use crate::simulate::test_state::Alone;
use crate::value::Value;

impl Engine<'_> {
    pub(super) fn map_alone(
        &mut self,
        id: FrameId,
        step: &Step,
        map: &Map,
        effective: &Value,
        alone: &Alone,
    ) -> Result<Flow, Problem> {
        let distributed = map.distributed.as_deref();
        let items = match (distributed.and_then(|d| d.reader.as_ref()), &alone.reader_data) {
            (Some(_), Some(read)) => read.clone(),
            (Some(_), None) => Value::array(Vec::new()),
            (None, _) => self.items(id, step, map, effective, distributed.is_some())?,
        };
        if let Some(first) = items.item(0) {
            let item = Item {
                index: 0,
                value: first.clone(),
                key: None,
                source: None,
            };
            self.selected(id, step, map, &item, effective)?;
        }
        let limit = self.max_concurrency(id, step, map, effective)?;
        if map.max_concurrency.is_none() {
            self.note(
                Point::MaxConcurrency,
                step,
                &Value::from(i64::try_from(limit).unwrap_or_default()),
            );
        }
        if let Some(distributed) = distributed {
            let tolerance = self.tolerance(id, step, distributed, effective)?;
            let total = items.as_array().map_or(0, <[Value]>::len);
            let is_limited =
                distributed.tolerated_count.is_some() || distributed.tolerated_percentage.is_some();
            // AWS lets any number fail where the Map says nothing, and an error that is mocked comes first.
            let has_result = matches!(alone.mock, Some(Ok(_)));
            if has_result && is_limited && tolerance.is_exceeded(alone.failed_iterations, total) {
                return Err(Failure::named(
                    "States.ExceedToleratedFailureThreshold",
                    "The specified tolerated failure threshold was exceeded",
                )
                .into());
            }
        }
        self.mocked(id, step, alone)
    }
}

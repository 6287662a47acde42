//! A Map that runs alone: its settings and its items, and the mock in place of iterations.

use crate::simulate::engine::{Engine, Flow};
use crate::simulate::failure::{Failure, Problem};
use crate::simulate::ids::FrameId;
use crate::simulate::inspect::Point;
use crate::simulate::item::Item;
use crate::simulate::options::TestStateOptions;
use crate::simulate::plan::{Map, Reader, Step};
use crate::simulate::waiting::ReadItem;
use crate::spec::error_name;
use crate::value::Value;

impl Engine<'_> {
    pub(super) fn map_alone(
        &mut self,
        id: FrameId,
        step: &Step,
        map: &Map,
        effective: &Value,
        alone: &TestStateOptions,
    ) -> Result<Flow, Problem> {
        let distributed = map.distributed.as_deref();
        let total = if let Some(distributed) = distributed {
            let items = match &distributed.reader {
                Some(reader) => self.reader_items(id, step, reader, effective, alone)?,
                None => Some(self.given_items(id, step, map, effective)?),
            };
            let total = items.as_ref().map(Vec::len);
            let items = items.unwrap_or_default();
            if let Some(batcher) = &distributed.batcher {
                self.batches(id, step, map, batcher, items, effective)?;
            } else if let Some(first) = items.into_iter().next() {
                self.selected(id, step, map, &first.into_item(0), effective)?;
            }
            total
        } else {
            let items = self.items(id, step, map, effective, false)?;
            if let Some(first) = items.item(0) {
                let item = Item::new(0, first.clone());
                self.selected(id, step, map, &item, effective)?;
            }
            items.as_array().map(<[Value]>::len)
        };
        if let Some(total) = total {
            let count = Value::from(i64::try_from(total).unwrap_or(i64::MAX));
            self.note(Point::ItemCount, step, &count);
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
            let is_limited =
                distributed.tolerated_count.is_some() || distributed.tolerated_percentage.is_some();
            // AWS lets any number fail where the Map says nothing, and an error that is mocked comes first.
            let has_result = matches!(alone.mock, Some(Ok(_)));
            if has_result
                && is_limited
                && tolerance.is_exceeded(alone.failed_iterations, total.unwrap_or_default())
            {
                return Err(Failure::named(
                    error_name::EXCEED_TOLERATED_FAILURE_THRESHOLD,
                    "The specified tolerated failure threshold was exceeded",
                )
                .into());
            }
        }
        self.mocked(id, step, alone)
    }

    /// What the reader makes of the data given in place of its object. What is listed, or named by a manifest, is
    /// given as the items themselves. `None` where nothing is given.
    fn reader_items(
        &mut self,
        id: FrameId,
        step: &Step,
        reader: &Reader,
        effective: &Value,
        alone: &TestStateOptions,
    ) -> Result<Option<Vec<ReadItem>>, Problem> {
        let request = self.read_request(id, reader, effective)?;
        let Some(data) = &alone.reader_data else {
            return Ok(None);
        };
        if request.is_one_object() {
            return self.read(step, &request).map(Some);
        }
        let items = Value::parse(data).ok();
        let items = items.and_then(|items| ReadItem::all(&items, "mapItemReaderData"));
        items.map(Some).ok_or_else(|| {
            Failure::named(
                error_name::ITEM_READER_FAILED,
                "Attempting to map over non-iterable node.",
            )
            .into()
        })
    }
}

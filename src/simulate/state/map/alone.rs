//! A Map in `TestState`: its settings and items are evaluated, and a mock replaces the iterations.

use super::reader::{self, Request};
use super::{batch, items, settings, tolerance};
use crate::simulate::inspect::Point;
use crate::simulate::item::Item;
use crate::simulate::join;
use crate::simulate::options::TestStateOptions;
use crate::simulate::plan::{Map, Reader};
use crate::simulate::state_cx::{Control, StateCx};
use crate::simulate::state_error::{StateError, StepError};
use crate::simulate::waiting::{Jobs, ReadItem, STATE_DATA};
use crate::spec::error_name;
use crate::value::Value;

pub(super) fn enter(
    cx: &mut StateCx<'_, '_>,
    map: &Map,
    effective: &Value,
    options: &TestStateOptions,
) -> Result<Control, StepError> {
    let distributed = map.distributed.as_deref();
    let total = if let Some(distributed) = distributed {
        let items = match &distributed.reader {
            Some(reader) => reader_items(cx, reader, effective, options)?,
            None => ReadItem::all(&items::for_children(cx, map, effective)?, STATE_DATA),
        };
        let total = items.as_ref().map(Vec::len);
        let items = items.unwrap_or_default();
        if let Some(batcher) = &distributed.batcher {
            batch::evaluate(cx, map, batcher, &Jobs::Items(items), effective)?;
        } else if let Some(first) = items.into_iter().next() {
            cx.select_item(map, &first.into_item(0), effective)?;
        }
        total
    } else {
        let items = items::evaluate(cx, map, effective, false)?;
        if let Some(first) = items.item(0) {
            let item = Item::new(0, first.clone());
            cx.select_item(map, &item, effective)?;
        }
        items.as_array().map(<[Value]>::len)
    };
    if let Some(total) = total {
        let count = Value::from(i64::try_from(total).unwrap_or(i64::MAX));
        cx.inspect(Point::ItemCount, &count);
    }
    let limit = settings::max_concurrency(cx, map, effective)?;
    if map.max_concurrency.is_none() {
        cx.inspect(
            Point::MaxConcurrency,
            &Value::from(i64::try_from(limit).unwrap_or_default()),
        );
    }
    if let Some(distributed) = distributed {
        let tolerance = tolerance::evaluate(cx, distributed, effective)?;
        let is_limited = distributed.tolerated_count.is_some() || distributed.tolerated_percentage.is_some();
        // Without a setting, AWS tolerates any number of failures; a mocked error takes precedence.
        let has_result = matches!(options.mock, Some(Ok(_)));
        if has_result
            && is_limited
            && tolerance.is_exceeded(options.failed_iterations, total.unwrap_or_default())
        {
            return Err(StateError::named(
                error_name::EXCEED_TOLERATED_FAILURE_THRESHOLD,
                "The specified tolerated failure threshold was exceeded",
            )
            .into());
        }
    }
    join::finish_mocked(cx, options)
}

/// The items that the reader finds in the given data. A listing and the files of a manifest are given as items.
/// `None` if no data is given.
fn reader_items(
    cx: &mut StateCx<'_, '_>,
    reader: &Reader,
    effective: &Value,
    options: &TestStateOptions,
) -> Result<Option<Vec<ReadItem>>, StepError> {
    let request = Request::evaluate(cx, reader, effective)?;
    let Some(data) = &options.reader_data else {
        return Ok(None);
    };
    if request.is_one_object() {
        return reader::read(cx, &request).map(Some);
    }
    let items = Value::parse(data).ok();
    let items = items.and_then(|items| ReadItem::all(&items, "mapItemReaderData"));
    items.map(Some).ok_or_else(|| {
        StateError::named(
            error_name::ITEM_READER_FAILED,
            "Attempting to map over non-iterable node.",
        )
        .into()
    })
}

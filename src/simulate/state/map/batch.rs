//! `ItemBatcher`: several items for each child execution.

use super::settings;
use crate::expr::EvalError;
use crate::simulate::bindings::Bindings;
use crate::simulate::inspect::Point;
use crate::simulate::plan::{Batcher, Map, Setting};
use crate::simulate::state_cx::StateCx;
use crate::simulate::state_error::StepError;
use crate::simulate::waiting::Jobs;
use crate::value::{Object, Value};

/// Combines items in order into batches, as large as `MaxItemsPerBatch` and `MaxInputBytesPerBatch` allow.
pub(super) fn evaluate(
    cx: &mut StateCx<'_, '_>,
    map: &Map,
    batcher: &Batcher,
    items: &Jobs,
    effective: &Value,
) -> Result<Jobs, StepError> {
    let max = |cx: &mut StateCx<'_, '_>, setting: Option<&Setting>, name: &str| match setting {
        Some(setting) => {
            let n = settings::integer(cx, setting, effective, name)?;
            Ok(usize::try_from(n).ok().filter(|n| *n > 0))
        }
        None => Ok::<_, EvalError>(None),
    };
    let max_items = max(cx, batcher.max_items.as_ref(), "MaxItemsPerBatch")?;
    let max_bytes = max(cx, batcher.max_bytes.as_ref(), "MaxInputBytesPerBatch")?;
    let batch_input = match &batcher.input {
        Some(input) => Some(cx.evaluate(input, Bindings::from_input(effective))?),
        None => None,
    };
    let around = batch_input.as_ref().map_or(0, |input| {
        cx.evaluator.sizes.bytes(input) + r#""BatchInput":,"#.len()
    }) + r#"{"Items":[]}"#.len();
    let mut made: Vec<(Value, usize)> = Vec::new();
    let mut batch = Vec::new();
    let mut bytes = around;
    let close = |batch: &mut Vec<Value>, made: &mut Vec<(Value, usize)>| {
        if batch.is_empty() {
            return;
        }
        let count = batch.len();
        let mut input = Object::default();
        if let Some(batch_input) = &batch_input {
            input.insert("BatchInput".into(), batch_input.clone());
        }
        input.insert("Items".into(), Value::array(std::mem::take(batch)));
        made.push((Value::object(input), count));
    };
    for item in (0..items.len()).map_while(|index| items.item(index)) {
        let selected = cx.select_item(map, &item, effective)?;
        let size = cx.evaluator.sizes.bytes(&selected) + 1;
        let is_full = max_items.is_some_and(|max| batch.len() >= max)
            || max_bytes.is_some_and(|max| bytes + size > max);
        if is_full {
            close(&mut batch, &mut made);
            bytes = around;
        }
        bytes += size;
        batch.push(selected);
    }
    close(&mut batch, &mut made);
    let all = made.iter().map(|(input, _)| input.clone()).collect();
    cx.inspect(Point::AfterItemBatcher, &Value::array(all));
    Ok(Jobs::Batches(made))
}

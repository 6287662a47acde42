//! `Map`: runs the same states for each item, inside the execution or as child executions.

mod alone;
mod batch;
mod csv;
mod distributed;
mod items;
mod reader;
mod settings;
mod tolerance;
mod writer;

use crate::expr::EvalError;
use crate::history::EventKind;
use crate::simulate::join;
use crate::simulate::plan::Map;
use crate::simulate::state_cx::{Control, NO_NEXT_STATE, StateCx};
use crate::simulate::state_error::StepError;
use crate::simulate::waiting::{Iterations, MapRunJoin};
use crate::spec::quota;
use crate::value::Value;

pub(super) fn enter(cx: &mut StateCx<'_, '_>, map: &Map) -> Result<Control, StepError> {
    let effective = cx.effective_input()?;
    if let Some(options) = &cx.evaluator.options.test_state {
        return alone::enter(cx, map, &effective, options);
    }
    let limit = settings::max_concurrency(cx, map, &effective)?;
    if let Some(distributed) = &map.distributed {
        return distributed::enter(cx, map, distributed, effective, limit);
    }
    let Value::Array(items) = items::evaluate(cx, map, &effective, false)? else {
        return Ok(Control::Wait);
    };
    cx.emit_next(|| EventKind::MapStateStarted { length: items.len() });
    cx.start_items(items.len());
    let Some(scope) = map.processor else {
        return Err(EvalError::runtime(NO_NEXT_STATE).into());
    };
    let last = cx.frame().last_event;
    let iterations = Iterations {
        items,
        effective,
        scope,
        limit: if limit == 0 {
            quota::INLINE_MAP_CONCURRENCY as usize
        } else {
            limit.min(quota::INLINE_MAP_CONCURRENCY as usize)
        },
        last,
        next: 0,
    };
    join::start_iterations(cx, map, iterations)
}

/// Continues a Distributed Map after some of its child executions have ended.
pub(super) fn resume(cx: &mut StateCx<'_, '_>, join: Box<MapRunJoin>) -> Result<Control, StepError> {
    distributed::resume(cx, join)
}

//! The behavior of each of the eight state types.

mod choice;
mod fail;
mod map;
mod parallel;
mod pass;
mod succeed;
mod task;
mod wait;

use super::plan::StateKind;
use super::state_cx::{Control, StateCx};
use super::state_error::StepError;
use super::waiting::Waiting;

/// Performs a state's work: when it is entered, and again for each retry.
pub(super) fn enter(cx: &mut StateCx<'_, '_>) -> Result<Control, StepError> {
    match &cx.state.kind {
        StateKind::Pass(result) => pass::enter(cx, result.as_ref()),
        StateKind::Choice(choice) => choice::enter(cx, choice),
        StateKind::Task(task) => task::enter(cx, task),
        StateKind::Wait(wait) => wait::enter(cx, wait),
        StateKind::Succeed => succeed::enter(cx),
        StateKind::Fail(fail) => fail::enter(cx, fail),
        StateKind::Parallel(branches) => parallel::enter(cx, branches),
        StateKind::Map(map) => map::enter(cx, map),
    }
}

/// Continues a state when the event that its frame waited for has occurred.
pub(super) fn resume(cx: &mut StateCx<'_, '_>, waiting: Waiting) -> Result<Control, StepError> {
    match waiting {
        Waiting::Enter => Ok(Control::Enter),
        Waiting::Retry => enter(cx),
        Waiting::Timer => wait::resume(cx),
        Waiting::TaskStart(run) => task::start(cx, run),
        Waiting::TaskEnd(run) => Ok(task::end(cx, run)),
        Waiting::TaskDone(run) => task::resume(cx, *run),
        Waiting::MapRun(join) => map::resume(cx, join),
        // Branches and started executions resume the frame themselves.
        Waiting::Nothing | Waiting::Join(_) | Waiting::Child(_) => Ok(Control::Wait),
    }
}

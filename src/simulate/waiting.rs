//! The reasons why a frame waits.

mod join;
mod map_run;
mod task_run;

pub(super) use join::{Iterations, Join};
pub(super) use map_run::{ChildResult, Jobs, MapRunJoin, ReadItem, STATE_DATA, Tolerance};
pub(super) use task_run::TaskRun;

/// The reason why a frame waits.
#[derive(Debug, Default)]
pub(super) enum Waiting {
    /// None: it runs or has ended.
    #[default]
    Nothing,
    /// It is about to enter its state.
    Enter,
    /// The delay of a Wait.
    Timer,
    /// The start of a scheduled task.
    TaskStart(Box<TaskRun>),
    /// The end of a started task.
    TaskEnd(Box<TaskRun>),
    /// The transition after the end of a task.
    TaskDone(Box<TaskRun>),
    /// The delay of a retry.
    Retry,
    /// Branches or iterations.
    Join(Box<Join>),
    /// The child executions of a Distributed Map.
    MapRun(Box<MapRunJoin>),
    /// The execution that a task started.
    Child(Box<TaskRun>),
}

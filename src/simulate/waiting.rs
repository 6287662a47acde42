//! What a frame waits for.

mod join;
mod map_run;
mod task_run;

pub(super) use join::{Iterations, Join};
pub(super) use map_run::{ChildResult, Jobs, MapRunJoin, ReadItem, Tolerance};
pub(super) use task_run::TaskRun;

/// What a frame waits for.
#[derive(Debug, Default)]
pub(super) enum Waiting {
    /// Nothing: it runs, or is done.
    #[default]
    Nothing,
    /// To enter its state.
    Enter,
    /// For the time of a Wait to pass.
    Timer,
    /// For a scheduled task to start.
    TaskStart(Box<TaskRun>),
    /// For a started task to end.
    TaskEnd(Box<TaskRun>),
    /// To go on after a task's end.
    TaskDone(Box<TaskRun>),
    /// For the delay of a retry to pass.
    Retry,
    /// For branches or iterations.
    Join(Box<Join>),
    /// For the child executions of a Distributed Map.
    MapRun(Box<MapRunJoin>),
    /// For the execution that a task has started.
    Child(Box<TaskRun>),
}

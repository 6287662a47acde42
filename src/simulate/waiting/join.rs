//! Waiting for several frames: the branches of a Parallel, or the iterations of an inline Map.

use crate::simulate::ids::FrameId;
use crate::simulate::plan::ScopeId;
use crate::value::Value;
use std::rc::Rc;

/// The frames that a Parallel or an inline Map waits for.
#[derive(Debug)]
pub(in crate::simulate) struct Join {
    /// The results so far, by branch or item.
    pub(in crate::simulate) results: Vec<Value>,
    /// The running frames, by branch or item; `None` if not started or ended.
    pub(in crate::simulate) children: Vec<Option<FrameId>>,
    /// The number of frames that have succeeded.
    pub(in crate::simulate) done: usize,
    /// The iterations of an inline Map.
    pub(in crate::simulate) map: Option<Iterations>,
}

/// The iterations of an inline Map.
#[derive(Debug)]
pub(in crate::simulate) struct Iterations {
    /// The items.
    pub(in crate::simulate) items: Rc<Vec<Value>>,
    /// The effective input, over which `ItemSelector` is evaluated.
    pub(in crate::simulate) effective: Value,
    /// The scope that each iteration runs.
    pub(in crate::simulate) scope: ScopeId,
    /// The concurrency limit.
    pub(in crate::simulate) limit: usize,
    /// The last `MapIterationSucceeded`, or `MapStateStarted` before the first.
    pub(in crate::simulate) last: u64,
    /// The index of the next item to start.
    pub(in crate::simulate) next: usize,
}

impl Join {
    /// Creates a join of branches or items that have not started.
    pub(in crate::simulate) fn new(len: usize, map: Option<Iterations>) -> Self {
        Self {
            results: vec![Value::Null; len],
            children: vec![None; len],
            done: 0,
            map,
        }
    }

    /// The running frames.
    pub(in crate::simulate) fn running(&self) -> impl Iterator<Item = FrameId> + '_ {
        self.children.iter().filter_map(|child| *child)
    }
}

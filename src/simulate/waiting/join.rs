//! Several frames: the branches of a Parallel, the iterations of an inline Map.

use crate::simulate::ids::FrameId;
use crate::simulate::plan::ScopeId;
use crate::value::Value;
use std::rc::Rc;

/// What a Parallel or an inline Map waits for.
#[derive(Debug)]
pub(in crate::simulate) struct Join {
    /// Results so far, in order of branches or items.
    pub(in crate::simulate) results: Vec<Value>,
    /// The frames that run, by branch or item; of those that have not begun or have ended, none.
    pub(in crate::simulate) children: Vec<Option<FrameId>>,
    /// How many of them have succeeded.
    pub(in crate::simulate) done: usize,
    /// What an inline Map has besides.
    pub(in crate::simulate) map: Option<Iterations>,
}

/// The iterations of an inline Map.
#[derive(Debug)]
pub(in crate::simulate) struct Iterations {
    /// The items, and their keys where they come from an object.
    pub(in crate::simulate) items: Rc<Vec<Value>>,
    /// What `ItemSelector` is evaluated over.
    pub(in crate::simulate) effective: Value,
    /// What each iteration runs.
    pub(in crate::simulate) scope: ScopeId,
    /// How many may run at a time.
    pub(in crate::simulate) limit: usize,
    /// The last `MapIterationSucceeded`, or `MapStateStarted` before the first.
    pub(in crate::simulate) last: u64,
    /// The next item to begin with.
    pub(in crate::simulate) next: usize,
}

impl Join {
    /// One of so many branches or items, none of which has begun.
    pub(in crate::simulate) fn new(len: usize, map: Option<Iterations>) -> Self {
        Self {
            results: vec![Value::Null; len],
            children: vec![None; len],
            done: 0,
            map,
        }
    }

    /// The frames that run.
    pub(in crate::simulate) fn running(&self) -> impl Iterator<Item = FrameId> + '_ {
        self.children.iter().filter_map(|child| *child)
    }
}

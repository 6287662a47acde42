//! The requests that the tasks of an execution sent.

use crate::history::{EventKind, ThreadId, Trace};
use crate::simulate::Execution;
use crate::value::Value;
use std::collections::BTreeMap;

/// The requests by state: by iteration, then by attempt.
pub(super) fn calls(execution: &Execution) -> BTreeMap<String, Vec<Value>> {
    let runs = &execution.map_runs;
    let children = |arn: &str| {
        let run = runs.iter().find(|run| &*run.arn == arn);
        let children = run.map(|run| run.children.as_slice()).unwrap_or_default();
        children.iter().map(|child| child.history.as_slice()).collect()
    };
    let trace = Trace::with_children(&execution.history, &children);
    let mut sent: BTreeMap<String, Vec<(Vec<usize>, Value)>> = BTreeMap::new();
    for visit in &trace.visits {
        for event in visit.own_events() {
            if let EventKind::TaskScheduled(scheduled) = &event.kind {
                let at = order(&trace, visit.thread);
                let list = sent.entry(visit.name.to_string()).or_default();
                list.push((at, scheduled.input.clone()));
            }
        }
    }
    sent.into_iter()
        .map(|(state, mut list)| {
            // Visits of one thread are in the order in which they happened, and stay so.
            list.sort_by(|(a, _), (b, _)| a.cmp(b));
            (state, list.into_iter().map(|(_, request)| request).collect())
        })
        .collect()
}

/// The position of a thread among all: the visit that started it and its index there, from the outermost inward.
fn order(trace: &Trace<'_>, thread: ThreadId) -> Vec<usize> {
    let mut order = Vec::new();
    let mut thread = &trace.threads[thread];
    while let Some(parent) = thread.parent {
        order.extend([thread.index, parent]);
        thread = &trace.threads[trace.visits[parent].thread];
    }
    order.reverse();
    order
}

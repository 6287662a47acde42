//! Names of cases, which describe what they cover.

use super::run::Run;
use super::trace::InputSource;
use crate::asl::transition_graph::Cause;
use crate::coverage::{Item, Part, Quantity};
use crate::history::Status;
use crate::prose;
use crate::simulate::plan::Plan;

/// The maximum number of characters of a name.
const LENGTH: usize = 120;

/// The name of a case that covers an item. `words` describe how.
pub(super) fn case_name(item: &Item, state: &str, words: Option<&str>) -> String {
    // `Charge → Ship (Catch[0])`
    let target = item.name.split(" → ").nth(1).unwrap_or_default();
    let target = target.rsplit_once(" (").map_or(target, |(target, _)| target);
    let name = match (item.part, words) {
        (Part::Exit(Cause::Rule(_)), Some(words)) => format!("{state} goes to {target} when {words}"),
        (Part::Exit(Cause::Default), Some(words)) => {
            format!("{state} goes to {target} by default when {words}")
        }
        (Part::Exit(Cause::Default), None) => format!("{state} goes to {target} by default"),
        (Part::Exit(Cause::Catch(_)), Some(words)) => format!("{words} and continues with {target}"),
        (Part::Exit(Cause::Catch(_)), None) => format!("{state} fails and continues with {target}"),
        (Part::Exit(_), _) => format!("{state} goes to {target}"),
        (Part::RetryUsed(_) | Part::RetryExhausted(_) | Part::Deadline, Some(words)) => words.to_owned(),
        (Part::RetryUsed(_), None) => format!("{state} is retried"),
        (Part::RetryExhausted(_), None) => format!("{state} fails until its retries are exhausted"),
        (Part::Deadline, None) => "the execution times out".to_owned(),
        (Part::Timeout, _) => format!("{state} times out"),
        (Part::Items(Quantity::None), _) => format!("{state} has no items"),
        (Part::Items(Quantity::One), _) => format!("{state} has one item"),
        (Part::Items(Quantity::Many), _) => format!("{state} has many items"),
        (Part::State | Part::Branch(_), _) => format!("{state} runs"),
    };
    prose::truncate(&name, LENGTH)
}

/// The name of the first case, which takes the path that needs the least.
pub(super) fn first(run: &Run, plan: &Plan) -> String {
    let visits = run.trace.visits.iter();
    let mut top = visits.filter(|visit| {
        // Only the thread of the execution itself starts with its input.
        visit.from == InputSource::Start || matches!(visit.from, InputSource::After(_))
    });
    let name = |visit: Option<&super::trace::Visit>| {
        visit.map_or_else(String::new, |visit| plan.state(visit.state).name.to_string())
    };
    let start = name(top.next());
    let last = run.execution.as_ref().and_then(|execution| execution.path.last());
    let last = last.map_or_else(|| start.clone(), |last| plan.state(*last).name.to_string());
    let has_succeeded = run
        .execution
        .as_ref()
        .is_some_and(|execution| execution.status == Status::Succeeded);
    let name = match (start == last, has_succeeded) {
        (true, true) => format!("{start} succeeds"),
        (true, false) => format!("{start} fails"),
        (false, true) => format!("runs from {start} to {last}"),
        (false, false) => format!("runs from {start} and fails in {last}"),
    };
    prose::truncate(&name, LENGTH)
}

//! Branches, iterations, and child executions of a state; of many, only some are shown.

use super::annotated::{AnnotatedTrace, Item, Outcome};
use super::facts;
use super::page::{Page, count};
use crate::history::{Status, ThreadId, Visit};
use crate::prose::{self, with_thousands};
use crate::render::visible::one_line;
use crate::simulate::{Child, MapRun, Nested};
use crate::spec::StateType;
use colored::Colorize;
use std::collections::HashMap;
use std::io;

/// Number of iterations and child executions that are shown: the first ones, and as many failed ones of the others.
const ITERATIONS: usize = 3;

/// Maximum nesting of executions: state machines can start each other recursively.
const DEEPEST: usize = 20;

impl Page<'_, '_> {
    /// Selects the threads of a visit to show, and counts the outcomes of the others. All branches are shown.
    pub(super) fn threads(
        &self,
        annotated: &AnnotatedTrace<'_>,
        visit: &Visit<'_>,
        items: &[Item<'_>],
    ) -> Threads {
        let mut threads = Threads::default();
        let mut unhappy = 0;
        for item in items {
            let Item::Thread(thread) = item else {
                continue;
            };
            let outcome = annotated.outcome(*thread);
            let is_shown = self.is_verbose
                || visit.state_type == StateType::Parallel
                || threads.shown.len() < ITERATIONS
                || (outcome == Outcome::Failed && unhappy < ITERATIONS);
            if is_shown {
                unhappy += usize::from(outcome == Outcome::Failed);
                threads.shown.push(*thread);
            } else {
                threads.last = Some(*thread);
                threads.left_out[outcome as usize] += 1;
            }
        }
        threads
    }

    pub(super) fn inner_thread(
        &mut self,
        annotated: &AnnotatedTrace<'_>,
        visit: &Visit<'_>,
        id: ThreadId,
        threads: &Threads,
        depth: usize,
    ) -> io::Result<()> {
        let thread = &annotated.trace.threads[id];
        let began = thread
            .visits
            .first()
            .map_or(visit.entered, |v| annotated.trace.visits[*v].entered);
        if threads.shown.binary_search(&id).is_ok() {
            let noun = if visit.state_type == StateType::Parallel {
                "branch"
            } else {
                "item"
            };
            let title = self
                .style
                .paint(&format!("{noun} {}", thread.index), Colorize::cyan);
            self.line(began, depth, &title)?;
            if thread.visits.is_empty() {
                self.stopped(began, depth + 1)?;
            }
            self.thread(annotated, id, depth + 1)?;
        }
        if threads.last == Some(id) {
            self.omission(&threads.format_omitted("iteration"), began, depth)?;
        }
        Ok(())
    }

    /// Writes a Map Run: its outcome and its child executions.
    pub(super) fn map_run(&mut self, visit: &Visit<'_>, arn: &str, depth: usize) -> io::Result<()> {
        let report = self.report;
        let Some(run) = report.execution.map_runs.iter().find(|run| &*run.arn == arn) else {
            return Ok(());
        };
        let text = format!(
            "{} in {}: {}",
            count(run.items.total, "item"),
            count(run.executions.total, "child execution"),
            tally(run)
        );
        self.line(
            visit.entered,
            depth,
            &self.style.truncate(&text, self.available_columns(depth)),
        )?;
        let mut threads = Threads::default();
        for (index, child) in run.children.iter().enumerate() {
            let outcome = match child.status {
                Status::Succeeded => Outcome::Succeeded,
                Status::Aborted => Outcome::Stopped,
                _ => Outcome::Failed,
            };
            let is_first = index < ITERATIONS;
            if self.is_verbose || is_first || (outcome == Outcome::Failed && threads.shown.len() < ITERATIONS)
            {
                if !is_first {
                    threads.shown.push(index);
                }
                self.child(index, child, depth)?;
            } else {
                threads.left_out[outcome as usize] += 1;
            }
        }
        if threads.left_out.iter().any(|n| *n > 0) {
            self.omission(
                &threads.format_omitted("child execution"),
                self.last_time.unwrap_or(visit.entered),
                depth,
            )?;
        }
        Ok(())
    }

    /// Writes the execution that a task waited for.
    pub(super) fn nested(&mut self, index: usize, depth: usize) -> io::Result<()> {
        let Some(Nested { plan, child }) = self.report.execution.nested.get(index) else {
            return Ok(());
        };
        let name = one_line(&child.identity.machine_name);
        let title = format!("execution of {name}: {}", child.status.as_str());
        let title = self.style.truncate(&title, self.available_columns(depth));
        self.line(child.start, depth, &self.style.paint(&title, Colorize::cyan))?;
        if depth > DEEPEST {
            return self.omission("omitted: nested too deeply", child.stop, depth + 1);
        }
        let mut page = Page {
            plan,
            states: facts::states(plan),
            rules: HashMap::new(),
            out: &mut *self.out,
            ..*self
        };
        page.events(&child.history, &child.notes, depth + 1)?;
        self.last_time = page.last_time;
        Ok(())
    }

    fn child(&mut self, index: usize, child: &Child, depth: usize) -> io::Result<()> {
        let title = self.style.paint(&format!("child {index}"), Colorize::cyan);
        self.line(child.start, depth, &title)?;
        self.events(&child.history, &child.notes, depth + 1)
    }
}

/// The threads that are shown, and the outcomes of the others.
#[derive(Debug, Default)]
pub(super) struct Threads {
    /// In ascending order.
    shown: Vec<ThreadId>,
    /// The last omitted thread.
    last: Option<ThreadId>,
    /// By [`Outcome`].
    left_out: [usize; 3],
}

impl Threads {
    /// `9,997 more iterations: 9,990 succeeded, 7 failed`
    fn format_omitted(&self, noun: &str) -> String {
        let ends = ["succeeded", "failed", "stopped"];
        let all: usize = self.left_out.iter().sum();
        let ends = self.left_out.iter().zip(ends).filter(|(n, _)| **n > 0);
        let ends: Vec<String> = ends
            .map(|(n, end)| format!("{} {end}", with_thousands(n)))
            .collect();
        format!("{}: {}", count(all, &format!("more {noun}")), prose::list(&ends))
    }
}

/// The outcomes of a Map Run's child executions.
fn tally(run: &MapRun) -> String {
    let t = run.executions;
    let ends = [
        (t.succeeded, "succeeded"),
        (t.failed, "failed"),
        (t.timed_out, "timed out"),
        (t.aborted, "stopped"),
        (t.pending, "not started"),
    ];
    let ends: Vec<String> = ends
        .into_iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, word)| format!("{} {word}", with_thousands(n)))
        .collect();
    if ends.is_empty() {
        "none ran".to_owned()
    } else {
        prose::list(&ends)
    }
}

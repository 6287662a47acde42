//! The lines of the timeline: visits, their events, and their changes to the data.

use super::annotated::{AnnotatedTrace, Item};
use super::change::{Change, changes};
use crate::history::{ErrorData, Event, EventKind, Exit, ThreadId, Time, Visit, VisitId};
use crate::prose::{self, duration};
use crate::prose::{plural_suffix, with_thousands};
use crate::render::history::report::Report;
use crate::render::history::time_column::TimeColumn;
use crate::render::style::Style;
use crate::render::visible::one_line;
use crate::simulate::plan;
use crate::simulate::{Note, NoteKind};
use crate::spec::StateType;
use crate::value::Value;
use colored::Colorize;
use std::collections::HashMap;
use std::io::{self, Write};
use std::ops::Range;
use std::rc::Rc;

/// Number of visits that are shown at each end of a long thread.
const VISITS: usize = 20;

/// Number of items, such as attempts, that are shown at each end of a long visit.
const ITEMS: usize = 8;

/// Maximum changed members of a payload.
const MEMBERS: usize = 6;

/// Minimum columns of a value.
const LEAST: usize = 24;

/// The state of writing a timeline.
pub(super) struct Page<'a, 'o> {
    pub(super) report: &'a Report<'a>,
    pub(super) is_verbose: bool,
    pub(super) style: Style,
    pub(super) clock: TimeColumn,
    /// The state machine of the current execution; that of a nested one differs from the report's.
    pub(super) plan: &'a plan::Plan,
    pub(super) states: HashMap<&'a str, &'a plan::State>,
    pub(super) rules: HashMap<String, Vec<String>>,
    pub(super) last_time: Option<Time>,
    pub(super) out: &'o mut dyn Write,
}

impl Page<'_, '_> {
    pub(super) fn events(&mut self, history: &[Event], notes: &[Note], depth: usize) -> io::Result<()> {
        self.thread(&AnnotatedTrace::new(history, notes), 0, depth)
    }

    /// Writes a line, with its time unless the previous line has the same.
    pub(super) fn line(&mut self, time: Time, depth: usize, text: &str) -> io::Result<()> {
        let width = self.clock.width();
        if self.last_time == Some(time) {
            write!(self.out, "  {:width$}", "")?;
        } else {
            let text = self.clock.text(time.since(self.report.execution.start));
            write!(self.out, "  {}", self.style.faint(&text))?;
        }
        self.last_time = Some(time);
        writeln!(self.out, "  {:indent$}{text}", "", indent = depth * 2)
    }

    /// Available columns at a depth.
    pub(super) fn available_columns(&self, depth: usize) -> usize {
        if self.is_verbose {
            return usize::MAX;
        }
        let before = 4 + self.clock.width() + depth * 2;
        self.style.width.saturating_sub(before).max(LEAST)
    }

    pub(super) fn thread(
        &mut self,
        annotated: &AnnotatedTrace<'_>,
        thread: ThreadId,
        depth: usize,
    ) -> io::Result<()> {
        let trace = &annotated.trace;
        let visits = &trace.threads[thread].visits;
        let left_out = self.left_out(visits.len(), VISITS);
        for (i, &visit) in visits.iter().enumerate() {
            if i == left_out.start && !left_out.is_empty() {
                let names = visits[left_out.clone()].iter().map(|v| trace.visits[*v].name);
                self.skipped_visits(names, trace.visits[visit].entered, depth)?;
            }
            if !left_out.contains(&i) {
                self.visit(annotated, visit, depth)?;
            }
        }
        Ok(())
    }

    /// The range of items to omit if `shown` items are shown at each end.
    fn left_out(&self, len: usize, shown: usize) -> Range<usize> {
        if self.is_verbose || len <= 2 * shown + 1 {
            return len..len;
        }
        shown..len - shown
    }

    fn skipped_visits<'n>(
        &mut self,
        names: impl Iterator<Item = &'n Rc<str>>,
        time: Time,
        depth: usize,
    ) -> io::Result<()> {
        let mut counts: Vec<(&Rc<str>, usize)> = Vec::new();
        let mut all = 0;
        for name in names {
            all += 1;
            match counts.iter_mut().find(|(known, _)| *known == name) {
                Some((_, count)) => *count += 1,
                None => counts.push((name, 1)),
            }
        }
        let counts: Vec<String> = counts
            .iter()
            .map(|(name, n)| format!("{} {} {}", one_line(name), self.times(), with_thousands(n)))
            .collect();
        let text = format!("{} more states: {}", with_thousands(all), prose::list(&counts));
        self.omission(&text, time, depth)
    }

    fn times(&self) -> &'static str {
        if self.style.unicode { "×" } else { "x" }
    }

    pub(super) fn arrow(&self) -> &'static str {
        if self.style.unicode { "→" } else { "->" }
    }

    pub(super) fn omission(&mut self, text: &str, time: Time, depth: usize) -> io::Result<()> {
        let mark = if self.style.unicode { "⋮" } else { "..." };
        let text = self
            .style
            .truncate(&format!("{mark} {text}"), self.available_columns(depth));
        let text = self.style.faint(&text);
        self.line(time, depth, &text)
    }

    fn visit(&mut self, annotated: &AnnotatedTrace<'_>, id: VisitId, depth: usize) -> io::Result<()> {
        let visit = &annotated.trace.visits[id];
        let items = annotated.items(id);
        let name = one_line(visit.name);
        let facts = self.style.truncate(
            &self.facts(&annotated.trace, visit, &items),
            self.available_columns(depth)
                .saturating_sub(name.chars().count() + 2),
        );
        let title = format!("{}  {}", self.style.bold(&name), self.style.faint(&facts));
        self.line(visit.entered, depth, title.trim_end())?;
        let depth = depth + 1;
        if self.is_verbose {
            self.value(visit.entered, depth, "input ", visit.input)?;
        }
        let mut attempts = 1;
        let threads = self.threads(annotated, visit, &items);
        let own = items.iter().filter(|item| !matches!(item, Item::Thread(_)));
        let left_out = self.left_out(own.count(), ITEMS);
        let mut skipped = 0;
        let mut at = 0;
        for item in &items {
            attempts += usize::from(item.is_retry());
            if let Item::Thread(thread) = item {
                self.inner_thread(annotated, visit, *thread, &threads, depth)?;
                continue;
            }
            if left_out.contains(&at) {
                skipped += usize::from(item.is_retry());
            } else {
                if at == left_out.end && !left_out.is_empty() {
                    let text = format!("{} more attempts", with_thousands(skipped));
                    self.omission(&text, self.last_time.unwrap_or(visit.entered), depth)?;
                }
                self.item(visit, item, attempts, depth)?;
            }
            at += 1;
        }
        let Some(exit) = &visit.exit else {
            if !annotated.has_failed(id) {
                self.stopped(self.last_time.unwrap_or(visit.entered), depth)?;
            }
            return Ok(());
        };
        self.exit(visit, exit, depth)
    }

    /// Writes that a state was stopped by something else.
    pub(super) fn stopped(&mut self, time: Time, depth: usize) -> io::Result<()> {
        self.line(time, depth, &self.style.paint("stopped", Colorize::yellow))
    }

    fn item(&mut self, visit: &Visit<'_>, item: &Item<'_>, attempts: usize, depth: usize) -> io::Result<()> {
        let event = match item {
            Item::Event(event) => event,
            Item::Note(note) => return self.note(visit, note, attempts, depth),
            Item::Thread(_) => return Ok(()),
        };
        match &event.kind {
            EventKind::TaskScheduled(scheduled) if self.is_verbose => {
                self.value(event.time, depth, "call ", &scheduled.input)
            }
            EventKind::TaskSubmitted { output, .. } if self.is_verbose => {
                self.value(event.time, depth, "submitted ", output)
            }
            EventKind::TaskSucceeded { output, .. } if self.is_verbose => {
                self.value(event.time, depth, "result ", output)
            }
            EventKind::TaskSucceeded { .. } if attempts > 1 => {
                let text = format!("attempt {} succeeded", with_thousands(attempts));
                self.line(event.time, depth, &self.style.paint(&text, Colorize::green))
            }
            EventKind::MapRunStarted { arn } => self.map_run(visit, arn, depth),
            _ => Ok(()),
        }
    }

    fn note(&mut self, visit: &Visit<'_>, note: &Note, attempts: usize, depth: usize) -> io::Result<()> {
        let is_composite = matches!(visit.state_type, StateType::Parallel | StateType::Map);
        match &note.kind {
            NoteKind::Decided(_) => Ok(()),
            NoteKind::Ran(index) => self.nested(*index, depth),
            NoteKind::Retried { error, delay } => {
                let before = format!("attempt {} failed: ", with_thousands(attempts - 1));
                self.failure(note.time, depth, &before, error, is_composite)?;
                let text = format!("retried after {}", duration::exact(*delay));
                self.line(note.time, depth, &self.style.paint(&text, Colorize::yellow))
            }
            NoteKind::Caught { error, catcher } => {
                self.failure(note.time, depth, "failed: ", error, is_composite)?;
                let state = self.states.get(&**visit.name);
                let exit = state.and_then(|s| s.catch.get(*catcher)).map(|c| c.exit);
                let text = format!("caught by catcher {}{}", catcher + 1, self.target(exit));
                self.line(note.time, depth, &self.style.paint(&text, Colorize::yellow))
            }
            NoteKind::Failed { error } => self.failure(note.time, depth, "failed: ", error, is_composite),
        }
    }

    /// Writes an error, with its cause unless that was already printed where the error occurred.
    fn failure(
        &mut self,
        time: Time,
        depth: usize,
        before: &str,
        error: &ErrorData,
        is_told: bool,
    ) -> io::Result<()> {
        let cause = error.cause.as_ref().filter(|_| !is_told || self.is_verbose);
        let text = match (&error.error, cause) {
            (Some(error), Some(cause)) => format!("{before}{error}: {cause}"),
            (Some(error), None) => format!("{before}{error}"),
            (None, Some(cause)) => format!("{before}{cause}"),
            (None, None) => before.trim_end_matches(": ").to_owned(),
        };
        let text = self
            .style
            .truncate(&one_line(&text), self.available_columns(depth));
        self.line(time, depth, &self.style.paint(&text, Colorize::red))
    }

    fn value(&mut self, time: Time, depth: usize, before: &str, value: &Value) -> io::Result<()> {
        let json = value.to_json();
        let room = self.available_columns(depth).saturating_sub(before.len());
        let text = format!(
            "{}{}",
            self.style.faint(before),
            self.style.truncate(&one_line(&json), room)
        );
        self.line(time, depth, &text)
    }

    fn exit(&mut self, visit: &Visit<'_>, exit: &Exit<'_>, depth: usize) -> io::Result<()> {
        if self.is_verbose {
            self.value(exit.time, depth, "output ", exit.output)?;
        } else {
            self.changes(visit, exit, depth)?;
        }
        for (name, value) in exit.assigned.into_iter().flatten() {
            let text = format!("${name} = {value}");
            let text = self
                .style
                .truncate(&one_line(&text), self.available_columns(depth));
            self.line(exit.time, depth, &self.style.paint(&text, Colorize::blue))?;
        }
        Ok(())
    }

    fn changes(&mut self, visit: &Visit<'_>, exit: &Exit<'_>, depth: usize) -> io::Result<()> {
        let changes = changes(visit.input, exit.output);
        let room = self.available_columns(depth).saturating_sub(2);
        for change in changes.iter().take(MEMBERS) {
            let (mark, text) = match change {
                Change::Whole(value) => ("=", value.to_json()),
                Change::Added(at, value) => ("+", format!("{at}: {value}")),
                Change::Changed(at, value, was) => {
                    let short = self.style.truncate(&one_line(&value.to_json()), room / 2);
                    ("~", format!("{at}: {short} (was {was})"))
                }
                Change::Removed(at) => ("-", at.clone()),
            };
            let mark = self.style.paint(mark, |t| match mark {
                "-" => t.red(),
                "~" => t.yellow(),
                _ => t.green(),
            });
            let text = self.style.truncate(&one_line(&text), room);
            self.line(exit.time, depth, &format!("{mark} {text}"))?;
        }
        if changes.len() > MEMBERS {
            let text = format!("{} changed", count(changes.len() - MEMBERS, "more member"));
            self.omission(&text, exit.time, depth)?;
        }
        Ok(())
    }
}

/// `1 item`, `1,000 items`
pub(super) fn count(n: usize, noun: &str) -> String {
    format!("{} {noun}{}", with_thousands(n), plural_suffix(n))
}

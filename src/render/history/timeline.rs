//! The timeline of an execution: states with their times and changes to the data, branches and iterations nested in the
//! state that started them, and the outcome at the end.
//!
//! Of long loops, Maps, and series of attempts only the beginning and the end are shown, with a line that counts what
//! is omitted. `verbose` shows everything, including whole payloads.

mod annotated;
mod change;
mod ending;
mod facts;
mod inside;
mod page;

use super::report::{Report, Settings};
use super::time_column::TimeColumn;
use crate::render::visible::one_line;
use page::Page;
use std::io::{self, Write};

/// Writes the timeline of an execution.
pub(super) fn write(report: &Report<'_>, settings: Settings, out: &mut dyn Write) -> io::Result<()> {
    let Settings {
        style, is_verbose, ..
    } = settings;
    let e = report.execution;
    let children = e.map_runs.iter().flat_map(|run| &run.children);
    let children = children.chain(e.nested.iter().map(|nested| &nested.child));
    let mut events = e.history.iter().chain(children.flat_map(|child| &child.history));
    let has_millis = events.any(|event| event.time.since(e.start) % 1000 != 0);
    let mut page = Page {
        report,
        is_verbose,
        style,
        clock: TimeColumn::new(e.stop.since(e.start), has_millis),
        plan: report.plan,
        states: facts::states(report.plan),
        rules: facts::rules(report),
        last_time: None,
        out,
    };
    let started = format!("{}, starts {}", e.identity.workflow_type.as_str(), e.start);
    writeln!(
        page.out,
        "{}  {}\n",
        style.bold(&one_line(&e.identity.machine_name)),
        style.faint(&started)
    )?;
    page.events(&e.history, &e.notes, 0)?;
    ending::write(report, is_verbose, style, page.out)
}

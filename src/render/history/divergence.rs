//! Where an execution diverges from a recorded one, side by side and as JSON.

use super::json::VERSION;
use super::report::Replay;
use crate::diagnostic::{Diagnostic, Severity};
use crate::history::{Status, TaskResource, execution_name};
use crate::prose;
use crate::render::diagnostics::write_findings;
use crate::render::style::Style;
use crate::render::visible::one_line;
use crate::simulate::plan;
use crate::simulate::replay::{Difference, Divergence, Step, StepAction};
use crate::source::SourceFile;
use crate::value::{Object, Value};
use std::io::{self, Write};
use std::rc::Rc;
use unicode_width::UnicodeWidthStr;

/// Maximum differences that are shown.
const PARTS: usize = 12;

/// Minimum columns of a value.
const LEAST: usize = 24;

/// Writes the first step that differs, side by side with the recorded one, or that all match.
pub(super) fn write(replay: &Replay<'_>, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let subject = match replay.recorded_execution {
        Some(arn) if !replay.is_only => format!("{}: ", one_line(execution_name(arn))),
        _ => String::new(),
    };
    let Some(found) = replay.divergence else {
        let ending = replay
            .recorded
            .map_or("up to the end of the recording", Status::as_str);
        let steps = prose::plural(replay.steps, "step");
        return writeln!(out, "{subject}matches the recording: {steps}, {ending}");
    };
    writeln!(out, "{subject}{}\n", sentence(found))?;
    table(found, style, out)?;
    let Some(step) = replay.state else {
        return Ok(());
    };
    let message = format!("state `{}` differs from the recording", step.name);
    let mut diagnostic = Diagnostic::new("replay-departs", Severity::Error, message, step.span);
    "diverges here".clone_into(&mut diagnostic.label);
    diagnostic.pointer = step.pointer();
    writeln!(out)?;
    write_findings(replay.source, vec![diagnostic], &style, out)
}

fn sentence(found: &Divergence<'_>) -> String {
    let state = [&found.recorded, &found.today]
        .into_iter()
        .find_map(|step| step.as_ref()?.state);
    match state {
        Some(state) => format!("replay diverged at state `{state}`"),
        None => "replay diverged at the end of the execution".to_owned(),
    }
}

/// Writes the recorded and the current step as a table.
fn table(found: &Divergence<'_>, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let mut rows = vec![
        Row::new("", "recorded", "replayed"),
        row("event", found, |step| step.event.to_string()),
    ];
    let state = row("state", found, |step| {
        step.state.map_or_else(String::new, ToString::to_string)
    });
    if state.recorded != state.today {
        rows.push(state);
    }
    rows.push(row("step", found, |step| format_step(&step.action)));
    for difference in found.differences.iter().take(PARTS) {
        let shown = |value: &Option<Value>| value.as_ref().map_or_else(|| "—".to_owned(), Value::to_json);
        rows.push(Row {
            place: difference.place.clone(),
            recorded: shown(&difference.recorded),
            today: shown(&difference.today),
        });
    }
    let room = style.width.saturating_sub(4);
    let places = rows.iter().map(|row| row.place.width()).max().unwrap_or(0);
    let places = places.min(room / 3);
    let width = (room.saturating_sub(places) / 2).saturating_sub(1).max(LEAST);
    for (i, row) in rows.iter().enumerate() {
        let cell = |text: &str, columns: usize| {
            let text = style.truncate(&one_line(text), columns);
            let gap = columns.saturating_sub(text.width());
            format!("{text}{}", " ".repeat(gap))
        };
        let skipped = row.alike(width, style);
        let line = format!(
            "  {}  {}  {}",
            cell(&row.place, places),
            cell(&skipped.apply(&row.recorded), width),
            cell(&skipped.apply(&row.today), width)
        );
        let line = line.trim_end();
        writeln!(out, "{}", if i == 0 { style.bold(line) } else { line.to_owned() })?;
    }
    match found.differences.len().saturating_sub(PARTS) {
        0 => Ok(()),
        more => writeln!(out, "  and {more} more differences"),
    }
}

/// Writes the object described by `schemas/replay.schema.json`, one member per line.
pub(super) fn write_json(replay: &Replay<'_>, out: &mut dyn Write) -> io::Result<()> {
    let null_or = |value: Option<Value>| value.unwrap_or(Value::Null);
    let differences = replay.divergence.map(|found| {
        let differences = found.differences.iter().map(difference);
        Value::array(differences.collect())
    });
    let part = |of: fn(&Divergence<'_>) -> Option<Value>| null_or(replay.divergence.and_then(of));
    let members = [
        ("version", VERSION.into()),
        ("machine", Value::String(Rc::clone(replay.machine))),
        ("execution", null_or(replay.recorded_execution.map(Value::from))),
        ("departs", replay.divergence.is_some().into()),
        ("incomplete", replay.is_incomplete.into()),
        (
            "recorded_status",
            null_or(replay.recorded.map(|s| s.as_str().into())),
        ),
        ("status", replay.execution.status.as_str().into()),
        ("steps", count(replay.steps)),
        (
            "location",
            null_or(replay.state.map(|state| location(state, replay.source))),
        ),
        ("recorded", part(|found| found.recorded.as_ref().map(step))),
        ("today", part(|found| found.today.as_ref().map(step))),
        (
            "differences",
            differences.unwrap_or_else(|| Value::array(Vec::new())),
        ),
    ];
    out.write_all(b"{")?;
    for (i, (key, value)) in members.iter().enumerate() {
        write!(out, "{}\n  \"{key}\": {value}", if i > 0 { "," } else { "" })?;
    }
    out.write_all(b"\n}\n")
}

fn count(n: usize) -> Value {
    Value::from(i64::try_from(n).unwrap_or(i64::MAX))
}

fn location(state: &plan::State, source: &SourceFile) -> Value {
    let at = source.position(state.span.start);
    Value::from([
        ("path", Value::from(source.name())),
        ("pointer", Value::from(state.pointer())),
        ("line", Value::from(i64::from(at.line))),
        ("column", Value::from(i64::from(at.column))),
    ])
}

fn step(step: &Step<'_>) -> Value {
    let kind = match &step.action {
        StepAction::Entered { .. } => "entered",
        StepAction::Called(_) => "called",
        StepAction::Failed { is_late: false, .. } => "failed",
        StepAction::Failed { is_late: true, .. } => "timed_out",
        StepAction::Items(_) => "items",
        StepAction::Exited { .. } => "exited",
        StepAction::Ended { .. } => "ended",
    };
    let state = step
        .state
        .map_or(Value::Null, |name| Value::String(Rc::clone(name)));
    Value::from([
        (
            "event",
            Value::from(i64::try_from(step.event).unwrap_or(i64::MAX)),
        ),
        ("state", state),
        ("step", Value::from(kind)),
        ("description", Value::from(format_step(&step.action))),
    ])
}

/// A difference; a side without a value has no member.
fn difference(found: &Difference) -> Value {
    let sides = [("recorded", &found.recorded), ("today", &found.today)];
    let mut members: Object = [("place".into(), Value::from(found.place.as_str()))]
        .into_iter()
        .collect();
    for (side, value) in sides {
        if let Some(value) = value {
            members.insert(side.into(), value.clone());
        }
    }
    Value::object(members)
}

/// A row of the table.
struct Row {
    place: String,
    recorded: String,
    today: String,
}

/// The common prefix of two long texts that is not shown.
struct Skipped {
    chars: usize,
    mark: &'static str,
}

impl Skipped {
    fn apply(&self, text: &str) -> String {
        if self.chars == 0 {
            return text.to_owned();
        }
        let rest: String = text.chars().skip(self.chars).collect();
        format!("{}{rest}", self.mark)
    }
}

impl Row {
    fn new(place: &str, recorded: &str, today: &str) -> Self {
        Self {
            place: place.to_owned(),
            recorded: recorded.to_owned(),
            today: today.to_owned(),
        }
    }

    /// The common prefix to omit so that the difference is visible within `columns`.
    fn alike(&self, columns: usize, style: Style) -> Skipped {
        let is_long = self.recorded.width().max(self.today.width()) > columns;
        let pairs = self.recorded.chars().zip(self.today.chars());
        let alike = pairs.take_while(|(a, b)| a == b).count();
        Skipped {
            chars: if is_long && alike > columns / 2 {
                alike.saturating_sub(columns / 4)
            } else {
                0
            },
            mark: if style.unicode { "…" } else { "..." },
        }
    }
}

fn row(place: &str, found: &Divergence<'_>, of: impl Fn(&Step<'_>) -> String) -> Row {
    let of = |step: &Option<Step<'_>>| step.as_ref().map_or_else(|| "—".to_owned(), &of);
    Row {
        place: place.to_owned(),
        recorded: of(&found.recorded),
        today: of(&found.today),
    }
}

/// The description of a step.
fn format_step(action: &StepAction<'_>) -> String {
    match action {
        StepAction::Entered { state_type, .. } => format!("entered, a {state_type}"),
        StepAction::Called(scheduled) => format!("calls {}", called(&scheduled.resource)),
        StepAction::Failed { is_late: true, .. } => "the task times out".to_owned(),
        StepAction::Failed { data, .. } => {
            format!("the task fails: {}", data.error.as_deref().unwrap_or_default())
        }
        StepAction::Items(n) => format!("{n} items"),
        StepAction::Exited { .. } => "exited".to_owned(),
        StepAction::Ended { status, .. } => status.as_str().to_owned(),
    }
}

fn called(resource: &TaskResource) -> String {
    match resource {
        TaskResource::Lambda { arn } | TaskResource::Activity { arn } => arn.to_string(),
        TaskResource::Service {
            resource_type,
            resource,
        } => format!("{resource_type}:{resource}"),
    }
}

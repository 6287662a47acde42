//! Where today's execution departs from a recorded one, side by side.

use super::phrase::cut;
use crate::history::TaskResource;
use crate::render::style::Style;
use crate::render::visible::one_line;
use crate::simulate::replay::{Departure, Step, What};
use crate::value::Value;
use std::io::{self, Write};
use unicode_width::UnicodeWidthStr;

/// Parts that are shown; a line says how many more differ.
const PARTS: usize = 12;

/// Columns that a value gets however little room there is.
const LEAST: usize = 24;

/// Writes a table: what the recording has, and what today's definition does.
pub fn departure(found: &Departure<'_>, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let mut rows = vec![
        Row::new("", "recorded", "today"),
        row("event", found, |step| step.event.to_string()),
    ];
    let state = row("state", found, |step| {
        step.state.map_or_else(String::new, ToString::to_string)
    });
    if state.recorded != state.today {
        rows.push(state);
    }
    rows.push(row("step", found, |step| words(&step.what)));
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
            let text = cut(&one_line(text), columns, style);
            let gap = columns.saturating_sub(text.width());
            format!("{text}{}", " ".repeat(gap))
        };
        let skipped = row.alike(width, style);
        let line = format!(
            "  {}  {}  {}",
            cell(&row.place, places),
            cell(&skipped.of(&row.recorded), width),
            cell(&skipped.of(&row.today), width)
        );
        let line = line.trim_end();
        writeln!(out, "{}", if i == 0 { style.bold(line) } else { line.to_owned() })?;
    }
    match found.differences.len().saturating_sub(PARTS) {
        0 => Ok(()),
        more => writeln!(out, "  and {more} more differences"),
    }
}

/// A line of the table.
struct Row {
    place: String,
    recorded: String,
    today: String,
}

/// The beginning that two long texts share and that is not shown.
struct Skipped {
    chars: usize,
    mark: &'static str,
}

impl Skipped {
    fn of(&self, text: &str) -> String {
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

    /// What to leave out at the beginning, so that the difference is within so many columns.
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

fn row(place: &str, found: &Departure<'_>, of: impl Fn(&Step<'_>) -> String) -> Row {
    let of = |step: &Option<Step<'_>>| step.as_ref().map_or_else(|| "—".to_owned(), &of);
    Row {
        place: place.to_owned(),
        recorded: of(&found.recorded),
        today: of(&found.today),
    }
}

/// What a step does.
fn words(what: &What<'_>) -> String {
    match what {
        What::Entered { state_type, .. } => format!("entered, a {state_type}"),
        What::Called(scheduled) => format!("calls {}", called(&scheduled.resource)),
        What::Failed { is_late: true, .. } => "the task times out".to_owned(),
        What::Failed { data, .. } => {
            format!("the task fails: {}", data.error.as_deref().unwrap_or_default())
        }
        What::Items(n) => format!("{n} items"),
        What::Exited { .. } => "left".to_owned(),
        What::Ended { status, .. } => status.as_str().to_owned(),
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

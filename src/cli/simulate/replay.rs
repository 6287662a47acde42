//! `--replay HISTORY.json`: today's definition against a recorded execution.

use super::{Format, Prepared, output};
use crate::cli::{Exit, Trouble, input};
use crate::diagnostic::{Diagnostic, Severity};
use crate::history::{self, Status};
use crate::render::history as shown;
use crate::simulate::mocks::{MockedWorld, Settings};
use crate::simulate::replay::{Departure, Recording, ReplayedWorld, departure, steps};
use crate::simulate::{self, Options};
use std::io::{self, Write};
use std::path::Path;

/// Reads a recorded history.
pub(super) fn read(path: &Path) -> Result<Recording, Trouble> {
    let source = input::one(path, None)?.read()?;
    let name = source.name().to_owned();
    let recorded = history::read(source.text()).map_err(|fault| {
        let at = fault
            .offset
            .map(|offset| source.position(crate::source::to_offset(offset)));
        let place = at.map_or_else(String::new, |at| format!(":{}:{}", at.line, at.column));
        Trouble::new(format!("{name}{place}: this is no history: {}", fault.message))
            .help("`aws stepfunctions get-execution-history --execution-arn ARN` prints one")
    })?;
    if !recorded.unknown.is_empty() {
        crate::cli::exit::note(&format!(
            "{name}: events of types that asl does not know are left out: {}",
            recorded.unknown.join(", ")
        ));
    }
    Recording::new(recorded.events).ok_or_else(|| {
        Trouble::new(format!(
            "{name}: this history does not begin with ExecutionStarted"
        ))
        .help("get-execution-history prints pages of 1,000 events: put them all into one file")
    })
}

/// Runs today's definition with what the recorded tasks came to, and says whether it does the same.
pub(super) fn run(prepared: &Prepared<'_>, recording: &Recording) -> Result<Exit, Trouble> {
    let mocks = MockedWorld::new(
        &prepared.mocks,
        Settings {
            seed: prepared.args.seed,
            start: recording.start,
            is_strict: prepared.args.mocks.strict,
        },
    );
    let mut world = ReplayedWorld::new(recording, mocks);
    let input = match (&prepared.args.input, &recording.input) {
        (None, Some(recorded)) => recorded.clone(),
        _ => prepared.input.clone(),
    };
    let options = Options {
        history: true,
        ..prepared.options.clone()
    };
    let execution = simulate::run(&prepared.plan, input, &mut world, &options)?;
    let found = departure(&recording.history, &execution.history, &execution.identity);
    let mut out = output(prepared.args.output.as_deref())?;
    if prepared.args.format == Format::History {
        let origin = shown::Origin {
            role_arn: &execution.identity.role_arn,
            region: simulate::REGION,
        };
        shown::events(&execution.history, origin, &mut out)?;
    }
    let Some(found) = found else {
        let count: usize = steps(&recording.history).values().map(Vec::len).sum();
        if prepared.args.format == Format::Text {
            writeln!(
                out,
                "The same as recorded: {count} steps, {}",
                end(&recording.history)
            )?;
        }
        out.flush()?;
        return Ok(Exit::Clean);
    };
    if prepared.args.format == Format::Text {
        writeln!(out, "{}\n", sentence(&found))?;
        shown::departure(&found, prepared.style, &mut out)?;
        excerpt(prepared, &found, &mut out)?;
    }
    out.flush()?;
    Ok(Exit::Findings)
}

/// How a recorded execution ended.
fn end(history: &[history::Event]) -> &'static str {
    use history::EventKind;
    let status = match history.last().map(|event| &event.kind) {
        Some(EventKind::ExecutionSucceeded { .. }) => Status::Succeeded,
        Some(EventKind::ExecutionFailed(_)) => Status::Failed,
        Some(EventKind::ExecutionTimedOut(_)) => Status::TimedOut,
        Some(EventKind::ExecutionAborted(_)) => Status::Aborted,
        _ => return "where the recording ends",
    };
    status.as_str()
}

fn sentence(found: &Departure<'_>) -> String {
    let state = [&found.recorded, &found.today]
        .into_iter()
        .find_map(|step| step.as_ref()?.state);
    match state {
        Some(state) => format!("Today's definition departs from the recording in `{state}`"),
        None => "Today's definition departs from the recording at its end".to_owned(),
    }
}

/// The state of today's definition that departs, in the user's file.
fn excerpt(prepared: &Prepared<'_>, found: &Departure<'_>, out: &mut dyn Write) -> io::Result<()> {
    let steps = [&found.today, &found.recorded];
    let mut states = steps.into_iter().filter_map(|step| step.as_ref()?.state);
    let Some(id) = states.find_map(|state| prepared.plan.find(state)) else {
        return Ok(());
    };
    let step = prepared.plan.state(id);
    let message = format!("State `{}` does not do what was recorded", step.name);
    let mut diagnostic = Diagnostic::new("replay-departs", Severity::Error, message, step.span);
    "departs here".clone_into(&mut diagnostic.label);
    diagnostic.pointer.clone_from(&step.pointer);
    prepared.excerpt(diagnostic, out)
}

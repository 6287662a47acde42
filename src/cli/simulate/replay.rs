//! `--replay HISTORY.json`: today's definition against a recorded execution.

use super::Prepared;
use crate::cli::{CliError, Exit, history_file, output};
use crate::history::{self, Status};
use crate::render::history::Replay;
use crate::simulate::mocks::{MockedWorld, Settings};
use crate::simulate::plan::Step;
use crate::simulate::replay::{Departure, Recording, ReplayedWorld, departure, steps};
use crate::simulate::{self, Options};
use std::io::Write;
use std::path::Path;

/// Reads a recorded history.
pub(super) fn read(path: &Path) -> Result<Recording, CliError> {
    let recorded = history_file::read(path)?;
    let name = path.display();
    if !recorded.unknown.is_empty() {
        crate::cli::exit::warn(&format!(
            "{name}: events of types that asl does not know are left out: {}",
            recorded.unknown.join(", ")
        ));
    }
    Recording::new(recorded.events).ok_or_else(|| {
        CliError::new(format!(
            "{name}: this history does not begin with ExecutionStarted"
        ))
        .help("get-execution-history prints pages of 1,000 events: put them all into one file")
    })
}

/// Runs today's definition with what the recorded tasks came to, and says whether it does the same.
pub(super) fn run(prepared: &Prepared<'_>, recording: &Recording) -> Result<Exit, CliError> {
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
    let mut out = output::open(prepared.args.output.as_deref(), prepared.args.reads())?;
    let replay = Replay {
        machine: &prepared.options.machine_name,
        source: &prepared.definition.document.source,
        execution: &execution,
        recorded: end(&recording.history),
        steps: steps(&recording.history).values().map(Vec::len).sum(),
        departure: found.as_ref(),
        state: found.as_ref().and_then(|found| state(prepared, found)),
    };
    prepared
        .args
        .format
        .write_replay(&replay, prepared.print_settings(), &mut out)?;
    out.flush()?;
    Ok(if found.is_some() {
        Exit::Findings
    } else {
        Exit::Success
    })
}

/// How a recorded execution ended; `None` where the recording ends before it does.
fn end(history: &[history::Event]) -> Option<Status> {
    use history::EventKind;
    Some(match &history.last()?.kind {
        EventKind::ExecutionSucceeded { .. } => Status::Succeeded,
        EventKind::ExecutionFailed(_) => Status::Failed,
        EventKind::ExecutionTimedOut(_) => Status::TimedOut,
        EventKind::ExecutionAborted(_) => Status::Aborted,
        _ => return None,
    })
}

/// The state of today's definition that departs.
fn state<'p>(prepared: &'p Prepared<'_>, found: &Departure<'_>) -> Option<&'p Step> {
    let steps = [&found.today, &found.recorded];
    let mut states = steps.into_iter().filter_map(|step| step.as_ref()?.state);
    let id = states.find_map(|state| prepared.plan.find(state))?;
    Some(prepared.plan.state(id))
}

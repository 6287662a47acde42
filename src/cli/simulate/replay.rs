//! `--replay HISTORY.json`: compares the definition with recorded executions.

use super::simulation::Simulation;
use crate::cli::guard::GuardedWorld;
use crate::cli::{CliError, Exit, exit, history_file, output};
use crate::history::{EventKind, Recorded, Status};
use crate::prose;
use crate::render::history::Replay;
use crate::render::printable::Printable;
use crate::simulate::mocks::{MockedWorld, Settings};
use crate::simulate::plan::State;
use crate::simulate::replay::{Divergence, Recording, ReplayedWorld, first_divergence, step_count};
use crate::simulate::{self, Execution, Options};
use std::path::Path;

/// Runs the definition with the recorded outcomes of the tasks of each execution, and reports the first difference.
pub(super) fn run(simulation: &Simulation<'_>, path: &Path) -> Result<Exit, CliError> {
    let args = simulation.args;
    let executions = history_file::read_selected(path, args.execution.as_deref())?;
    let is_only = executions.len() == 1;
    let out = output::open(args.output.as_deref(), [])?;
    let mut out = Printable::new(out, args.format.notation());
    let mut exit = Exit::Success;
    for recorded in executions {
        let arn = recorded.execution.clone();
        let recording = recording(recorded, path)?;
        let execution = replay(simulation, &recording)?;
        let found = first_divergence(&recording, &execution.history, &execution.identity);
        let replay = Replay {
            machine: &simulation.options.machine_name,
            source: &simulation.definition.document.source,
            recorded_execution: arn.as_deref(),
            is_only,
            execution: &execution,
            recorded: recording.end().and_then(|event| status(&event.kind)),
            is_incomplete: recording.is_incomplete,
            steps: step_count(&recording),
            divergence: found.as_ref(),
            state: found.as_ref().and_then(|found| state(simulation, found)),
        };
        args.format
            .write_replay(&replay, simulation.print_settings(), &mut out)?;
        if found.is_some() {
            exit = Exit::Findings;
        }
    }
    out.into_inner()?.finish()?;
    Ok(exit)
}

/// The recording in a file, without what cannot be replayed.
fn recording(recorded: Recorded, path: &Path) -> Result<Recording, CliError> {
    let name = path.display();
    if !recorded.unknown.is_empty() {
        exit::warn(&format!(
            "{name}: ignored events of unknown types: {}",
            prose::list(&recorded.unknown)
        ));
    }
    Recording::new(recorded).ok_or_else(|| {
        CliError::new(format!(
            "{name}: the history does not start with ExecutionStarted"
        ))
        .help("get-execution-history returns pages of up to 1,000 events; combine all pages in one file")
    })
}

/// Runs the definition with the recorded outcomes of tasks, and with the recorded input unless another is given.
fn replay(simulation: &Simulation<'_>, recording: &Recording) -> Result<Execution, CliError> {
    let mocks = MockedWorld::new(
        &simulation.mocks,
        Settings {
            seed: simulation.args.seed,
            start: recording.start,
        },
        simulation
            .args
            .mocks
            .without_mock(&simulation.samples, simulation.machine),
    );
    let world = ReplayedWorld::new(recording, mocks);
    let mut world = GuardedWorld::new(world, simulation.authorizer.as_ref());
    let input = match (&simulation.args.input, &recording.input) {
        (None, Some(recorded)) => recorded.clone(),
        _ => simulation.input.clone(),
    };
    let options = Options {
        record_events: true,
        ..simulation.options.clone()
    };
    let execution = simulate::run(&simulation.plan, input, &mut world, &options)?;
    for warning in world.warnings() {
        exit::warn(&warning);
    }
    Ok(execution)
}

/// The status of an execution that ended with this event.
const fn status(kind: &EventKind) -> Option<Status> {
    Some(match kind {
        EventKind::ExecutionSucceeded { .. } => Status::Succeeded,
        EventKind::ExecutionFailed(_) => Status::Failed,
        EventKind::ExecutionTimedOut(_) => Status::TimedOut,
        EventKind::ExecutionAborted(_) => Status::Aborted,
        _ => return None,
    })
}

/// The state of the definition that differs.
fn state<'p>(simulation: &'p Simulation<'_>, found: &Divergence<'_>) -> Option<&'p State> {
    let steps = [&found.today, &found.recorded];
    let mut states = steps.into_iter().filter_map(|step| step.as_ref()?.state);
    let id = states.find_map(|state| simulation.plan.find(state))?;
    Some(simulation.plan.state(id))
}

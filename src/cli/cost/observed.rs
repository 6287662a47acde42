//! Usage of recorded or simulated executions.

use super::args::Args;
use crate::asl::Machine;
use crate::cli::CliError;
use crate::cli::exit::warn;
use crate::cli::history_file;
use crate::cli::progress::Progress;
use crate::cli::{json_input, simulate::mocks};
use crate::cost::EstimateError;
use crate::cost::assumptions::Assumptions;
use crate::cost::observed_usage::{MapRun, Observer, Run};
use crate::cost::usage::{Source, Usage};
use crate::history::{Status, Time};
use crate::simulate::mocks::{DEFAULT_START, MockedWorld, Samples, Settings};
use crate::simulate::{self, Execution, Options, Plan};
use std::rc::Rc;

type UsageResult = Result<Usage, EstimateError>;

/// Whether the estimate is based on executions.
pub(super) fn is_requested(args: &Args) -> bool {
    !args.history_files.is_empty() || is_simulated(args)
}

fn is_simulated(args: &Args) -> bool {
    args.input.is_some() || args.repeat.is_some() || args.mocks.is_given()
}

/// The mean usage of the requested executions; `None` if none are requested.
pub(super) fn usage(
    args: &Args,
    machine: &Machine<'_>,
    assumptions: &Assumptions,
) -> Result<Option<UsageResult>, CliError> {
    if !args.history_files.is_empty() {
        return from_histories(args, machine, assumptions).map(Some);
    }
    if is_simulated(args) {
        return simulated(args, machine, assumptions).map(Some);
    }
    Ok(None)
}

fn from_histories(
    args: &Args,
    machine: &Machine<'_>,
    assumptions: &Assumptions,
) -> Result<UsageResult, CliError> {
    let mut observer = Observer::new(machine, assumptions);
    let mut incomplete = 0;
    history_file::read_all(&args.history_files, |recorded| {
        incomplete += u64::from(!recorded.gaps.is_empty());
        observer.add(&Run {
            events: &recorded.events,
            map_runs: Vec::new(),
        });
    })?;
    history_file::warn_of_unknown_states(&observer.unknown_states());
    Ok(observer.usage(Source::History).map(|usage| Usage {
        incomplete: Some(incomplete),
        ..usage
    }))
}

fn simulated(args: &Args, machine: &Machine<'_>, assumptions: &Assumptions) -> Result<UsageResult, CliError> {
    json_input::check_standard_input(&args.definition, args.input.as_deref())?;
    let plan = Rc::new(Plan::new(machine));
    let (mocks, children) = mocks::prepare(&args.mocks, &plan, args.force)?;
    let input = json_input::execution_input(args.input.as_deref())?;
    let options = Options {
        workflow_type: args.workflow_type,
        record_events: true,
        children,
        ..Options::default()
    };
    let samples = Samples::default();
    let runs = args.repeat.unwrap_or(1);
    let mut observer = Observer::new(machine, assumptions);
    let mut progress = Progress::new(usize::try_from(runs).unwrap_or(usize::MAX), "executions");
    let mut failed = 0_u64;
    let world_for = |seed| {
        MockedWorld::new(
            &mocks,
            Settings {
                seed,
                start: Time::parse(DEFAULT_START).unwrap_or_default(),
            },
            args.mocks.without_mock(&samples, machine),
        )
    };
    for repetition in simulate::repeat(&plan, &input, &options, runs, args.seed, world_for) {
        let execution = repetition?.execution;
        failed += u64::from(execution.status != Status::Succeeded);
        observer.add(&observed(&execution));
        progress.step();
    }
    drop(progress);
    if failed > 0 {
        warn(&format!(
            "{failed} of {runs} simulated executions did not succeed; the estimate includes their usage"
        ));
    }
    Ok(observer.usage(Source::Simulation))
}

/// The events of a simulated execution and of its children.
fn observed(execution: &Execution) -> Run<'_> {
    let map_runs = execution.map_runs.iter().map(|run| MapRun {
        state: &run.state,
        workflow: run.workflow_type,
        children: run
            .children
            .iter()
            .map(|child| Run {
                events: &child.history,
                map_runs: Vec::new(),
            })
            .collect(),
    });
    Run {
        events: &execution.history,
        map_runs: map_runs.collect(),
    }
}

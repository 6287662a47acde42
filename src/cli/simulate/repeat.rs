//! Many executions and the distribution of their outcomes.

use super::simulation::Simulation;
use crate::cli::progress::Progress;
use crate::cli::{CliError, Exit, output};
use crate::render::history::Runs;
use crate::simulate::{self, Distribution, Repetition};

/// Runs the machine repeatedly. Mocks and randomness are reset for each run.
pub(super) fn run(simulation: &Simulation<'_>, runs: u64) -> Result<Exit, CliError> {
    let mut distribution = Distribution::default();
    let mut all_succeeded = true;
    let mut progress = Progress::new(usize::try_from(runs).unwrap_or(usize::MAX), "executions");
    let executions = simulate::repeat(
        &simulation.plan,
        &simulation.input,
        &simulation.options,
        runs,
        simulation.args.seed,
        |seed| simulation.world(seed),
    );
    for (index, repetition) in executions.enumerate() {
        let Repetition { seed, execution } = repetition.map_err(|error| {
            let run = index + 1;
            simulate::Error {
                message: format!("{} (execution {run} of {runs})", error.message),
                ..error
            }
        })?;
        let state = execution.failed_in.map(|id| &simulation.plan.state(id).name);
        distribution.add(&execution, seed, state);
        all_succeeded &= execution.has_succeeded();
        progress.step();
    }
    drop(progress);
    let mut out = output::open(simulation.args.output.as_deref(), simulation.args.reads())?;
    let runs = Runs {
        machine: &simulation.options.machine_name,
        distribution: &distribution,
    };
    simulation
        .args
        .format
        .write_runs(&runs, simulation.print_settings(), &mut out)?;
    out.flush()?;
    Ok(if all_succeeded {
        Exit::Success
    } else {
        Exit::Findings
    })
}

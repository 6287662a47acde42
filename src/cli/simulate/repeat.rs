//! Many executions, and how they come out.

use super::{Prepared, bill, succeeded};
use crate::cli::progress::Progress;
use crate::cli::{CliError, Exit, output};
use crate::render::history::Runs;
use crate::simulate::{self, Distribution};

/// Runs the machine so many times. Plan, mocks and input are those of every run; counters of mocks and randomness
/// begin anew.
pub(super) fn run(prepared: &Prepared<'_>, runs: u64) -> Result<Exit, CliError> {
    let mut distribution = Distribution::default();
    let mut all_succeeded = true;
    let mut progress = Progress::new(usize::try_from(runs).unwrap_or(usize::MAX), "executions");
    for run in 0..runs {
        let mut world = prepared.world(run);
        let execution = prepared.simulate(&mut world).map_err(|error| {
            let run = run + 1;
            simulate::Error {
                message: format!("{} (execution {run} of {runs})", error.message),
                ..error
            }
        })?;
        let state = execution.failed_in.map(|id| &prepared.plan.state(id).name);
        distribution.add(
            &execution,
            prepared.seed(run),
            bill::transitions(&execution),
            state,
        );
        all_succeeded &= succeeded(&execution);
        progress.step();
    }
    drop(progress);
    let mut out = output::open(prepared.args.output.as_deref(), prepared.args.reads())?;
    let runs = Runs {
        machine: &prepared.options.machine_name,
        distribution: &distribution,
    };
    prepared
        .args
        .format
        .write_runs(&runs, prepared.print_settings(), &mut out)?;
    out.flush()?;
    Ok(if all_succeeded {
        Exit::Success
    } else {
        Exit::Findings
    })
}

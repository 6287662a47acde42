//! `asl cost`: estimate the cost of a state machine.

mod args;
mod estimates;
mod files;
mod machines;
mod observed;

use super::{CliError, Exit, exit, input, output};
use crate::cost::{DEFAULT_EXECUTIONS, Terms};
use crate::prose;
use crate::render::estimate::{self, Budget, Comparison, Report};
use crate::render::printable::Printable;
use crate::render::style::Style;
pub use args::Args;

/// Runs `asl cost`.
pub fn run(args: &Args, style: &Style) -> Result<Exit, CliError> {
    exit::warn_of_renamed_flags(&[("--scaffold-assumptions", "--scaffold"), ("--compare", "--diff")]);
    let input = input::one(&args.definition, args.stdin_filename.as_deref())?;
    let definitions = machines::definitions(input.read_with_syntax()?, args)?;
    let machines = machines::machines(&definitions, args)?;
    if observed::is_requested(args) && machines.len() > 1 {
        let names: Vec<&str> = machines.iter().filter_map(|(name, _)| name.as_deref()).collect();
        return Err(CliError::new(
            "simulated and recorded executions require a single state machine, but the file contains several",
        )
        .help(format!(
            "select one with --state-machine: {}",
            prose::list(&names)
        )));
    }
    if let Some(file) = &args.scaffold {
        files::scaffold(&machines, file)?;
        return Ok(Exit::Success);
    }
    let prices = files::prices(args)?;
    let terms = Terms {
        prices: &prices,
        tariff: files::tariff(&prices, args)?,
        executions: 0,
        workflow: args.workflow_type,
        count_start_end: args.count_start_end,
        services: args.services,
    };
    let assumptions = files::assumptions(args, &machines)?;
    let executions = args.executions.or(assumptions.executions_per_month);
    let terms = Terms {
        executions: executions.unwrap_or(DEFAULT_EXECUTIONS),
        ..terms
    };
    let estimates = estimates::all(&machines, &assumptions, &terms, args)?;
    let comparison = args
        .diff
        .as_deref()
        .map(|name| estimates::older_version(name, machines.len(), &assumptions, &terms, args));
    let others = comparison.transpose()?.unwrap_or_default();
    let path = input.name();
    let reports: Vec<Report<'_>> = estimates
        .iter()
        .enumerate()
        .map(|(i, estimate)| Report {
            path: &path,
            machine: machines.get(i).and_then(|(name, _)| name.as_deref()),
            estimate,
            terms: &terms,
            comparison: args
                .diff
                .as_deref()
                .zip(others.get(i))
                .map(|(name, estimate)| Comparison { name, estimate }),
        })
        .collect();
    let budget = args.budget.map(|limit| Budget {
        limit,
        spent: estimates.iter().map(|e| e.own().total()).sum(),
    });
    let out = output::open(args.output.as_deref(), [])?;
    let mut out = Printable::new(out, args.format.notation());
    estimate::write(&reports, budget, args.format, *style, &mut out)?;
    out.into_inner()?.finish()?;
    Ok(match budget {
        Some(budget) if !budget.is_met() => Exit::Findings,
        _ => Exit::Success,
    })
}

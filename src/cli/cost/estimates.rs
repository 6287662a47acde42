//! The estimate of each state machine.

use super::args::Args;
use super::machines::{self, Named};
use super::observed;
use crate::cli::{CliError, revision};
use crate::cost::assumptions::Assumptions;
use crate::cost::usage::{Basis, Usage};
use crate::cost::{self, Estimate, EstimateError, Terms};
use rust_decimal::Decimal;

/// The estimate of each state machine.
pub(super) fn all(
    machines: &[Named<'_>],
    assumptions: &Assumptions,
    terms: &Terms<'_>,
    args: &Args,
) -> Result<Vec<Estimate>, CliError> {
    let estimate = |(name, machine): &Named<'_>| {
        let cli_error = |error: EstimateError| {
            let message = name
                .as_ref()
                .map_or_else(|| error.to_string(), |name| format!("{name}: {error}"));
            CliError::new(message)
        };
        let usage = match observed::usage(args, machine, assumptions)? {
            Some(usage) => usage.map_err(cli_error)?,
            None => cost::definition::usage(machine, assumptions).map_err(cli_error)?,
        };
        let usage = with_express_overrides(usage, assumptions, args);
        cost::estimate(machine, usage, assumptions, terms).map_err(cli_error)
    };
    machines.iter().map(estimate).collect()
}

/// The usage, with the duration and memory of an Express execution from the command line or the assumptions.
fn with_express_overrides(mut usage: Usage, assumptions: &Assumptions, args: &Args) -> Usage {
    let given = |flag: Option<Decimal>, file: Option<Decimal>| {
        let flag = flag.map(|value| (value, Basis::Flag));
        flag.or_else(|| file.map(|value| (value, Basis::File)))
    };
    if let Some((ms, basis)) = given(args.duration, assumptions.duration_ms) {
        usage.set_duration(ms, basis);
    }
    if let Some((mb, basis)) = given(args.memory, assumptions.memory_mb) {
        usage.set_memory(mb, basis);
    }
    usage
}

/// The estimates of the state machines of another definition on the same terms.
pub(super) fn older_version(
    name: &str,
    count: usize,
    assumptions: &Assumptions,
    terms: &Terms<'_>,
    args: &Args,
) -> Result<Vec<Estimate>, CliError> {
    let definitions = machines::definitions(revision::read(name)?, args)?;
    let machines = machines::machines(&definitions, args)?;
    if machines.len() != count {
        let help = "compare files that contain the same state machines";
        return Err(CliError::new(format!(
            "`{name}` contains {} state machines, expected {count}",
            machines.len()
        ))
        .help(help));
    }
    all(&machines, assumptions, terms, args)
}

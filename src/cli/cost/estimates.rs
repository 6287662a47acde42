//! The estimate of each machine.

use super::args::Args;
use super::machines::{self, Named};
use super::observed;
use crate::cli::{CliError, revision};
use crate::cost::assumptions::Assumptions;
use crate::cost::usage::{Basis, Usage};
use crate::cost::{self, Estimate, Terms};
use rust_decimal::Decimal;

/// What each machine costs.
pub(super) fn all(
    machines: &[Named<'_>],
    assumptions: &Assumptions,
    terms: &Terms<'_>,
    args: &Args,
) -> Result<Vec<Estimate>, CliError> {
    let of = |(name, machine): &Named<'_>| {
        let error = |why: cost::Unpriceable| {
            let words = name
                .as_ref()
                .map_or_else(|| why.to_string(), |name| format!("{name}: {why}"));
            CliError::new(words)
        };
        let usage = match observed::usage(args, machine, assumptions)? {
            Some(usage) => usage.map_err(error)?,
            None => cost::definition::usage(machine, assumptions).map_err(error)?,
        };
        let usage = with_figures(usage, assumptions, args);
        cost::estimate(machine, usage, assumptions, terms).map_err(error)
    };
    machines.iter().map(of).collect()
}

/// The usage, with the figures of an Express execution that the command line or the assumptions give.
fn with_figures(mut usage: Usage, assumptions: &Assumptions, args: &Args) -> Usage {
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

/// What the machines of another definition cost under the same terms.
pub(super) fn compared(
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

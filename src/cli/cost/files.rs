//! The price and assumptions files of `asl cost`.

use super::args::Args;
use super::machines::Named;
use crate::asl::Machine;
use crate::aws::price::Prices;
use crate::cli::{CliError, input, report, scaffold_file};
use crate::cost::assumptions::{self, Assumptions, Form};
use crate::cost::bill::Tariff;
use crate::cost::price_file;
use crate::prose;
use std::path::Path;
use std::sync::Arc;

/// Writes an assumptions file with a value for everything that the definition does not contain.
pub(super) fn scaffold(machines: &[Named<'_>], file: &Path) -> Result<(), CliError> {
    let [(_, machine)] = machines else {
        return Err(CliError::new(
            "an assumptions file describes one state machine, but the definition file contains several",
        ));
    };
    let is_json = file.extension().is_some_and(|e| e.eq_ignore_ascii_case("json"));
    let text = assumptions::scaffold(machine, if is_json { Form::Json } else { Form::Yaml });
    scaffold_file::write(file, &text)
}

/// The built-in prices, changed by the file of `--prices`.
pub(super) fn prices(args: &Args) -> Result<Prices, CliError> {
    let Some(path) = &args.prices else {
        return Ok(Prices::builtin().clone());
    };
    let (source, syntax) = input::one(path, None)?.read_with_syntax()?;
    price_file::parse(Arc::clone(&source), syntax)
        .map_err(|errors| report::invalid_file(&source, errors, "prices"))
}

/// The prices of a region.
pub(super) fn tariff<'p>(prices: &'p Prices, args: &Args) -> Result<Tariff<'p>, CliError> {
    Tariff::new(prices, &args.region, !args.no_free_tier).ok_or_else(|| {
        let known = prices.regions.keys().map(String::as_str);
        CliError::new(format!("no pricing data for region `{}`", args.region)).help(format!(
            "{}, or pass `--prices FILE` for other regions",
            prose::suggestion("region", &args.region, known)
        ))
    })
}

/// The assumptions of `--assume`.
pub(super) fn assumptions(args: &Args, machines: &[Named<'_>]) -> Result<Assumptions, CliError> {
    let Some(path) = &args.assume else {
        return Ok(Assumptions::default());
    };
    let (source, syntax) = input::one(path, None)?.read_with_syntax()?;
    let machines: Vec<&Machine<'_>> = machines.iter().map(|(_, machine)| machine).collect();
    assumptions::parse(Arc::clone(&source), syntax, &machines)
        .map_err(|errors| report::invalid_file(&source, errors, "assumptions"))
}

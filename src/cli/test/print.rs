//! Prints the report of a run, and what was measured.

use super::args::Args;
use super::coverage::{Machines, Request};
use crate::cli::{CliError, Exit, output};
use crate::render::printable::Printable;
use crate::render::style::Style;
use crate::render::test_report::{Format, Report, Settings};
use std::path::Path;
use std::time::Duration;

/// Writes the report to standard output and to files, and returns how the run ended.
pub(super) fn all(
    args: &Args,
    report: &Report,
    covered: Option<(&Request, &Machines<'_>)>,
    style: Style,
    took: Option<Duration>,
) -> Result<Exit, CliError> {
    let settings = Settings {
        style,
        is_verbose: args.verbose,
        has_timings: args.timings,
        took,
    };
    for (format, file) in &args.reports()? {
        let settings = Settings {
            style: Style::PLAIN,
            took: None,
            ..settings
        };
        write(*format, report, settings, Some(file))?;
    }
    if !covered.is_some_and(|(request, _)| request.replaces_report(args)) {
        write(args.format, report, settings, None)?;
    }
    let mut is_success = report.summary().is_success();
    if let Some((request, machines)) = covered {
        machines.write(request, args, args.format, style)?;
        is_success &= machines.is_enough(request);
    }
    Ok(if is_success { Exit::Success } else { Exit::Findings })
}

fn write(format: Format, report: &Report, settings: Settings, file: Option<&Path>) -> Result<(), CliError> {
    let out = output::open(file, [])?;
    let mut out = Printable::new(out, format.notation());
    format.write(report, settings, &mut out)?;
    out.into_inner()?.finish()
}

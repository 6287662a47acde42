//! `asl lint`: check definitions.

mod args;
mod check;
mod settings;

use super::progress::Progress;
use super::{CliError, EndProcess, Exit, exit, input, output};
use crate::render::diagnostics::{Format, Settings, Summary};
use crate::render::printable::Printable;
use crate::render::rules::RuleInfo;
use crate::render::style::Style;
pub use args::Args;
use args::Threshold;
pub(super) use settings::Resolver;

/// Runs `asl lint`.
pub fn run(args: &Args, style: &Style, end: EndProcess) -> Result<Exit, CliError> {
    let mut resolver = Resolver::new(args)?;
    let mut inputs = input::collect(&args.paths, args.stdin_filename.as_deref())?;
    if args.force_exclude {
        inputs.treat_named_as_found();
    }
    if let Some(note) = inputs.note().filter(|_| !args.quiet) {
        exit::warn(&note);
    }
    let inputs = check::work_list(inputs.list, &mut resolver)?;
    let rules = RuleInfo::all();
    let mut printer = args.format.printer(Settings {
        style,
        rules: &rules,
        aws_warnings: matches!(args.severity, Some(Threshold::Warning | Threshold::Info)),
        lists_all_advice: args.verbose,
    });
    let out = output::open(
        args.output.as_deref(),
        inputs.iter().map(|(input, _)| input.path()),
    )?;
    let mut out = Printable::new(out, args.format.notation());
    let mut summary = Summary::default();
    let mut unreadable = false;
    let mut unfreed = Vec::new();
    let mut progress = Progress::new(inputs.len(), "files");
    printer.begin(&mut out)?;
    check::all(args, &inputs, resolver.all(), |result| {
        progress.step();
        let Some(result) = result else { return Ok(()) };
        progress.aside(|| match result {
            Ok(mut checked) => {
                let report = &mut checked.report;
                report.diagnostics.retain(|d| args.reports(d));
                summary.add(report);
                printer.file(report, &mut out)?;
                if checked.document.is_some() {
                    unfreed.push(checked);
                }
                Ok(())
            }
            Err(error) => {
                unreadable = true;
                exit::report_error(&error);
                Ok(())
            }
        })
    })?;
    drop(progress);
    // The summary must not say "no problems" if the only file could not be read.
    let is_silent = args.quiet || (unreadable && summary.files == 0);
    if !(is_silent && args.format == Format::Text) {
        printer.end(&summary, &mut out)?;
    }
    out.into_inner()?.finish()?;
    let over = args
        .max_warnings
        .or(resolver.max_warnings())
        .is_some_and(|max| summary.warnings > max);
    end(match (unreadable, summary.errors > 0 || over) {
        (true, _) => Exit::Error,
        (_, true) => Exit::Findings,
        _ => Exit::Success,
    })
}

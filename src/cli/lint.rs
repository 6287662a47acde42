//! `asl lint`: check definitions.

mod args;
mod check;
mod fixer;
mod settings;

use super::input::Disk;
use super::progress::Progress;
use super::{CliError, Exit, ExitProcess, exit, input, output};
use crate::diagnostic::Diagnostic;
use crate::render::diagnostics::{Fixable, Format, Settings, Summary};
use crate::render::printable::Printable;
use crate::render::rules::RuleInfo;
use crate::render::style::Style;
pub use args::Args;
use args::Threshold;
use fixer::Fixer;
use settings::Resolved;
pub(super) use settings::Resolver;
use std::io::{self, Write};

/// Runs `asl lint`.
pub fn run(args: &Args, style: &Style, exit_process: ExitProcess) -> Result<Exit, CliError> {
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
    let prints_text = args.fixes() && !args.diff && inputs.iter().any(|(input, _)| input.is_stdin());
    let out = if prints_text && args.output.is_none() {
        output::stderr()
    } else {
        output::open(
            args.output.as_deref(),
            inputs.iter().map(|(input, _)| input.path()),
        )?
    };
    let mut out = Printable::new(out, args.notation());
    let mut summary = Summary::default();
    let mut unreadable = false;
    let mut unfreed = Vec::new();
    let mut progress = Progress::new(inputs.len(), "files");
    let mut fixer = args.fixes().then(|| Fixer::new(args, *style));
    let disk = Disk::new(&args.paths, args.allow_outside).with_s3_root(args.s3_root.as_deref());
    let mut next = inputs.iter();
    if args.reports_findings() {
        printer.begin(&mut out)?;
    }
    check::all(args, &inputs, resolver.all(), &disk, |result| {
        progress.step();
        let input = next.next();
        let Some(mut result) = result else { return Ok(()) };
        if let (Some(fixer), Some((input, index))) = (&mut fixer, input) {
            result = result.and_then(|checked| fixer.fix(input, &resolver.all()[*index], checked, &mut out));
        }
        progress.suspend(|| match result {
            Ok(mut checked) => {
                let report = &mut checked.report;
                report.diagnostics.retain(|d| args.reports(d));
                summary.add(report);
                if let (None, Some((_, index))) = (&fixer, input) {
                    let settings = &resolver.all()[*index];
                    count_fixable(&report.diagnostics, settings, &mut summary.fixable);
                }
                if args.reports_findings() {
                    printer.file(report, &mut out)?;
                }
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
    summary.fixes = fixer.as_ref().map(|fixer| fixer.fixes);
    // The summary must not say "no problems" if the only file could not be read.
    let is_silent = args.quiet || (unreadable && summary.files == 0);
    if !args.reports_findings() {
        print_fixes(args, &summary, &mut out)?;
    } else if !(is_silent && args.format == Format::Text) {
        printer.end(&summary, &mut out)?;
    }
    out.into_inner()?.finish()?;
    let over = args
        .max_warnings
        .or(resolver.max_warnings())
        .is_some_and(|max| summary.warnings > max);
    let has_failed = if args.diff {
        fixer.is_some_and(|fixer| fixer.has_changed())
    } else {
        args.reports_findings() && (summary.errors > 0 || over)
    };
    exit_process(match (unreadable, has_failed) {
        (true, _) => Exit::Error,
        (_, true) => Exit::Findings,
        _ => Exit::Success,
    })
}

/// Counts the findings with a fix that the settings allow.
fn count_fixable(diagnostics: &[Diagnostic], settings: &Resolved, fixable: &mut Fixable) {
    for diagnostic in diagnostics {
        let fix = diagnostic
            .fix
            .as_ref()
            .filter(|fix| fix.applicable().is_ok_and(|edits| !edits.is_empty()));
        match fix.filter(|_| settings.allows_fix(diagnostic.rule)) {
            Some(fix) if fix.is_safe => fixable.safe += 1,
            Some(_) => fixable.guesses += 1,
            None => {}
        }
    }
}

/// Prints how many findings were fixed, or would be. Beside a diff, that is a note.
fn print_fixes(args: &Args, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
    let Some(fixes) = summary.fixes.filter(|_| !args.quiet) else {
        return Ok(());
    };
    if args.diff {
        writeln!(io::stderr(), "{}", fixes.sentence("would be fixed"))
    } else {
        writeln!(out, "{}", fixes.sentence("fixed"))
    }
}

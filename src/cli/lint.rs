//! `asl lint`: check definitions.

use super::input::{self, Disk, Input};
use super::output;
use super::progress::Progress;
use super::{CliError, Exit, exit};
use crate::diagnostic::Severity;
use crate::lint::{self, AwsCode, Rule, Settings, registry};
use crate::render::diagnostics::{FileReport, Format, MachineSummary, Summary};
use crate::render::rules::RuleInfo;
use crate::render::style::Style;
use crate::spec::WorkflowType;
use crate::template::{self, Expectation};
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

mod settings;
mod work;

use settings::Resolved;
pub(super) use settings::find_rule;

/// The arguments of `asl lint`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Files, directories, and globs; - for standard input
    #[arg(default_value = ".")]
    paths: Vec<PathBuf>,
    /// Output format
    #[arg(long, default_value = "text")]
    format: Format,
    /// Workflow type of definitions, unless their template specifies it
    #[arg(long = "type", value_name = "TYPE", ignore_case = true)]
    workflow_type: Option<WorkflowType>,
    /// Report a rule as an error; can be repeated; "all" selects every rule
    #[arg(long, value_name = "RULE")]
    deny: Vec<String>,
    /// Report a rule as a warning
    #[arg(long, value_name = "RULE")]
    warn: Vec<String>,
    /// Disable a rule
    #[arg(long, value_name = "RULE")]
    allow: Vec<String>,
    /// Fail if there are more than N warnings
    #[arg(long, value_name = "N")]
    max_warnings: Option<usize>,
    /// Minimum severity to report
    #[arg(long, value_name = "LEVEL", ignore_case = true)]
    severity: Option<Threshold>,
    /// Report only errors, without a summary
    #[arg(short, long)]
    quiet: bool,
    /// Configuration file [default: nearest asl.toml or .asl.toml above each file]
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    config: Option<PathBuf>,
    /// Ignore configuration files
    #[arg(long)]
    no_config: bool,
    /// Number of files to check in parallel
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
    /// Allow templates to reference files outside the project
    #[arg(long)]
    allow_outside: bool,
    /// Filename to use for standard input; its extension determines the syntax
    #[arg(long, value_name = "NAME")]
    stdin_filename: Option<PathBuf>,
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// A minimum severity.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Threshold {
    Info,
    Warning,
    Error,
}

/// Runs `asl lint`.
pub fn run(args: &Args, style: &Style) -> Result<Exit, CliError> {
    let mut resolver = settings::Resolver::new(args)?;
    let inputs = input::collect(&args.paths, args.stdin_filename.as_deref())?;
    if let Some(note) = inputs.note().filter(|_| !args.quiet) {
        exit::warn(&note);
    }
    let inputs = work_list(inputs.list, &mut resolver)?;
    let infos = rule_infos();
    let mut printer = args.format.printer(crate::render::diagnostics::Settings {
        style,
        rules: &infos,
        aws_warnings: matches!(args.severity, Some(Threshold::Warning | Threshold::Info)),
    });
    let mut out = output::open(
        args.output.as_deref(),
        inputs.iter().map(|(input, _)| input.path()),
    )?;
    let mut summary = Summary::default();
    let mut unreadable = false;
    let mut progress = Progress::new(inputs.len(), "files");
    printer.begin(&mut out)?;
    check_all(args, &inputs, resolver.all(), |result| {
        progress.step();
        let Some(result) = result else { return Ok(()) };
        progress.aside(|| match result {
            Ok(mut report) => {
                report.diagnostics.retain(|d| is_wanted(args, d.severity));
                summary.add(&report);
                printer.file(&report, &mut out)
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
    out.flush()?;
    let over = args
        .max_warnings
        .or(resolver.max_warnings())
        .is_some_and(|max| summary.warnings > max);
    Ok(match (unreadable, summary.errors > 0 || over) {
        (true, _) => Exit::Error,
        (_, true) => Exit::Findings,
        _ => Exit::Success,
    })
}

/// Checks all inputs on several threads and calls `take` for each, in their order: with its report, or with `None` if a
/// template's report includes it.
fn check_all(
    args: &Args,
    inputs: &[(Input, usize)],
    settings: &[Resolved],
    take: impl FnMut(Option<Result<FileReport, CliError>>) -> io::Result<()>,
) -> Result<(), CliError> {
    let threads = args
        .threads
        .or_else(|| std::thread::available_parallelism().ok())
        .unwrap_or(NonZeroUsize::MIN);
    let disk = Disk::of(&args.paths, args.allow_outside);
    let check =
        |(input, index): &(Input, usize)| check(input, args.format, &settings[*index].settings, &disk);
    // Templates first, since the files that they reference are checked with them, and not a second time.
    let templates = templates(inputs);
    let mut checked = BTreeMap::new();
    let named = templates.iter().map(|&i| &inputs[i]).collect::<Vec<_>>();
    work::in_order(
        &named,
        threads,
        |input| check(input),
        |report| {
            checked.insert(templates[checked.len()], report);
            Ok::<(), CliError>(())
        },
    )?;
    let checked = Mutex::new(checked);
    let indexes: Vec<usize> = (0..inputs.len()).collect();
    let report_of = |&i: &usize| {
        let mut checked = checked.lock().unwrap_or_else(PoisonError::into_inner);
        let ready = checked.remove(&i);
        drop(checked);
        ready.or_else(|| (!disk.has_opened(inputs[i].0.path())).then(|| check(&inputs[i])))
    };
    Ok(work::in_order(&indexes, threads, report_of, take)?)
}

/// The indexes of the templates among several inputs.
fn templates(inputs: &[(Input, usize)]) -> Vec<usize> {
    let several = inputs.len() > 1;
    let is_template = |i: &usize| several && inputs[*i].0.may_be_template();
    (0..inputs.len()).filter(is_template).collect()
}

/// The inputs that no configuration file excludes, each with the index of its settings.
fn work_list(inputs: Vec<Input>, resolver: &mut settings::Resolver) -> Result<Vec<(Input, usize)>, CliError> {
    let mut list = Vec::with_capacity(inputs.len());
    for input in inputs {
        let index = resolver.index_for(input.path())?;
        if input.is_named() || !resolver.all()[index].excludes(input.path()) {
            list.push((input, index));
        }
    }
    Ok(list)
}

/// Reads and checks one input.
fn check(input: &Input, format: Format, settings: &Settings, disk: &Disk) -> Result<FileReport, CliError> {
    let source = input.read()?;
    let syntax = input.syntax(&source);
    let document = template::read_file(source, syntax);
    let expectation = if input.is_definition() || format == Format::Aws {
        Expectation::Definition
    } else {
        Expectation::MayBeDefinition
    };
    let contents = template::contents(&document, expectation, disk);
    let is_empty = contents.machines.is_empty() && contents.resources.is_empty();
    // A text too broken to show what it holds is a definition's, or a template's, if it has the words; or if it was named.
    let has_the_words = || {
        let text = document.source.text();
        let may_hold = text.contains("StartAt") || template::may_be_template(text.as_bytes());
        document.roots.is_empty() && (may_hold || input.is_named())
    };
    let mut report = lint::Report::default();
    if expectation == Expectation::Definition || !is_empty || has_the_words() {
        report = lint::check_contents(&document, &contents, settings);
    }
    let machines = contents.machines.into_iter().map(|found| MachineSummary {
        name: found.name,
        pointer: found.pointer,
    });
    Ok(FileReport {
        path: input.name(),
        machines: machines.collect(),
        source: Arc::clone(&document.source),
        diagnostics: report.diagnostics,
        suppressed: report.suppressed,
    })
}

fn is_wanted(args: &Args, severity: Severity) -> bool {
    let least = match (args.quiet, args.severity) {
        (true, _) | (_, Some(Threshold::Error)) => Severity::Error,
        (_, Some(Threshold::Warning)) => Severity::Warning,
        _ => Severity::Info,
    };
    severity >= least || args.format == Format::Aws
}

/// The description of each rule for the renderers.
pub fn rule_infos() -> Vec<RuleInfo> {
    let info = |rule: &&'static Rule| RuleInfo {
        name: rule.name,
        family: rule.family.as_str(),
        severity: rule.severity,
        summary: rule.summary(),
        manual: rule.manual,
        aws_code: rule
            .aws
            .map(|(AwsCode::Refused(code) | AwsCode::Warned(code))| code),
    };
    registry::rules().iter().map(info).collect()
}

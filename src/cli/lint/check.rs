//! The work of `asl lint`: which inputs to check, and the report of each.

use super::args::Args;
use super::settings::{Resolved, Resolver};
use crate::cli::CliError;
use crate::cli::input::{Disk, Input};
use crate::cli::parallel;
use crate::document::{Document, SyntaxError, SyntaxErrorKind};
use crate::isolation::isolated;
use crate::lint::{self, Settings};
use crate::render::diagnostics::{FileReport, Format, MachineSummary};
use crate::template::{Expectation, Files};
use std::collections::BTreeMap;
use std::io;
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// The report on an input.
pub(super) struct Checked {
    pub(super) report: FileReport,
    /// The number of texts' syntax errors, those of definitions in strings and other files included.
    pub(super) syntax_errors: usize,
    /// The tree that was checked, if the process is to end before it is freed.
    pub(super) document: Option<Document>,
}

/// The maximum number of bytes of text whose trees are not freed. Trees take about ten times as much memory.
const UNFREED_BYTES: usize = 4 * 1024 * 1024;

/// Checks all inputs on several threads and calls `take` for each, in their order: with its report, or with `None` if a
/// template's report includes it.
pub(super) fn all(
    args: &Args,
    inputs: &[(Input, usize)],
    settings: &[Resolved],
    disk: &Disk,
    take: impl FnMut(Option<Result<Checked, CliError>>) -> io::Result<()>,
) -> Result<(), CliError> {
    let threads = args
        .threads
        .or_else(|| std::thread::available_parallelism().ok())
        .unwrap_or(NonZeroUsize::MIN);
    let unfreed = AtomicUsize::new(0);
    let check = |(input, index): &(Input, usize)| {
        let settings = settings[*index].settings_for(input.path());
        let check = || {
            let document = input.read_document()?;
            Ok::<_, CliError>(check_document(document, input, args.format, &settings, disk))
        };
        let mut checked = isolated(check).map_err(|panic| {
            let message = format!("cannot check `{}`: asl panicked: {panic}", input.name());
            CliError::new(message).help("this is a bug in asl; please report it")
        })??;
        let bytes = checked.report.source.text().len();
        if unfreed.fetch_add(bytes, Ordering::Relaxed) > UNFREED_BYTES {
            checked.document = None;
        }
        Ok(checked)
    };
    // Templates first, since the files that they reference are checked with them, and not a second time.
    let templates = templates(inputs);
    let mut checked = BTreeMap::new();
    let named = templates.iter().map(|&i| &inputs[i]).collect::<Vec<_>>();
    parallel::in_order(
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
    Ok(parallel::in_order(&indexes, threads, report_of, take)?)
}

/// The indexes of the templates among several inputs.
fn templates(inputs: &[(Input, usize)]) -> Vec<usize> {
    let several = inputs.len() > 1;
    let is_template = |i: &usize| several && inputs[*i].0.may_be_template();
    (0..inputs.len()).filter(is_template).collect()
}

/// The inputs that no configuration file excludes, each with the index of its settings.
pub(super) fn work_list(
    inputs: Vec<Input>,
    resolver: &mut Resolver,
) -> Result<Vec<(Input, usize)>, CliError> {
    let mut list = Vec::with_capacity(inputs.len());
    for input in inputs {
        let index = resolver.index_for(input.path())?;
        if input.is_named() || !resolver.all()[index].excludes(input.path()) {
            list.push((input, index));
        }
    }
    Ok(list)
}

/// Checks the document of an input.
pub(super) fn check_document(
    document: Document,
    input: &Input,
    format: Format,
    settings: &Settings,
    files: &dyn Files,
) -> Checked {
    let expectation = if input.is_definition() || format == Format::Aws {
        Expectation::Definition
    } else {
        Expectation::MayBeDefinition
    };
    let (contents, report) = lint::check_file(&document, expectation, input.is_named(), files, settings);
    let is_malformed = |error: &&SyntaxError| error.kind != SyntaxErrorKind::DuplicateKey;
    let external = contents.machines.iter().filter(|found| found.is_external());
    let errors = external.flat_map(|found| &found.document().errors);
    let syntax_errors = document.errors.iter().chain(errors).filter(is_malformed).count();
    let machines = contents
        .machines
        .into_iter()
        .filter(|found| !found.is_alternative);
    let machines = machines.map(|found| MachineSummary {
        name: found.name,
        pointer: found.pointer,
    });
    let report = FileReport {
        path: input.name(),
        machines: machines.collect(),
        source: Arc::clone(&document.source),
        diagnostics: report.diagnostics,
        suppressed: report.suppressed,
    };
    Checked {
        report,
        syntax_errors,
        document: Some(document),
    }
}

//! `asl test --generate`: writes a suite that covers a definition.

use super::args::Args;
use super::written;
use crate::cli::config_file::ConfigFile;
use crate::cli::data_args;
use crate::cli::definition;
use crate::cli::progress::Progress;
use crate::cli::simulate::target;
use crate::cli::{CliError, Exit, ExitProcess, exit, history_file, scaffold_file};
use crate::coverage::Kind;
use crate::generate::{self, Case, Generated, Seed};
use crate::prose;
use crate::shape::Declarations;
use crate::simulate::Options;
use crate::simulate::replay::Recording;
use crate::spec::WorkflowType;
use crate::suite::{
    self, Content, Entry, ExecutionTest, Expect, MachineRef, Settings, Suite, Test, TextPattern,
};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

/// The maximum size in bytes of an output that a case expects.
const OUTPUT: usize = 4_096;

/// The maximum number of states on a path that a case expects.
const PATH: usize = 64;

/// The maximum number of items without a test that are printed.
const LISTED: usize = 20;

/// Generates a suite for `machine`, which may name the state machine in a template: `template.yaml#Orders`.
pub(super) fn run(args: &Args, machine: &str, exit_process: ExitProcess) -> Result<Exit, CliError> {
    let named = MachineRef::parse(machine);
    let path = PathBuf::from(&named.path);
    let definition = definition::load_to_run(&definition::Args::for_suite(path.clone(), named.name.clone()))?;
    let known_type = definition.workflow_type;
    let lowered = definition
        .lower_accepted(known_type.unwrap_or_default(), false)
        .map_err(|error| error.help("fix the errors above"))?;
    let seeds = seeds(args)?;
    let mut settings = generate::Settings {
        max_cases: args.max_cases.map(NonZeroUsize::get),
        options: Options {
            machine_name: target::machine_name(&path, &definition).into(),
            workflow_type: known_type.unwrap_or_default(),
            ..Options::default()
        },
        declarations: args
            .data
            .declarations(&path, args.input.as_deref(), |path| configured(args, path))?,
        results: seeds.iter().flat_map(Seed::results).collect(),
        seeds,
    };
    let source = &definition.document.source;
    let mut generated =
        with_progress(|progress| generate::generate(&lowered, machine, source, &settings, progress));
    let mut workflow_type = None;
    // A definition alone does not tell its type, which some depend on.
    if known_type.is_none()
        && !is_complete(&generated)
        && definition.is_accepted_as(WorkflowType::Express, &lowered)
    {
        settings.options.workflow_type = WorkflowType::Express;
        let express =
            with_progress(|progress| generate::generate(&lowered, machine, source, &settings, progress));
        if covered(&express) > covered(&generated) {
            generated = express;
            workflow_type = Some(WorkflowType::Express);
        }
    }
    if generated.cases.is_empty() {
        return Err(CliError::new(format!("no execution of `{machine}` ends"))
            .help("run `asl simulate` to see the reason"));
    }
    write(args, &named, workflow_type, &generated)?;
    summarize(&generated);
    exit_process(Exit::Success)
}

/// What the configuration file that applies declares about the data of the definition.
fn configured(args: &Args, definition: &Path) -> Result<Declarations, CliError> {
    if args.no_config {
        return Ok(Declarations::default());
    }
    let Some(named) = &args.config else {
        return data_args::configured(definition);
    };
    let declared = ConfigFile::read(named)?.declarations_for(definition);
    Ok(declared.unwrap_or_default())
}

/// Generates with a progress bar.
fn with_progress(generate: impl FnOnce(&mut dyn FnMut(usize, usize)) -> Generated) -> Generated {
    let mut progress: Option<Progress> = None;
    let mut reached = 0;
    generate(&mut |done, total| {
        let bar = progress.get_or_insert_with(|| Progress::new(total, "items"));
        for _ in reached..done {
            bar.step();
        }
        reached = reached.max(done);
    })
}

/// Whether cases reach all states and transitions.
fn is_complete(generated: &Generated) -> bool {
    let kinds = [Kind::States, Kind::Transitions];
    kinds
        .into_iter()
        .all(|kind| generated.coverage.tally(kind).missing.is_empty())
}

/// The number of covered items.
fn covered(generated: &Generated) -> usize {
    Kind::ALL
        .into_iter()
        .map(|kind| generated.coverage.tally(kind).covered)
        .sum()
}

/// The recorded executions to start with.
fn seeds(args: &Args) -> Result<Vec<Seed>, CliError> {
    let mut seeds = Vec::new();
    if args.from_histories.is_empty() {
        return Ok(seeds);
    }
    history_file::read_all(&args.from_histories, |recorded| {
        let number = seeds.len() + 1;
        let name = recorded.name().map_or_else(|| number.to_string(), str::to_owned);
        let name = format!("recorded execution {name}");
        seeds.extend(Recording::new(recorded).and_then(|recording| Seed::from_recording(name, &recording)));
    })?;
    if seeds.is_empty() {
        exit::warn("the recordings do not contain the input of an execution");
    }
    Ok(seeds)
}

/// Writes the suite.
fn write(
    args: &Args,
    named: &MachineRef,
    workflow_type: Option<WorkflowType>,
    generated: &Generated,
) -> Result<(), CliError> {
    let machine = MachineRef {
        path: match &args.suite {
            Some(suite) => written::relative(suite, Path::new(&named.path)),
            None => named.path.clone(),
        },
        name: named.name.clone(),
    };
    let suite = Suite {
        machine: machine.into(),
        defaults: Settings {
            workflow_type,
            ..Settings::default()
        },
        entries: generated.cases.iter().map(entry).collect(),
        ..Suite::default()
    };
    let mut text = suite::write(&suite);
    let left = uncovered(generated);
    if !left.is_empty() {
        text.push_str("\n# Not covered:\n");
        for (name, reason) in left {
            // A comment ends with its line.
            let line = format!("{name}: {reason}").replace(char::is_control, " ");
            push_fmt!(text, "# - {line}\n");
        }
    }
    scaffold_file::write(args.suite.as_deref().unwrap_or(Path::new("-")), &text)
}

/// A case of the suite.
fn entry(case: &Case) -> Entry {
    let names = case.path.iter().map(|name| name.to_string().into());
    let path: Vec<suite::Spanned<String>> = names.collect();
    let expect = Expect {
        status: Some(case.status.into()),
        path: (path.len() <= PATH).then(|| path.into()),
        output: case
            .output
            .as_ref()
            .filter(|output| output.json_len().is_ok_and(|bytes| bytes <= OUTPUT))
            .map(suite::expected),
        error: case
            .error
            .as_deref()
            .map(|error| TextPattern::exactly(error).into()),
        ..Expect::default()
    };
    let has_mocks = case.mocks.as_object().is_some_and(|mocks| !mocks.is_empty());
    Entry::Case(suite::Case {
        name: case.name.clone().into(),
        test: Test::Execution(Box::new(ExecutionTest {
            input: Some(Content::Inline(suite::node(&case.input))),
            mocks: has_mocks.then(|| Content::Inline(suite::node(&case.mocks))),
            expect,
            ..ExecutionTest::default()
        })),
        ..suite::Case::default()
    })
}

/// The items that no case covers, with the reason.
fn uncovered(generated: &Generated) -> Vec<(&str, &str)> {
    let mut items = Vec::new();
    let unknown = if generated.is_limited {
        "skipped because of --max-cases"
    } else {
        "not found"
    };
    for kind in Kind::ALL {
        let tally = generated.coverage.tally(kind);
        items.extend(
            tally
                .missing
                .into_iter()
                .map(|item| (item.name.as_str(), unknown)),
        );
        items.extend(
            tally
                .unreachable
                .into_iter()
                .map(|(item, reason)| (item.name.as_str(), reason)),
        );
    }
    items
}

/// Prints what the suite covers, and what it does not.
fn summarize(generated: &Generated) {
    let figures = Kind::ALL.map(|kind| (kind, generated.coverage.tally(kind)));
    let figures = figures.iter().filter(|(_, tally)| tally.total > 0);
    let figures = figures.map(|(kind, tally)| format!("{} {}/{}", kind.as_str(), tally.covered, tally.total));
    let cases = prose::plural(generated.cases.len(), "case");
    let verb = if generated.cases.len() == 1 {
        "covers"
    } else {
        "cover"
    };
    exit::inform(&format!(
        "generated {cases}, which {verb} {}",
        prose::list(figures)
    ));
    let left = uncovered(generated);
    for (name, reason) in left.iter().take(LISTED) {
        exit::inform(&format!("not covered: {name}: {reason}"));
    }
    if let Some(more) = left.len().checked_sub(LISTED).filter(|more| *more > 0) {
        exit::inform(&format!("not covered: {more} more, listed in the suite"));
    }
}

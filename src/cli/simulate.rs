//! `asl simulate`: run a definition with mocked tasks on a virtual clock.

mod bill;
pub(super) mod mocks;
mod once;
mod repeat;
mod replay;
mod target;

use super::data;
use super::definition::{self, Definition};
use super::scaffold_file;
use super::{CliError, EndProcess, Exit};
use crate::asl::Machine;
use crate::history::{Status, Time};
use crate::render::history::{self, Format};
use crate::render::style::Style;
use crate::simulate::mocks::{DEFAULT_START, Form, MockedWorld, Mocks, Settings, scaffold};
use crate::simulate::{self, Execution, Options, Plan};
use crate::spec::WorkflowType;
use crate::spec::quota;
use crate::value::Value;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// The arguments of `asl simulate`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    machine: definition::Args,
    /// The execution's input: a file, `-` for standard input, or JSON
    #[arg(long, value_name = "FILE|JSON", allow_hyphen_values = true)]
    input: Option<String>,
    #[command(flatten)]
    mocks: mocks::Args,
    /// Run against a recorded execution, as `aws stepfunctions get-execution-history` prints it: its input, its
    /// tasks' outcomes; the first step that differs is shown
    #[arg(long, value_name = "FILE", conflicts_with_all = ["repeat", "until", "start_time"])]
    replay: Option<PathBuf>,
    /// Write a file of mocks with every task of the definition and a sample of its answer, and do nothing else; `-` is
    /// standard output
    #[arg(long, value_name = "FILE", conflicts_with_all = ["file", "returns", "failures", "replay", "repeat"])]
    scaffold: Option<PathBuf>,
    /// The type of the machine; otherwise the one that its template gives it, or STANDARD
    #[arg(long = "type", value_name = "TYPE", ignore_case = true)]
    workflow_type: Option<WorkflowType>,
    /// The seed of everything random
    #[arg(long, value_name = "N", default_value_t = 0)]
    seed: u64,
    /// When the execution starts
    #[arg(long, value_name = "TIMESTAMP", default_value = DEFAULT_START)]
    start_time: String,
    /// Whether AWS's limits on payloads, history and duration hold
    #[arg(long, value_name = "WHICH", default_value = "aws")]
    limits: Limits,
    /// More transitions than this are taken for an endless loop
    #[arg(long, value_name = "N", default_value_t = 1_000_000)]
    max_transitions: u64,
    /// Run a definition that AWS would refuse, as far as it goes
    #[arg(long)]
    force: bool,
    /// Run so many times, each with its mocks afresh and the seed counted up, and report the distribution
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=10_000_000))]
    repeat: Option<u64>,
    /// Stop once this state has been left for the first time, wherever it is: its output is the result
    #[arg(long, value_name = "STATE")]
    until: Option<String>,
    /// Also write a page to look at the execution in: the graph, what it did, and a timeline
    #[arg(long, value_name = "FILE.html", conflicts_with = "repeat")]
    report: Option<PathBuf>,
    /// How to print
    #[arg(long, default_value = "text")]
    format: Format,
    /// In the timeline: every iteration, and payloads whole
    #[arg(long)]
    verbose: bool,
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl Args {
    /// The files that the command reads.
    fn reads(&self) -> impl Iterator<Item = &Path> {
        let given = [
            self.mocks.file(),
            self.replay.as_deref(),
            self.input.as_deref().map(Path::new),
        ];
        std::iter::once(self.machine.path()).chain(given.into_iter().flatten())
    }
}

/// Which limits hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Limits {
    /// AWS's
    Aws,
    /// None
    Off,
}

/// Everything that the runs of one command share.
struct Prepared<'a> {
    args: &'a Args,
    style: Style,
    definition: &'a Definition,
    machine: &'a Machine<'a>,
    plan: Rc<Plan>,
    mocks: Mocks,
    input: Value,
    start: Time,
    options: Options,
}

/// Runs `asl simulate`.
pub fn run(args: &Args, style: &Style, end: EndProcess) -> Result<Exit, CliError> {
    if args.repeat.is_some() && !args.format.summarizes_runs() {
        return Err(CliError::new("--format history prints one execution")
            .help("leave --repeat away; --seed N runs the one that you want to see"));
    }
    if args.verbose && (args.repeat.is_some() || !args.format.is_for_people()) {
        return Err(CliError::new("--verbose is for the timeline of one execution")
            .help("leave it away, or ask for --format text without --repeat"));
    }
    if args.machine.path() == Path::new("-") && args.input.as_deref() == Some("-") {
        return Err(
            CliError::new("Standard input cannot be both the definition and the input")
                .help("name a file for one of them"),
        );
    }
    let definition = definition::load(&args.machine)?;
    let workflow_type = target::workflow_type(args, &definition);
    let machine = definition.check(workflow_type, args.force)?;
    if let Some(file) = &args.scaffold {
        let is_json = file.extension().is_some_and(|e| e.eq_ignore_ascii_case("json"));
        let form = if is_json { Form::Json } else { Form::Yaml };
        scaffold_file::write(file, &scaffold(&machine, form))?;
        return Ok(Exit::Success);
    }
    let plan = Rc::new(Plan::new(&machine));
    let (mocks, children) = mocks::prepare(&args.mocks, &plan, args.force)?;
    let until = args.until.as_deref().map(|name| target::state(&plan, name));
    let options = Options {
        machine_name: target::machine_name(args, &definition).into(),
        workflow_type,
        limits: args.limits == Limits::Aws,
        max_transitions: args.max_transitions,
        history: args.report.is_some() || (args.repeat.is_none() && args.format.shows_events()),
        until: until.transpose()?,
        children,
        ..Options::default()
    };
    let input = read_input(args.input.as_deref())?;
    if options.limits && args.replay.is_none() {
        check_size(&input)?;
    }
    let prepared = Prepared {
        args,
        style: *style,
        machine: &machine,
        plan,
        mocks,
        input,
        start: start_time(&args.start_time)?,
        options,
        definition: &definition,
    };
    let exit = match (&args.replay, args.repeat) {
        (Some(path), _) => replay::read(path).and_then(|recording| replay::run(&prepared, &recording)),
        (None, Some(runs)) => repeat::run(&prepared, runs),
        (None, None) => once::run(&prepared),
    };
    end(exit?)
}

impl Prepared<'_> {
    /// The outside of the execution that comes after so many others.
    fn world(&self, run: u64) -> MockedWorld<'_> {
        MockedWorld::new(
            &self.mocks,
            Settings {
                seed: self.seed(run),
                start: self.start,
                is_strict: self.args.mocks.strict,
            },
        )
    }

    /// The seed of the execution that comes after so many others.
    fn seed(&self, run: u64) -> u64 {
        self.args.seed.wrapping_add(run)
    }

    fn print_settings(&self) -> history::Settings {
        history::Settings {
            style: self.style,
            is_verbose: self.args.verbose,
        }
    }

    fn simulate(&self, world: &mut MockedWorld<'_>) -> Result<Execution, simulate::Error> {
        simulate::run(&self.plan, self.input.clone(), world, &self.options)
    }
}

/// Whether an execution came to the end that was asked for.
fn succeeded(execution: &Execution) -> bool {
    execution.status == Status::Succeeded || execution.has_stopped
}

pub(super) fn start_time(text: &str) -> Result<Time, CliError> {
    Time::parse(text).ok_or_else(|| {
        CliError::new(format!("`{text}` is no point in time"))
            .help("write it with a date, a time and an offset, such as 2030-01-01T00:00:00Z")
    })
}

/// Whether AWS would start an execution with this input.
fn check_size(input: &Value) -> Result<(), CliError> {
    let most = quota::PAYLOAD_BYTES;
    match input.json_len() {
        Ok(bytes) if bytes > most => Err(CliError::new(format!(
            "The input is {bytes} bytes long, and AWS starts no execution with more than {most}"
        ))
        .help("`--limits off` runs it all the same")),
        _ => Ok(()),
    }
}

/// The input of the execution: `{}` where none is given.
pub(super) fn read_input(given: Option<&str>) -> Result<Value, CliError> {
    given.map_or_else(|| Ok(Value::empty_object()), data::argument)
}

impl From<simulate::Error> for CliError {
    fn from(error: simulate::Error) -> Self {
        let words = Self::new(error.message);
        match error.help {
            Some(help) => words.help(help),
            None => words,
        }
    }
}

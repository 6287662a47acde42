//! `asl simulate`: run a definition with mocked tasks on a virtual clock.

mod definition;
mod mocks;

use super::input;
use super::machine;
use super::{Exit, Trouble};
use crate::history::{Status, Time};
use crate::render::history::{self, Origin};
use crate::render::style::Style;
use crate::simulate::mocks::{DEFAULT_START, MockedWorld, Settings};
use crate::simulate::{self, Execution, Options};
use crate::value::Value;
use definition::Prepared;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// The arguments of `asl simulate`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    machine: machine::Args,
    /// The execution's input: a file, `-` for standard input, or JSON
    #[arg(long, value_name = "FILE|JSON", allow_hyphen_values = true)]
    input: Option<String>,
    /// The mocks: asl's own format, or a MockConfigFile.json of Step Functions Local
    #[arg(long, value_name = "FILE")]
    mocks: Option<PathBuf>,
    /// The test case of a MockConfigFile.json
    #[arg(long, value_name = "NAME")]
    test_case: Option<String>,
    /// The machine of a MockConfigFile.json that holds several
    #[arg(long, value_name = "NAME")]
    mock_machine: Option<String>,
    /// A task without a mock is an error
    #[arg(long)]
    strict: bool,
    /// The type of the machine
    #[arg(
        long = "type",
        value_name = "TYPE",
        ignore_case = true,
        default_value = "STANDARD"
    )]
    machine_type: super::lint::Type,
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
    /// How to print
    #[arg(long, default_value = "history")]
    format: Format,
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Which limits hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Limits {
    /// AWS's
    Aws,
    /// None
    Off,
}

/// How to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// A summary for programs
    Json,
    /// The events, as `aws stepfunctions get-execution-history` prints them
    History,
}

/// Runs `asl simulate`.
pub fn run(args: &Args, style: &Style) -> Result<Exit, Trouble> {
    let Some(Prepared { plan, machine_name }) = definition::prepare(args, style)? else {
        return Ok(Exit::Trouble);
    };
    let Some(mocks) = mocks::prepare(args, style)? else {
        return Ok(Exit::Trouble);
    };
    let input = read_input(args.input.as_deref())?;
    let options = Options {
        machine_name: machine_name.into(),
        is_express: matches!(args.machine_type, super::lint::Type::Express),
        limits: args.limits == Limits::Aws,
        max_transitions: args.max_transitions,
        history: args.format != Format::Json,
        ..Options::default()
    };
    let settings = Settings {
        seed: args.seed,
        start: start_time(&args.start_time)?,
        is_strict: args.strict,
    };
    let mut world = MockedWorld::new(&mocks, settings);
    let execution = simulate::run(&plan, input, &mut world, &options)?;
    let mut out = output(args.output.as_deref())?;
    print(&execution, args.format, &mut out)?;
    out.flush()?;
    Ok(match execution.status {
        Status::Succeeded => Exit::Clean,
        _ => Exit::Findings,
    })
}

fn print(execution: &Execution, format: Format, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Json => history::summary(execution, out),
        Format::History => history::events(
            &execution.history,
            Origin {
                role_arn: &execution.identity.role_arn,
                region: simulate::REGION,
            },
            out,
        ),
    }
}

fn start_time(text: &str) -> Result<Time, Trouble> {
    Time::parse(text).ok_or_else(|| {
        Trouble::new(format!("`{text}` is no point in time"))
            .help("write it with a date, a time and an offset, such as 2030-01-01T00:00:00Z")
    })
}

/// The input of the execution: `{}` where none is given.
fn read_input(given: Option<&str>) -> Result<Value, Trouble> {
    let Some(given) = given else {
        return Ok(Value::empty_object());
    };
    let is_file = given == "-" || Path::new(given).is_file();
    if !is_file {
        return Value::parse(given)
            .map_err(|e| Trouble::new(format!("The input `{given}` is neither a file nor JSON: {e}")));
    }
    let source = input::one(Path::new(given), None)?.read()?;
    Value::parse(source.text()).map_err(|e| {
        let at = source.position(crate::source::to_offset(e.offset));
        Trouble::new(format!(
            "{}:{}:{}: the input is not JSON: {e}",
            source.name(),
            at.line,
            at.column
        ))
    })
}

fn output(path: Option<&Path>) -> Result<Box<dyn Write>, Trouble> {
    let Some(path) = path else {
        return Ok(Box::new(BufWriter::with_capacity(1 << 16, io::stdout().lock())));
    };
    let file = File::create(path)
        .map_err(|e| Trouble::new(format!("`{}` cannot be written: {e}", path.display())))?;
    Ok(Box::new(BufWriter::new(file)))
}

impl From<simulate::Trouble> for Trouble {
    fn from(trouble: simulate::Trouble) -> Self {
        let words = Self::new(trouble.message);
        match trouble.help {
            Some(help) => words.help(help),
            None => words,
        }
    }
}

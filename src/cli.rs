//! The command line: what was typed, which command that is, and how the run ends.

use crate::render::style::{ColorChoice, Style, Terminal};
use clap::{ArgAction, CommandFactory, Parser, Subcommand};
use deferred::Deferred;
use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};

pub mod completions;
pub mod cost;
mod data;
mod deferred;
pub mod eval;
pub mod exit;
pub mod explain;
pub mod graph;
pub mod input;
pub mod lint;
pub mod list;
pub mod machine;
mod new_file;
mod output;
mod progress;
mod recorded;
pub mod refusal;
mod revision;
pub mod schema;
pub mod simulate;
pub mod test_state;

pub use exit::{Exit, Trouble};

/// Lint, draw, simulate and price Amazon States Language state machines, offline.
#[derive(Debug, Parser)]
#[command(name = "asl", version, disable_version_flag = true, max_term_width = 110)]
pub struct Cli {
    /// When to colour the output
    #[arg(
        long,
        global = true,
        display_order = 998,
        value_name = "WHEN",
        default_value = "auto",
        hide_possible_values = false
    )]
    color: ColorChoice,
    /// Print the version; with --verbose also the dates of the data tables
    #[arg(short = 'V', long, action = ArgAction::SetTrue)]
    version: bool,
    /// With --version: the dates of the data tables
    #[arg(long, action = ArgAction::SetTrue, requires = "version")]
    verbose: bool,
    #[command(subcommand)]
    command: Option<Command>,
}

/// What asl can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check definitions: fields, flow, expressions, integrations
    Lint(Deferred<lint::Args>),
    /// List the state machines that files hold: definitions, templates, Terraform, Serverless
    List(Deferred<list::Args>),
    /// Draw a definition: states and transitions, for documents, browsers and terminals
    Graph(Deferred<graph::Args>),
    /// Say what a state machine costs, as Standard and as Express, before it is deployed
    Cost(Deferred<cost::Args>),
    /// Try an expression: JSONPath, an intrinsic function, JSONata, or a payload template
    Eval(Deferred<eval::Args>),
    /// Run a definition with mocked tasks on a virtual clock
    Simulate(Deferred<simulate::Args>),
    /// Run one state alone, as the `TestState` API does
    TestState(Deferred<test_state::Args>),
    /// Print a rule's manual, or the list of rules
    Explain(Deferred<explain::Args>),
    /// Print a JSON schema: of the language, or of a file asl reads or writes
    Schema(Deferred<schema::Args>),
    /// Print a completion script for a shell
    Completions(Deferred<completions::Args>),
}

/// Parses the command line, runs the command, and says how it ended.
pub fn main() -> Exit {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return usage(&error),
    };
    match run(cli) {
        Ok(exit) => exit,
        Err(trouble) if trouble.is_broken_pipe() => Exit::Clean,
        Err(trouble) => {
            exit::complain(&trouble);
            Exit::Trouble
        }
    }
}

/// Prints clap's own answer: help and version are no errors.
fn usage(error: &clap::Error) -> Exit {
    let printed = error.print();
    if error.use_stderr() {
        return Exit::Trouble;
    }
    match printed {
        Ok(()) => Exit::Clean,
        Err(e) if e.kind() == io::ErrorKind::BrokenPipe => Exit::Clean,
        Err(_) => Exit::Trouble,
    }
}

fn run(cli: Cli) -> Result<Exit, Trouble> {
    let out = style(cli.color, Stream::Stdout);
    out.apply();
    if cli.version {
        return version(cli.verbose);
    }
    let Some(command) = cli.command else {
        Cli::command().print_help()?;
        return Ok(Exit::Trouble);
    };
    match command {
        Command::Lint(args) => lint::run(&args, &out),
        Command::List(args) => list::run(&args, &out),
        Command::Graph(args) => graph::run(&args, &out),
        Command::Cost(args) => cost::run(&args, &out),
        Command::Eval(args) => eval::run(&args, out),
        Command::Simulate(args) => simulate::run(&args, &out),
        Command::TestState(args) => test_state::run(&args),
        Command::Explain(args) => explain::run(&args, out),
        Command::Schema(args) => schema::run(&args),
        Command::Completions(args) => completions::run(&args),
    }
}

fn version(verbose: bool) -> Result<Exit, Trouble> {
    let mut out = io::stdout().lock();
    writeln!(out, "asl {}", env!("CARGO_PKG_VERSION"))?;
    if verbose {
        for table in crate::aws::dates() {
            writeln!(out, "  {:<14} {}  {}", table.table, table.retrieved, table.source)?;
        }
    }
    Ok(Exit::Clean)
}

/// A stream we write to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stream {
    Stdout,
    Stderr,
}

/// The one place that looks at the terminal and at the environment.
pub(crate) fn style(choice: ColorChoice, stream: Stream) -> Style {
    let var = |name: &str| std::env::var_os(name).and_then(|v: OsString| v.into_string().ok());
    let is_terminal = match stream {
        Stream::Stdout => io::stdout().is_terminal(),
        Stream::Stderr => io::stderr().is_terminal(),
    };
    let [no_color, clicolor_force, term, lc_all, lc_ctype, lang] =
        ["NO_COLOR", "CLICOLOR_FORCE", "TERM", "LC_ALL", "LC_CTYPE", "LANG"].map(var);
    // Shells know `COLUMNS` and mostly keep it to themselves.
    let columns = var("COLUMNS").and_then(|c| c.parse().ok()).or_else(|| {
        let size = match stream {
            _ if !is_terminal => None,
            Stream::Stdout => terminal_size::terminal_size_of(io::stdout()),
            Stream::Stderr => terminal_size::terminal_size_of(io::stderr()),
        };
        size.map(|(width, _)| width.0.into())
    });
    Style::resolve(
        choice,
        &Terminal {
            is_terminal,
            width: columns,
            no_color: no_color.as_deref(),
            clicolor_force: clicolor_force.as_deref(),
            term: term.as_deref(),
            locale: [lc_all.as_deref(), lc_ctype.as_deref(), lang.as_deref()],
        },
    )
}

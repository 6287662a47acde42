//! The command line: parses arguments, dispatches to the command, and returns the exit code.

use crate::render::style::ColorChoice;
use clap::{ArgAction, CommandFactory, FromArgMatches, Parser, Subcommand};
use deferred_args::DeferredArgs;
use std::io::{self, Write};
use std::mem::ManuallyDrop;
use terminal::Stream;

pub mod completions;
mod config_file;
pub mod cost;
mod count_arg;
mod data_args;
mod declarations;
mod deferred_args;
mod definition;
pub mod eval;
mod examples;
pub mod exit;
pub mod explain;
pub mod graph;
mod guard;
mod history_file;
pub mod iam;
pub mod input;
mod json_input;
pub mod lint;
pub mod list;
mod log_level;
pub mod lsp;
mod output;
mod parallel;
pub mod preflight;
mod progress;
mod report;
mod revision;
mod rule_name;
mod scaffold_file;
pub mod schema;
pub mod shapes;
pub mod simulate;
mod terminal;
pub mod test;
pub mod test_state;
mod workflow_type;

pub use exit::{CliError, Exit, ExitProcess};

/// Lint, draw, simulate, and estimate the cost of AWS Step Functions state machines, offline
#[derive(Debug, Parser)]
#[command(
    name = "asl",
    version,
    disable_version_flag = true,
    max_term_width = 110,
    help_template = include_str!("cli/help.txt")
)]
pub struct Cli {
    /// When to use color
    #[arg(
        long,
        global = true,
        display_order = 998,
        value_name = "WHEN",
        default_value = "auto",
        hide_possible_values = false
    )]
    color: ColorChoice,
    /// Print the version
    #[arg(short = 'V', long, action = ArgAction::SetTrue)]
    version: bool,
    /// With --version, also print the dates of the data tables
    #[arg(long, action = ArgAction::SetTrue, requires = "version")]
    verbose: bool,
    #[command(subcommand)]
    command: Option<Command>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check definitions: fields, flow, expressions, integrations
    Lint(DeferredArgs<lint::Args>),
    /// List the state machines in files: definitions, templates, Terraform, Serverless Framework
    List(DeferredArgs<list::Args>),
    /// Draw the states and transitions of a definition
    Graph(DeferredArgs<graph::Args>),
    /// Show the types of the data at each state
    Shapes(DeferredArgs<shapes::Args>),
    /// Estimate the cost of a state machine as a Standard and as an Express workflow
    Cost(DeferredArgs<cost::Args>),
    /// Derive the IAM role that a state machine needs, or check its role
    Iam(DeferredArgs<iam::Args>),
    /// Evaluate an expression: JSONPath, an intrinsic function, JSONata, or a payload template
    Eval(DeferredArgs<eval::Args>),
    /// Run a definition with mocked tasks on a virtual clock
    Simulate(DeferredArgs<simulate::Args>),
    /// Run test suites with mocked tasks, and compare the executions with the expected results
    Test(DeferredArgs<test::Args>),
    /// Run a single state, like the TestState API
    TestState(DeferredArgs<test_state::Args>),
    /// Print the manual of a rule, or list the rules
    Explain(DeferredArgs<explain::Args>),
    /// Print the JSON schema of the language, or of a file that asl reads or writes
    Schema(DeferredArgs<schema::Args>),
    /// Print a completion script for a shell
    Completions(DeferredArgs<completions::Args>),
    /// Run the language server, for editors
    Lsp(DeferredArgs<lsp::Args>),
}

/// Parses the command line, runs the command, and returns the exit code. Commands that own much memory call `exit_process`
/// instead of returning, after they have flushed their output.
pub fn main(exit_process: ExitProcess) -> Exit {
    let cli = match parse() {
        Ok(cli) => cli,
        Err(error) => return usage(&error),
    };
    match run(cli, exit_process) {
        Ok(exit) => exit,
        Err(error) if error.is_broken_pipe() => Exit::Success,
        Err(error) => {
            exit::report_error(&error);
            Exit::Error
        }
    }
}

/// Parses the command line like [`Parser::try_parse`], but does not free clap's description of it: that would be a
/// twentieth of what a short run does.
fn parse() -> Result<Cli, clap::Error> {
    let mut command = ManuallyDrop::new(Cli::command());
    let mut matches = command.try_get_matches_from_mut(std::env::args_os())?;
    Cli::from_arg_matches_mut(&mut matches).map_err(|error| error.format(&mut Cli::command()))
}

/// Prints what clap returns instead of parsed arguments: an error, or help and version, which are not errors.
fn usage(error: &clap::Error) -> Exit {
    let printed = error.print();
    if error.use_stderr() {
        return Exit::Error;
    }
    match printed {
        Ok(()) => Exit::Success,
        Err(e) if e.kind() == io::ErrorKind::BrokenPipe => Exit::Success,
        Err(_) => Exit::Error,
    }
}

/// The whole command line as a clap command, from which completion scripts and manual pages are generated.
pub fn command() -> clap::Command {
    Cli::command()
}

fn run(cli: Cli, exit_process: ExitProcess) -> Result<Exit, CliError> {
    let out = terminal::style(cli.color, Stream::Stdout);
    out.apply();
    if cli.version {
        return version(cli.verbose);
    }
    let Some(command) = cli.command else {
        Cli::command().print_help()?;
        return Ok(Exit::Error);
    };
    match command {
        Command::Lint(args) => lint::run(&args, &out, exit_process),
        Command::List(args) => list::run(&args, &out),
        Command::Graph(args) => graph::run(&args, &out, exit_process),
        Command::Shapes(args) => shapes::run(&args, &out, exit_process),
        Command::Cost(args) => cost::run(&args, &out),
        Command::Iam(args) => iam::run(&args, &out, exit_process),
        Command::Eval(args) => eval::run(&args, out),
        Command::Simulate(args) => simulate::run(&args, &out, exit_process),
        Command::Test(args) => test::run(&args, &out, exit_process),
        Command::TestState(args) => test_state::run(&args),
        Command::Explain(args) => explain::run(&args, out),
        Command::Schema(args) => schema::run(&args),
        Command::Lsp(_) => lsp::run(exit_process),
        Command::Completions(args) => completions::run(&args, Cli::command()),
    }
}

fn version(verbose: bool) -> Result<Exit, CliError> {
    let mut out = io::stdout().lock();
    writeln!(out, "asl {}", env!("CARGO_PKG_VERSION"))?;
    if verbose {
        let tables = crate::aws::provenance();
        let width = tables.iter().map(|entry| entry.table.len()).max().unwrap_or(0);
        for entry in tables {
            writeln!(
                out,
                "  {:width$}  {}  {}",
                entry.table, entry.retrieved, entry.source
            )?;
        }
    }
    Ok(Exit::Success)
}

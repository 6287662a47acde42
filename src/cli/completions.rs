//! `asl completions`: a completion script for a shell.

use super::{Cli, CliError, Exit};
use clap::CommandFactory;
use clap_complete::Shell;
use std::io::{self, Write};

/// The arguments of `asl completions`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Shell to generate the script for
    shell: Shell,
}

/// Runs `asl completions`.
pub fn run(args: &Args) -> Result<Exit, CliError> {
    io::stdout().lock().write_all(&script(args.shell))?;
    Ok(Exit::Success)
}

/// The completion script of a shell.
pub fn script(shell: Shell) -> Vec<u8> {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "asl", &mut text);
    text
}

/// The whole command line, as clap describes it: what manual pages are made of.
pub fn command() -> clap::Command {
    Cli::command()
}

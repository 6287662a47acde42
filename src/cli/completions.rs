//! `asl completions`: a completion script for a shell.

use super::{CliError, Exit};
use clap::Command;
use clap_complete::Shell;
use std::io::{self, Write};

/// The arguments of `asl completions`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Shell to generate the script for
    shell: Shell,
}

/// Runs `asl completions`.
pub fn run(args: &Args, command: Command) -> Result<Exit, CliError> {
    io::stdout().lock().write_all(&script(args.shell, command))?;
    Ok(Exit::Success)
}

/// The completion script of a shell for a command line.
pub fn script(shell: Shell, mut command: Command) -> Vec<u8> {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut command, "asl", &mut text);
    text
}

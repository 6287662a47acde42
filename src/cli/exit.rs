//! Exit codes, and the error of a command that cannot do its work.

use super::terminal::{self, Stream};
use crate::diagnostic::Severity;
use crate::render::printable::{Notation, Printable};
use crate::render::style::ColorChoice;
use crate::simulate;
use std::fmt;
use std::io::{self, Write};
use std::process::ExitCode;

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// 0: nothing to report, the execution succeeded, within budget.
    Success,
    /// 1: findings at or above the threshold, the execution failed or timed out, over budget.
    Findings,
    /// 2: the command could not do its work.
    Error,
}

impl Exit {
    /// The exit code.
    pub const fn code(self) -> u8 {
        match self {
            Self::Success => 0,
            Self::Findings => 1,
            Self::Error => 2,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        exit.code().into()
    }
}

/// Ends the process without freeing memory.
pub type ExitProcess = fn(Exit) -> !;

/// Why a command could not do its work: what the user reads on stderr before exit code 2.
#[derive(Debug)]
pub struct CliError {
    message: String,
    help: Option<String>,
    /// The process that read our output has closed the pipe, as `head` does; this is not reported.
    is_broken_pipe: bool,
}

impl CliError {
    /// An error with a message of one sentence, without a final period.
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            help: None,
            is_broken_pipe: false,
        }
    }

    /// Adds what to do next.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The message, and the help if there is any.
    pub fn into_parts(self) -> (String, Option<String>) {
        (self.message, self.help)
    }

    /// Whether the process that read our output has closed the pipe.
    pub const fn is_broken_pipe(&self) -> bool {
        self.is_broken_pipe
    }
}

impl From<io::Error> for CliError {
    fn from(error: io::Error) -> Self {
        let is_broken_pipe = error.kind() == io::ErrorKind::BrokenPipe;
        Self {
            message: format!("cannot write the output: {error}"),
            help: None,
            is_broken_pipe,
        }
    }
}

impl From<simulate::Error> for CliError {
    fn from(error: simulate::Error) -> Self {
        let message = Self::new(error.message);
        match error.help {
            Some(help) => message.help(help),
            None => message,
        }
    }
}

impl fmt::Display for CliError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        self.help
            .iter()
            .try_for_each(|help| write!(f, "\n  help: {help}"))
    }
}

/// Prints an error on stderr. If stderr cannot be written, only the exit code reports it.
pub fn report_error(error: &CliError) {
    print(Severity::Error, error);
}

/// Prints a warning to standard error; the command continues.
pub fn warn(message: &str) {
    print(Severity::Warning, &message);
}

/// Prints information on stderr, for a command whose output is a file.
pub fn inform(message: &str) {
    print(Severity::Info, &message);
}

/// Warns of each old spelling of a flag on the command line. Old spellings stay as hidden aliases.
pub fn warn_of_renamed_flags(renamed: &[(&str, &str)]) {
    for (old, new) in renamed {
        let is_old = |arg: &str| {
            arg.strip_prefix(old)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('='))
        };
        if std::env::args_os().any(|arg| arg.to_str().is_some_and(is_old)) {
            warn(&format!("`{old}` is deprecated; use `{new}`"));
        }
    }
}

fn print(severity: Severity, message: &dyn fmt::Display) {
    let style = terminal::style(ColorChoice::Auto, Stream::Stderr);
    let label = style.severity(severity, &format!("{}:", severity.as_str()));
    let mut out = Printable::new(io::stderr(), Notation::Symbol);
    drop(writeln!(out, "{label} {message}"));
}

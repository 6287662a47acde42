//! Exit codes, and the one way in which a command fails to do its work.

use std::fmt;
use std::io;
use std::process::ExitCode;

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// 0: nothing to report, the execution succeeded, within budget.
    Clean,
    /// 1: findings at or above the threshold, the execution failed or timed out, over budget.
    Findings,
    /// 2: the work could not be done.
    Trouble,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Clean => 0,
            Exit::Findings => 1,
            Exit::Trouble => 2,
        })
    }
}

/// Why the work could not be done: what the user reads on stderr before exit code 2.
#[derive(Debug)]
pub struct Trouble {
    message: String,
    help: Option<String>,
    /// The reader of our output has gone; that is no trouble at all.
    is_broken_pipe: bool,
}

impl Trouble {
    /// What is wrong, one sentence without a full stop.
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            help: None,
            is_broken_pipe: false,
        }
    }

    /// What to do next.
    #[must_use]
    pub fn help(mut self, words: impl Into<String>) -> Self {
        self.help = Some(words.into());
        self
    }

    /// What is wrong, and what to do next.
    pub fn into_words(self) -> (String, Option<String>) {
        (self.message, self.help)
    }

    /// Whether the reader of our output has gone.
    pub const fn is_broken_pipe(&self) -> bool {
        self.is_broken_pipe
    }
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        let is_broken_pipe = error.kind() == io::ErrorKind::BrokenPipe;
        Self {
            message: format!("The output cannot be written: {error}"),
            help: None,
            is_broken_pipe,
        }
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        self.help
            .iter()
            .try_for_each(|help| write!(f, "\n  help: {help}"))
    }
}

/// Says on stderr what could not be done. Where not even stderr can be written, the exit code has to say it.
pub fn complain(trouble: &Trouble) {
    use std::io::Write;
    let style = super::style(crate::render::style::ColorChoice::Auto, super::Stream::Stderr);
    let word = style.severity(crate::diagnostic::Severity::Error, "error:");
    drop(writeln!(io::stderr(), "{word} {trouble}"));
}

/// Says on stderr what is worth a word, though nothing is wrong.
pub fn note(words: &str) {
    use std::io::Write;
    let style = super::style(crate::render::style::ColorChoice::Auto, super::Stream::Stderr);
    let word = style.severity(crate::diagnostic::Severity::Warning, "warning:");
    drop(writeln!(io::stderr(), "{word} {words}"));
}

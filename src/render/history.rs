//! Output formats of simulated executions. Each prints one execution, the distribution of many, and the comparison with
//! a recorded one.

mod distribution;
mod divergence;
mod failure;
mod json;
mod report;
mod time_column;
mod timeline;

pub use report::{Bill, ExpressBill, Replay, Report, Runs, Settings};

use crate::history::{self, LogSettings, Origin};
use crate::render::printable::Notation;
use crate::simulate::{self, Execution};
use std::io::{self, Write};

/// Output formats of `asl simulate`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Timeline
    Text,
    /// JSON summary, described by asl schema simulation, or with --replay by asl schema replay
    Json,
    /// Events, as printed by aws stepfunctions get-execution-history
    History,
    /// Log events, one per line, as a log group of CloudWatch Logs receives them
    Logs,
}

impl Format {
    /// How characters that must not be printed raw are written.
    pub const fn notation(self) -> Notation {
        match self {
            Self::Json | Self::History => Notation::Json,
            _ => Notation::Symbol,
        }
    }

    /// Whether people read it, so that it has a verbose form.
    pub const fn is_human_readable(self) -> bool {
        match self {
            Self::Text => true,
            Self::Json | Self::History | Self::Logs => false,
        }
    }

    /// Whether it shows events, which the simulator has to record.
    pub const fn shows_events(self) -> bool {
        match self {
            Self::Text | Self::History | Self::Logs => true,
            Self::Json => false,
        }
    }

    /// Whether it can print the distribution of many executions.
    pub const fn summarizes_runs(self) -> bool {
        match self {
            Self::Text | Self::Json => true,
            Self::History | Self::Logs => false,
        }
    }

    /// Writes one execution.
    pub fn write(self, report: &Report<'_>, settings: Settings, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Self::Text => {
                timeline::write(report, settings, out)?;
                failure::write(report, settings, out)
            }
            Self::Json => json::write(report, out),
            Self::History => write_events(report.execution, out),
            Self::Logs => write_log(report.execution, settings.logs, out),
        }
    }

    /// Writes the distribution of many executions.
    ///
    /// # Errors
    ///
    /// [`io::ErrorKind::Unsupported`] if the format does not [summarize runs](Self::summarizes_runs).
    pub fn write_runs(self, runs: &Runs<'_>, settings: Settings, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Self::Text => distribution::write(runs, settings.style, out),
            Self::Json => distribution::write_json(runs.distribution, out),
            Self::History | Self::Logs => Err(io::ErrorKind::Unsupported.into()),
        }
    }

    /// Writes the comparison of an execution with a recorded one.
    pub fn write_replay(
        self,
        replay: &Replay<'_>,
        settings: Settings,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        match self {
            Self::Text => divergence::write(replay, settings.style, out),
            Self::Json => divergence::write_json(replay, out),
            Self::History => write_events(replay.execution, out),
            Self::Logs => write_log(replay.execution, settings.logs, out),
        }
    }
}

/// Writes the events of an execution in AWS's format.
fn write_events(execution: &Execution, out: &mut dyn Write) -> io::Result<()> {
    history::write(&execution.history, origin(execution), out)
}

/// Writes what a log group receives of an execution.
fn write_log(execution: &Execution, settings: LogSettings, out: &mut dyn Write) -> io::Result<()> {
    let (arn, events) = (&execution.identity.arn, &execution.history);
    history::write_logs(events, arn, origin(execution), settings, out)
}

fn origin(execution: &Execution) -> Origin<'_> {
    Origin {
        role_arn: &execution.identity.role_arn,
        region: simulate::REGION,
    }
}

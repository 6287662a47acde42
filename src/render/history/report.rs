//! The data that the output formats print.

use crate::asl::Machine;
pub use crate::cost::execution_bill::{Bill, ExpressBill};
use crate::history::{LogSettings, Status};
use crate::render::style::Style;
use crate::simulate::replay::Divergence;
use crate::simulate::{Distribution, Execution, Plan, plan};
use crate::source::SourceFile;
use std::rc::Rc;
use std::sync::Arc;

/// One execution.
#[derive(Debug, Clone, Copy)]
pub struct Report<'a> {
    /// The execution.
    pub execution: &'a Execution,
    /// The compiled state machine.
    pub plan: &'a Plan,
    /// The state machine as parsed.
    pub machine: &'a Machine<'a>,
    /// The file of the definition.
    pub source: &'a Arc<SourceFile>,
    /// What AWS bills for it.
    pub bill: Bill,
    /// The state after which to stop (`--until`).
    pub until: Option<&'a str>,
    /// The states whose tasks had no mock.
    pub unmocked: &'a [Rc<str>],
    /// Those states returned samples, not their own input.
    pub is_sampled: bool,
    /// Warnings about the run.
    pub warnings: &'a [String],
}

/// Many executions of the same machine.
#[derive(Debug, Clone, Copy)]
pub struct Runs<'a> {
    /// The machine's name.
    pub machine: &'a str,
    /// The outcomes of the executions.
    pub distribution: &'a Distribution,
}

/// An execution compared with a recorded one.
#[derive(Debug, Clone, Copy)]
pub struct Replay<'a> {
    /// The machine's name.
    pub machine: &'a Rc<str>,
    /// The file of the definition.
    pub source: &'a Arc<SourceFile>,
    /// The ARN of the recorded execution, if the recording contains it.
    pub recorded_execution: Option<&'a str>,
    /// Whether it is the only one that is replayed.
    pub is_only: bool,
    /// The execution of the current definition.
    pub execution: &'a Execution,
    /// The outcome of the recorded execution; `None` if the recording is incomplete.
    pub recorded: Option<Status>,
    /// Whether events or data are missing from the recording.
    pub is_incomplete: bool,
    /// Steps of the recording.
    pub steps: usize,
    /// The first step that differs, if any.
    pub divergence: Option<&'a Divergence<'a>>,
    /// The state of the current definition in which it occurs.
    pub state: Option<&'a plan::State>,
}

/// Options of the output.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// The capabilities of the terminal.
    pub style: Style,
    /// Whether the timeline shows every iteration and whole payloads.
    pub is_verbose: bool,
    /// Which events and data [`Format::Logs`](super::Format::Logs) prints.
    pub logs: LogSettings,
}

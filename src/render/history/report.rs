//! What there is to print of executions that were simulated.

use crate::asl::Machine;
pub use crate::cost::execution_bill::{Bill, ExpressBill};
use crate::history::Status;
use crate::render::style::Style;
use crate::simulate::replay::Departure;
use crate::simulate::{Distribution, Execution, Plan, plan};
use crate::source::SourceFile;
use std::rc::Rc;
use std::sync::Arc;

/// One execution.
#[derive(Debug, Clone, Copy)]
pub struct Report<'a> {
    /// The execution.
    pub execution: &'a Execution,
    /// The machine it ran, ready to run.
    pub plan: &'a Plan,
    /// The machine as it was read.
    pub machine: &'a Machine<'a>,
    /// The file that it was read from.
    pub source: &'a Arc<SourceFile>,
    /// What of the execution is billed.
    pub bill: Bill,
    /// The state after which it was to stop.
    pub until: Option<&'a str>,
    /// The states whose tasks no mock answered.
    pub unmocked: &'a [Rc<str>],
    /// Things worth knowing that are no failures.
    pub warnings: &'a [String],
}

/// Many executions of the same machine.
#[derive(Debug, Clone, Copy)]
pub struct Runs<'a> {
    /// The machine's name.
    pub machine: &'a str,
    /// How the executions ended.
    pub distribution: &'a Distribution,
}

/// An execution of today's definition beside a recorded one.
#[derive(Debug, Clone, Copy)]
pub struct Replay<'a> {
    /// The machine's name.
    pub machine: &'a Rc<str>,
    /// The file that its definition was read from.
    pub source: &'a Arc<SourceFile>,
    /// Today's execution.
    pub execution: &'a Execution,
    /// How the recorded execution ended; `None` where the recording ends before it does.
    pub recorded: Option<Status>,
    /// Steps of the recording.
    pub steps: usize,
    /// Where the two part.
    pub departure: Option<&'a Departure<'a>>,
    /// The state of today's definition in which they do.
    pub state: Option<&'a plan::Step>,
}

/// How to print.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// The terminal's abilities.
    pub style: Style,
    /// Whether the timeline shows every iteration, and payloads whole.
    pub is_verbose: bool,
}

//! A simulation: the definition, its mocks, the input, and the options of its runs.

use super::args::{Args, Limits};
use super::mocks::{self, MockFile};
use super::target;
use crate::asl::{Kind, Machine};
use crate::cli::definition::Definition;
use crate::cli::guard::GuardedWorld;
use crate::cli::{CliError, data_args, json_input, report};
use crate::history::{LogSettings, Time};
use crate::iam::Authorizer;
use crate::render::history;
use crate::render::style::Style;
use crate::simulate::mocks::{MockedWorld, Mocks, Samples, Settings};
use crate::simulate::{ChildMachine, Options, Plan};
use crate::spec::{WorkflowType, quota};
use crate::value::Value;
use std::rc::Rc;

/// A simulation, ready to run.
pub(super) struct Simulation<'a> {
    pub(super) args: &'a Args,
    pub(super) style: &'a Style,
    pub(super) definition: &'a Definition,
    pub(super) machine: &'a Machine<'a>,
    pub(super) plan: Rc<Plan>,
    pub(super) mock_file: Option<MockFile>,
    pub(super) mocks: Mocks,
    pub(super) samples: Samples,
    pub(super) input: Value,
    pub(super) start: Time,
    pub(super) options: Options,
    /// What decides which tasks the role allows.
    pub(super) authorizer: Option<Authorizer>,
}

impl<'a> Simulation<'a> {
    /// Compiles the machine, and reads the mocks and the input.
    pub(super) fn new(
        args: &'a Args,
        style: &'a Style,
        definition: &'a Definition,
        machine: &'a Machine<'a>,
        workflow_type: WorkflowType,
        authorizer: Option<Authorizer>,
    ) -> Result<Self, CliError> {
        let plan = Rc::new(Plan::new(machine));
        let mock_file = args.mocks.read()?;
        let (mocks, children) = mocks::build(
            &args.mocks,
            mock_file.as_ref(),
            &plan,
            args.force,
            &mut report::print,
        )?;
        let options = options(args, definition, workflow_type, &plan, children)?;
        let input = json_input::execution_input(args.input.as_deref())?;
        if options.limits && args.replay.is_none() {
            check_size(&input)?;
        }
        Ok(Self {
            args,
            style,
            definition,
            machine,
            plan,
            mock_file,
            mocks,
            samples: samples(args, machine)?,
            input,
            start: start_time(&args.start_time)?,
            options,
            authorizer,
        })
    }

    /// The world of the run with this seed.
    pub(super) fn world(&self, seed: u64) -> GuardedWorld<'_, MockedWorld<'_>> {
        let without_mock = self.args.mocks.without_mock(&self.samples, self.machine);
        let world = MockedWorld::new(&self.mocks, self.world_settings(seed), without_mock);
        GuardedWorld::new(world, self.authorizer.as_ref())
    }

    /// The settings of the world of the run with this seed.
    pub(super) const fn world_settings(&self, seed: u64) -> Settings {
        Settings {
            seed,
            start: self.start,
        }
    }

    /// How to print the result.
    pub(super) fn print_settings(&self) -> history::Settings {
        history::Settings {
            style: *self.style,
            is_verbose: self.args.verbose,
            logs: LogSettings {
                level: self.args.log_level.unwrap_or_default(),
                has_data: self.args.include_execution_data,
            },
        }
    }
}

/// The samples for tasks without a mock, some of which the configuration file declares.
pub(super) fn samples(args: &Args, machine: &Machine<'_>) -> Result<Samples, CliError> {
    let mut has_tasks = false;
    machine.for_each_state(&mut |_, state| has_tasks |= matches!(state.kind, Kind::Task(_)));
    // Most state machines in tests have mocks or no tasks, and need not read the configuration file.
    if !has_tasks || !args.mocks.are_sampled() {
        return Ok(Samples::default());
    }
    let declarations = data_args::configured(args.machine.path())?;
    Ok(Samples::new(declarations.results))
}

/// The options of the runs.
pub(super) fn options(
    args: &Args,
    definition: &Definition,
    workflow_type: WorkflowType,
    plan: &Plan,
    children: Vec<ChildMachine>,
) -> Result<Options, CliError> {
    let until = args.until.as_deref().map(|name| target::state(plan, name));
    Ok(Options {
        machine_name: target::machine_name(args.machine.path(), definition).into(),
        workflow_type,
        limits: args.limits == Limits::Aws,
        max_transitions: args.max_transitions,
        max_payload: args.max_payload,
        record_events: args.report.is_some() || (args.repeat.is_none() && args.format.shows_events()),
        until: until.transpose()?,
        children,
        ..Options::default()
    })
}

fn start_time(text: &str) -> Result<Time, CliError> {
    Time::parse(text).ok_or_else(|| {
        CliError::new(format!("invalid timestamp `{text}`"))
            .help("use a date, a time, and an offset, such as 2030-01-01T00:00:00Z")
    })
}

/// Fails if AWS would not start an execution with this input.
fn check_size(input: &Value) -> Result<(), CliError> {
    let most = quota::PAYLOAD_BYTES;
    match input.json_len() {
        Ok(bytes) if bytes > most => Err(CliError::new(format!(
            "the input is {bytes} bytes long; the maximum is {most}"
        ))
        .help("use `--limits off` to run it anyway")),
        _ => Ok(()),
    }
}

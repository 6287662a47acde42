//! Many executions and the distribution of their outcomes.

use super::args::Args;
use super::mocks::{self, MockFile};
use super::simulation::{Simulation, options, samples};
use crate::asl::Machine;
use crate::cli::definition::Definition;
use crate::cli::guard::GuardedWorld;
use crate::cli::progress::Progress;
use crate::cli::{CliError, Exit, exit, output};
use crate::iam::Authorizer;
use crate::render::history::Runs;
use crate::render::printable::Printable;
use crate::simulate::mocks::{MockedWorld, Mocks, Settings, Unmocked};
use crate::simulate::{self, Distribution, Options, Plan};
use crate::spec::WorkflowType;
use crate::value::Value;
use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

/// The number of executions that a thread claims at once. With fewer executions per thread, starting it costs more than it saves.
const BLOCK: u64 = 64;

/// Runs the machine repeatedly, on all cores. Mocks and randomness are reset for each run.
pub(super) fn run(simulation: &Simulation<'_>, runs: u64) -> Result<Exit, CliError> {
    let cores = thread::available_parallelism().map_or(1, |cores| cores.get() as u64);
    let threads = cores.min(runs / BLOCK).saturating_sub(1);
    let queue = WorkQueue {
        runs,
        settings: simulation.world_settings(simulation.args.seed),
        next: AtomicU64::new(0),
        is_stopped: AtomicBool::new(false),
        progress: Mutex::new(Progress::new(
            usize::try_from(runs).unwrap_or(usize::MAX),
            "executions",
        )),
    };
    let input = simulation.input.to_json();
    let setup = ThreadSetup::new(simulation, &input);
    let results: Vec<Result<PartialResult, StoppedRun>> = thread::scope(|scope| {
        let (queue, setup) = (&queue, &setup);
        let threads: Vec<_> = (0..threads)
            .map(|_| scope.spawn(move || setup.run(queue)))
            .collect();
        let own = queue.run(
            &simulation.plan,
            &simulation.mocks,
            simulation
                .args
                .mocks
                .without_mock(&simulation.samples, simulation.machine),
            &simulation.input,
            &simulation.options,
            setup.authorizer,
        );
        let joined = threads.into_iter().filter_map(|thread| thread.join().ok());
        std::iter::once(own).chain(joined).collect()
    });
    drop(queue);
    let mut all = PartialResult::default();
    let mut stopped: Option<StoppedRun> = None;
    for result in results {
        match result {
            Ok(part) => all.merge(part),
            Err(run) if stopped.as_ref().is_none_or(|first| run.number < first.number) => stopped = Some(run),
            Err(_) => {}
        }
    }
    if let Some(StoppedRun { number, error }) = stopped {
        return Err(CliError::from(simulate::Error {
            message: format!("{} (execution {number} of {runs})", error.message),
            ..error
        }));
    }
    let PartialResult {
        distribution,
        warnings,
    } = all;
    for warning in &warnings {
        exit::warn(warning);
    }
    let out = output::open(simulation.args.output.as_deref(), [])?;
    let mut out = Printable::new(out, simulation.args.format.notation());
    let report = Runs {
        machine: &simulation.options.machine_name,
        distribution: &distribution,
    };
    simulation
        .args
        .format
        .write_runs(&report, simulation.print_settings(), &mut out)?;
    out.into_inner()?.finish()?;
    Ok(if distribution.unsuccessful == 0 {
        Exit::Success
    } else {
        Exit::Findings
    })
}

/// The outcomes and warnings of some of the executions.
#[derive(Default)]
struct PartialResult {
    distribution: Distribution,
    warnings: BTreeSet<String>,
}

impl PartialResult {
    fn merge(&mut self, other: Self) {
        self.distribution.merge(other.distribution);
        self.warnings.extend(other.warnings);
    }
}

/// An execution that could not continue.
struct StoppedRun {
    /// Its number, starting at 1.
    number: u64,
    error: simulate::Error,
}

/// The executions to run. Threads claim them in blocks, in order.
struct WorkQueue {
    runs: u64,
    /// The settings of the first execution's world.
    settings: Settings,
    /// The index of the next execution.
    next: AtomicU64,
    /// An execution could not continue: no further blocks are claimed. Blocks before its own are completed, so that the
    /// first such execution is always the one that is reported.
    is_stopped: AtomicBool,
    progress: Mutex<Progress>,
}

impl WorkQueue {
    /// Runs blocks until none is left.
    fn run(
        &self,
        plan: &Rc<Plan>,
        mocks: &Mocks,
        without_mock: Unmocked<'_>,
        input: &Value,
        options: &Options,
        authorizer: Option<&Authorizer>,
    ) -> Result<PartialResult, StoppedRun> {
        let mut part = PartialResult::default();
        while !self.is_stopped.load(Ordering::Relaxed) {
            let start = self.next.fetch_add(BLOCK, Ordering::Relaxed);
            if start >= self.runs {
                break;
            }
            let end = self.runs.min(start + BLOCK);
            for index in start..end {
                let settings = Settings {
                    seed: self.settings.seed.wrapping_add(index),
                    ..self.settings.clone()
                };
                let (run, seed) = (index + 1, settings.seed);
                let world = MockedWorld::new(mocks, settings, without_mock);
                let mut world = GuardedWorld::new(world, authorizer);
                let execution = simulate::run(plan, input.clone(), &mut world, options).map_err(|error| {
                    self.is_stopped.store(true, Ordering::Relaxed);
                    StoppedRun { number: run, error }
                })?;
                let state = execution.failed_in.map(|id| &*plan.state(id).name);
                part.distribution.add(&execution, run, seed, state);
                part.warnings.extend(world.warnings());
            }
            let mut progress = self.progress.lock().unwrap_or_else(PoisonError::into_inner);
            (start..end).for_each(|_| progress.step());
        }
        Ok(part)
    }
}

/// What a thread needs to build its own plan and mocks, which are not shared between threads.
struct ThreadSetup<'a> {
    args: &'a Args,
    definition: &'a Definition,
    mock_file: Option<&'a MockFile>,
    input: &'a str,
    workflow_type: WorkflowType,
    authorizer: Option<&'a Authorizer>,
}

impl<'a> ThreadSetup<'a> {
    fn new(simulation: &'a Simulation<'_>, input: &'a str) -> Self {
        Self {
            args: simulation.args,
            definition: simulation.definition,
            mock_file: simulation.mock_file.as_ref(),
            input,
            workflow_type: simulation.options.workflow_type,
            authorizer: simulation.authorizer.as_ref(),
        }
    }

    /// Runs executions from the queue with a plan and mocks of its own. Errors that prevent it have been reported before.
    fn run(&self, queue: &WorkQueue) -> Result<PartialResult, StoppedRun> {
        let Ok(machine) = self.definition.lower() else {
            return Ok(PartialResult::default());
        };
        let Ok((plan, mocks, input, options)) = self.build(&machine) else {
            return Ok(PartialResult::default());
        };
        let Ok(samples) = samples(self.args, &machine) else {
            return Ok(PartialResult::default());
        };
        let without_mock = self.args.mocks.without_mock(&samples, &machine);
        queue.run(&plan, &mocks, without_mock, &input, &options, self.authorizer)
    }

    fn build(&self, machine: &Machine<'_>) -> Result<(Rc<Plan>, Mocks, Value, Options), CliError> {
        let plan = Rc::new(Plan::new(machine));
        let (mocks, children) = mocks::build(
            &self.args.mocks,
            self.mock_file,
            &plan,
            self.args.force,
            &mut |_, _| {},
        )?;
        let input = Value::parse(self.input).unwrap_or_default();
        let options = options(self.args, self.definition, self.workflow_type, &plan, children)?;
        Ok((plan, mocks, input, options))
    }
}

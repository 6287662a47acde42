//! The generation of all cases of a machine.

use super::case::{self, Case};
use super::explore::{Explorer, Found};
use super::handler::ByError;
use super::repair::Solvers;
use super::run::Runner;
use super::script::Script;
use crate::asl::{Kind as StateKind, Machine};
use crate::coverage::{Catalog, Counts, Coverage, Proofs};
use crate::decision::Solver;
use crate::history::Time;
use crate::shape::{Declarations, Declared};
use crate::simulate::Options;
use crate::simulate::mocks;
use crate::simulate::plan::Plan;
use crate::source::SourceFile;
use crate::value::Value;
use foldhash::HashMap;
use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;

/// The transitions after which a run is given up while cases are sought.
const TRANSITIONS: u64 = 1_000;

/// The settings of a generation.
#[derive(Debug, Default)]
pub struct Settings {
    /// The maximum number of cases; `None` for as many as are needed.
    pub max_cases: Option<usize>,
    /// The options of the executions.
    pub options: Options,
    /// What is known about the data of the machine.
    pub declarations: Declarations,
    /// Recorded executions to start with.
    pub seeds: Vec<Seed>,
    /// Results of tasks, by state, that are preferred to samples.
    pub results: Vec<(Rc<str>, Value)>,
}

/// An execution to start with.
#[derive(Debug)]
pub struct Seed {
    /// The name of its case.
    pub name: String,
    /// Its input and outcomes.
    pub script: Script,
}

/// Generated cases.
#[derive(Debug)]
pub struct Generated {
    /// The cases.
    pub cases: Vec<Case>,
    /// What they cover.
    pub coverage: Coverage,
    /// Whether more cases than the maximum would cover more.
    pub is_limited: bool,
}

/// Generates cases for a machine. `name` and `source` are those of reports; `progress` receives the number of
/// items that are done, and of all items.
pub fn generate(
    machine: &Machine<'_>,
    name: &str,
    source: &Arc<SourceFile>,
    settings: &Settings,
    progress: &mut dyn FnMut(usize, usize),
) -> Generated {
    let plan = Rc::new(Plan::new(machine));
    let catalog = Catalog::new(machine);
    let proofs = Proofs::new(machine, &catalog, &settings.declarations);
    let mut samples: HashMap<Rc<str>, Value> = HashMap::default();
    let mut solvers = Solvers::default();
    let mut handlers = HashMap::default();
    for (state, id) in Plan::numbered(machine) {
        if let StateKind::Choice(choice) = &state.kind
            && let Some(solver) = Solver::new(choice)
        {
            solvers.insert(id, solver);
        }
        let step = plan.state(id);
        if !step.retry.is_empty() || !step.catch.is_empty() {
            handlers.insert(id, ByError::new(step));
        }
        if let Some(task) = step.task() {
            let mut results = settings.declarations.results.iter();
            let declared = results.find(|declared| declared.applies_to(&step.name, &task.arn));
            let example = declared.and_then(|declared| declared.result.example());
            samples.insert(
                Rc::clone(&step.name),
                example.unwrap_or_else(|| mocks::sample(&task.arn)),
            );
        }
    }
    samples.extend(settings.results.iter().cloned());
    let options = Options {
        record_events: false,
        max_transitions: TRANSITIONS,
        ..settings.options.clone()
    };
    let runner = Runner {
        plan: &plan,
        catalog: &catalog,
        options: &options,
        start: Time::parse(mocks::DEFAULT_START).unwrap_or_default(),
        samples,
        handlers,
        no_handlers: ByError::default(),
        runs: Cell::new(0),
    };
    let max_cases = settings.max_cases.unwrap_or(usize::MAX);
    let mut explorer = Explorer::new(&runner, &solvers, &proofs);
    for seed in settings.seeds.iter().take(max_cases) {
        explorer.seed(&seed.script, Some(&seed.name));
    }
    let mut script = Script::default();
    if let Some(example) = settings.declarations.input.as_ref().and_then(Declared::example) {
        script.input = example;
    }
    explorer.seed(&script, None);
    explorer.explore(max_cases, progress);
    let (cases, counts) = cases(&runner, explorer.found, max_cases);
    let mut coverage = Coverage::new(name.to_owned(), Arc::clone(source), catalog.clone(), proofs);
    for (case, counts) in cases.iter().zip(&counts) {
        coverage.add(&case.name, counts);
    }
    Generated {
        is_limited: cases.len() >= max_cases,
        cases,
        coverage,
    }
}

/// The cases of runs, without those that cover nothing that others do not.
fn cases(runner: &Runner<'_>, found: Vec<Found>, max_cases: usize) -> (Vec<Case>, Vec<Counts>) {
    let mut all: Vec<(Case, Counts)> = Vec::new();
    let mut is_kept = Vec::new();
    for Found {
        name,
        run,
        is_kept: is_wanted,
    } in found
    {
        if run.execution.is_some()
            && let Some(case) = case::from_run(runner, name, &run)
        {
            all.push(case);
            is_kept.push(is_wanted);
        }
    }
    let items = 0..runner.catalog.items().len();
    let mut users: Vec<usize> = items
        .clone()
        .map(|item| all.iter().filter(|(_, counts)| counts.has(item)).count())
        .collect();
    // Later cases cover more than the first ones, which were found while little was covered.
    for (at, (_, counts)) in all.iter().enumerate().rev() {
        if at == 0 || is_kept[at] {
            is_kept[at] = true;
            continue;
        }
        is_kept[at] = true;
        let used: Vec<usize> = items.clone().filter(|item| counts.has(*item)).collect();
        if used.iter().all(|item| users[*item] > 1) {
            is_kept[at] = false;
            for item in used {
                users[item] -= 1;
            }
        }
    }
    let kept = all.into_iter().zip(is_kept).filter(|(_, is_kept)| *is_kept);
    let mut names: HashMap<String, usize> = HashMap::default();
    kept.take(max_cases)
        .map(|((mut case, counts), _)| {
            let times = names.entry(case.name.clone()).or_insert(0);
            *times += 1;
            if *times > 1 {
                case.name = format!("{} ({times})", case.name);
            }
            (case, counts)
        })
        .unzip()
}

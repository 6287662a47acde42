//! Repair of runs that fail by accident or do not end.

use super::choose::Mutation;
use super::origin::Origins;
use super::run::{Run, Runner};
use super::script::{Change, Script};
use crate::decision::Solver;
use crate::history::Status;
use crate::simulate::StateId;
use crate::simulate::plan::{self, Exit, StateKind};
use foldhash::HashMap;

/// The maximum number of repairs of one run.
const REPAIRS: usize = 48;

/// The maximum number of alternatives for one repair.
const ALTERNATIVES: usize = 32;

/// The number of last visits that are assumed to be the loops of a run that does not end.
const LOOP: usize = 100;

/// The conditions of the Choice states, ready to be solved.
pub(super) type Solvers = HashMap<StateId, Solver>;

/// What is wrong with a run.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Problem {
    /// An expression failed in this visit.
    Failed(usize, String),
    /// The run does not end: the number of states in its loops.
    Endless(usize),
}

impl Run {
    fn problem(&self) -> Option<Problem> {
        let failed = self.trace.visits.iter().enumerate().find_map(|(at, visit)| {
            let failure = visit.failure.as_ref().filter(|failure| failure.is_evaluation)?;
            Some(Problem::Failed(
                at,
                failure.error.cause.as_deref().unwrap_or_default().to_owned(),
            ))
        });
        // A loop may end only with the time limit of the execution.
        let has_ended = self
            .execution
            .as_ref()
            .is_some_and(|execution| execution.status != Status::TimedOut || self.script.has_delays());
        failed.or_else(|| (!has_ended).then(|| Problem::Endless(self.looping().len())))
    }

    /// The states in the loops of a run that does not end.
    fn looping(&self) -> Vec<StateId> {
        let mut states: Vec<StateId> = Vec::new();
        for visit in self.trace.visits.iter().rev().take(LOOP) {
            if !states.contains(&visit.state) {
                states.push(visit.state);
            }
        }
        states
    }

    pub(super) fn origins<'a>(&'a self, runner: &'a Runner<'_>) -> Origins<'a> {
        Origins {
            plan: runner.plan,
            trace: &self.trace,
            start: &self.script.input,
        }
    }
}

/// A script with changes; an attempt that changes is inserted before the old one if `inserts`.
pub(super) fn changed(runner: &Runner<'_>, script: &Script, changes: &[Change], inserts: bool) -> Script {
    script.with(changes, &|state, _| runner.default_outcome(state), inserts)
}

/// Runs a script, and supplies what its states need until none of them fails by accident.
pub(super) fn run_repaired(runner: &Runner<'_>, solvers: &Solvers, script: &Script) -> Run {
    let mut run = runner.run(script);
    for _ in 0..REPAIRS {
        let Some(problem) = run.problem() else { break };
        let better = repairs(runner, solvers, &run, &problem)
            .into_iter()
            .filter(|script| *script != run.script)
            .take(ALTERNATIVES)
            .map(|script| runner.run(&script))
            .find(|repaired| match (&problem, repaired.problem()) {
                (_, None) => true,
                (Problem::Failed(old, cause), Some(Problem::Failed(new, other))) => {
                    new > *old || (new == *old && other != *cause)
                }
                (Problem::Failed(..), Some(Problem::Endless(_))) => true,
                (Problem::Endless(_), Some(Problem::Failed(at, _))) => at > 0,
                (Problem::Endless(old), Some(Problem::Endless(new))) => new < *old,
            });
        match better {
            Some(better) => run = better,
            None => break,
        }
    }
    run
}

/// Scripts that may not have a problem.
fn repairs(runner: &Runner<'_>, solvers: &Solvers, run: &Run, problem: &Problem) -> Vec<Script> {
    let origins = run.origins(runner);
    let change = |changes: &[Change]| changed(runner, &run.script, changes, false);
    match problem {
        Problem::Failed(visit, _) => {
            let mut scripts: Vec<Script> = Vec::new();
            scripts.extend(origins.changes_for_reads(*visit).map(|changes| change(&changes)));
            if let Some(solver) = solvers.get(&run.trace.visits[*visit].state)
                && let StateKind::Choice(choice) = &origins.state(*visit).kind
            {
                let mutations =
                    (0..choice.rules.len()).flat_map(|rule| origins.mutations(*visit, solver, Some(rule)));
                scripts.extend(mutations.map(|Mutation { changes, .. }| change(&changes)));
            }
            scripts.extend(
                origins
                    .changes_of_types(*visit)
                    .iter()
                    .map(|changes| change(changes)),
            );
            scripts
        }
        Problem::Endless(_) => escapes(runner, solvers, run),
    }
}

/// Scripts that leave the loop in which a run ends.
fn escapes(runner: &Runner<'_>, solvers: &Solvers, run: &Run) -> Vec<Script> {
    let origins = run.origins(runner);
    let visits = &run.trace.visits;
    let mut scripts = Vec::new();
    for state in run.looping() {
        let (Some(solver), StateKind::Choice(choice)) = (solvers.get(&state), &runner.plan.state(state).kind)
        else {
            continue;
        };
        let of_state: Vec<usize> = (0..visits.len())
            .filter(|at| visits[*at].state == state)
            .collect();
        // The second visit first: a change there keeps what the script requires of the first visit.
        for at in [1, 0, 2].iter().filter_map(|time| of_state.get(*time)) {
            let exits = (0..choice.rules.len()).map(Some).chain([None]);
            let mut exits: Vec<Option<usize>> =
                exits.filter(|exit| visits[*at].decided != Some(*exit)).collect();
            exits.sort_by_key(|exit| leads_to_failure(runner, choice, *exit));
            for exit in exits {
                let mutations = origins.mutations(*at, solver, exit).into_iter();
                for mutation in mutations.chain(origins.jsonata_mutations(*at, choice, exit)) {
                    scripts.push(changed(runner, &run.script, &mutation.changes, false));
                }
            }
        }
    }
    scripts
}

/// Whether an exit of a Choice goes to a Fail state.
fn leads_to_failure(runner: &Runner<'_>, choice: &plan::Choice, exit: Option<usize>) -> bool {
    let exit = exit.map_or(choice.default, |rule| choice.rules[rule].exit);
    match exit {
        Exit::Next(next) => matches!(runner.plan.state(next).kind, StateKind::Fail(_)),
        Exit::End | Exit::Nowhere => false,
    }
}

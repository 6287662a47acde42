//! The search for scripts that cover a machine, guided by the coverage so far.

use super::fault;
use super::handler::Handler;
use super::name;
use super::path::resized;
use super::repair::{Solvers, changed, run_repaired};
use super::run::{Run, Runner};
use super::script::Script;
use crate::asl::transition_graph::Cause;
use crate::coverage::{Counts, Item, Kind, Part, Proofs, Quantity};
use crate::simulate::StateId;
use crate::simulate::plan::StateKind;
use crate::value::Value;
use foldhash::{HashMap, HashSet};

/// The maximum number of visits of a state that are varied.
const VISITS: usize = 8;

/// The number of runs allowed for each item of a machine, and those allowed in addition.
const RUNS: (usize, usize) = (40, 400);

/// The search for scripts that cover a machine.
pub(super) struct Explorer<'a> {
    pub(super) runner: &'a Runner<'a>,
    pub(super) solvers: &'a Solvers,
    pub(super) proofs: &'a Proofs,
    /// The accepted runs.
    pub(super) found: Vec<Found>,
    covered: Counts,
    /// By state, visits in accepted runs.
    visits: HashMap<StateId, Vec<(usize, usize)>>,
    tried: HashSet<(usize, usize, usize)>,
}

/// An accepted run.
pub(super) struct Found {
    /// The name of its case.
    pub(super) name: String,
    pub(super) run: Run,
    /// Whether it is a case even if others cover the same: a retry that succeeds differs from one that does not.
    pub(super) is_kept: bool,
}

/// A script that may cover an item, and the name of the case.
struct Attempt {
    script: Script,
    name: String,
}

impl<'a> Explorer<'a> {
    pub(super) fn new(runner: &'a Runner<'a>, solvers: &'a Solvers, proofs: &'a Proofs) -> Self {
        Self {
            runner,
            solvers,
            proofs,
            found: Vec::new(),
            covered: Counts::new(runner.catalog),
            visits: HashMap::default(),
            tried: HashSet::default(),
        }
    }

    /// Starts with a script, and keeps its run if it covers anything new.
    pub(super) fn seed(&mut self, script: &Script, name: Option<&str>) {
        let run = run_repaired(self.runner, self.solvers, script);
        let is_kept = name.is_some();
        let name = name.map_or_else(|| name::first(&run, self.runner.plan), str::to_owned);
        self.accept(name, run, is_kept);
    }

    /// Varies runs until all items are covered, or nothing new is found. `progress` receives the number of items that are done.
    pub(super) fn explore(&mut self, max_cases: usize, progress: &mut dyn FnMut(usize, usize)) {
        let items = self.runner.catalog.items();
        let most = items.len() * RUNS.0 + RUNS.1;
        let mut order: Vec<usize> = (0..items.len())
            .filter(|item| self.proofs.get(*item).is_none())
            .collect();
        order.sort_by_key(|item| rank(&items[*item]));
        loop {
            let mut is_new = false;
            for &item in &order {
                if self.covered.has(item) {
                    continue;
                }
                if self.found.len() >= max_cases || self.runner.runs.get() > most {
                    return;
                }
                if self.cover(item, &items[item]) {
                    is_new = true;
                    let done = order.iter().filter(|item| self.covered.has(**item)).count();
                    progress(done, order.len());
                }
            }
            if !is_new {
                return;
            }
        }
    }

    /// Tries to cover an item; true if anything new was covered.
    fn cover(&mut self, number: usize, item: &Item) -> bool {
        let visits = self.visits.get(&item.state).cloned().unwrap_or_default();
        let mut is_new = false;
        for (run, visit) in visits {
            if !self.tried.insert((number, run, visit)) {
                continue;
            }
            for attempt in self.attempts(item, run, visit) {
                let run = run_repaired(self.runner, self.solvers, &attempt.script);
                let is_covered = run.counts.has(number);
                let name = if is_covered {
                    attempt.name
                } else {
                    let items = self.runner.catalog.items().iter().enumerate();
                    let mut new = items.filter(|(at, _)| run.counts.has(*at) && !self.covered.has(*at));
                    match new.next() {
                        Some((_, other)) => {
                            name::case_name(other, &self.runner.plan.state(other.state).name, None)
                        }
                        None => continue,
                    }
                };
                let is_kept = is_covered && matches!(item.part, Part::RetryUsed(_));
                is_new |= self.accept(name, run, is_kept);
                if self.covered.has(number) {
                    return true;
                }
            }
        }
        is_new
    }

    /// Keeps a run that covers something new.
    fn accept(&mut self, name: String, run: Run, is_kept: bool) -> bool {
        let items = 0..self.runner.catalog.items().len();
        let is_new = items
            .clone()
            .any(|item| run.counts.has(item) && !self.covered.has(item));
        if !is_new {
            return false;
        }
        let number = self.found.len();
        let mut seen: HashMap<StateId, usize> = HashMap::default();
        for (at, visit) in run.trace.visits.iter().enumerate() {
            let times = seen.entry(visit.state).or_insert(0);
            *times += 1;
            let known = self.visits.entry(visit.state).or_default();
            if *times <= 2 && known.len() < VISITS {
                known.push((number, at));
            }
        }
        // A run that does not end is not a case, but its beginning can be varied.
        if run.execution.is_some() {
            self.covered.merge(&run.counts);
        }
        self.found.push(Found { name, run, is_kept });
        true
    }

    /// Scripts that may cover an item, from a visit of its state.
    fn attempts(&self, item: &Item, run: usize, visit: usize) -> Vec<Attempt> {
        let run = &self.found[run].run;
        let state = &self.runner.plan.state(item.state).name;
        let named = |script: Script, words: Option<String>| Attempt {
            script,
            name: name::case_name(item, state, words.as_deref()),
        };
        match item.part {
            Part::Exit(Cause::Rule(_) | Cause::Default) => {
                let Some(solver) = self.solvers.get(&item.state) else {
                    return Vec::new();
                };
                let rule = match item.part {
                    Part::Exit(Cause::Rule(rule)) => Some(rule),
                    _ => None,
                };
                let origins = run.origins(self.runner);
                let mut mutations = origins.mutations(visit, solver, rule);
                if let StateKind::Choice(choice) = &origins.state(visit).kind {
                    mutations.extend(origins.jsonata_mutations(visit, choice, rule));
                }
                let both = mutations.iter().flat_map(|mutation| {
                    [true, false].map(|inserts| {
                        named(
                            changed(self.runner, &run.script, &mutation.changes, inserts),
                            mutation.reason.clone(),
                        )
                    })
                });
                both.collect()
            }
            Part::Exit(Cause::Catch(catcher)) => self.faults(item, run, visit, Handler::Catch(catcher)),
            Part::RetryUsed(retrier) => self.faults(item, run, visit, Handler::Retry(retrier)),
            Part::RetryExhausted(retrier) => self.faults(item, run, visit, Handler::Exhaust(retrier)),
            Part::Timeout => fault::timeouts(self.runner, run, visit)
                .into_iter()
                .map(|script| named(script, None))
                .collect(),
            Part::Deadline => fault::delays(self.runner, run)
                .into_iter()
                .map(|(script, words)| named(script, Some(words)))
                .collect(),
            Part::Items(quantity) => {
                let origins = run.origins(self.runner);
                let now = origins.items(visit);
                let default = run.script.items.get(&item.state).cloned().flatten();
                let now = now.or_else(|| default.map(Value::array));
                let length = match quantity {
                    Quantity::None => 0,
                    Quantity::One => 1,
                    Quantity::Many => 2,
                };
                let now = now.or_else(|| Some(Value::array(super::store::default_items())));
                let items = resized(now.as_ref(), length);
                let changes = origins.changes_for_items(visit, &[], &Some(items));
                changes
                    .into_iter()
                    .map(|changes| named(changed(self.runner, &run.script, &changes, false), None))
                    .collect()
            }
            Part::State | Part::Branch(_) | Part::Exit(Cause::Next) => Vec::new(),
        }
    }

    fn faults(&self, item: &Item, run: &Run, visit: usize, handler: Handler) -> Vec<Attempt> {
        let state = &self.runner.plan.state(item.state).name;
        let faults = fault::faults(self.runner, run, visit, handler).into_iter();
        faults
            .map(|fault| Attempt {
                script: fault.script,
                name: name::case_name(item, state, Some(&fault.words)),
            })
            .collect()
    }
}

/// The order in which items are tried: transitions reach what others need.
fn rank(item: &Item) -> usize {
    match item.part.kind() {
        Kind::Transitions => 0,
        Kind::Maps => 1,
        Kind::Retries => 2,
        Kind::Timeouts => 3,
        Kind::States | Kind::Branches => 4,
    }
}

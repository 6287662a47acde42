//! The analysis of a state machine: the data with which each state may be entered, as a fixed point over the
//! transitions of each scope.

use super::context::context;
use super::declarations::{Declarations, Declared, DeclaredResult};
use super::expression;
use super::fault::Evaluation;
use super::lattice::MAX_PARTS;
use super::observation::{Observations, Subject};
use super::response;
use super::scenario::{MAX_SCENARIOS, Origin, Scenario};
use super::state_shapes::StateShapes;
use super::transfer::{AnalysisContext, Exit, Visit};
use super::types::Shape;
use crate::asl::transition_graph::{Cause, exits};
use crate::asl::{Machine, State};
use foldhash::{HashMap, HashSet};
use std::collections::BTreeSet;
use std::rc::Rc;

/// The number of visits of a state after which its scenarios are joined and widened.
const MAX_VISITS: usize = 6;

/// The number of scopes analyzed after which the rest of a definition is any value: nested scopes are analyzed again
/// for each visit of the states around them.
const MAX_SCOPES: usize = 20_000;

/// The shapes in a state machine.
#[derive(Debug)]
pub struct Analysis<'a, 'd> {
    scopes: HashMap<usize, Scope<'a, 'd>>,
    /// What was observed at the parts of the states.
    pub observations: Observations<'a, 'd>,
    /// The output of an execution that succeeds.
    pub output: Shape,
    states: HashMap<usize, StateShapes>,
    exits: HashSet<(usize, Cause)>,
}

/// The shapes in one scope: the machine itself, a branch, or a processor.
#[derive(Debug)]
struct Scope<'a, 'd> {
    machine: &'a Machine<'d>,
    context: Shape,
    starts: Vec<Scenario>,
    /// The scenarios with which each state is entered.
    entries: Vec<Vec<Scenario>>,
    output: Shape,
    is_complete: bool,
}

/// The state of an analysis.
struct Analyzer<'a, 'd, 'x> {
    results: Vec<(&'x DeclaredResult, Shape)>,
    /// The responses of the resources that were called so far.
    responses: HashMap<&'d str, Shape>,
    /// Those among them that have more parts than a payload may have, less precise, by this maximum.
    limited: HashMap<(&'d str, usize), Shape>,
    scopes: HashMap<usize, Scope<'a, 'd>>,
    analyzed: usize,
    observations: Option<Observations<'a, 'd>>,
    /// Whether a part failed in any visit.
    has_faults: bool,
    detail: Detail,
    /// The shapes at each state, by its address; collected with the observations.
    shapes: HashMap<usize, StateShapes>,
    /// The transitions that may be taken, by the address of the state; collected with the shapes.
    exits: HashSet<(usize, Cause)>,
}

/// What an analysis is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// The scenarios of each state.
    Scenarios,
    /// The parts that fail, too.
    Faults,
    /// The shapes at each state, too.
    Shapes,
}

/// Analyzes a machine.
pub fn analyze<'a, 'd>(
    machine: &'a Machine<'d>,
    declarations: &Declarations,
    detail: Detail,
) -> Analysis<'a, 'd> {
    let input = declarations.input.as_ref().map_or(Shape::Any, Declared::shape);
    let results = declarations.results.iter();
    let mut analyzer = Analyzer {
        results: results
            .map(|declared| (declared, declared.result.shape()))
            .collect(),
        responses: HashMap::default(),
        limited: HashMap::default(),
        scopes: HashMap::default(),
        analyzed: 0,
        observations: None,
        has_faults: false,
        detail,
        shapes: HashMap::default(),
        exits: HashSet::default(),
    };
    let start = Scenario {
        payload: input.clone(),
        variables: Rc::default(),
        origin: Origin::default(),
    };
    let context = context(&input);
    let output = analyzer.scope(machine, vec![start], context);
    let is_observed = match detail {
        Detail::Scenarios => false,
        Detail::Faults => analyzer.has_faults,
        Detail::Shapes => true,
    };
    let observations = if is_observed {
        analyzer.observe(machine)
    } else {
        Observations::default()
    };
    Analysis {
        scopes: analyzer.scopes,
        observations,
        output,
        states: analyzer.shapes,
        exits: analyzer.exits,
    }
}

impl<'a, 'd> AnalysisContext<'a, 'd> for Analyzer<'a, 'd, '_> {
    fn scope(&mut self, machine: &'a Machine<'d>, starts: Vec<Scenario>, context: Shape) -> Shape {
        let address = std::ptr::from_ref(machine).addr();
        if let Some(known) = self.scopes.get(&address)
            && ((known.starts == starts && known.context == context) || self.observations.is_some())
        {
            return known.output.clone();
        }
        self.analyzed += 1;
        let scope = if self.analyzed > MAX_SCOPES {
            Scope::unknown(machine, starts, context)
        } else {
            self.fixed_point(machine, starts, context)
        };
        let output = scope.output.clone();
        self.scopes.insert(address, scope);
        output
    }

    fn declared_result(&self, state: &str, resource: &str) -> Option<Shape> {
        let mut results = self.results.iter();
        let found = results.find(|(declared, _)| declared.applies_to(state, resource));
        found.map(|(_, shape)| shape.clone())
    }

    fn response(&mut self, resource: &'d str) -> Shape {
        let known = self.responses.entry(resource);
        known.or_insert_with(|| response::result(resource)).clone()
    }

    fn limit(&mut self, payload: Shape, max_parts: usize, resource: Option<&'d str>) -> Shape {
        // Many states have the whole response of an API as their payload.
        let whole = resource.and_then(|resource| self.responses.get_key_value(resource));
        match whole {
            Some((resource, whole)) if whole.is_same(&payload) => {
                let limited = self.limited.entry((*resource, max_parts));
                limited.or_insert_with(|| payload.limit(max_parts)).clone()
            }
            _ => payload.limit(max_parts),
        }
    }

    fn is_observing(&self) -> bool {
        self.observations.is_some()
    }

    fn record(
        &mut self,
        at: (&'a Machine<'d>, &'a State<'d>),
        subject: Subject<'a, 'd>,
        origin: Origin,
        evaluation: &Evaluation,
    ) {
        self.has_faults |= evaluation.is_err();
        if let Some(observations) = &mut self.observations {
            observations.record(at, subject, origin, evaluation);
        }
    }

    fn keeps_shapes(&self) -> bool {
        self.detail == Detail::Shapes && self.is_observing()
    }

    fn keep(&mut self, state: &State<'d>, shapes: StateShapes) {
        let kept = self.shapes.entry(std::ptr::from_ref(state).addr());
        kept.and_modify(|known| *known = known.join(&shapes))
            .or_insert(shapes);
    }

    fn keep_exit(&mut self, state: &State<'d>, cause: Cause) {
        self.exits.insert((std::ptr::from_ref(state).addr(), cause));
    }
}

impl<'a, 'd> Analyzer<'a, 'd, '_> {
    fn fixed_point(
        &mut self,
        machine: &'a Machine<'d>,
        starts: Vec<Scenario>,
        context: Shape,
    ) -> Scope<'a, 'd> {
        let names: HashMap<&str, usize> = machine
            .states
            .iter()
            .enumerate()
            .map(|(index, state)| (state.name.as_str(), index))
            .collect();
        let start = machine
            .start_at
            .and_then(|target| names.get(target.name.as_str()).copied());
        let mut entries = vec![Entry::default(); machine.states.len()];
        let mut queue = BTreeSet::new();
        let Some(start) = start else {
            return Scope::unknown(machine, starts, context);
        };
        for scenario in &starts {
            entries[start].add(scenario.clone());
        }
        queue.insert(start);
        let mut outputs: Vec<Shape> = vec![Shape::never(); machine.states.len()];
        while let Some(index) = queue.pop_first() {
            entries[index].visits += 1;
            let scenarios = entries[index].scenarios.clone();
            let exits = Visit {
                analysis: self,
                machine,
                state: &machine.states[index],
                index,
                names: &names,
                context: &context,
            }
            .run(&scenarios);
            let mut output = Shape::never();
            for (exit, scenario) in exits {
                match exit {
                    Exit::State(next) => {
                        if entries[next].add(scenario) {
                            queue.insert(next);
                        }
                    }
                    Exit::End => output = output.join(&scenario.payload),
                }
            }
            outputs[index] = output;
        }
        let output = outputs
            .iter()
            .fold(Shape::never(), |all, output| all.join(output));
        Scope {
            machine,
            context,
            starts,
            output: if machine.has_unknown_states {
                Shape::Any
            } else {
                output.limit(MAX_PARTS)
            },
            entries: entries.into_iter().map(|entry| entry.scenarios).collect(),
            is_complete: true,
        }
    }

    /// Keeps that everything is possible in a state.
    fn keep_unknown(&mut self, state: &State<'d>) {
        self.keep(state, StateShapes::unknown());
        for (cause, _) in exits(state) {
            self.keep_exit(state, cause);
        }
    }

    /// Runs every state once more with its final scenarios, and observes its parts.
    fn observe(&mut self, machine: &'a Machine<'d>) -> Observations<'a, 'd> {
        self.observations = Some(Observations::default());
        let mut machines = Vec::new();
        machine.for_each_machine(&mut |inner| machines.push(inner));
        for inner in machines {
            let Some(scope) = self.scopes.get(&std::ptr::from_ref(inner).addr()) else {
                continue;
            };
            if !scope.is_complete {
                inner.for_each_state(&mut |_, state| self.keep_unknown(state));
                continue;
            }
            let (entries, context) = (scope.entries.clone(), scope.context.clone());
            for (index, scenarios) in entries.iter().enumerate() {
                let state = &inner.states[index];
                if scenarios.is_empty() {
                    // A state that is known only when a template is rendered may go there.
                    if inner.has_unknown_states {
                        self.keep_unknown(state);
                    }
                    continue;
                }
                Visit {
                    analysis: self,
                    machine: inner,
                    state,
                    index,
                    names: &HashMap::default(),
                    context: &context,
                }
                .run(scenarios);
            }
        }
        self.observations.take().unwrap_or_default()
    }
}

impl<'a, 'd> Scope<'a, 'd> {
    /// A scope of which nothing is known.
    fn unknown(machine: &'a Machine<'d>, starts: Vec<Scenario>, context: Shape) -> Self {
        Self {
            machine,
            context,
            starts,
            entries: Vec::new(),
            output: Shape::Any,
            is_complete: false,
        }
    }
}

impl<'d> Analysis<'_, 'd> {
    /// The shapes at a state; `None` if nothing reaches it.
    pub fn state(&self, state: &State<'d>) -> Option<&StateShapes> {
        self.states.get(&std::ptr::from_ref(state).addr())
    }

    /// The arguments with which a state of a scope runs, known in every detail; `None` if nothing reaches it or nothing is known
    /// of the scope.
    pub fn arguments(&self, machine: &Machine<'d>, state: &State<'d>) -> Option<Shape> {
        let scope = self.scopes.get(&std::ptr::from_ref(machine).addr())?;
        let scenarios = self.scenarios(machine, state);
        let arguments = scenarios
            .iter()
            .filter_map(|scenario| expression::arguments(state, scenario, &scope.context).ok())
            .fold(Shape::never(), |all, shape| all.join(&shape));
        (!scenarios.is_empty()).then_some(arguments)
    }

    /// Whether a transition of a state may be taken. Known only in the detail of [`Detail::Shapes`].
    pub fn may_take(&self, state: &State<'d>, cause: Cause) -> bool {
        self.exits.contains(&(std::ptr::from_ref(state).addr(), cause))
    }

    /// The scenarios with which a state of a scope is entered; none if nothing reaches it.
    pub fn scenarios(&self, machine: &Machine<'d>, state: &State<'d>) -> &[Scenario] {
        let scope = self.scopes.get(&std::ptr::from_ref(machine).addr());
        let entries = scope.and_then(|scope| {
            // The states are in one slice, so their addresses ascend.
            let address = |state: &State<'_>| std::ptr::from_ref(state).addr();
            let states = &scope.machine.states;
            let index = states.binary_search_by_key(&address(state), address).ok()?;
            scope.entries.get(index)
        });
        entries.map_or(&[], Vec::as_slice)
    }
}

/// The scenarios with which a state is entered.
#[derive(Debug, Clone, Default)]
struct Entry {
    scenarios: Vec<Scenario>,
    visits: usize,
    is_joined: bool,
}

impl Entry {
    /// Adds a scenario; true if it is new.
    fn add(&mut self, scenario: Scenario) -> bool {
        if self.scenarios.iter().any(|known| known.includes(&scenario)) {
            return false;
        }
        if self.is_joined || self.visits > MAX_VISITS || self.scenarios.len() >= MAX_SCENARIOS {
            self.is_joined = true;
            let known = self.scenarios.len();
            let joined = self.scenarios.drain(..).reduce(|all, other| all.join(&other));
            let Some(old) = joined else {
                self.scenarios.push(scenario);
                return true;
            };
            let widened = old.widen(&scenario);
            let is_new = known != 1 || widened != old;
            self.scenarios.push(widened);
            return is_new;
        }
        // A scenario that the new one includes adds nothing.
        self.scenarios.retain(|known| !scenario.includes(known));
        self.scenarios.push(scenario);
        true
    }
}

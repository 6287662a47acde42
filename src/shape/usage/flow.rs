//! The backward analysis: from the ends of a state machine to its start, until nothing changes.

use super::condition;
use super::cycle::Cycle;
use super::expression::{self, payload_used};
use super::place::{self, Access, Root};
use super::reads::Reads;
use super::scope::Scope;
use super::tree::Usage;
use crate::asl::state::{Choice, Map, NullablePath};
use crate::asl::{Catcher, Expression, Kind, Machine, Parsed, Payload, State};
use crate::spec::QueryLanguage;
use indexmap::IndexMap;
use std::collections::HashMap;
use std::rc::Rc;

/// The maximum number of passes over the states of a scope.
const MAX_PASSES: usize = 8;

/// How the data of a state machine is used.
#[derive(Debug, Default)]
pub struct Usages {
    input: Usage,
    states: HashMap<Rc<str>, StateUsage>,
}

/// How the data that a state obtains is used.
#[derive(Debug, Default)]
pub struct StateUsage {
    /// The use of the result of a Task.
    pub result: Usage,
    /// The use of an item that the `ItemReader` of a Map reads.
    pub item: Usage,
    /// The cycle that contains the state.
    pub cycle: Option<Cycle>,
}

impl Usages {
    /// Analyzes a state machine.
    pub fn new(machine: &Machine<'_>) -> Self {
        let mut states = 0_usize;
        machine.for_each_state(&mut |_, _| states += 1);
        let mut analysis = Analysis {
            scopes: HashMap::new(),
            points: HashMap::new(),
            states: HashMap::new(),
            cycles: 0,
            // Nested scopes are analyzed again whenever the state that contains them is.
            visits: states.saturating_mul(32) + 64,
        };
        let start = analysis.scope(machine, &Usage::default());
        Self {
            input: start.payload,
            states: analysis.states,
        }
    }

    /// The use of the input of the state machine.
    pub const fn input(&self) -> &Usage {
        &self.input
    }

    /// The use of the data that the state of a name obtains.
    pub fn state(&self, name: &str) -> Option<&StateUsage> {
        self.states.get(name)
    }
}

/// The use of all data at a point between two states.
#[derive(Debug, Clone, Default, PartialEq)]
struct Point {
    payload: Usage,
    variables: IndexMap<Rc<str>, Usage>,
}

impl Point {
    fn merge(&mut self, other: &Self) -> bool {
        let mut has_changed = self.payload.merge(&other.payload);
        for (name, usage) in &other.variables {
            has_changed |= self.variables.entry(Rc::clone(name)).or_default().merge(usage);
        }
        has_changed
    }

    /// Without the requirements of conditions.
    fn structure(&self) -> Self {
        Self {
            payload: self.payload.structure(),
            variables: self
                .variables
                .iter()
                .map(|(name, usage)| (Rc::clone(name), usage.structure()))
                .collect(),
        }
    }

    /// The use of the variables as that of an object, from which the assigned ones are removed.
    fn assigned(&mut self, assign: &Payload<'_>) -> Usage {
        let mut usage = Usage::default();
        for member in assign.node.as_object().unwrap_or_default() {
            let key = member.key.as_str();
            let name = key.strip_suffix(".$").unwrap_or(key);
            if let Some(variable) = self.variables.shift_remove(name) {
                usage.fields.insert(name.into(), variable);
            }
        }
        usage
    }
}

struct Analysis {
    scopes: HashMap<*const State<'static>, Rc<Scope>>,
    points: HashMap<*const State<'static>, Point>,
    states: HashMap<Rc<str>, StateUsage>,
    cycles: u32,
    /// The number of visits that remain, to bound the time.
    visits: usize,
}

/// The identity of a state during the analysis.
fn id(state: &State<'_>) -> *const State<'static> {
    std::ptr::from_ref(state).cast()
}

/// A state in its scope.
#[derive(Clone, Copy)]
struct Site<'a, 'd> {
    machine: &'a Machine<'d>,
    scope: &'a Scope,
    index: usize,
    at_end: &'a Usage,
}

impl<'a, 'd> Site<'a, 'd> {
    fn state(self) -> &'a State<'d> {
        &self.machine.states[self.index]
    }

    fn is_jsonata(self) -> bool {
        self.state().language == QueryLanguage::Jsonata
    }
}

impl Analysis {
    /// The use of the data at the start of a scope, given that of its output.
    fn scope(&mut self, machine: &Machine<'_>, at_end: &Usage) -> Point {
        let Some(first) = machine.states.first() else {
            return Point::default();
        };
        let known = self.scopes.entry(id(first));
        let scope = Rc::clone(known.or_insert_with(|| Rc::new(Scope::new(machine, &mut self.cycles))));
        for _ in 0..MAX_PASSES {
            let mut has_changed = false;
            for &index in &scope.order {
                if self.visits == 0 {
                    break;
                }
                self.visits -= 1;
                let site = Site {
                    machine,
                    scope: &scope,
                    index,
                    at_end,
                };
                let entry = self.entry(site);
                let point = self.points.entry(id(site.state())).or_default();
                has_changed |= point.merge(&entry);
            }
            if !has_changed {
                break;
            }
        }
        let start = scope.start.and_then(|start| machine.states.get(start));
        start.map_or_else(Point::default, |state| self.point(state))
    }

    fn point(&self, state: &State<'_>) -> Point {
        self.points.get(&id(state)).cloned().unwrap_or_default()
    }

    /// The use of the data after a transition; of the scope's output if there is no target.
    fn after(&self, site: Site<'_, '_>, target: Option<usize>) -> Point {
        match target {
            Some(index) => self.point(&site.machine.states[index]),
            None => Point {
                payload: site.at_end.clone(),
                variables: IndexMap::new(),
            },
        }
    }

    /// The use of the data on entry to a state.
    fn entry(&mut self, site: Site<'_, '_>) -> Point {
        let state = site.state();
        let mut entry = match &state.kind {
            Kind::Choice(choice) => self.choice(site, choice),
            Kind::Fail(_) => {
                let mut reads = Reads::default();
                expression::settings_used(state, &mut reads);
                let mut entry = Point::default();
                self.apply(site, reads, &mut entry);
                entry
            }
            _ => self.single_result(site),
        };
        for (catcher, target) in state.catch().iter().zip(&site.scope.exits[site.index].catch) {
            let handler = self.after(site, *target).structure();
            catch(site, catcher, handler, &mut entry);
        }
        entry
    }

    /// Adds what expressions read of the input and the variables of a state; what they read of its result is returned.
    fn apply(&mut self, site: Site<'_, '_>, reads: Reads, entry: &mut Point) -> Usage {
        let effective = if site.is_jsonata() {
            reads.input
        } else {
            self.before_input_path(site, &reads.input, entry)
        };
        entry.payload.merge(&effective);
        for (name, usage) in reads.variables {
            entry.variables.entry(name).or_default().merge(&usage);
        }
        reads.result
    }

    /// The use of a state's input, given that of what its `InputPath` selects.
    #[expect(clippy::unused_self, reason = "it belongs to the analysis of a state")]
    fn before_input_path(&self, site: Site<'_, '_>, effective: &Usage, entry: &mut Point) -> Usage {
        through_path(&site.state().data.input_path, effective, entry)
    }

    /// A state with one result: everything but Choice and Fail.
    fn single_result(&mut self, site: Site<'_, '_>) -> Point {
        let state = site.state();
        let data = &state.data;
        let exits = &site.scope.exits[site.index];
        let mut after =
            if exits.next.is_some() || state.transition.end || matches!(state.kind, Kind::Succeed(_)) {
                self.after(site, exits.next)
            } else {
                Point::default()
            };
        let assigned = data.assign.as_ref().map(|assign| after.assigned(assign));
        let mut entry = Point {
            payload: Usage::default(),
            variables: after.variables,
        };
        let mut reads = Reads::default();
        expression::settings_used(state, &mut reads);
        let keeps_input = matches!(state.kind, Kind::Wait(_) | Kind::Succeed(_));
        let is_pass = matches!(state.kind, Kind::Pass(_));
        let mut result = Usage::default();
        if site.is_jsonata() {
            match &data.output {
                Some(output) => payload_used(output, state.language, &after.payload, &mut reads),
                None if keeps_input || is_pass => drop(reads.input.merge(&after.payload)),
                None => result = after.payload,
            }
            if let (Some(assign), Some(usage)) = (&data.assign, &assigned) {
                payload_used(assign, state.language, usage, &mut reads);
            }
        } else {
            let output = through_path(&data.output_path, &after.payload, &mut entry);
            let selected = match &data.result_path {
                NullablePath::Absent => output,
                NullablePath::Null => {
                    entry.payload.merge(&output);
                    Usage::default()
                }
                NullablePath::Path(path) => {
                    let (selected, rest) = place::split(&output, &steps_of(path));
                    entry.payload.merge(&rest);
                    selected
                }
            };
            let mut of_result = Reads::default();
            match &data.result_selector {
                Some(selector) => payload_used(selector, state.language, &selected, &mut of_result),
                None => drop(of_result.input.merge(&selected)),
            }
            if let (Some(assign), Some(usage)) = (&data.assign, &assigned) {
                payload_used(assign, state.language, usage, &mut of_result);
            }
            result = of_result.input;
            for (name, usage) in of_result.variables {
                reads.variables.entry(name).or_default().merge(&usage);
            }
            if keeps_input {
                reads.input.merge(&result);
            }
        }
        result.merge(&std::mem::take(&mut reads.result));
        self.arguments(site, &result, &mut reads, &mut entry);
        self.apply(site, reads, &mut entry);
        entry
    }

    /// What a state does with its input, given how its result is used.
    fn arguments(&mut self, site: Site<'_, '_>, result: &Usage, reads: &mut Reads, entry: &mut Point) {
        let state = site.state();
        let template = state.data.arguments.as_ref().or(state.data.parameters.as_ref());
        let of_arguments = match &state.kind {
            Kind::Task(task) => {
                let known = self.states.entry(state.name.as_str().into()).or_default();
                known.result.merge(result);
                known.cycle = site.scope.cycles[site.index];
                if let Some(payload) = &task.credentials {
                    payload_used(payload, state.language, &Usage::default(), reads);
                }
                Usage::default()
            }
            Kind::Pass(pass) if pass.result.is_none() || site.is_jsonata() => {
                if site.is_jsonata() {
                    Usage::default()
                } else {
                    result.clone()
                }
            }
            Kind::Parallel(_) => {
                let mut arguments = Usage::default();
                for branch in state.machines() {
                    let start = self.scope(branch, &result.item());
                    arguments.merge(&start.payload);
                    merge_outer(entry, start, branch);
                }
                arguments
            }
            Kind::Map(map) => {
                self.map(site, map, result, reads, entry);
                return;
            }
            _ => return,
        };
        match template {
            Some(payload) => payload_used(payload, state.language, &of_arguments, reads),
            None => drop(reads.input.merge(&of_arguments)),
        }
    }

    fn map(
        &mut self,
        site: Site<'_, '_>,
        map: &Map<'_>,
        result: &Usage,
        reads: &mut Reads,
        entry: &mut Point,
    ) {
        let state = site.state();
        let Some(processor) = state.machines().first() else {
            return;
        };
        let start = self.scope(processor, &result.item());
        let mut payload = start.payload.clone();
        merge_outer(entry, start, processor);
        if let Some(batcher) = &map.item_batcher {
            if let Some(input) = &batcher.batch_input {
                payload_used(input, state.language, &payload.field("BatchInput"), reads);
            }
            payload = payload.field("Items").item();
        }
        let mut item = Usage::default();
        match &map.item_selector {
            Some(selector) => payload_used(selector, state.language, &payload, reads),
            None => item = payload,
        }
        item.merge(&std::mem::take(&mut reads.map_item));
        if let Some(reader) = &map.item_reader {
            let known = self.states.entry(state.name.as_str().into()).or_default();
            known.item.merge(&item);
            if let Some(arguments) = &reader.arguments {
                payload_used(arguments, state.language, &Usage::default(), reads);
            }
            return;
        }
        let items = Usage {
            len: 1,
            ..Usage::array(item)
        };
        match (&map.items, &map.items_path) {
            (Some(payload), _) => payload_used(payload, state.language, &items, reads),
            (None, Some(path)) => expression::used(path, &items, reads),
            (None, None) => drop(reads.input.merge(&items)),
        }
    }

    fn choice(&mut self, site: Site<'_, '_>, choice: &Choice<'_>) -> Point {
        let state = site.state();
        let exits = &site.scope.exits[site.index];
        let options: Vec<Option<usize>> = exits.rules.iter().copied().chain([exits.default]).collect();
        let distance = |option: usize| {
            let target = options[option]?;
            site.scope.distances[target]
        };
        let targets = || (0..options.len()).filter(|option| options[*option].is_some());
        let preferred = targets().min_by_key(|option| distance(*option).unwrap_or(u32::MAX));
        let mut entry = Point::default();
        let mut reads = Reads::default();
        // The preferred option comes first, since the first requirements count most.
        let others = targets().filter(|option| Some(*option) != preferred);
        for option in preferred.into_iter().chain(others) {
            let mut after = self.after(site, options[option]);
            if Some(option) != preferred {
                after = after.structure();
            }
            let rule = choice.rules.get(option);
            let assign = match rule {
                Some(rule) => rule.assign.as_ref(),
                None => state.data.assign.as_deref(),
            };
            let output = match rule {
                Some(rule) => rule.output.as_ref(),
                None => state.data.output.as_deref(),
            };
            let assigned = assign.map(|assign| (assign, after.assigned(assign)));
            if let Some((assign, usage)) = assigned {
                payload_used(assign, state.language, &usage, &mut reads);
            }
            for (name, usage) in after.variables {
                entry.variables.entry(name).or_default().merge(&usage);
            }
            if let Some(output) = output {
                payload_used(output, state.language, &after.payload, &mut reads);
            } else {
                let kept = through_path(&state.data.output_path, &after.payload, &mut entry);
                reads.input.merge(&kept);
            }
        }
        if let Some(preferred) = preferred {
            self.requirements(site, choice, &options, preferred, &mut reads);
        }
        condition::read(choice, &mut reads);
        self.apply(site, reads, &mut entry);
        entry
    }

    /// Notes what makes a Choice take its preferred option, and what makes it repeat a cycle that this option leaves.
    #[expect(clippy::unused_self, reason = "it belongs to the analysis of a state")]
    fn requirements(
        &self,
        site: Site<'_, '_>,
        choice: &Choice<'_>,
        options: &[Option<usize>],
        preferred: usize,
        reads: &mut Reads,
    ) {
        for (place, test) in condition::for_rule(choice, preferred, site.state().language) {
            reads.note(&place, Usage::tested(test));
        }
        let cycle_of = |option: usize| options[option].and_then(|target| site.scope.cycles[target]);
        let own = site.scope.cycles[site.index];
        let Some(cycle) = own.filter(|_| cycle_of(preferred) != own) else {
            return;
        };
        if let Some(repeating) = (0..options.len()).find(|option| cycle_of(*option) == own) {
            for (place, test) in condition::for_rule(choice, repeating, site.state().language) {
                let usage = Usage {
                    repeats: vec![(cycle, test)],
                    ..Usage::default()
                };
                reads.note(&place, usage);
            }
        }
    }
}

/// Adds what a scope inside a state reads of the variables outside.
fn merge_outer(entry: &mut Point, start: Point, inner: &Machine<'_>) {
    for (name, usage) in start.variables {
        let is_own = inner.states.iter().any(|state| {
            state.data.assign.as_ref().is_some_and(|assign| {
                let members = assign.node.as_object().unwrap_or_default();
                members.iter().any(|member| {
                    let key = member.key.as_str();
                    key.strip_suffix(".$").unwrap_or(key) == &*name
                })
            })
        });
        if !is_own {
            entry.variables.entry(name).or_default().merge(&usage);
        }
    }
}

/// What an error handler reads of the input of the state that failed.
fn catch(site: Site<'_, '_>, catcher: &Catcher<'_>, mut handler: Point, entry: &mut Point) {
    let mut reads = Reads::default();
    if let Some(assign) = &catcher.assign {
        let usage = handler.assigned(assign);
        payload_used(assign, site.state().language, &usage, &mut reads);
    }
    for (name, usage) in handler.variables {
        entry.variables.entry(name).or_default().merge(&usage);
    }
    if site.is_jsonata() {
        if let Some(output) = &catcher.output {
            payload_used(output, site.state().language, &handler.payload, &mut reads);
        }
        entry.payload.merge(&reads.input);
        return;
    }
    match &catcher.result_path {
        NullablePath::Absent => {}
        NullablePath::Null => drop(entry.payload.merge(&handler.payload)),
        NullablePath::Path(path) => {
            let (_, rest) = place::split(&handler.payload, &steps_of(path));
            entry.payload.merge(&rest);
        }
    }
}

/// The use of a value, given that of what a path field selects in it.
fn through_path(path: &NullablePath<'_>, selected: &Usage, entry: &mut Point) -> Usage {
    let mut reads = Reads::default();
    match path {
        NullablePath::Absent => return selected.clone(),
        NullablePath::Null => {}
        NullablePath::Path(expression) => expression::used(expression, selected, &mut reads),
    }
    for (name, usage) in reads.variables {
        entry.variables.entry(name).or_default().merge(&usage);
    }
    reads.input
}

/// The steps of a reference path.
fn steps_of(path: &Expression<'_>) -> Vec<Access> {
    match path.parsed() {
        Parsed::Path(path) => expression::path_place(path)
            .filter(|(place, _)| place.root == Root::Input)
            .map(|(place, _)| place.steps)
            .unwrap_or_default(),
        _ => Vec::new(),
    }
}

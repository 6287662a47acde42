//! Which variables may have a value where: a walk along the transitions.

use crate::asl::transition_graph::{Cause, TransitionGraph, node};
use crate::asl::variable::{assigned, assigned_in, assigns, takes_effect};
use crate::asl::{Kind, Machine, State};
use crate::lint::context::{Context, Scope};
use petgraph::visit::{DfsPostOrder, EdgeRef};
use std::collections::HashMap;

/// A set of variables.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct VariableSet {
    bits: Vec<u64>,
    /// Some names are known only when a template is filled in: any variable may be among them.
    has_unknown: bool,
}

impl VariableSet {
    /// Adds a name; whether it is new.
    fn insert(&mut self, i: usize) -> bool {
        if self.bits.len() <= i / 64 {
            self.bits.resize(i / 64 + 1, 0);
        }
        let is_new = !self.contains(i);
        self.bits[i / 64] |= 1 << (i % 64);
        is_new
    }

    fn contains(&self, i: usize) -> bool {
        self.bits
            .get(i / 64)
            .is_some_and(|bits| bits & (1 << (i % 64)) != 0)
    }

    /// Adds all of `other`; whether any of it is new.
    fn add(&mut self, other: &Self) -> bool {
        if self.bits.len() < other.bits.len() {
            self.bits.resize(other.bits.len(), 0);
        }
        let mut has_new = other.has_unknown && !self.has_unknown;
        for (mine, theirs) in self.bits.iter_mut().zip(&other.bits) {
            has_new |= theirs & !*mine != 0;
            *mine |= theirs;
        }
        self.has_unknown |= other.has_unknown;
        has_new
    }
}

/// What is known at the entry of each state.
pub(super) struct ReachingAssignments<'d> {
    ids: HashMap<&'d str, usize>,
    scopes: Vec<ScopeAssignments>,
}

struct ScopeAssignments {
    /// Variables of the scopes around that may be set when this one begins.
    outer: VariableSet,
    /// For each state of the scope, the variables that some way to it may have set.
    entry: Vec<VariableSet>,
    /// Variables of the scopes around that a Distributed Map keeps out.
    hidden: VariableSet,
}

/// What a scope has from the one around it.
#[derive(Default)]
struct OuterScope {
    visible: VariableSet,
    hidden: VariableSet,
}

impl<'d> ReachingAssignments<'d> {
    /// Walks every scope, outer before inner.
    pub(super) fn new(cx: &Context<'_, 'd>) -> Self {
        let mut reaching = Self {
            ids: HashMap::new(),
            scopes: Vec::new(),
        };
        for assignment in cx.scopes.iter().flat_map(|s| assigned_in(s.machine)) {
            let next = reaching.ids.len();
            reaching.ids.entry(assignment.name).or_insert(next);
        }
        let mut outer: HashMap<*const Machine<'d>, OuterScope> = HashMap::new();
        for scope in &cx.scopes {
            let OuterScope { visible, hidden } = outer
                .remove(&std::ptr::from_ref(scope.machine))
                .unwrap_or_default();
            let entry = reaching.entries(scope, &visible);
            for (state, names) in scope.machine.states.iter().zip(&entry) {
                for machine in state.machines() {
                    outer.insert(std::ptr::from_ref(machine), scope_inside(state, names, &hidden));
                }
            }
            reaching.scopes.push(ScopeAssignments {
                outer: visible,
                entry,
                hidden,
            });
        }
        reaching
    }

    /// Whether a variable may have a value when a state is entered; both by their indexes.
    pub(super) fn is_set(&self, scope: usize, state: usize, name: &str) -> bool {
        let entry = &self.scopes[scope].entry[state];
        entry.has_unknown || self.ids.get(name).is_some_and(|&i| entry.contains(i))
    }

    /// Whether a variable of the scopes around may be set when a scope begins, even if the scope cannot read it.
    pub(super) fn is_set_outside(&self, scope: usize, name: &str) -> bool {
        let ScopeAssignments { outer, hidden, .. } = &self.scopes[scope];
        self.ids
            .get(name)
            .is_some_and(|&i| outer.contains(i) || hidden.contains(i))
    }

    /// Whether a variable has a value outside the Distributed Map that contains a scope.
    pub(super) fn is_hidden(&self, scope: usize, name: &str) -> bool {
        let hidden = &self.scopes[scope].hidden;
        self.ids.get(name).is_some_and(|&i| hidden.contains(i))
    }

    fn entries(&self, scope: &Scope<'_, 'd>, outer: &VariableSet) -> Vec<VariableSet> {
        let (machine, flow) = (scope.machine, &scope.flow);
        if flow.is_partial {
            // Edges may be missing, so every variable that the scope assigns may be set.
            let mut all = outer.clone();
            all.has_unknown |= machine.has_unknown_states;
            for assignment in assigned_in(machine) {
                self.ids.get(assignment.name).into_iter().for_each(|&i| {
                    all.insert(i);
                });
            }
            return vec![all; machine.states.len()];
        }
        let mut entry = vec![outer.clone(); machine.states.len()];
        let order = forwards(flow);
        let mut has_new = true;
        while has_new {
            has_new = false;
            for &from in &order {
                for edge in flow.graph.edges(node(from)) {
                    let mut names = std::mem::take(&mut entry[edge.target().index()]);
                    has_new |= names.add(&entry[from]);
                    has_new |= self.assign(&machine.states[from], edge.weight().cause, &mut names);
                    entry[edge.target().index()] = names;
                }
            }
        }
        entry
    }

    /// Adds the variables that a state assigns; returns whether any of them is new.
    fn assign(&self, state: &State<'d>, cause: Cause, names: &mut VariableSet) -> bool {
        let mut has_new = false;
        for (payload, owner) in assigns(state) {
            if !takes_effect(owner, cause) {
                continue;
            }
            let keys = payload.node.as_object();
            let is_unknown = keys.is_none_or(|keys| keys.iter().any(|m| m.key.has_placeholder()));
            has_new |= is_unknown && !names.has_unknown;
            names.has_unknown |= is_unknown;
            for assignment in assigned(state, payload) {
                has_new |= self.ids.get(assignment.name).is_some_and(|&i| names.insert(i));
            }
        }
        has_new
    }
}

/// The states that can be reached, most of them after those that lead to them: so one pass is enough but for loops.
fn forwards(flow: &TransitionGraph<'_>) -> Vec<usize> {
    let mut order = Vec::new();
    if let Some(start) = flow.start {
        let mut walk = DfsPostOrder::new(&flow.graph, node(start));
        while let Some(state) = walk.next(&flow.graph) {
            order.push(state.index());
        }
    }
    order.reverse();
    order
}

/// What the machines inside a state see: its own variables at entry, unless it is a Distributed Map.
fn scope_inside(state: &State<'_>, entry: &VariableSet, hidden: &VariableSet) -> OuterScope {
    let mut outer = OuterScope {
        visible: entry.clone(),
        hidden: hidden.clone(),
    };
    if matches!(&state.kind, Kind::Map(map) if map.is_distributed) {
        outer.hidden.add(&outer.visible);
        outer.visible = VariableSet::default();
    }
    outer
}

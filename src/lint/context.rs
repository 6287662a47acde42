//! The input of rules.

use super::tainted_fields::TaintedFields;
use crate::asl::state::Task;
use crate::asl::transition_graph::{Edge, TransitionGraph, node};
use crate::asl::{Kind, Machine, State};
use crate::aws::resource::{self, Resource};
use crate::document::{Document, Node, Text};
use crate::edit::Editor;
use crate::prose;
use crate::source::Span;
use crate::spec::WorkflowType;
use foldhash::HashMap;
use std::cell::OnceCell;
use std::ops::Range;

/// The input of rules.
#[derive(Debug)]
pub struct Context<'a, 'd> {
    /// The file.
    pub document: &'a Document,
    /// The outermost machine.
    pub machine: &'a Machine<'d>,
    /// Its type.
    pub workflow_type: WorkflowType,
    /// Every scope with its transitions: the machine first, outer before inner.
    pub scopes: Vec<Scope<'a, 'd>>,
    /// Every Task with a `Resource`, at any depth.
    pub tasks: Vec<TaskState<'a, 'd>>,
    /// The scope and the index of each state, by the address of its node; only needed for fixes.
    positions: OnceCell<HashMap<usize, (usize, usize)>>,
    /// The first state of each name, at any depth; only needed for undefined targets.
    states: OnceCell<HashMap<&'d str, &'a State<'d>>>,
}

impl<'a, 'd> Context<'a, 'd> {
    pub(super) fn new(document: &'a Document, machine: &'a Machine<'d>, workflow_type: WorkflowType) -> Self {
        let (mut scopes, mut states) = (Vec::new(), 0);
        machine.for_each_machine(&mut |m| {
            states += m.states.len();
            scopes.push(Scope {
                machine: m,
                flow: TransitionGraph::new(m),
                names: OnceCell::new(),
            });
        });
        let mut tasks = Vec::with_capacity(states);
        machine.for_each_state(&mut |_, state| {
            let Kind::Task(task) = &state.kind else { return };
            let Some(text) = task.resource.and_then(Node::as_str) else {
                return;
            };
            tasks.push(TaskState {
                state,
                task,
                resource: resource::classify(text),
            });
        });
        Self {
            document,
            machine,
            workflow_type,
            scopes,
            tasks,
            positions: OnceCell::new(),
            states: OnceCell::new(),
        }
    }

    /// The scope of a state, and its index there.
    pub fn position_of(&self, state: &State<'_>) -> Option<(&Scope<'a, 'd>, usize)> {
        let address = |node: &Node| std::ptr::from_ref(node).addr();
        let positions = self.positions.get_or_init(|| {
            let mut positions = HashMap::default();
            for (i, scope) in self.scopes.iter().enumerate() {
                for (j, state) in scope.machine.states.iter().enumerate() {
                    positions.insert(address(state.node), (i, j));
                }
            }
            positions
        });
        let (scope, index) = *positions.get(&address(state.node))?;
        Some((&self.scopes[scope], index))
    }

    /// The first state of a name, in any scope.
    pub fn state_named(&self, name: &str) -> Option<&'a State<'d>> {
        let states = self.states.get_or_init(|| {
            let mut first = HashMap::default();
            for state in self.scopes.iter().flat_map(|scope| &scope.machine.states) {
                first.entry(state.name.as_str()).or_insert(state);
            }
            first
        });
        states.get(name).copied()
    }

    /// Makes edits of the file.
    pub fn editor(&self) -> Editor<'a> {
        Editor::new(self.document)
    }

    /// The location in the file of a range of a decoded string.
    pub fn place(&self, text: &Text, range: Range<usize>) -> Span {
        self.document.place(text, range)
    }
}

/// A scope of states and its transitions.
#[derive(Debug)]
pub struct Scope<'a, 'd> {
    /// The machine, branch or processor.
    pub machine: &'a Machine<'d>,
    /// Its transitions.
    pub flow: TransitionGraph<'d>,
    /// The names in `States`, with the index of the state if it is an object; only needed for undefined targets.
    names: OnceCell<HashMap<&'d str, Option<usize>>>,
}

/// A name that differs from a state's by more edits than this may mean another state.
const MAX_EDIT_DISTANCE: usize = 2;

impl<'d> Scope<'_, 'd> {
    fn names(&self) -> &HashMap<&'d str, Option<usize>> {
        self.names.get_or_init(|| {
            let members = self.machine.node.get("States").and_then(Node::as_object);
            let all = members.unwrap_or_default().iter().map(|m| (m.key.as_str(), None));
            let states = self.machine.states.iter().enumerate();
            all.chain(states.map(|(i, state)| (state.name.as_str(), Some(i))))
                .collect()
        })
    }

    /// The state that an undefined name resembles, if one is close enough to assume it.
    fn closest_state(&self, name: &str) -> Option<usize> {
        // A state that is not an object is reported as such.
        if self.has_named(name) {
            return None;
        }
        let distance = MAX_EDIT_DISTANCE.min(name.chars().count() / 3);
        let names = self.machine.states.iter().map(|s| s.name.as_str());
        let closest = prose::closest_within(distance, name, names)?;
        self.names().get(closest).copied().flatten()
    }

    /// Whether `States` has a field of this name, be it a valid state or not.
    pub fn has_named(&self, name: &str) -> bool {
        self.names().contains_key(name)
    }

    /// Which states are reachable from `StartAt`, if each undefined target means the state whose name it resembles.
    /// `None` if the target of a reachable transition is unknown.
    pub fn reachable_states(&self, tainted: &TaintedFields) -> Option<Vec<bool>> {
        let mut flow = self.flow.clone();
        let mut is_lost = vec![false; self.machine.states.len()];
        for dangling in &flow.dangling {
            let closest = self.closest_state(dangling.target.name);
            match (dangling.from, closest) {
                (None, None) => return None,
                (None, start) => flow.start = start,
                (Some(from), Some(to)) => {
                    let edge = Edge {
                        cause: dangling.cause,
                        span: dangling.target.span,
                    };
                    flow.graph.add_edge(node(from), node(to), edge);
                }
                (Some(from), None) => is_lost[from] = true,
            }
        }
        let reachable = flow.reachable();
        let is_lost = |i: usize| is_lost[i] || tainted.exit_is_tainted(self.machine.states[i].node);
        let knows_all = !reachable
            .iter()
            .enumerate()
            .any(|(i, &is_reachable)| is_reachable && is_lost(i));
        knows_all.then_some(reachable)
    }
}

/// A Task with its `Resource`.
#[derive(Debug)]
pub struct TaskState<'a, 'd> {
    /// The state.
    pub state: &'a State<'d>,
    /// Its own fields.
    pub task: &'a Task<'d>,
    /// The `Resource`, classified.
    pub resource: Resource<'a>,
}

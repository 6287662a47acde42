//! The input of rules.

use super::tainted_fields::TaintedFields;
use crate::asl::state::Task;
use crate::asl::transition_graph::{Edge, TransitionGraph, node};
use crate::asl::{Kind, Machine, State};
use crate::aws::resource::{self, Resource};
use crate::document::{Document, Node, Text};
use crate::prose;
use crate::source::Span;
use crate::spec::WorkflowType;
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
}

impl<'a, 'd> Context<'a, 'd> {
    pub(super) fn new(document: &'a Document, machine: &'a Machine<'d>, workflow_type: WorkflowType) -> Self {
        let mut scopes = Vec::new();
        machine.for_each_machine(&mut |m| {
            scopes.push(Scope {
                machine: m,
                flow: TransitionGraph::new(m),
            });
        });
        let mut tasks = Vec::new();
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
        }
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
}

/// A name that differs from a state's by more edits than this may mean another state.
const MAX_EDIT_DISTANCE: usize = 2;

impl Scope<'_, '_> {
    /// The state that an undefined name resembles, if one is close enough to assume it.
    fn closest_state(&self, name: &str) -> Option<usize> {
        // A state that is not an object is reported as such.
        if self.has_named(name) {
            return None;
        }
        let distance = MAX_EDIT_DISTANCE.min(name.chars().count() / 3);
        let names = self.machine.states.iter().map(|s| s.name.as_str());
        prose::closest_within(distance, name, names).and_then(|name| self.machine.find(name))
    }

    /// Whether `States` has a field of this name, be it a valid state or not.
    pub fn has_named(&self, name: &str) -> bool {
        self.machine
            .node
            .get("States")
            .is_some_and(|states| states.get(name).is_some())
    }

    /// Which states are reachable from `StartAt`, if each undefined target means the state whose name it resembles.
    /// `None` if the target of a reachable transition is unknown.
    pub fn reachable_states(&self, tainted: &TaintedFields) -> Option<Vec<bool>> {
        let mut flow = self.flow.clone();
        let mut lost = Vec::new();
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
                (Some(from), None) => lost.push(from),
            }
        }
        let reachable = flow.reachable();
        let is_lost = |i: usize| lost.contains(&i) || tainted.exit_is_tainted(self.machine.states[i].node);
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

//! States of one scope that are next to each other, and how executions enter and leave them.

use crate::asl::variable::{assigned, assigns};
use crate::asl::{State, lower};
use crate::document::{Member, Node};
use crate::lsp::names::{self, reads};
use crate::lsp::node_path::{NodePath, node_path};
use crate::lsp::snapshot::Snapshot;
use crate::source::Span;
use crate::spec::{QueryLanguage, StateType, WorkflowType};
use std::collections::BTreeSet;
use std::ops::Range;

/// States of one scope that are next to each other.
#[derive(Debug)]
pub(super) struct Selected<'s> {
    pub(super) node_path: NodePath<'s>,
    /// The machine, branch, or processor.
    pub(super) scope: &'s Node,
    /// Its `States`.
    pub(super) container: &'s Node,
    /// The indexes of the selected ones.
    pub(super) range: Range<usize>,
}

/// How executions enter and leave the states.
#[derive(Debug)]
pub(super) struct Boundary<'s> {
    /// The name of the state that they enter first.
    pub(super) entry: &'s str,
    /// The values outside of the states that name it.
    pub(super) entries: Vec<&'s Node>,
    /// The state that they continue with; `None` if the execution or the branch ends.
    pub(super) exit: Option<&'s str>,
    /// The transitions to that state.
    pub(super) exits: Vec<Transition<'s>>,
}

/// A transition as it is written.
#[derive(Debug, Clone, Copy)]
pub(super) enum Transition<'s> {
    /// The `Next` of a state.
    Next(&'s Member),
    /// The target of a rule or of a catcher, or a `Default`.
    Rule(&'s Node),
}

impl<'s> Transition<'s> {
    fn target(self) -> Option<&'s str> {
        match self {
            Self::Next(member) => member.value.as_str(),
            Self::Rule(node) => node.as_str(),
        }
    }

    const fn node(self) -> &'s Node {
        match self {
            Self::Next(member) => &member.value,
            Self::Rule(node) => node,
        }
    }
}

/// The type of a state.
pub(super) fn type_of(state: &Member) -> Option<StateType> {
    StateType::from_name(state.value.get("Type")?.as_str()?)
}

/// The transitions of a state.
fn transitions(state: &Node) -> Vec<Transition<'_>> {
    let mut found: Vec<_> = state.member("Next").map(Transition::Next).into_iter().collect();
    found.extend(state.get("Default").map(Transition::Rule));
    let lists = ["Choices", "Catch"].into_iter();
    let lists = lists.filter_map(|key| state.get(key)?.as_array());
    found.extend(
        lists
            .flatten()
            .filter_map(|item| item.get("Next"))
            .map(Transition::Rule),
    );
    found
}

impl<'s> Selected<'s> {
    /// The states in a span, which are all in the innermost scope that contains it; the innermost state around an empty
    /// span.
    pub(super) fn find(snapshot: &'s Snapshot, span: Span) -> Option<Self> {
        let node_path = node_path(snapshot, span.start)?;
        let mut scopes: Vec<&Node> = node_path.states().iter().map(|state| state.scope).collect();
        scopes.push(node_path.scope());
        let (scope, container) = scopes.into_iter().rev().find_map(|scope| {
            let states = scope.get("States")?;
            let is_inside =
                |member: &Member| member.key_span.start <= span.start && span.end <= member.value.span.end;
            let members = states.as_object()?;
            let is_around = if span.is_empty() {
                members.iter().any(is_inside)
            } else {
                states.span.contains(span)
            };
            is_around.then_some((scope, states))
        })?;
        let touches = |member: &Member| {
            let (start, end) = (member.key_span.start, member.value.span.end);
            if span.is_empty() {
                start <= span.start && span.start <= end
            } else {
                start < span.end && span.start < end
            }
        };
        let members = container.as_object()?;
        let first = members.iter().position(touches)?;
        let count = members[first..]
            .iter()
            .take_while(|member| touches(member))
            .count();
        let range = first..first + if span.is_empty() { 1 } else { count };
        Some(Self {
            node_path,
            scope,
            container,
            range,
        })
    }

    /// All states of the scope.
    pub(super) fn all(&self) -> &'s [Member] {
        self.container.as_object().unwrap_or_default()
    }

    /// The selected states.
    pub(super) fn states(&self) -> &'s [Member] {
        self.all().get(self.range.clone()).unwrap_or_default()
    }

    fn others(&self) -> impl Iterator<Item = &'s Member> {
        let (before, rest) = self.all().split_at(self.range.start.min(self.all().len()));
        before.iter().chain(rest.iter().skip(self.range.len()))
    }

    /// The query language of a state that is written among these.
    pub(super) fn language(&self) -> QueryLanguage {
        self.node_path.machine_language()
    }

    /// How executions enter and leave the states; `None` if there are several ways.
    pub(super) fn boundary(&self) -> Option<Boundary<'s>> {
        let states = self.states();
        let is_end = |state: &Member| matches!(type_of(state), Some(StateType::Succeed | StateType::Fail));
        if states.iter().all(is_end) {
            return None;
        }
        let is_selected = |name: &str| states.iter().any(|state| state.key.as_str() == name);
        let start = self.scope.get("StartAt").into_iter();
        let others = self.others().flat_map(|state| transitions(&state.value));
        let entries = start.chain(others.map(Transition::node));
        let entries: Vec<&Node> = entries
            .filter(|node| node.as_str().is_some_and(is_selected))
            .collect();
        let first = states.first()?.key.as_str();
        let entry = entries.first().and_then(|node| node.as_str()).unwrap_or(first);
        let exits: Vec<Transition<'_>> = states
            .iter()
            .flat_map(|state| transitions(&state.value))
            .filter(|transition| transition.target().is_some_and(|target| !is_selected(target)))
            .collect();
        let exit = exits.first().and_then(|transition| transition.target());
        let ends = states.iter().any(|state| {
            let ends = state.value.get("End").and_then(Node::as_bool) == Some(true);
            ends || type_of(state) == Some(StateType::Succeed)
        });
        let has_one_entry = entries.iter().all(|node| node.as_str() == Some(entry));
        let has_one_exit = exits.iter().all(|transition| transition.target() == exit);
        (has_one_entry && has_one_exit && !(ends && exit.is_some())).then_some(Boundary {
            entry,
            entries,
            exit,
            exits,
        })
    }

    /// The variables that the selected states assign and read, and those that the rest of the machine assigns and reads.
    pub(super) fn variables(&self) -> Variables {
        let machine = lower::machine(self.node_path.root);
        let (mut inside, mut outside) = (Names::default(), Names::default());
        let (Some(first), Some(last)) = (self.states().first(), self.states().last()) else {
            return Variables { inside, outside };
        };
        let span = Span::new(first.key_span.start, last.value.span.end);
        machine.for_each_state(&mut |_, state| {
            let names = if span.contains(state.node.span) {
                &mut inside
            } else {
                &mut outside
            };
            names.add(state);
        });
        Variables { inside, outside }
    }

    /// Whether the states are in an Express workflow, according to the template or the item processor that contains them.
    pub(super) fn is_express(&self) -> bool {
        let mut nodes = self.node_path.steps.iter().map(|step| step.node());
        let is_machine = self.node_path.found.workflow_type == Some(WorkflowType::Express);
        is_machine
            || nodes.any(|node| {
                let config = node.get("ProcessorConfig");
                let workflow_type = config.and_then(|config| config.get("ExecutionType")?.as_str());
                workflow_type == Some(WorkflowType::Express.as_str())
            })
    }

    /// A name that no state of the machine has.
    pub(super) fn free_name(&self, wanted: &str) -> String {
        let mut taken = BTreeSet::new();
        names::for_each_scope(self.node_path.root, &mut |scope| {
            let states = scope.get("States").and_then(Node::as_object).unwrap_or_default();
            taken.extend(states.iter().map(|state| state.key.as_str()));
        });
        let numbered = (2..).map(|number| format!("{wanted} {number}"));
        let mut names = std::iter::once(wanted.to_owned()).chain(numbered);
        names
            .find(|name| !taken.contains(name.as_str()))
            .unwrap_or_default()
    }
}

/// The variables of the selected states and of the others.
#[derive(Debug)]
pub(super) struct Variables {
    pub(super) inside: Names,
    pub(super) outside: Names,
}

/// Names of variables.
#[derive(Debug, Default)]
pub(super) struct Names {
    pub(super) assigned: BTreeSet<String>,
    pub(super) read: BTreeSet<String>,
}

impl Names {
    fn add(&mut self, state: &State<'_>) {
        for (payload, _) in assigns(state) {
            let names = assigned(state, payload).map(|assignment| assignment.name.to_owned());
            self.assigned.extend(names);
        }
        state.for_each_expression(&mut |expression| {
            reads(expression, &mut |name, _| {
                self.read.insert(name.to_owned());
            });
        });
    }
}

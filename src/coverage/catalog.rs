//! The items of a machine.

use super::item::{Item, Kind, Part, Quantity};
use crate::asl::transition_graph::{Cause, exits};
use crate::asl::{Kind as StateKind, Machine, State, Target};
use crate::simulate::StateId;
use crate::simulate::plan::Plan;
use crate::source::Span;

/// The items of a machine. It borrows nothing, so that threads can share it; the ids of states are those of every plan of
/// the machine.
#[derive(Debug, Clone, Default)]
pub struct Catalog {
    items: Vec<Item>,
    /// By state, the numbers of its items.
    numbers_by_state: Vec<Vec<usize>>,
    /// The number of the item for the time limit of the execution.
    deadline: Option<usize>,
}

impl Catalog {
    /// The items of a machine.
    pub fn new(machine: &Machine<'_>) -> Self {
        let mut catalog = Self::default();
        for (state, id) in Plan::numbered(machine) {
            catalog.numbers_by_state.push(Vec::new());
            catalog.add_state(state, id);
        }
        if let Some(member) = machine.node.member("TimeoutSeconds") {
            catalog.deadline = Some(catalog.items.len());
            catalog.items.push(Item {
                part: Part::Deadline,
                state: StateId(0),
                name: Part::Deadline.name("", None),
                span: member.key_span,
            });
        }
        catalog
    }

    fn add_state(&mut self, state: &State<'_>, id: StateId) {
        let mut add = |part: Part, span: Span, target: Option<Target<'_>>| {
            if let Some(numbers_by_state) = self.numbers_by_state.last_mut() {
                numbers_by_state.push(self.items.len());
            }
            self.items.push(Item {
                part,
                state: id,
                name: part.name(state.name, target.map(|target| target.name.as_str())),
                span,
            });
        };
        let key = |name: &str| state.node.member(name).map_or(state.name_span, |m| m.key_span);
        add(Part::State, state.name_span, None);
        for (cause, target) in exits(state) {
            let span = match (cause, &state.kind) {
                (Cause::Next, _) => key("Next"),
                (Cause::Default, _) => key("Default"),
                (Cause::Rule(rule), StateKind::Choice(choice)) => choice.rules[rule].node.span,
                (Cause::Catch(catcher), _) => state.catch()[catcher].node.span,
                (Cause::Rule(_), _) => target.span,
            };
            add(Part::Exit(cause), span, Some(target));
        }
        for (index, retrier) in state.retry().iter().enumerate() {
            add(Part::RetryUsed(index), retrier.node.span, None);
            add(Part::RetryExhausted(index), retrier.node.span, None);
        }
        match &state.kind {
            StateKind::Map(_) => {
                for quantity in Quantity::ALL {
                    add(Part::Items(quantity), state.name_span, None);
                }
            }
            StateKind::Parallel(_) => {
                for (index, branch) in state.machines().iter().enumerate() {
                    add(Part::Branch(index), branch.node.span, None);
                }
            }
            StateKind::Task(task) => {
                let limits = [
                    "TimeoutSeconds",
                    "TimeoutSecondsPath",
                    "HeartbeatSeconds",
                    "HeartbeatSecondsPath",
                ];
                let settings = &task.settings;
                if settings.timeout_seconds.is_some() || settings.heartbeat_seconds.is_some() {
                    let member = limits.iter().find_map(|name| state.node.member(name));
                    add(
                        Part::Timeout,
                        member.map_or(state.name_span, |m| m.key_span),
                        None,
                    );
                }
            }
            _ => {}
        }
    }

    /// The items, in the order of the plan's states.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// The items of a kind, with their numbers.
    pub fn items_of_kind(&self, kind: Kind) -> impl Iterator<Item = (usize, &Item)> {
        self.items
            .iter()
            .enumerate()
            .filter(move |(_, item)| item.part.kind() == kind)
    }

    /// The items of a state, with their numbers.
    pub fn items_of_state(&self, state: StateId) -> impl Iterator<Item = (usize, &Item)> {
        let numbers = self
            .numbers_by_state
            .get(state.0 as usize)
            .map_or(&[][..], Vec::as_slice);
        numbers.iter().map(|number| (*number, &self.items[*number]))
    }

    /// The number of a part of a state; `None` if it is not an item.
    pub fn find(&self, state: StateId, part: Part) -> Option<usize> {
        self.items_of_state(state)
            .find(|(_, item)| item.part == part)
            .map(|(number, _)| number)
    }

    /// The number of the item for the time limit of the execution.
    pub const fn deadline(&self) -> Option<usize> {
        self.deadline
    }
}

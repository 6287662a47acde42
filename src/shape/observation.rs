//! What the analysis observes at the parts of a state.

use super::fault::Evaluation;
use super::fault::Fault;
use super::scenario::Origin;
use super::types::Shape;
use crate::asl::state::choice::Test;
use crate::asl::{Expression, Machine, State};
use foldhash::HashMap;

/// A part of a state that may fail.
#[derive(Debug, Clone, Copy)]
pub enum Subject<'a, 'd> {
    /// An expression.
    Expression(&'a Expression<'d>),
    /// A comparison in a Choice.
    Test(&'a Test<'d>),
    /// The state as a whole.
    State(&'a State<'d>),
}

impl Subject<'_, '_> {
    /// Its kind and its address in the model, which identify it. A part has the address of its own first field.
    fn key(self) -> (u8, usize) {
        match self {
            Self::Expression(expression) => (0, std::ptr::from_ref(expression).addr()),
            Self::Test(test) => (1, std::ptr::from_ref(test).addr()),
            Self::State(state) => (2, std::ptr::from_ref(state).addr()),
        }
    }
}

/// What was observed at one part of a state.
#[derive(Debug)]
pub struct Observation<'a, 'd> {
    /// The scope of the state.
    pub machine: &'a Machine<'d>,
    /// The state that has the part.
    pub state: &'a State<'d>,
    /// The part.
    pub subject: Subject<'a, 'd>,
    /// The scenarios in which the part fails, with the reason.
    pub faults: Vec<(Origin, Fault)>,
    /// The scenarios in which the part has a value.
    pub values: Vec<Origin>,
    /// The shape of its value in all of them.
    pub value: Shape,
}

/// The observations of an analysis, in the order in which the parts were first reached.
#[derive(Debug, Default)]
pub struct Observations<'a, 'd> {
    all: Vec<Observation<'a, 'd>>,
    by_key: HashMap<(u8, usize), usize>,
}

impl<'a, 'd> Observations<'a, 'd> {
    /// Records the outcome of a part in a scenario.
    pub(super) fn record(
        &mut self,
        (machine, state): (&'a Machine<'d>, &'a State<'d>),
        subject: Subject<'a, 'd>,
        origin: Origin,
        evaluation: &Evaluation,
    ) {
        let index = *self.by_key.entry(subject.key()).or_insert_with(|| {
            self.all.push(Observation {
                machine,
                state,
                subject,
                faults: Vec::new(),
                values: Vec::new(),
                value: Shape::never(),
            });
            self.all.len() - 1
        });
        match evaluation {
            Ok(shape) => {
                let observation = &mut self.all[index];
                observation.values.push(origin);
                observation.value = observation.value.join(shape);
            }
            Err(fault) => self.all[index].faults.push((origin, fault.clone())),
        }
    }

    /// All parts that are reached.
    pub fn all(&self) -> impl Iterator<Item = &Observation<'a, 'd>> {
        self.all.iter()
    }

    /// The parts that fail in some scenario.
    pub fn failing(&self) -> impl Iterator<Item = &Observation<'a, 'd>> {
        self.all
            .iter()
            .filter(|observation| !observation.faults.is_empty())
    }
}

impl<'a, 'd> Observation<'a, 'd> {
    /// The state whose result or output replaced the payload last, if it is the same for all scenarios in which the part
    /// fails.
    pub fn replaced_by(&self) -> Option<&'a State<'d>> {
        let mut indexes = self.faults.iter().map(|(origin, _)| origin.replaced_by);
        let first = indexes.next()??;
        if indexes.any(|other| other != Some(first)) {
            return None;
        }
        self.machine.states.get(first)
    }

    /// The states before this one on the execution paths on which the part fails.
    pub fn failing_after(&self) -> Vec<&'a State<'d>> {
        let mut indexes: Vec<usize> = self
            .faults
            .iter()
            .filter_map(|(origin, _)| origin.previous)
            .collect();
        indexes.sort_unstable();
        indexes.dedup();
        indexes
            .into_iter()
            .filter_map(|index| self.machine.states.get(index))
            .collect()
    }

    /// Whether the part fails in every scenario, that is, in every execution that reaches it.
    pub fn is_certain(&self) -> bool {
        self.values.is_empty()
    }
}

//! The data at one point of an execution: the payload and the variables.

use super::scope::Variables;
use super::types::Field;
use super::types::Shape;
use crate::expr::jsonpath::Root;
use std::rc::Rc;

/// The maximum number of scenarios that are kept apart at one state.
pub(super) const MAX_SCENARIOS: usize = 8;

/// The data with which a state may be entered, on one or several execution paths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scenario {
    /// The payload.
    pub payload: Shape,
    /// The variables in scope.
    pub variables: Rc<Variables>,
    /// How the payload was made.
    pub origin: Origin,
}

/// The states through which the payload came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Origin {
    /// The index of the state that was left last; `None` at the start of a scope.
    pub previous: Option<usize>,
    /// The index of the last state whose result or output replaced the payload.
    pub replaced_by: Option<usize>,
}

impl Scenario {
    /// The shape of a path's root; `None` if a variable is not assigned.
    pub fn root(&self, root: &Root, context: &Shape) -> Option<Shape> {
        match root {
            Root::Input => Some(self.payload.clone()),
            Root::Context => Some(context.clone()),
            Root::Variable(name) => self.variables.get(name).map(|variable| variable.shape.clone()),
        }
    }

    /// The scenario with another shape of a path's root.
    #[must_use]
    pub fn with_root(&self, root: &Root, shape: Shape) -> Self {
        let mut changed = self.clone();
        match root {
            Root::Input => changed.payload = shape,
            Root::Context => {}
            Root::Variable(name) => {
                if let Some(variable) = Rc::make_mut(&mut changed.variables).get_mut(name) {
                    variable.shape = shape;
                }
            }
        }
        changed
    }

    /// What is true of both.
    #[must_use]
    pub fn join(&self, other: &Self) -> Self {
        self.combine(other, Shape::join)
    }

    /// See [`Shape::widen`].
    #[must_use]
    pub fn widen(&self, newer: &Self) -> Self {
        self.combine(newer, Shape::widen)
    }

    fn combine(&self, other: &Self, combine: impl Fn(&Shape, &Shape) -> Shape) -> Self {
        let same = |a: Option<usize>, b: Option<usize>| if a == b { a } else { None };
        Self {
            payload: combine(&self.payload, &other.payload),
            variables: if Rc::ptr_eq(&self.variables, &other.variables) {
                Rc::clone(&self.variables)
            } else {
                Rc::new(combine_variables(&self.variables, &other.variables, combine))
            },
            origin: Origin {
                previous: same(self.origin.previous, other.origin.previous),
                replaced_by: same(self.origin.replaced_by, other.origin.replaced_by),
            },
        }
    }

    /// Whether the data of another scenario is possible in this one.
    pub fn includes(&self, other: &Self) -> bool {
        self.payload.includes(&other.payload)
            && (Rc::ptr_eq(&self.variables, &other.variables)
                || include_variables(&self.variables, &other.variables))
    }
}

/// Whether the values of all variables of `b` are possible in `a`.
fn include_variables(a: &Variables, b: &Variables) -> bool {
    let has = |(name, variable): (&Rc<str>, &Field)| {
        let own = a.get(name);
        own.is_some_and(|own| own.shape.includes(&variable.shape) && (variable.is_certain || !own.is_certain))
    };
    b.iter().all(has)
        && a.iter()
            .all(|(name, own)| !own.is_certain || b.contains_key(name))
}

/// A variable that only one scenario has may be unassigned; another rule reports that.
fn combine_variables(a: &Variables, b: &Variables, combine: impl Fn(&Shape, &Shape) -> Shape) -> Variables {
    let mut combined = a.clone();
    for (name, variable) in &mut combined {
        match b.get(name) {
            Some(other) => {
                variable.shape = combine(&variable.shape, &other.shape);
                variable.is_certain &= other.is_certain;
            }
            None => variable.is_certain = false,
        }
    }
    for (name, variable) in b {
        if !a.contains_key(name) {
            combined.insert(Rc::clone(name), Field::possible(variable.shape.clone()));
        }
    }
    combined
}

/// The variables of either of two scenarios.
pub(super) fn join_variables(a: &Variables, b: &Variables) -> Variables {
    combine_variables(a, b, Shape::join)
}

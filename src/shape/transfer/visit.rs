//! One visit of a state: its context in the analysis, and the evaluation of its parts.

use crate::asl::state::NullablePath;
use crate::asl::transition_graph::Cause;
use crate::asl::{Expression, Kind, Machine, Parsed, Payload, State, Target};
use crate::shape::expression;
use crate::shape::fault::{Evaluation, Fault, PathRoot};
use crate::shape::jsonpath;
use crate::shape::lattice::MAX_PARTS;
use crate::shape::observation::Subject;
use crate::shape::path;
use crate::shape::scenario::{Origin, Scenario};
use crate::shape::scope::{Scope, Variables};
use crate::shape::state_shapes::StateShapes;
use crate::shape::types::{Field, Object, Shape};
use crate::spec::QueryLanguage;
use foldhash::HashMap;
use std::rc::Rc;

/// The number of parts of all payloads of a scope after which each may only have a few.
const MAX_PARTS_OF_SCOPE: usize = 1_000_000;

/// The number of parts that a payload may always have.
const MIN_PARTS: usize = 200;

/// Where a state goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::shape) enum Exit {
    /// To a state of the scope.
    State(usize),
    /// The scope ends.
    End,
}

/// What a visit needs of the analysis around it.
pub(in crate::shape) trait AnalysisContext<'a, 'd> {
    /// The output of a scope inside the state; never if it does not succeed.
    fn scope(&mut self, machine: &'a Machine<'d>, starts: Vec<Scenario>, context: Shape) -> Shape;

    /// The declared result of a task.
    fn declared_result(&self, state: &str, resource: &str) -> Option<Shape>;

    /// The response of the API that a `Resource` calls.
    fn response(&mut self, resource: &'d str) -> Shape;

    /// A payload, less precise if it has more parts than this. It may be the response of the API that a `Resource` calls.
    fn limit(&mut self, payload: Shape, max_parts: usize, resource: Option<&'d str>) -> Shape;

    /// Whether the outcomes of parts are recorded.
    fn is_observing(&self) -> bool;

    /// Whether the shapes at each state are kept in this visit.
    fn keeps_shapes(&self) -> bool;

    /// Records the outcome of a part of a state in a scenario.
    fn record(
        &mut self,
        at: (&'a Machine<'d>, &'a State<'d>),
        subject: Subject<'a, 'd>,
        origin: Origin,
        evaluation: &Evaluation,
    );

    /// Keeps the shapes at a state, in addition to those of other scenarios.
    fn keep(&mut self, state: &State<'d>, shapes: StateShapes);

    /// Keeps that a transition of a state may be taken.
    fn keep_exit(&mut self, state: &State<'d>, cause: Cause);
}

/// One visit of a state.
pub(in crate::shape) struct Visit<'t, 'a, 'd> {
    pub(in crate::shape) analysis: &'t mut dyn AnalysisContext<'a, 'd>,
    pub(in crate::shape) machine: &'a Machine<'d>,
    pub(in crate::shape) state: &'a State<'d>,
    /// The index of the state.
    pub(in crate::shape) index: usize,
    /// The indexes of the states of the scope.
    pub(in crate::shape) names: &'t HashMap<&'a str, usize>,
    /// The context object.
    pub(in crate::shape) context: &'t Shape,
}

/// The input of a state in a scenario, and what its fields before the result make of it.
pub(super) struct StateInput<'s> {
    pub(super) scenario: &'s Scenario,
    pub(super) effective: Shape,
    pub(super) arguments: Shape,
}

impl<'t, 'a, 'd> Visit<'t, 'a, 'd> {
    pub(super) fn is_jsonata(&self) -> bool {
        self.state.language == QueryLanguage::Jsonata
    }

    pub(super) fn scope<'s>(&self, input: &'s Shape, variables: &'s Variables) -> Scope<'s>
    where
        't: 's,
    {
        Scope {
            input,
            context: self.context,
            variables,
            result: None,
            error_output: None,
        }
    }

    /// Evaluates an expression and observes the outcome; `None` if it fails.
    pub(super) fn evaluate(
        &mut self,
        expression: &'a Expression<'d>,
        scope: Scope<'_>,
        origin: Origin,
    ) -> Option<Shape> {
        let evaluation = expression::evaluate(expression, scope);
        self.record(Subject::Expression(expression), origin, &evaluation);
        evaluation.ok()
    }

    pub(super) fn record(&mut self, subject: Subject<'a, 'd>, origin: Origin, evaluation: &Evaluation) {
        self.analysis
            .record((self.machine, self.state), subject, origin, evaluation);
    }

    /// Keeps the shapes of the state in one scenario.
    pub(super) fn keep(&mut self, shapes: impl FnOnce() -> StateShapes) {
        if self.analysis.keeps_shapes() {
            self.analysis.keep(self.state, shapes());
        }
    }

    /// Evaluates the expressions of a payload template, whose shape is not needed; `None` if one of them fails.
    pub(super) fn check(&mut self, payload: &'a Payload<'d>, scope: Scope<'_>, origin: Origin) -> Option<()> {
        let mut succeeds = true;
        for expression in &payload.expressions {
            succeeds &= self.evaluate(expression, scope, origin).is_some();
        }
        succeeds.then_some(())
    }

    /// Evaluates a payload template; `None` if an expression in it fails.
    pub(super) fn template(
        &mut self,
        payload: &'a Payload<'d>,
        scope: Scope<'_>,
        origin: Origin,
    ) -> Option<Shape> {
        let mut observed: Vec<(usize, Evaluation)> = Vec::new();
        let is_observing = self.analysis.is_observing();
        let mut observe = |index, evaluation: &Evaluation| {
            if is_observing || evaluation.is_err() {
                observed.push((index, evaluation.clone()));
            }
        };
        let shape = expression::template(payload, self.state.language, scope, &mut observe);
        let expressions = &payload.expressions;
        for (index, evaluation) in observed {
            self.record(Subject::Expression(&expressions[index]), origin, &evaluation);
        }
        shape.ok()
    }

    /// `InputPath` or `OutputPath` applied to a value.
    pub(super) fn select(
        &mut self,
        path: &'a NullablePath<'d>,
        value: &Shape,
        variables: &Variables,
        origin: Origin,
    ) -> Option<Shape> {
        match path {
            NullablePath::Absent => Some(value.clone()),
            NullablePath::Null => Some(Object::closed().into()),
            NullablePath::Path(expression) => {
                let scope = self.scope(value, variables);
                self.evaluate(expression, scope, origin)
            }
        }
    }

    /// A value put into the state's input by `ResultPath`; `None` if that certainly fails.
    pub(super) fn place(
        &mut self,
        expression: &'a Expression<'d>,
        scenario: &Scenario,
        value: &Shape,
    ) -> Option<Shape> {
        let Parsed::Path(path) = expression.parsed() else {
            return Some(Shape::Any);
        };
        let placed = path::place(&scenario.payload, path.steps(), value);
        let evaluation =
            placed.map_err(|gap| Fault::PathConflict(jsonpath::missing(path, gap, PathRoot::Input)));
        self.record(Subject::Expression(expression), scenario.origin, &evaluation);
        evaluation.ok()
    }

    /// The maximum number of parts of a payload. A long sequence of states, each of which adds a field, has as many payloads.
    pub(super) fn max_parts(&self) -> usize {
        (MAX_PARTS_OF_SCOPE / self.machine.states.len().max(1)).clamp(MIN_PARTS, MAX_PARTS)
    }

    /// Leaves the state through `Next` or `End`.
    pub(super) fn exit(&mut self, scenario: Scenario, exits: &mut Vec<(Exit, Scenario)>) {
        if matches!(self.state.kind, Kind::Succeed(_)) || self.state.transition.end {
            exits.push((Exit::End, scenario));
        } else {
            self.exit_to(Cause::Next, self.state.transition.next, scenario, exits);
        }
    }

    pub(super) fn exit_to(
        &mut self,
        cause: Cause,
        target: Option<Target<'d>>,
        scenario: Scenario,
        exits: &mut Vec<(Exit, Scenario)>,
    ) {
        if self.analysis.keeps_shapes() {
            self.analysis.keep_exit(self.state, cause);
        }
        let index = target.and_then(|target| self.names.get(target.name.as_str()).copied());
        if let Some(index) = index {
            exits.push((Exit::State(index), scenario));
        }
    }
}

/// The maximum number of variables whose values are followed: each state has its own copy.
const MAX_VARIABLES: usize = 128;

/// The variables after an `Assign`.
pub(super) fn assign_all(variables: &Rc<Variables>, assigned: &Shape) -> Rc<Variables> {
    let mut all = (**variables).clone();
    let union = assigned.union();
    for (name, field) in union.object.iter().flat_map(|object| &object.fields) {
        // The value of a variable that is not known is any value.
        if all.len() >= MAX_VARIABLES && !all.contains_key(name) {
            continue;
        }
        all.insert(Rc::clone(name), Field::certain(field.shape.clone()));
    }
    Rc::new(all)
}

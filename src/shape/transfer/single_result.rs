//! States with one result: everything but Choice and Fail.

use super::visit::{Exit, StateInput, Visit, assign_all};
use crate::asl::state::{DataFlow, NullablePath};
use crate::asl::{Kind, Parsed};
use crate::document::Node;
use crate::shape::expression;
use crate::shape::literal;
use crate::shape::observation::Subject;
use crate::shape::response;
use crate::shape::scenario::{Origin, Scenario};
use crate::shape::setting;
use crate::shape::state_shapes::StateShapes;
use crate::shape::types::{Array, Shape};
use std::rc::Rc;

impl<'a, 'd> Visit<'_, 'a, 'd> {
    /// A state that has one result for all ways to it: everything but Choice and Fail.
    pub(super) fn single_result(&mut self, scenarios: &[Scenario], exits: &mut Vec<(Exit, Scenario)>) {
        self.catch_all(scenarios, exits);
        let mut state_inputs: Vec<StateInput<'_>> = Vec::new();
        for scenario in scenarios {
            match self.enter(scenario) {
                Some(state_input) => state_inputs.push(state_input),
                None => self.keep(|| StateShapes::entered(scenario)),
            }
        }
        self.settings(&state_inputs);
        let results = self.results(&state_inputs);
        let is_outline = response::is_outline(self.state) && self.declared_result().is_none();
        for (state_input, result) in state_inputs.iter().zip(results) {
            let result = result.unwrap_or_else(Shape::never);
            let left = if result.is_never() {
                None
            } else if is_outline {
                Some(Scenario {
                    payload: Shape::Any,
                    variables: Rc::clone(&state_input.scenario.variables),
                    origin: Origin {
                        previous: Some(self.index),
                        replaced_by: Some(self.index),
                    },
                })
            } else {
                self.leave(state_input, &result)
            };
            self.keep(|| StateShapes {
                arguments: state_input.arguments.clone(),
                result,
                output: left
                    .as_ref()
                    .map_or_else(Shape::never, |left| left.payload.clone()),
                ..StateShapes::entered(state_input.scenario)
            });
            if let Some(left) = left {
                self.exit(left, exits);
            }
        }
    }

    /// The state's data up to its arguments; `None` if an expression fails.
    pub(super) fn enter<'s>(&mut self, scenario: &'s Scenario) -> Option<StateInput<'s>> {
        let data: &'a DataFlow<'d> = &self.state.data;
        let variables = &scenario.variables;
        let effective = self.select(&data.input_path, &scenario.payload, variables, scenario.origin)?;
        let template = data.arguments.as_ref().or(data.parameters.as_ref());
        let arguments = match template {
            // The result of a Task does not depend on the shape of its arguments.
            Some(payload) if matches!(self.state.kind, Kind::Task(_)) && !self.analysis.keeps_shapes() => {
                let scope = self.scope(&effective, variables);
                self.check(payload, scope, scenario.origin)?;
                Shape::Any
            }
            Some(payload) => {
                let scope = self.scope(&effective, variables);
                self.template(payload, scope, scenario.origin)?
            }
            None => effective.clone(),
        };
        Some(StateInput {
            scenario,
            effective,
            arguments,
        })
    }

    /// The result of the state for each scenario; `None` where it certainly fails.
    pub(super) fn results(&mut self, state_inputs: &[StateInput<'_>]) -> Vec<Option<Shape>> {
        match &self.state.kind {
            Kind::Pass(pass) => {
                let literal = pass.result.filter(|_| !self.is_jsonata()).map(literal::node);
                let result = |state_input: &StateInput<'_>| {
                    Some(literal.clone().unwrap_or_else(|| state_input.arguments.clone()))
                };
                state_inputs.iter().map(result).collect()
            }
            Kind::Task(task) => {
                let result = match (self.declared_result(), task.resource.and_then(Node::as_str)) {
                    (Some(declared), _) => declared,
                    (None, Some(resource)) => self.analysis.response(resource),
                    (None, None) => Shape::Any,
                };
                vec![Some(result); state_inputs.len()]
            }
            Kind::Parallel(_) => {
                let starts = || {
                    state_inputs
                        .iter()
                        .map(|state_input| self.start(state_input, state_input.arguments.clone()))
                };
                let starts: Vec<Scenario> = starts().collect();
                let mut branches = Vec::new();
                for branch in self.state.machines() {
                    branches.push(self.analysis.scope(branch, starts.clone(), self.context.clone()));
                }
                let result = if branches.iter().any(Shape::is_never) && !starts.is_empty() {
                    None
                } else {
                    Some(Array::tuple(branches).into())
                };
                vec![result; state_inputs.len()]
            }
            Kind::Map(map) => self.map(map, state_inputs),
            _ => state_inputs
                .iter()
                .map(|state_input| Some(state_input.effective.clone()))
                .collect(),
        }
    }

    /// The declared result of a Task.
    fn declared_result(&self) -> Option<Shape> {
        let Kind::Task(task) = &self.state.kind else {
            return None;
        };
        let resource = task.resource.and_then(Node::as_str)?;
        self.analysis.declared_result(self.state.name.as_str(), resource)
    }

    /// The first scenario of a branch or an iteration.
    #[expect(clippy::unused_self, reason = "it belongs to the visit")]
    pub(super) fn start(&self, state_input: &StateInput<'_>, payload: Shape) -> Scenario {
        Scenario {
            payload,
            variables: Rc::clone(&state_input.scenario.variables),
            origin: Origin::default(),
        }
    }

    /// The settings and credentials that are computed from the state's input.
    pub(super) fn settings(&mut self, state_inputs: &[StateInput<'_>]) {
        // Whether AWS applies `InputPath` before it reads the settings is not recorded.
        if self.state.data.input_path.is_given() {
            return;
        }
        let state = self.state;
        let credentials = match &state.kind {
            Kind::Task(task) => task.credentials.as_ref(),
            _ => None,
        };
        for state_input in state_inputs {
            if let Some(credentials) = credentials {
                let scope = self.scope(&state_input.effective, &state_input.scenario.variables);
                self.check(credentials, scope, state_input.scenario.origin);
            }
            state.for_each_scalar(&mut |scalar| {
                if let Some(expression) = scalar.expression() {
                    let scope = self.scope(&state_input.effective, &state_input.scenario.variables);
                    let evaluation = expression::evaluate(expression, scope);
                    let evaluation = evaluation
                        .and_then(|shape| setting::accepted(expression.field, state.language, shape));
                    self.record(
                        Subject::Expression(expression),
                        state_input.scenario.origin,
                        &evaluation,
                    );
                }
            });
        }
    }

    /// The data with which the state is left after this result; `None` if it fails.
    pub(super) fn leave(&mut self, state_input: &StateInput<'_>, result: &Shape) -> Option<Scenario> {
        let data: &'a DataFlow<'d> = &self.state.data;
        let (scenario, variables) = (state_input.scenario, &state_input.scenario.variables);
        let has_result = !matches!(self.state.kind, Kind::Wait(_) | Kind::Succeed(_));
        let origin = scenario.origin;
        let payload;
        let assign_scope;
        if self.is_jsonata() {
            let scope = self.scope(&scenario.payload, variables);
            let is_raw = matches!(self.state.kind, Kind::Pass(_)) || !has_result;
            let scope = if is_raw { scope } else { scope.with_result(result) };
            payload = match &data.output {
                Some(output) => self.template(output, scope, origin)?,
                None if is_raw => scenario.payload.clone(),
                None => result.clone(),
            };
            assign_scope = scope;
        } else {
            let selected = match &data.result_selector {
                Some(selector) => {
                    let scope = self.scope(result, variables);
                    self.template(selector, scope, origin)?
                }
                None => result.clone(),
            };
            let placed = match &data.result_path {
                NullablePath::Absent => selected,
                NullablePath::Null => scenario.payload.clone(),
                NullablePath::Path(path) => self.place(path, scenario, &selected)?,
            };
            payload = self.select(&data.output_path, &placed, variables, origin)?;
            assign_scope = self.scope(
                if has_result {
                    result
                } else {
                    &state_input.effective
                },
                variables,
            );
        }
        let variables = match &data.assign {
            Some(assign) => {
                let assigned = self.template(assign, assign_scope, origin)?;
                assign_all(variables, &assigned)
            }
            None => Rc::clone(variables),
        };
        let is_replaced = match &self.state.kind {
            Kind::Wait(_) | Kind::Succeed(_) => data.output.is_some(),
            _ if self.is_jsonata() => data.output.is_some() || !matches!(self.state.kind, Kind::Pass(_)),
            Kind::Pass(pass) => {
                (pass.result.is_some() || data.parameters.is_some()) && !keeps_input(&data.result_path)
            }
            _ => !keeps_input(&data.result_path),
        };
        let resource = match &self.state.kind {
            Kind::Task(task) => task.resource.and_then(Node::as_str),
            _ => None,
        };
        Some(Scenario {
            payload: self.analysis.limit(payload, self.max_parts(), resource),
            variables,
            origin: Origin {
                previous: Some(self.index),
                replaced_by: if is_replaced {
                    Some(self.index)
                } else {
                    origin.replaced_by
                },
            },
        })
    }
}

/// Whether a `ResultPath` keeps the state's input.
pub(super) fn keeps_input(path: &NullablePath<'_>) -> bool {
    match path {
        NullablePath::Absent => false,
        NullablePath::Null => true,
        NullablePath::Path(expression) => match expression.parsed() {
            Parsed::Path(path) => !path.steps().is_empty(),
            _ => true,
        },
    }
}

//! Catchers.

use super::single_result::keeps_input;
use super::visit::{Exit, Visit, assign_all};
use crate::asl::Catcher;
use crate::asl::state::NullablePath;
use crate::asl::transition_graph::Cause;
use crate::shape::scenario::{Origin, Scenario};
use crate::shape::scope::Scope;
use crate::shape::state_shapes::StateShapes;
use crate::shape::types::{Object, Shape};
use std::rc::Rc;

impl<'a, 'd> Visit<'_, 'a, 'd> {
    /// The scenarios of the catchers. Every Task, Parallel, and Map may fail.
    pub(super) fn catch_all(&mut self, scenarios: &[Scenario], exits: &mut Vec<(Exit, Scenario)>) {
        if self.state.catch().is_empty() {
            return;
        }
        let error: Shape = Object::closed()
            .with("Error", Shape::string().join(&Shape::null()))
            .with("Cause", Shape::string().join(&Shape::null()))
            .into();
        let state = self.state;
        for (index, catcher) in state.catch().iter().enumerate() {
            for scenario in scenarios {
                if let Some(caught) = self.catch(catcher, scenario, &error) {
                    self.keep(|| StateShapes {
                        output: caught.payload.clone(),
                        ..StateShapes::entered(scenario)
                    });
                    self.exit_to(Cause::Catch(index), catcher.next, caught, exits);
                }
            }
        }
    }

    pub(super) fn catch(
        &mut self,
        catcher: &'a Catcher<'d>,
        scenario: &Scenario,
        error: &Shape,
    ) -> Option<Scenario> {
        let variables = &scenario.variables;
        let origin = scenario.origin;
        let (payload, assign_scope) = if self.is_jsonata() {
            let scope = Scope {
                error_output: Some(error),
                ..self.scope(&scenario.payload, variables)
            };
            let payload = match &catcher.output {
                Some(output) => self.template(output, scope, origin)?,
                None => error.clone(),
            };
            (payload, scope)
        } else {
            let payload = match &catcher.result_path {
                NullablePath::Absent => error.clone(),
                NullablePath::Null => scenario.payload.clone(),
                NullablePath::Path(path) => self.place(path, scenario, error)?,
            };
            (payload, self.scope(error, variables))
        };
        let variables = match &catcher.assign {
            Some(assign) => {
                let assigned = self.template(assign, assign_scope, origin)?;
                assign_all(variables, &assigned)
            }
            None => Rc::clone(variables),
        };
        let is_replaced = if self.is_jsonata() {
            true
        } else {
            !keeps_input(&catcher.result_path)
        };
        Some(Scenario {
            payload: payload.limit(self.max_parts()),
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

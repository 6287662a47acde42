//! What a state does to the data: the scenarios with which it is left, for those with which it is entered.

mod catch;
mod choice;
mod distributed;
mod map;
mod single_result;
mod visit;

use super::scenario::Scenario;
use super::state_shapes::StateShapes;
use super::types::Shape;
use crate::asl::Kind;
use crate::asl::transition_graph::Cause;
use std::rc::Rc;

pub(super) use visit::{AnalysisContext, Exit, Visit};

impl Visit<'_, '_, '_> {
    /// The scenarios with which the state is left.
    pub(super) fn run(mut self, scenarios: &[Scenario]) -> Vec<(Exit, Scenario)> {
        let mut exits = Vec::new();
        match &self.state.kind {
            Kind::Choice(_) => {
                for scenario in scenarios {
                    self.choose(scenario, &mut exits);
                }
            }
            Kind::Fail(fail) => {
                for scenario in scenarios {
                    self.keep(|| StateShapes::entered(scenario));
                    let variables = Rc::clone(&scenario.variables);
                    for setting in [&fail.error, &fail.cause].into_iter().flatten() {
                        if let Some(expression) = setting.expression() {
                            let scope = self.scope(&scenario.payload, &variables);
                            self.evaluate(expression, scope, scenario.origin);
                        }
                    }
                }
            }
            Kind::Unknown => {
                for scenario in scenarios {
                    let unknown = Scenario {
                        payload: Shape::Any,
                        ..scenario.clone()
                    };
                    self.keep(|| StateShapes {
                        input: scenario.payload.clone(),
                        ..StateShapes::unknown()
                    });
                    self.exit_to(Cause::Next, self.state.transition.next, unknown, &mut exits);
                }
            }
            _ => self.single_result(scenarios, &mut exits),
        }
        exits
    }
}

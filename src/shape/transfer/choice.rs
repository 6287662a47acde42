//! Choice: its rules, in order.

use super::visit::{Exit, Visit, assign_all};
use crate::asl::state::{Choice, DataFlow};
use crate::asl::transition_graph::Cause;
use crate::asl::{Kind, Payload};
use crate::document::Node;
use crate::shape::condition;
use crate::shape::fault::Fault;
use crate::shape::observation::Subject;
use crate::shape::scenario::{Origin, Scenario};
use crate::shape::split::Split;
use crate::shape::state_shapes::StateShapes;
use crate::shape::types::Shape;
use std::rc::Rc;

/// The maximum number of rules that narrow the data, since each may add a field to it.
const MAX_RULES: usize = 256;

impl<'a, 'd> Visit<'_, 'a, 'd> {
    /// The rules of a Choice, in order.
    pub(super) fn choose(&mut self, scenario: &Scenario, exits: &mut Vec<(Exit, Scenario)>) {
        let Kind::Choice(choice) = &self.state.kind else {
            return;
        };
        let data: &'a DataFlow<'d> = &self.state.data;
        let origin = scenario.origin;
        let Some(effective) = self.select(&data.input_path, &scenario.payload, &scenario.variables, origin)
        else {
            self.keep(|| StateShapes::entered(scenario));
            return;
        };
        let entered = Scenario {
            payload: effective,
            ..scenario.clone()
        };
        let left = self.match_in_order(choice, &entered, exits);
        self.keep(|| StateShapes {
            arguments: entered.payload.clone(),
            result: entered.payload.clone(),
            output: left,
            ..StateShapes::entered(scenario)
        });
        if choice.default.is_none() {
            self.match_rules(choice, &entered);
        }
    }

    /// Leaves the state through each rule and the default that may match; the payload with which it is left.
    fn match_in_order(
        &mut self,
        choice: &'a Choice<'d>,
        entered: &Scenario,
        exits: &mut Vec<(Exit, Scenario)>,
    ) -> Shape {
        let data: &'a DataFlow<'d> = &self.state.data;
        let origin = entered.origin;
        let mut payload = Shape::never();
        let mut rest = Some(entered.clone());
        for (index, rule) in choice.rules.iter().enumerate() {
            let Some(current) = rest.take() else {
                return payload;
            };
            let mut observed = Vec::new();
            let mut observe = |subject, evaluation| observed.push((subject, evaluation));
            let Split { yes, no } = condition::split(&rule.condition, &current, self.context, &mut observe);
            for (subject, evaluation) in observed {
                self.record(subject, origin, &evaluation);
            }
            let matched = if index < MAX_RULES {
                rest = no;
                yes
            } else {
                rest = Some(current.clone());
                Some(current)
            };
            let Some(matched) = matched else { continue };
            if let Some(left) = self.leave_rule(&matched, rule.output.as_ref(), rule.assign.as_ref()) {
                payload = payload.join(&left.payload);
                self.exit_to(Cause::Rule(index), rule.next, left, exits);
            }
        }
        if let Some(remaining) = rest.filter(|_| choice.default.is_some())
            && let Some(left) = self.leave_rule(&remaining, data.output.as_deref(), data.assign.as_deref())
        {
            payload = payload.join(&left.payload);
            self.exit_to(Cause::Default, choice.default, left, exits);
        }
        payload
    }

    /// Observes whether a Choice without `Default` has a rule for each known value that it tests.
    pub(super) fn match_rules(&mut self, choice: &'a Choice<'d>, entered: &Scenario) {
        // Rules or a Default that are known only when a template is rendered may match.
        let choices = self.state.node.get("Choices").and_then(Node::as_array);
        let is_known = choices.is_some_and(|choices| choices.len() == choice.rules.len());
        if !is_known || self.state.node.get("Default").is_some() {
            return;
        }
        for scenario in condition::by_constant(choice, entered, self.context) {
            let mut rest = Some(scenario);
            let mut may_match = false;
            for rule in &choice.rules {
                let Some(current) = rest.take() else { break };
                let split = condition::split(&rule.condition, &current, self.context, &mut |_, _| {});
                may_match |= split.yes.is_some();
                rest = split.no;
            }
            let evaluation = match rest {
                Some(unmatched) if !may_match => Err(Fault::UnmatchedChoice {
                    input: unmatched.payload,
                }),
                _ => Ok(Shape::Any),
            };
            self.record(Subject::State(self.state), entered.origin, &evaluation);
        }
    }

    pub(super) fn leave_rule(
        &mut self,
        scenario: &Scenario,
        output: Option<&'a Payload<'d>>,
        assign: Option<&'a Payload<'d>>,
    ) -> Option<Scenario> {
        let variables = &scenario.variables;
        let origin = scenario.origin;
        let payload = match output {
            Some(output) => {
                let scope = self.scope(&scenario.payload, variables);
                self.template(output, scope, origin)?
            }
            None => self.select(&self.state.data.output_path, &scenario.payload, variables, origin)?,
        };
        let variables = match assign {
            Some(assign) => {
                let scope = self.scope(&scenario.payload, variables);
                let assigned = self.template(assign, scope, origin)?;
                assign_all(variables, &assigned)
            }
            None => Rc::clone(variables),
        };
        Some(Scenario {
            payload: payload.limit(self.max_parts()),
            variables,
            origin: Origin {
                previous: Some(self.index),
                replaced_by: if output.is_some() {
                    Some(self.index)
                } else {
                    origin.replaced_by
                },
            },
        })
    }
}

//! Whether a role allows what is needed.

use super::statement::{Effect, Statement};
use crate::iam::condition;
use crate::iam::environment::Environment;
use crate::iam::need::Need;
use crate::iam::pattern::Pattern;

/// The permissions of a role.
#[derive(Debug, Clone)]
pub struct Role {
    /// The statements of all policies.
    pub statements: Vec<Statement>,
    /// Whether these are all of its permissions.
    pub is_complete: bool,
}

/// Whether a role allows a need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// It does.
    Allowed,
    /// It does not; an explicit Deny is stronger than any Allow.
    Denied {
        /// Whether a statement denies it.
        is_explicit: bool,
    },
    /// That depends on what is unknown until deployment, or until the state runs.
    Unknown,
}

impl Role {
    /// Whether the role allows a need on one of its resources.
    pub fn decide(&self, need: &Need, resource: &str, environment: &Environment) -> Decision {
        let is_own = |name: &str| environment.names.is_own(name);
        let resource = environment.with_own_partition(resource);
        let resource = Pattern::new(&resource, &is_own);
        let mut decision = Decision::Denied { is_explicit: false };
        for statement in &self.statements {
            let applies = statement.applies(need, &resource, environment);
            match (statement.effect, applies) {
                (_, Some(false)) => {}
                (Effect::Deny, Some(true)) => return Decision::Denied { is_explicit: true },
                (Effect::Deny, None) => decision = Decision::Unknown,
                (Effect::Allow, Some(true)) if decision != Decision::Unknown => decision = Decision::Allowed,
                (Effect::Allow, None) if decision != Decision::Allowed => decision = Decision::Unknown,
                (Effect::Allow, _) => {}
            }
        }
        if decision == (Decision::Denied { is_explicit: false }) && !self.is_complete {
            decision = Decision::Unknown;
        }
        decision
    }
}

impl Statement {
    /// Whether the statement applies to a need on a resource; `None` if that is unknown.
    fn applies(&self, need: &Need, resource: &Pattern<'_>, environment: &Environment) -> Option<bool> {
        let action = self.matches_action(&need.action);
        if action == Some(false) {
            return action;
        }
        let resource = self.matches_resource(resource, environment);
        if resource == Some(false) {
            return resource;
        }
        let condition = condition::are_met(&self.conditions, need, environment);
        if condition == Some(false) {
            return condition;
        }
        (action? && resource? && condition?).then_some(true)
    }

    /// Whether the statement may be used for a need on any of its resources.
    pub(in crate::iam) fn may_apply(&self, need: &Need, environment: &Environment) -> bool {
        let is_own = |name: &str| environment.names.is_own(name);
        let resources = need.resources.iter().chain(&need.extra_resources);
        resources
            .map(|resource| environment.with_own_partition(resource))
            .any(|resource| self.applies(need, &Pattern::new(&resource, &is_own), environment) != Some(false))
    }
}

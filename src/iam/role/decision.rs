//! Whether a role allows what is needed.

use super::statement::{Effect, Statement};
use crate::iam::condition;
use crate::iam::environment::Environment;
use crate::iam::pattern::Pattern;
use crate::iam::required_permission::RequiredPermission;

/// The permissions of a role.
#[derive(Debug, Clone)]
pub struct Role {
    /// The statements of all policies.
    pub statements: Vec<Statement>,
    /// Whether these are all of its permissions.
    pub is_complete: bool,
    /// Its permissions boundary: what this does not allow, the role does not allow either.
    pub boundary: Option<Box<Role>>,
}

/// Whether a role allows a need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// It does.
    Allowed,
    /// It does not.
    Denied(DenialReason),
    /// That depends on what is unknown until deployment, or until the state runs.
    Unknown,
}

/// Why a role does not allow a need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DenialReason {
    /// No statement allows it.
    NotAllowed,
    /// A statement denies it, which is stronger than any Allow.
    Statement,
    /// The permissions boundary does not allow it.
    Boundary,
}

impl Role {
    /// Whether the role allows a need on one of its resources.
    pub fn decide(&self, need: &RequiredPermission, resource: &str, environment: &Environment) -> Decision {
        let own = self.decide_by_statements(need, resource, environment);
        let boundary = self
            .boundary
            .as_deref()
            .filter(|_| !matches!(own, Decision::Denied(_)));
        match boundary.map(|boundary| boundary.decide_by_statements(need, resource, environment)) {
            None | Some(Decision::Allowed) => own,
            Some(Decision::Unknown) => Decision::Unknown,
            Some(Decision::Denied(_)) => Decision::Denied(DenialReason::Boundary),
        }
    }

    fn decide_by_statements(
        &self,
        need: &RequiredPermission,
        resource: &str,
        environment: &Environment,
    ) -> Decision {
        let is_own = |name: &str| environment.names.is_own(name);
        let resource = environment.with_own_partition(resource);
        let resource = Pattern::new(&resource, &is_own);
        let (mut is_allowed, mut is_unknown) = (false, false);
        let mut may_be_allowed = !self.is_complete;
        for statement in &self.statements {
            let applies = statement.applies(need, &resource, environment);
            match (statement.effect, applies) {
                (_, Some(false)) => {}
                (Effect::Deny, Some(true)) => return Decision::Denied(DenialReason::Statement),
                (Effect::Deny, None) => is_unknown = true,
                (Effect::Allow, Some(true)) => is_allowed = true,
                (Effect::Allow, None) => may_be_allowed = true,
            }
        }
        match (is_allowed, may_be_allowed) {
            (false, false) => Decision::Denied(DenialReason::NotAllowed),
            (true, _) if !is_unknown => Decision::Allowed,
            _ => Decision::Unknown,
        }
    }
}

impl Statement {
    /// Whether the statement applies to a need on a resource; `None` if that is unknown.
    fn applies(
        &self,
        need: &RequiredPermission,
        resource: &Pattern<'_>,
        environment: &Environment,
    ) -> Option<bool> {
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
    pub(in crate::iam) fn may_apply(&self, need: &RequiredPermission, environment: &Environment) -> bool {
        let is_own = |name: &str| environment.names.is_own(name);
        let resources = need.resources.iter().chain(&need.extra_resources);
        resources
            .map(|resource| environment.with_own_partition(resource))
            .any(|resource| self.applies(need, &Pattern::new(&resource, &is_own), environment) != Some(false))
    }
}

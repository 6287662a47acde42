//! Comparing what a machine needs with what its role allows.

use super::environment::Environment;
use super::required_permission::{Origin, RequiredPermission};
use super::role::{ActionPlace, Decision, DenialReason, PolicyKind, Role, Statement};
use crate::aws::iam::requirement::Necessity;
use crate::source::Span;
use foldhash::HashMap;
use std::sync::Arc;

/// A permission that the role lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// The action.
    pub action: String,
    /// The resources on which it is not allowed.
    pub resources: Vec<String>,
    /// The states that need it.
    pub origins: Vec<Origin>,
    /// What happens without it.
    pub necessity: Necessity,
    /// Why it is not allowed.
    pub reason: DenialReason,
    /// Where the action can be added to a statement about the same resources.
    pub addition: Option<ActionPlace>,
}

/// A permission that the role has, but should not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The action, or the pattern of actions.
    pub action: String,
    /// The resources of the statement.
    pub resources: Vec<String>,
    /// Where the action is written.
    pub span: Span,
    /// Whether the action is an item of a list.
    pub is_listed: bool,
    /// Whether the statement has other actions.
    pub has_siblings: bool,
    /// The actions among those that match which are needed, sorted.
    pub needed: Vec<String>,
    /// Whether the statement can be changed in the template.
    pub is_own: bool,
}

/// What a role allows beyond what is needed.
#[derive(Debug, Default)]
pub struct ExcessPermissions {
    /// Actions that are allowed, but not needed.
    pub excess: Vec<Finding>,
    /// Patterns of actions that allow more than is needed.
    pub wildcard_actions: Vec<Finding>,
    /// Actions that are allowed on all resources, but needed on few.
    pub wildcard_resources: Vec<Finding>,
}

/// How a role differs from what is needed.
#[derive(Debug)]
pub struct Findings {
    /// Permissions that are needed, but not allowed.
    pub missing: Vec<Missing>,
    /// What the role allows beyond what is needed, which is the same for all state machines with the role.
    pub surplus: Arc<ExcessPermissions>,
}

impl Findings {
    /// Whether the role has exactly the permissions that are needed.
    pub fn is_empty(&self) -> bool {
        self.missing.is_empty() && self.surplus.excess.is_empty() && !self.surplus.has_wildcards()
    }

    /// Whether a permission is missing or a wildcard was found.
    pub fn is_bad(&self) -> bool {
        !self.missing.is_empty() || self.surplus.has_wildcards()
    }
}

impl ExcessPermissions {
    fn has_wildcards(&self) -> bool {
        !self.wildcard_actions.is_empty() || !self.wildcard_resources.is_empty()
    }
}

/// Compares a role with the needs of the only state machine that has it.
pub fn check(needs: &[RequiredPermission], role: &Role, environment: &Environment) -> Findings {
    let all: Vec<&RequiredPermission> = needs.iter().collect();
    Findings {
        missing: missing(needs, role, environment),
        surplus: Arc::new(surplus(&all, role, true, environment)),
    }
}

pub(super) fn missing<'n>(
    needs: impl IntoIterator<Item = &'n RequiredPermission>,
    role: &Role,
    environment: &Environment,
) -> Vec<Missing> {
    let mut missing = Vec::new();
    let mut known = HashMap::default();
    for need in needs {
        if need.necessity >= Necessity::Completes {
            check_need(need, role, environment, &mut known, &mut missing);
        }
    }
    missing
}

/// What a role allows beyond what its users need. If not all users are known, nothing that it allows is too much, and only
/// patterns of actions are found.
pub(super) fn surplus(
    needs: &[&RequiredPermission],
    role: &Role,
    is_whole: bool,
    environment: &Environment,
) -> ExcessPermissions {
    let mut found = ExcessPermissions::default();
    for statement in role.statements.iter().filter(|statement| statement.is_allow()) {
        check_statement(statement, needs, is_whole, environment, &mut found);
    }
    found
}

/// The missing permissions that are known already, by action, resources, and necessity.
type Known = HashMap<(String, Vec<String>, Necessity), usize>;

fn check_need(
    need: &RequiredPermission,
    role: &Role,
    environment: &Environment,
    known: &mut Known,
    missing: &mut Vec<Missing>,
) {
    let mut reasons = Vec::new();
    let denied = need.resources.iter().filter(|resource| {
        let Decision::Denied(reason) = role.decide(need, resource, environment) else {
            return false;
        };
        reasons.push(reason);
        true
    });
    let denied: Vec<String> = denied.cloned().collect();
    // Where a statement denies it, allowing it elsewhere does not help.
    let is_allowable = |reason: &&DenialReason| **reason == DenialReason::NotAllowed;
    let Some(&reason) = reasons
        .iter()
        .find(|reason| !is_allowable(reason))
        .or(reasons.first())
    else {
        return;
    };
    let at = known
        .entry((need.action.to_string(), denied.clone(), need.necessity))
        .or_insert(missing.len());
    match missing.get_mut(*at) {
        Some(same) => {
            if !same.origins.contains(&need.origin) {
                same.origins.push(need.origin);
            }
        }
        None => missing.push(Missing {
            action: need.action.to_string(),
            resources: denied,
            origins: vec![need.origin],
            necessity: need.necessity,
            reason,
            addition: role
                .statements
                .iter()
                .find_map(|statement| statement.place_for(&need.resources, environment)),
        }),
    }
}

fn check_statement(
    statement: &Statement,
    needs: &[&RequiredPermission],
    is_whole: bool,
    environment: &Environment,
    findings: &mut ExcessPermissions,
) {
    let used: Vec<&RequiredPermission> = needs
        .iter()
        .copied()
        .filter(|need| statement.may_apply(need, environment))
        .collect();
    let is_on_all = statement.resources() == ["*"];
    for (action, span) in statement.actions().filter(|(action, _)| !action.contains("${")) {
        let users: Vec<&&RequiredPermission> = used
            .iter()
            .filter(|need| super::pattern::matches_action(action, &need.action))
            .collect();
        let mut needed: Vec<String> = users
            .iter()
            .filter(|need| need.necessity > Necessity::Tolerated)
            .map(|need| need.action.to_string())
            .collect();
        needed.sort();
        needed.dedup();
        let finding = || Finding {
            action: action.to_owned(),
            resources: statement.resources().to_vec(),
            span,
            is_listed: statement.is_listed(),
            has_siblings: statement.has_several_actions(),
            needed: needed.clone(),
            is_own: statement.source.kind == PolicyKind::Own,
        };
        let kind = statement.source.kind;
        if action.contains(['*', '?']) {
            // Nobody can change the patterns in SAM's templates.
            if kind != PolicyKind::SamTemplate {
                findings.wildcard_actions.push(finding());
            } else if users.is_empty() && is_whole {
                findings.excess.push(finding());
            }
        } else if users.is_empty() {
            // A managed policy is used as a whole.
            let is_used = kind == PolicyKind::Managed && !used.is_empty();
            if is_whole && !is_used {
                findings.excess.push(finding());
            }
        } else if is_on_all && is_whole && matches!(kind, PolicyKind::Own | PolicyKind::Elsewhere) {
            let is_narrow = |need: &RequiredPermission| {
                !need.is_dynamic
                    && !need.is_published_on_all
                    && !need.resources.iter().any(|resource| resource == "*")
            };
            if users.iter().all(|need| is_narrow(need)) {
                findings.wildcard_resources.push(finding());
            }
        }
    }
}

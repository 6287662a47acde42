//! Policies from needs: one statement for the actions that are needed for one reason on the same resources.

use super::environment::Environment;
use super::need::{Condition, Need, Origin};
use super::policy::{self, Policy, PolicyStatement};
use crate::aws::iam::requirement::{Necessity, Purpose};
use crate::spec::quota;
use foldhash::{HashMap, HashSet};
use std::collections::BTreeSet;

/// A policy with its reasons.
#[derive(Debug)]
pub struct Composition {
    /// The policy.
    pub policy: Policy,
    /// The states that each statement is needed for.
    pub origins: Vec<Vec<Origin>>,
    /// Whether each statement has `*` for a resource that is unknown until the state runs.
    pub dynamic: Vec<bool>,
    /// Its size, which may exceed the quotas for policies.
    pub size: usize,
}

/// A statement, and what it is for.
struct Group {
    purpose: Purpose,
    service: String,
    statement: PolicyStatement,
    origins: BTreeSet<Origin>,
    is_dynamic: bool,
}

/// What statements must have in common to be merged, besides their conditions.
struct Common {
    reason: bool,
    actions: bool,
    resources: bool,
}

/// The merges of a policy that is too large, in order. The first one keeps the reasons in the names of statements.
const MERGES: [Common; 3] = [
    Common {
        reason: true,
        actions: true,
        resources: false,
    },
    Common {
        reason: false,
        actions: true,
        resources: false,
    },
    Common {
        reason: false,
        actions: false,
        resources: true,
    },
];

/// What is the same in statements that are merged.
#[derive(PartialEq, Eq, Hash)]
struct Key<'g> {
    reason: Option<(Purpose, &'g str)>,
    actions: Option<&'g [String]>,
    resources: Option<&'g [String]>,
    conditions: &'g [Condition],
}

impl Group {
    fn key(&self, common: &Common) -> Key<'_> {
        Key {
            reason: common.reason.then_some((self.purpose, self.service.as_str())),
            actions: common.actions.then_some(&self.statement.action),
            resources: common.resources.then_some(&self.statement.resource),
            conditions: &self.statement.condition,
        }
    }
}

/// Makes a policy of needs. Statements are merged only if the policy is larger than a managed policy may be.
pub fn compose(needs: &[Need], environment: &Environment) -> Composition {
    let mut groups = grouped(needs, environment);
    name(&mut groups);
    for common in &MERGES {
        let statements = groups.iter().map(|group| &group.statement);
        if !policy::is_larger(statements, quota::MANAGED_POLICY_SIZE) {
            break;
        }
        groups = merged(groups, common);
        name(&mut groups);
    }
    let origins = groups.iter().map(|group| group.origins.iter().copied().collect());
    let origins = origins.collect();
    let dynamic = groups.iter().map(|group| group.is_dynamic).collect();
    let mut statements: Vec<PolicyStatement> = groups.into_iter().map(|group| group.statement).collect();
    if statements.is_empty() {
        statements.push(PolicyStatement {
            sid: "CallsNothing".to_owned(),
            effect: "Deny",
            action: vec!["*".to_owned()],
            resource: vec!["*".to_owned()],
            condition: Vec::new(),
        });
    }
    Composition {
        size: policy::size(&statements),
        policy: Policy::new(statements),
        origins,
        dynamic,
    }
}

fn grouped(needs: &[Need], environment: &Environment) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut known: HashMap<(Purpose, String, Vec<String>, Vec<Condition>), usize> = HashMap::default();
    for need in needs.iter().filter(|need| need.necessity > Necessity::Tolerated) {
        let mut resources: Vec<String> = Vec::with_capacity(need.resources.len());
        for resource in need.resources.iter().chain(&need.extra_resources) {
            let printed = environment.names.reference_for(resource);
            let printed = printed.unwrap_or_else(|| resource.clone());
            if !resources.contains(&printed) {
                resources.push(printed);
            }
        }
        let key = (
            need.purpose,
            need.service.clone(),
            resources,
            need.conditions.clone(),
        );
        let at = *known
            .entry(key)
            .or_insert_with_key(|(purpose, service, resources, conditions)| {
                groups.push(Group {
                    purpose: *purpose,
                    service: service.clone(),
                    statement: PolicyStatement {
                        sid: String::new(),
                        effect: "Allow",
                        action: Vec::new(),
                        resource: resources.clone(),
                        condition: conditions.clone(),
                    },
                    origins: BTreeSet::new(),
                    is_dynamic: false,
                });
                groups.len() - 1
            });
        let group = &mut groups[at];
        if !group.statement.action.contains(&need.action) {
            group.statement.action.push(need.action.clone());
        }
        group.origins.insert(need.origin);
        group.is_dynamic |= need.is_dynamic;
    }
    groups
}

/// Merges the groups that have this in common.
fn merged(groups: Vec<Group>, common: &Common) -> Vec<Group> {
    let mut known: HashMap<Key<'_>, usize> = HashMap::default();
    let mut places = Vec::with_capacity(groups.len());
    for group in &groups {
        let new = known.len();
        places.push(*known.entry(group.key(common)).or_insert(new));
    }
    let mut all: Vec<Group> = Vec::with_capacity(known.len());
    for (group, at) in groups.into_iter().zip(places) {
        let Some(first) = all.get_mut(at) else {
            all.push(group);
            continue;
        };
        first.statement.action.extend(group.statement.action);
        first.statement.resource.extend(group.statement.resource);
        first.origins.extend(group.origins);
        first.is_dynamic |= group.is_dynamic;
    }
    for group in &mut all {
        distinct(&mut group.statement.action);
        distinct(&mut group.statement.resource);
    }
    all
}

/// Removes the strings that are already there.
fn distinct(texts: &mut Vec<String>) {
    let mut seen: HashSet<&str> = HashSet::default();
    let is_new: Vec<bool> = texts.iter().map(|text| seen.insert(text)).collect();
    let mut is_new = is_new.into_iter();
    texts.retain(|_| is_new.next().unwrap_or(true));
}

/// Gives each statement a name of its own.
fn name(groups: &mut [Group]) {
    let mut counts: HashMap<String, usize> = HashMap::default();
    for group in groups {
        let name = sid(group.purpose, &group.service);
        let count = counts.entry(name.clone()).or_insert(0);
        *count += 1;
        group.statement.sid = if *count == 1 {
            name
        } else {
            format!("{name}Part{count}")
        };
    }
}

/// The name of a statement, which says why it is needed.
fn sid(purpose: Purpose, service: &str) -> String {
    match purpose {
        Purpose::Call => format!("Call{service}"),
        Purpose::Wait => format!("WaitFor{service}"),
        Purpose::ManagedRule => format!("ManageRuleFor{service}"),
        Purpose::PassRole => format!("PassRoleTo{service}"),
        Purpose::UseData => format!("UseDataOf{service}"),
        Purpose::RunMap => "RunDistributedMap".to_owned(),
        Purpose::ReadItems => "ReadItems".to_owned(),
        Purpose::WriteResults => "WriteResults".to_owned(),
        Purpose::AssumeRole => "AssumeRole".to_owned(),
        Purpose::InvokeHttp => "InvokeHttpEndpoint".to_owned(),
        Purpose::UseConnection => "UseConnection".to_owned(),
        Purpose::Logging => "DeliverLogs".to_owned(),
        Purpose::Tracing => "SendTraces".to_owned(),
        Purpose::Encryption => "UseKey".to_owned(),
    }
}

//! Policies from needs: one statement for the actions that are needed for one reason on the same resources.

use super::environment::Environment;
use super::need::{Condition, Need, Origin};
use super::policy::{Policy, PolicyStatement};
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

/// Statements that are not named and not yet merged.
struct Group {
    purpose: Purpose,
    service: String,
    actions: Vec<String>,
    resources: Vec<String>,
    conditions: Vec<Condition>,
    origins: BTreeSet<Origin>,
    is_dynamic: bool,
}

/// Makes a policy of needs. Statements are merged only if the policy is larger than a managed policy may be.
pub fn compose(needs: &[Need], environment: &Environment) -> Composition {
    let mut groups = grouped(needs, environment);
    let mut policy = named(&groups);
    let mut size = policy.size();
    let keys: [fn(&Group) -> String; 3] = [
        |group| {
            format!(
                "{:?} {} {:?} {:?}",
                group.purpose, group.service, group.actions, group.conditions
            )
        },
        |group| format!("{:?} {:?}", group.actions, group.conditions),
        |group| format!("{:?} {:?}", group.resources, group.conditions),
    ];
    for key in keys {
        if size <= quota::MANAGED_POLICY_SIZE {
            break;
        }
        groups = merged(groups, key);
        policy = named(&groups);
        size = policy.size();
    }
    if groups.is_empty() {
        policy = Policy::new(vec![PolicyStatement {
            sid: "CallsNothing".to_owned(),
            effect: "Deny",
            action: vec!["*".to_owned()],
            resource: vec!["*".to_owned()],
            condition: Vec::new(),
        }]);
        size = policy.size();
    }
    Composition {
        origins: groups
            .iter()
            .map(|group| group.origins.iter().copied().collect())
            .collect(),
        dynamic: groups.iter().map(|group| group.is_dynamic).collect(),
        policy,
        size,
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
                    actions: Vec::new(),
                    resources: resources.clone(),
                    conditions: conditions.clone(),
                    origins: BTreeSet::new(),
                    is_dynamic: false,
                });
                groups.len() - 1
            });
        let group = &mut groups[at];
        if !group.actions.contains(&need.action) {
            group.actions.push(need.action.clone());
        }
        group.origins.insert(need.origin);
        group.is_dynamic |= need.is_dynamic;
    }
    groups
}

/// Merges the groups that have the same key.
fn merged(groups: Vec<Group>, key: fn(&Group) -> String) -> Vec<Group> {
    let mut all: Vec<Group> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::default();
    for group in groups {
        let at = *known.entry(key(&group)).or_insert(all.len());
        let Some(first) = all.get_mut(at) else {
            all.push(group);
            continue;
        };
        first.actions.extend(group.actions);
        first.resources.extend(group.resources);
        first.origins.extend(group.origins);
        first.is_dynamic |= group.is_dynamic;
    }
    for group in &mut all {
        distinct(&mut group.actions);
        distinct(&mut group.resources);
    }
    all
}

/// Removes the texts that are already there.
fn distinct(texts: &mut Vec<String>) {
    let mut seen: HashSet<String> = HashSet::default();
    texts.retain(|text| seen.insert(text.clone()));
}

fn named(groups: &[Group]) -> Policy {
    let mut counts: HashMap<String, usize> = HashMap::default();
    let statements = groups.iter().map(|group| {
        let name = sid(group.purpose, &group.service);
        let count = counts.entry(name.clone()).or_insert(0);
        *count += 1;
        PolicyStatement {
            sid: if *count == 1 {
                name
            } else {
                format!("{name}Part{count}")
            },
            effect: "Allow",
            action: group.actions.clone(),
            resource: group.resources.clone(),
            condition: group.conditions.clone(),
        }
    });
    Policy::new(statements.collect())
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

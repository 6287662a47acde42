//! Policies from needs: one statement for the actions that are needed for one reason on the same resources.

use super::environment::Environment;
use super::policy::{Policy, PolicyStatement, Size};
use super::required_permission::{Condition, Origin, RequiredPermission};
use super::statement_names::StatementNames;
use crate::aws::iam::requirement::{Necessity, Purpose};
use crate::spec::quota;
use foldhash::{HashMap, HashMapExt as _, HashSet, HashSetExt as _};
use std::borrow::Cow;
use std::ops::Range;

/// A policy with its reasons.
#[derive(Debug)]
pub struct Composition<'n> {
    /// The policy.
    pub policy: Policy<'n>,
    /// The states that each statement is needed for, sorted.
    pub origins: Vec<Vec<Origin>>,
    /// Whether each statement has `*` for a resource that is unknown until the state runs.
    pub dynamic: Vec<bool>,
    /// Its size, which may exceed the quotas for policies.
    pub size: usize,
}

/// A statement that has no name yet, and what it is for.
struct Group<'n> {
    purpose: Purpose,
    service: &'n str,
    statement: PolicyStatement<'n>,
    origins: Vec<Origin>,
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
    actions: Option<&'g [Cow<'g, str>]>,
    resources: Option<&'g [Cow<'g, str>]>,
    conditions: &'g [Condition],
}

impl Group<'_> {
    fn key(&self, common: &Common) -> Key<'_> {
        Key {
            reason: common.reason.then_some((self.purpose, self.service)),
            actions: common.actions.then_some(&self.statement.action),
            resources: common.resources.then_some(&self.statement.resource),
            conditions: &self.statement.condition,
        }
    }
}

/// Makes a policy of needs. Statements are merged only if the policy is larger than a managed policy may be.
pub fn compose<'n>(needs: &'n [RequiredPermission], environment: &Environment) -> Composition<'n> {
    let mut groups = grouped(needs, environment);
    for common in &MERGES {
        if !is_larger(&groups, quota::MANAGED_POLICY_SIZE) {
            break;
        }
        groups = merged(groups, common);
    }
    let mut names = StatementNames::default();
    let mut size = Size::default();
    let mut statements = Vec::with_capacity(groups.len());
    let (mut origins, mut dynamic) = (Vec::with_capacity(groups.len()), Vec::with_capacity(groups.len()));
    for mut group in groups {
        group.statement.sid = names.next(group.purpose, group.service);
        group.origins.sort_unstable();
        group.origins.dedup();
        statements.push(group.statement);
        origins.push(group.origins);
        dynamic.push(group.is_dynamic);
    }
    if statements.is_empty() {
        statements.push(PolicyStatement {
            sid: "CallsNothing".to_owned(),
            effect: "Deny",
            action: vec![Cow::Borrowed("*")],
            resource: vec![Cow::Borrowed("*")],
            condition: Cow::Borrowed(&[]),
        });
    }
    for statement in &statements {
        size.add(statement, &statement.sid);
    }
    Composition {
        size: size.total(),
        policy: Policy::new(statements),
        origins,
        dynamic,
    }
}

/// Whether the policy is larger than this. Statements beyond that size are not looked at.
fn is_larger(groups: &[Group<'_>], limit: usize) -> bool {
    let mut names = StatementNames::default();
    let mut size = Size::default();
    groups.iter().any(|group| {
        size.add(&group.statement, &names.next(group.purpose, group.service));
        size.total() > limit
    })
}

/// What the needs of a statement have in common.
type StatementKey<'a, 'n> = (Purpose, &'a str, &'a [Cow<'n, str>], &'a [Condition]);

fn grouped<'n>(needs: &'n [RequiredPermission], environment: &Environment) -> Vec<Group<'n>> {
    // The resources of all needs, and those of each.
    let mut printed: Vec<Cow<'n, str>> = Vec::with_capacity(needs.len());
    let mut ranges: Vec<(&'n RequiredPermission, Range<usize>)> = Vec::with_capacity(needs.len());
    for need in needs.iter().filter(|need| need.necessity > Necessity::Tolerated) {
        let start = printed.len();
        for resource in need.resources.iter().chain(&need.extra_resources) {
            let reference = environment.names.reference_for(resource);
            let text = reference.map_or(Cow::Borrowed(resource.as_str()), Cow::Owned);
            if !printed[start..].contains(&text) {
                printed.push(text);
            }
        }
        ranges.push((need, start..printed.len()));
    }
    let mut groups: Vec<Group<'n>> = Vec::new();
    let mut known: HashMap<StatementKey<'_, 'n>, usize> = HashMap::with_capacity(needs.len());
    for (need, range) in ranges {
        let resources = &printed[range];
        let key = (
            need.purpose,
            need.service.as_str(),
            resources,
            need.conditions.as_slice(),
        );
        let at = *known.entry(key).or_insert_with(|| {
            groups.push(Group {
                purpose: need.purpose,
                service: &need.service,
                statement: PolicyStatement {
                    sid: String::new(),
                    effect: "Allow",
                    action: Vec::new(),
                    resource: resources.to_vec(),
                    condition: Cow::Borrowed(&need.conditions),
                },
                origins: Vec::new(),
                is_dynamic: false,
            });
            groups.len() - 1
        });
        let group = &mut groups[at];
        if !group.statement.action.contains(&need.action) {
            group.statement.action.push(Cow::Borrowed(&need.action));
        }
        group.origins.push(need.origin);
        group.is_dynamic |= need.is_dynamic;
    }
    groups
}

/// Merges the groups that have this in common.
fn merged<'n>(groups: Vec<Group<'n>>, common: &Common) -> Vec<Group<'n>> {
    let mut known: HashMap<Key<'_>, usize> = HashMap::with_capacity(groups.len());
    let mut places = Vec::with_capacity(groups.len());
    for group in &groups {
        let new = known.len();
        places.push(*known.entry(group.key(common)).or_insert(new));
    }
    let count = known.len();
    drop(known);
    if count == groups.len() {
        return groups;
    }
    let mut all: Vec<Group<'n>> = Vec::with_capacity(count);
    let mut has_grown = vec![false; count];
    for (mut group, at) in groups.into_iter().zip(places) {
        let Some(first) = all.get_mut(at) else {
            all.push(group);
            continue;
        };
        has_grown[at] = true;
        first.statement.action.append(&mut group.statement.action);
        first.statement.resource.append(&mut group.statement.resource);
        first.origins.append(&mut group.origins);
        first.is_dynamic |= group.is_dynamic;
    }
    for (group, _) in all.iter_mut().zip(has_grown).filter(|(_, has_grown)| *has_grown) {
        distinct(&mut group.statement.action);
        distinct(&mut group.statement.resource);
    }
    all
}

/// Removes the strings that are already there.
fn distinct(texts: &mut Vec<Cow<'_, str>>) {
    let mut seen: HashSet<&str> = HashSet::with_capacity(texts.len());
    let is_new: Vec<bool> = texts.iter().map(|text| seen.insert(text.as_ref())).collect();
    let mut is_new = is_new.into_iter();
    texts.retain(|_| is_new.next().unwrap_or(true));
}

//! A statement of a policy.

use crate::iam::condition::Test;
use crate::iam::environment::Environment;
use crate::iam::pattern::{self, Pattern};
use crate::source::Span;

/// Whether a statement allows or denies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effect {
    Allow,
    Deny,
}

/// Where a statement is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatementSource {
    /// The statement, or the reference to the policy that contains it.
    pub span: Span,
    /// The kind of policy that contains it.
    pub kind: PolicyKind,
}

/// A place after which an action can be added to a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ActionPlace {
    /// The last action.
    pub span: Span,
    /// Whether it is an item of a list.
    pub is_listed: bool,
}

/// The kinds of policies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PolicyKind {
    /// The author of the template wrote it, and can change it.
    Own,
    /// The author wrote it in another file or in a string.
    Elsewhere,
    /// A framework derives it from the definition.
    Derived,
    /// A policy template of SAM, whose actions cannot be changed.
    SamTemplate,
    /// A managed policy of AWS.
    Managed,
}

/// The actions or resources of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Selection {
    /// What matches one of these patterns.
    Of(Vec<String>),
    /// What matches none of these patterns: `NotAction`, `NotResource`.
    Except(Vec<String>),
    /// Unknown until deployment.
    Unknown,
}

/// A statement.
#[derive(Debug, Clone)]
pub struct Statement {
    /// Where it is written.
    pub source: StatementSource,
    pub(super) effect: Effect,
    pub(super) actions: Selection,
    /// The places of the actions, if each is written by itself.
    pub(super) action_spans: Vec<Span>,
    /// Whether the actions are written as a list.
    pub(super) is_listed: bool,
    pub(super) resources: Selection,
    pub(super) conditions: Vec<Test>,
}

impl Statement {
    /// Whether it allows.
    pub(in crate::iam) fn is_allow(&self) -> bool {
        self.effect == Effect::Allow
    }

    /// Whether its actions are written as a list, so that one can be added to it or removed.
    pub(in crate::iam) const fn is_listed(&self) -> bool {
        self.is_listed
    }

    /// Whether it allows more than one action or pattern.
    pub(in crate::iam) fn has_several_actions(&self) -> bool {
        self.action_spans.len() > 1
    }

    /// Where an action can be added that is needed on these resources; `None` if the statement does not cover them.
    pub(in crate::iam) fn place_for(
        &self,
        resources: &[String],
        environment: &Environment,
    ) -> Option<ActionPlace> {
        let is_own = |name: &str| environment.names.is_own(name);
        let is_usable = self.is_allow()
            && self.source.kind == PolicyKind::Own
            && self.conditions.is_empty()
            && self.resources() != ["*"];
        let covers = |resource: &String| {
            let resource = environment.with_own_partition(resource);
            self.matches_resource(&Pattern::new(&resource, &is_own), environment) == Some(true)
        };
        let span = self
            .action_spans
            .last()
            .filter(|_| is_usable && resources.iter().all(covers))?;
        Some(ActionPlace {
            span: *span,
            is_listed: self.is_listed,
        })
    }

    /// The patterns of its actions with their places.
    pub(in crate::iam) fn actions(&self) -> impl Iterator<Item = (&str, Span)> {
        let patterns = match &self.actions {
            Selection::Of(patterns) => patterns.as_slice(),
            _ => &[],
        };
        let span = |at: usize| self.action_spans.get(at).copied().unwrap_or(self.source.span);
        patterns
            .iter()
            .enumerate()
            .map(move |(at, pattern)| (pattern.as_str(), span(at)))
    }

    /// The patterns of its resources.
    pub(in crate::iam) fn resources(&self) -> &[String] {
        match &self.resources {
            Selection::Of(patterns) => patterns,
            _ => &[],
        }
    }

    pub(super) fn matches_action(&self, action: &str) -> Option<bool> {
        match &self.actions {
            Selection::Of(patterns) => matches_one(patterns, action),
            Selection::Except(patterns) => matches_one(patterns, action).map(|matches| !matches),
            Selection::Unknown => None,
        }
    }

    pub(super) fn matches_resource(&self, resource: &Pattern<'_>, environment: &Environment) -> Option<bool> {
        let is_own = |name: &str| environment.names.is_own(name);
        let (patterns, is_except) = match &self.resources {
            Selection::Of(patterns) => (patterns, false),
            Selection::Except(patterns) => (patterns, true),
            Selection::Unknown => return None,
        };
        let mut is_unknown = false;
        for text in patterns {
            let text = environment.resolve_in_template(text);
            let text = environment.with_own_partition(&text);
            let pattern = Pattern::new(&text, &is_own);
            if pattern.covers(resource) {
                return Some(!is_except);
            }
            is_unknown |= pattern.may_overlap(resource);
        }
        (!is_unknown).then_some(is_except)
    }
}

/// Whether one of the patterns matches an action; `None` if that depends on a pattern that is unknown until deployment.
fn matches_one(patterns: &[String], action: &str) -> Option<bool> {
    if patterns.iter().any(|p| pattern::matches_action(p, action)) {
        return Some(true);
    }
    let is_unknown = patterns.iter().any(|pattern| pattern.contains("${"));
    (!is_unknown).then_some(false)
}

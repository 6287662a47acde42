//! The permissions that a state machine requires.

use super::target::Resources;
use crate::aws::iam::requirement::{Necessity, Purpose};
use compact_str::CompactString;
use serde::Serialize;
use std::borrow::Cow;

/// The condition of a statement.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct Condition {
    /// `StringEquals`, `ArnLike`.
    pub operator: &'static str,
    /// The condition key: `iam:PassedToService`.
    pub key: &'static str,
    /// The value.
    pub value: Cow<'static, str>,
}

/// What requires a permission.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// The state with this number, in the order of the traversal.
    State(usize),
    /// The configuration of the state machine.
    Configuration,
}

/// An action that a state machine must be allowed to perform on resources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequiredPermission {
    /// The IAM action: `dynamodb:PutItem`.
    pub action: Cow<'static, str>,
    /// The ARNs, or `*`.
    pub resources: Vec<String>,
    /// Resources on which it is useful, too: other versions of a function.
    pub extra_resources: Vec<String>,
    /// The conditions under which it is needed.
    pub conditions: Vec<Condition>,
    /// What is known of the request, besides the conditions: condition keys with their values.
    pub context: Vec<(&'static str, &'static str)>,
    /// What happens without it.
    pub necessity: Necessity,
    /// Why it is needed.
    pub purpose: Purpose,
    /// The service that is called, for the name of the statement: `Dynamodb`.
    pub service: CompactString,
    /// Whether a resource is unknown until the state runs.
    pub is_dynamic: bool,
    /// Whether AWS's own policy grants it on `*`.
    pub is_published_on_all: bool,
    /// Where it comes from.
    pub origin: Origin,
}

impl RequiredPermission {
    /// A permission without conditions.
    pub(super) fn new(
        action: impl Into<Cow<'static, str>>,
        resources: Resources,
        purpose: Purpose,
        necessity: Necessity,
        service: impl Into<CompactString>,
    ) -> Self {
        Self {
            action: action.into(),
            resources: resources.arns,
            extra_resources: resources.extra,
            conditions: Vec::new(),
            context: Vec::new(),
            necessity,
            purpose,
            service: service.into(),
            is_dynamic: resources.is_dynamic,
            is_published_on_all: false,
            origin: Origin::Configuration,
        }
    }
}

/// A service in the name of a statement: `EmrServerless`.
pub(super) fn label(service: &str) -> CompactString {
    let mut label = CompactString::with_capacity(service.len());
    for word in service.split('-') {
        let mut characters = word.chars();
        label.extend(characters.next().map(|c| c.to_ascii_uppercase()));
        label.push_str(characters.as_str());
    }
    label
}

//! A row of the table of optimized integrations.

use crate::aws::pattern::Pattern;
use crate::prose;

/// Which field may name an integration as its Resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Use {
    /// A Task state's `Resource`.
    Task,
    /// The `Resource` of a Map's `ItemReader`, and no Task's.
    ItemReader,
    /// The `Resource` of a Map's `ResultWriter`, and no Task's.
    ResultWriter,
}

/// A parameter that must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Requirement {
    /// This one.
    One(&'static str),
    /// Exactly one of these.
    OneOf(&'static [&'static str]),
}

impl Requirement {
    /// The names, any of which may fulfil it.
    pub fn names(&self) -> &[&'static str] {
        match self {
            Requirement::One(name) => std::slice::from_ref(name),
            Requirement::OneOf(names) => names,
        }
    }
}

/// An optimized integration.
#[derive(Debug, PartialEq, Eq)]
pub struct Integration {
    /// As in the Resource: `elasticmapreduce`.
    pub service: &'static str,
    /// As in the Resource: `createCluster`.
    pub action: &'static str,
    /// Which field may name it.
    pub usage: Use,
    /// The patterns it supports, request-response first.
    pub patterns: &'static [Pattern],
    /// Parameters without which the task cannot run.
    pub required: &'static [Requirement],
    /// Every parameter known; AWS refuses others, but tables age.
    pub parameters: &'static [&'static str],
    /// What the names of its errors begin with, before the first dot (`DynamoDB`, where the SDK integration
    /// says `DynamoDb`). Empty where no recording shows it.
    pub error_prefixes: &'static [&'static str],
    /// The API it calls, as [`crate::aws::sdk`] names service and action; none for actions that Step Functions
    /// defines itself.
    pub api: Option<(&'static str, &'static str)>,
    /// The API that `.sync` polls, and whose answer is the result.
    pub polls: Option<(&'static str, &'static str)>,
}

impl Integration {
    /// The operation whose answer is the result in that pattern, as [`crate::aws::outputs`] names it; none where
    /// it is not an API's answer, or anybody's.
    pub fn answers(&self, pattern: Pattern) -> Option<(&'static str, &'static str)> {
        match pattern {
            Pattern::RequestResponse => self.api,
            Pattern::Sync | Pattern::Sync2 => self.polls,
            Pattern::WaitForTaskToken => None,
        }
    }

    /// Whether `name` is one of the parameters known.
    pub fn has_parameter(&self, name: &str) -> bool {
        self.parameters.contains(&name)
    }

    /// The parameter that `name` most likely means.
    pub fn suggest_parameter(&self, name: &str) -> Option<&'static str> {
        prose::closest(name, self.parameters.iter().copied())
    }
}

//! A row of the table of optimized integrations.

use super::Meter;
use crate::aws::pattern::Pattern;
use crate::prose;

/// The field that may contain an integration as its `Resource`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CalledFrom {
    /// `Resource` of a Task state.
    Task,
    /// `Resource` of a Map's `ItemReader`.
    ItemReader,
    /// `Resource` of a Map's `ResultWriter`.
    ResultWriter,
}

/// A required parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Requirement {
    /// This parameter.
    One(&'static str),
    /// Exactly one of these parameters.
    OneOf(&'static [&'static str]),
}

impl Requirement {
    /// Alternative parameters, one of which is required.
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
    /// The service in the `Resource`: `elasticmapreduce`.
    pub service: &'static str,
    /// The action in the `Resource`: `createCluster`.
    pub action: &'static str,
    /// Where it may be used.
    pub called_from: CalledFrom,
    /// The supported patterns, request-response first.
    pub patterns: &'static [Pattern],
    /// The required parameters.
    pub required: &'static [Requirement],
    /// All known parameters. AWS rejects others, but may have added some after the table was written.
    pub parameters: &'static [&'static str],
    /// The prefixes of its error names, up to the first dot: `DynamoDB`, where the SDK integration has `DynamoDb`.
    /// Empty if no recording shows them.
    pub error_prefixes: &'static [&'static str],
    /// The service and action of the API that it calls, as named in [`crate::aws::sdk`]; `None` for actions that Step
    /// Functions defines itself.
    pub api: Option<(&'static str, &'static str)>,
    /// The API that `.sync` polls, whose response is the result of the task.
    pub polls: Option<(&'static str, &'static str)>,
    /// How a call is billed.
    pub meter: Meter,
}

impl Integration {
    /// The API whose response is the result in this pattern, as named in [`crate::aws::outputs`]; `None` if the result
    /// does not come from an API.
    pub fn response(&self, pattern: Pattern) -> Option<(&'static str, &'static str)> {
        match pattern {
            Pattern::RequestResponse => self.api,
            Pattern::Sync | Pattern::Sync2 => self.polls,
            Pattern::WaitForTaskToken => None,
        }
    }

    /// Whether the parameter is known.
    pub fn has_parameter(&self, name: &str) -> bool {
        self.parameters.contains(&name)
    }

    /// The parameter with the most similar name.
    pub fn suggest_parameter(&self, name: &str) -> Option<&'static str> {
        prose::closest(name, self.parameters.iter().copied())
    }
}

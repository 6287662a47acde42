//! Optimized integrations: the services a Task calls as `arn:aws:states:::service:action`.
//!
//! Patterns and parameters as in the Step Functions developer guide (integrate-optimized, connect-*) and, for
//! actions that pass their parameters on, in the model of the API they call.

pub mod http;
mod table;

use super::resource::Pattern;
use crate::prose;

/// Where the facts come from.
pub const SOURCE: &str = "Step Functions developer guide, botocore 1.44.5 service models";

/// When they were read.
pub const RETRIEVED: &str = "2026-11-20";

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
    /// The API it calls, as [`super::sdk`] names service and action; none for actions that Step Functions
    /// defines itself.
    pub api: Option<(&'static str, &'static str)>,
    /// The API that `.sync` polls, and whose answer is the result.
    pub polls: Option<(&'static str, &'static str)>,
}

impl Integration {
    /// The operation whose answer is the result in that pattern, as [`super::outputs`] names it; none where
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

/// Every integration, sorted by service and action.
pub fn all() -> &'static [Integration] {
    table::TABLE
}

/// The integration of that service and action, spelt exactly so.
pub fn find(service: &str, action: &str) -> Option<&'static Integration> {
    let at = all().binary_search_by(|row| (row.service, row.action).cmp(&(service, action)));
    at.ok().and_then(|at| all().get(at))
}

/// Whether some integration has that service.
pub fn has_service(service: &str) -> bool {
    services().any(|known| known == service)
}

/// The services, each once, sorted.
pub fn services() -> impl Iterator<Item = &'static str> {
    all()
        .chunk_by(|a, b| a.service == b.service)
        .filter_map(|rows| Some(rows.first()?.service))
}

/// The actions of a service, sorted.
pub fn actions(service: &str) -> impl Iterator<Item = &'static str> {
    all()
        .iter()
        .filter(move |row| row.service == service)
        .map(|row| row.action)
}

#[cfg(test)]
mod tests {
    use super::super::sdk;
    use super::*;

    #[test]
    fn the_table_is_sorted_so_that_find_finds_every_row() {
        assert!(all().is_sorted_by(|a, b| (a.service, a.action) < (b.service, b.action)));
        assert!(all().iter().all(|row| find(row.service, row.action) == Some(row)));
    }

    #[test]
    fn every_required_parameter_is_a_known_one() {
        for row in all() {
            for requirement in row.required {
                assert!(
                    requirement.names().iter().all(|name| row.has_parameter(name)),
                    "{}:{}",
                    row.service,
                    row.action
                );
            }
        }
    }

    #[test]
    fn whoever_waits_for_a_job_says_what_is_polled() {
        for row in all() {
            let waits = row.patterns.contains(&Pattern::Sync);
            let own = row.service == "eks" && row.action == "runJob";
            assert_eq!(
                row.polls.is_some(),
                waits && !own,
                "{}:{}",
                row.service,
                row.action
            );
            assert_eq!(row.patterns.first(), Some(&Pattern::RequestResponse));
        }
    }

    #[test]
    fn the_table_agrees_with_the_models_of_the_apis() {
        for row in all() {
            let Some((service, action)) = row.api else {
                continue;
            };
            let action = sdk::service(service)
                .and_then(|service| service.action(action))
                .expect("in the SDK's table");
            for parameter in action.parameters() {
                let known = row
                    .parameters
                    .iter()
                    .any(|name| name.eq_ignore_ascii_case(parameter));
                assert!(known, "{}:{} lacks {parameter}", row.service, row.action);
            }
            let required: Vec<_> = row.required.iter().flat_map(Requirement::names).collect();
            // Step Functions makes the harness's session.
            for parameter in action.required().filter(|_| row.service != "bedrockagentcore") {
                assert!(
                    required.contains(&&parameter),
                    "{}:{} needs {parameter}",
                    row.service,
                    row.action
                );
            }
        }
    }

    #[test]
    fn names_are_looked_up_as_written() {
        assert!(find("lambda", "invoke").is_some_and(|row| row.has_parameter("FunctionName")));
        assert!(find("lambda", "Invoke").is_none());
        assert!(has_service("emr-serverless") && !has_service("emr"));
        assert_eq!(actions("sqs").collect::<Vec<_>>(), ["sendMessage"]);
        let publish = find("sns", "publish").expect("in the table");
        assert_eq!(publish.suggest_parameter("TopicARN"), Some("TopicArn"));
        assert_eq!(publish.required.last().map(|r| r.names().len()), Some(3));
    }
}

//! Optimized integrations: the services a Task calls as `arn:aws:states:::service:action`.
//!
//! Patterns and parameters as in the Step Functions developer guide (integrate-optimized, connect-*) and, for
//! actions that pass their parameters on, in the model of the API they call.

pub mod http;
mod row;
mod table;

pub use row::{Integration, Requirement, Use};

/// Where the facts come from.
pub const SOURCE: &str = "Step Functions developer guide, botocore 1.44.5 service models";

/// When they were read.
pub const RETRIEVED: &str = "2026-11-20";

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
    use crate::aws::pattern::Pattern;

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
    fn job_integrations_name_the_polling_operation() {
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

//! Optimized integrations: actions that a Task calls as `arn:aws:states:::service:action`.
//!
//! Patterns and parameters are those of the Step Functions developer guide (integrate-optimized, connect-*) and, for
//! actions that pass their parameters on, those of the service model of the API.

pub mod http;
mod meter;
mod row;
mod sdk_meter;
mod table;

pub use meter::Meter;
pub use row::{CalledFrom, Integration, Requirement};
pub use sdk_meter::sdk_meter;

/// The source of the table.
pub const SOURCE: &str = "Step Functions developer guide, botocore 1.44.5 service models";

/// The day the table was read.
pub const RETRIEVED: &str = "2026-11-20";

/// Every integration, sorted by service and action.
pub fn all() -> &'static [Integration] {
    table::TABLE
}

/// The integration with this service and action, in the exact case.
pub fn find(service: &str, action: &str) -> Option<&'static Integration> {
    let at = all().binary_search_by(|row| (row.service, row.action).cmp(&(service, action)));
    at.ok().and_then(|at| all().get(at))
}

/// Whether any integration belongs to the service.
pub fn has_service(service: &str) -> bool {
    services().any(|known| known == service)
}

/// The services, sorted, without duplicates.
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
    fn finds_every_row_of_the_sorted_table() {
        assert!(all().is_sorted_by(|a, b| (a.service, a.action) < (b.service, b.action)));
        assert!(all().iter().all(|row| find(row.service, row.action) == Some(row)));
    }

    #[test]
    fn every_required_parameter_is_listed() {
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
    fn rows_have_the_parameters_of_the_service_models() {
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
            // Step Functions creates the session of a harness, and the idempotency tokens of optimized integrations.
            let filled_in = |name: &str| row.service == "bedrockagentcore" || name.ends_with("Token");
            for parameter in action.required().filter(|name| !filled_in(name)) {
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
    fn lookup_is_case_sensitive() {
        assert!(find("lambda", "invoke").is_some_and(|row| row.has_parameter("FunctionName")));
        assert!(find("lambda", "Invoke").is_none());
        assert!(has_service("emr-serverless") && !has_service("emr"));
        assert_eq!(actions("sqs").collect::<Vec<_>>(), ["sendMessage"]);
        let publish = find("sns", "publish").expect("in the table");
        assert_eq!(publish.suggest_parameter("TopicARN"), Some("TopicArn"));
        assert_eq!(publish.required.last().map(|r| r.names().len()), Some(3));
    }
}

//! How calls of SDK integrations are billed.

use super::meter::Meter;
use super::table;

/// SDK actions with a price that no optimized integration calls, sorted by service.
const SDK_ACTIONS: &[(&str, &[&str], Meter)] = &[
    (
        "kms",
        &["encrypt", "decrypt", "generateDataKey"],
        Meter::Request("kms-requests"),
    ),
    (
        "s3",
        &[
            "putObject",
            "copyObject",
            "listObjects",
            "listObjectsV2",
            "listBuckets",
        ],
        Meter::Request("s3-put-requests"),
    ),
    (
        "s3",
        &["getObject", "headObject", "getObjectTagging"],
        Meter::Request("s3-get-requests"),
    ),
    (
        "secretsmanager",
        &["getSecretValue", "describeSecret"],
        Meter::Request("secrets-calls"),
    ),
];

/// How a call of an SDK integration is billed: as the optimized integration that calls the same action, if there is one.
pub fn sdk_meter(service: &str, action: &str) -> Meter {
    if service == "sfn" {
        return Meter::Free;
    }
    let optimized = table::TABLE
        .iter()
        .find(|row| row.api == Some((service, action)))
        .map(|row| row.meter);
    let sdk_only = || {
        let row = SDK_ACTIONS
            .iter()
            .find(|row| row.0 == service && row.1.contains(&action));
        row.map(|row| row.2)
    };
    optimized.or_else(sdk_only).unwrap_or(Meter::Unpriced)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::price::Prices;
    use crate::aws::sdk;

    fn prices(meter: Meter) -> Vec<&'static str> {
        match meter {
            Meter::Unpriced | Meter::Free => Vec::new(),
            Meter::Request(price)
            | Meter::RestApiRequest(price)
            | Meter::Message(price)
            | Meter::Entries(price)
            | Meter::ItemRead(price)
            | Meter::ItemWrite(price) => vec![price],
            Meter::QueueMessage { standard, fifo } => vec![standard, fifo],
            Meter::LambdaInvocation { request, x86, arm } => vec![request, x86, arm],
        }
    }

    #[test]
    fn every_meter_names_a_price() {
        let meters = table::TABLE
            .iter()
            .map(|row| row.meter)
            .chain(SDK_ACTIONS.iter().map(|row| row.2));
        for price in meters.flat_map(prices) {
            assert!(Prices::builtin().services.contains_key(price), "{price}");
        }
    }

    #[test]
    fn every_sdk_action_with_a_price_exists() {
        for (service, actions, _) in SDK_ACTIONS {
            let service = sdk::service(service).expect("in the table");
            assert!(actions.iter().all(|action| service.action(action).is_some()));
        }
    }

    #[test]
    fn sdk_actions_are_billed_like_the_integration_that_calls_them() {
        let cases = [
            (("dynamodb", "getItem"), Meter::ItemRead("dynamodb-read-units")),
            (("eventbridge", "putEvents"), Meter::Entries("eventbridge-events")),
            (("s3", "copyObject"), Meter::Request("s3-put-requests")),
            (("sfn", "describeExecution"), Meter::Free),
            (("glue", "getJobRun"), Meter::Unpriced),
            (("s3", "deleteObject"), Meter::Unpriced),
        ];
        for ((service, action), meter) in cases {
            assert_eq!(sdk_meter(service, action), meter, "{service}:{action}");
        }
    }
}

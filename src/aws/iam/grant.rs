//! The IAM actions that allow a call of the AWS SDK.

mod exceptions;

use super::{prefix, route, table};

/// The actions that allow a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RequiredActions {
    /// These actions: `s3:ListBucket`.
    Actions(Vec<String>),
    /// Nothing: the call is not authorized by IAM.
    WithoutIam,
    /// Nothing that the table contains.
    Unknown,
}

/// Services whose calls carry a token of their own. Source: the API references of Connect Participant, IAM Identity
/// Center, and `CodeCatalyst`.
const WITHOUT_IAM: [&str; 4] = ["codecatalyst", "connectparticipant", "sso", "ssooidc"];

/// The IAM actions that allow a call of an SDK action: `s3:ListBucket` for `s3`, `listObjectsV2`. They are found by
/// equal names under the prefix of the service, after a table of exceptions.
pub fn actions_of(service: &str, action: &str) -> RequiredActions {
    let at = exceptions::TABLE.binary_search_by(|row| (row.service, row.action).cmp(&(service, action)));
    if let Some(row) = at.ok().and_then(|at| exceptions::TABLE.get(at)) {
        debug_assert!(!row.source.is_empty());
        return RequiredActions::Actions(row.granted_by.iter().map(|&name| name.to_owned()).collect());
    }
    if WITHOUT_IAM.contains(&service) {
        return RequiredActions::WithoutIam;
    }
    if let Some(route) = route::route(service, action) {
        return RequiredActions::Actions(vec![format!("apigateway:{}", route.method)]);
    }
    let found = prefix::prefix_of(service).and_then(|prefix| table::action(prefix, action));
    found.map_or(RequiredActions::Unknown, |action| {
        RequiredActions::Actions(vec![action.full_name()])
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::sdk;

    #[test]
    fn nearly_every_sdk_action_is_mapped() {
        let (mut all, mut mapped) = (0_u32, 0_u32);
        for service in sdk::services().filter_map(sdk::service) {
            for action in service.actions() {
                all += 1;
                mapped += u32::from(actions_of(service.name(), action.name) != RequiredActions::Unknown);
            }
        }
        let share = f64::from(mapped) / f64::from(all) * 100.0;
        println!("{mapped} of {all} SDK actions have IAM actions: {share:.2}%");
        // The rest is mostly newer than the IAM data, which follows the SDK by some weeks.
        assert!(mapped >= 19_150 && share >= 95.5, "{mapped} {share}");
    }

    #[test]
    fn exceptions_name_existing_actions() {
        let key = |row: &exceptions::Exception| (row.service, row.action);
        assert!(exceptions::TABLE.is_sorted_by(|a, b| key(a) < key(b)));
        for row in exceptions::TABLE {
            assert!(!row.source.is_empty());
            let service = sdk::service(row.service).expect(row.service);
            assert!(
                service.action(row.action).is_some(),
                "{}:{}",
                row.service,
                row.action
            );
            for name in row.granted_by {
                let (prefix, action) = name.split_once(':').expect("a prefix");
                let found = table::action(prefix, action).expect(name);
                assert_eq!(&found.full_name(), name);
            }
        }
    }

    #[test]
    fn finds_equal_and_renamed_actions() {
        let by =
            |names: &[&str]| RequiredActions::Actions(names.iter().map(|&name| name.to_owned()).collect());
        let cases = [
            ("dynamodb", "getItem", by(&["dynamodb:GetItem"])),
            ("sfn", "startSyncExecution", by(&["states:StartSyncExecution"])),
            ("s3", "listBuckets", by(&["s3:ListAllMyBuckets"])),
            ("lambda", "invoke", by(&["lambda:InvokeFunction"])),
            ("apigateway", "getRestApis", by(&["apigateway:GET"])),
            ("connectparticipant", "sendMessage", RequiredActions::WithoutIam),
            ("iotthingsgraph", "searchThings", RequiredActions::Unknown),
        ];
        for (service, action, expected) in cases {
            assert_eq!(actions_of(service, action), expected, "{service}:{action}");
        }
    }
}

//! AWS SDK integrations: the services and actions of `arn:aws:states:::aws-sdk:service:action`.
//!
//! Names are those of the AWS SDK for Java 2.x, through which Step Functions calls AWS: actions such as `getItem`,
//! parameters such as `DbInstanceIdentifier` (regardless of the case in the API), and errors with the suffix `Exception`. The
//! table is built from botocore's models and has over 19,800 actions of 444 services. A lookup decompresses the block of the
//! service.

use std::sync::LazyLock;

use super::archive::{Archive, Entry};
use crate::prose;

/// Services that Step Functions does not support. Source: measured with `ValidateStateMachineDefinition`, September 2026.
const UNSUPPORTED_SERVICES: [&str; 3] = ["cloudsearchdomain", "iotjobsdata", "mediastoredata"];

/// Services that Step Functions no longer supports. Source: Step Functions developer guide, awssdk-release-history, removals
/// of March and June 2026.
const REMOVED_SERVICES: [&str; 11] = [
    "apptest",
    "elastictranscoder",
    "evidently",
    "lexmodelbuilding",
    "lexruntime",
    "lookoutmetrics",
    "opsworks",
    "qldb",
    "qldbsession",
    "robomaker",
    "worklink",
];

/// Actions that Step Functions does not support, besides those with event streams. Source: measured with
/// `ValidateStateMachineDefinition`, September 2026.
const UNSUPPORTED_ACTIONS: [(&str, &str); 1] = [("sts", "assumeRole")];

static TABLE: LazyLock<Archive> = LazyLock::new(|| Archive::new(include_bytes!("data/sdk.bin")));

/// The source of the table.
pub fn source() -> &'static str {
    TABLE.source()
}

/// The day they were retrieved, `YYYY-MM-DD`.
pub fn retrieved() -> &'static str {
    TABLE.retrieved()
}

/// The result of looking up a name in a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lookup<T> {
    /// Found with this spelling.
    Found(T),
    /// Found with a different case.
    OtherCase(T),
    /// Not found.
    Missing {
        /// The most similar name, if there is one.
        suggestion: Option<&'static str>,
    },
}

impl<T> Lookup<T> {
    /// The value, ignoring the case of the name.
    pub fn found(self) -> Option<T> {
        match self {
            Lookup::Found(value) | Lookup::OtherCase(value) => Some(value),
            Lookup::Missing { .. } => None,
        }
    }
}

/// Whether Step Functions supports calls of a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Support {
    /// It does, according to the tables.
    Supported,
    /// It does not.
    Unsupported,
    /// It did until the service or its integration was retired.
    Removed,
}

/// Whether Step Functions supports calls of the service with exactly this name.
pub fn support(service: &str) -> Support {
    if UNSUPPORTED_SERVICES.contains(&service) {
        Support::Unsupported
    } else if REMOVED_SERVICES.contains(&service) {
        Support::Removed
    } else {
        Support::Supported
    }
}

/// An AWS service.
#[derive(Debug, Clone, Copy)]
pub struct Service {
    entry: &'static Entry,
}

/// An action of a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Action {
    /// The name in the `Resource`: `getItem`.
    pub name: &'static str,
    /// Whether Step Functions supports it. It supports no actions with event streams.
    pub is_supported: bool,
    required: &'static str,
    optional: &'static str,
    service_errors: &'static str,
    error_numbers: &'static str,
}

/// The names of all services, sorted.
pub fn services() -> impl Iterator<Item = &'static str> {
    TABLE.entries().iter().map(|entry| entry.name)
}

/// The service with exactly this name in a `Resource`.
pub fn service(name: &str) -> Option<Service> {
    TABLE.find(name).map(|entry| Service { entry })
}

/// The service with this name in a `Resource`, or a suggestion.
pub fn find_service(name: &str) -> Lookup<Service> {
    if let Some(service) = service(name) {
        return Lookup::Found(service);
    }
    // Names are lowercase and have no hyphens.
    let plain: String = name
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect::<String>()
        .to_lowercase();
    match service(&plain) {
        Some(service) if plain.len() == name.len() => Lookup::OtherCase(service),
        Some(service) => Lookup::Missing {
            suggestion: Some(service.name()),
        },
        None => Lookup::Missing {
            suggestion: alias(&plain).or_else(|| prose::closest(&plain, services())),
        },
    }
}

/// The SDK action with the service and action of an optimized integration that does not exist: `dynamodb`, `query`.
pub fn equivalent(service: &str, action: &str) -> Option<(Service, Action)> {
    let service = match find_service(service) {
        Lookup::Found(service) | Lookup::OtherCase(service) => service,
        Lookup::Missing { suggestion } => self::service(suggestion?)?,
    };
    Some((service, service.find_action(action).found()?))
}

/// The service with this name in other tools and in AWS documentation.
fn alias(name: &str) -> Option<&'static str> {
    const ALIASES: [(&str, &str); 14] = [
        ("bedrockagentsruntime", "bedrockagentruntime"),
        ("ce", "costexplorer"),
        ("cloudwatchevents", "eventbridge"),
        ("cognitoidp", "cognitoidentityprovider"),
        ("dms", "databasemigration"),
        ("elasticmapreduce", "emr"),
        ("elb", "elasticloadbalancing"),
        ("elbv2", "elasticloadbalancingv2"),
        ("events", "eventbridge"),
        ("logs", "cloudwatchlogs"),
        ("states", "sfn"),
        ("stepfunctions", "sfn"),
        ("systemsmanager", "ssm"),
        ("tagging", "resourcegroupstaggingapi"),
    ];
    let at = ALIASES.binary_search_by(|(alias, _)| alias.cmp(&name)).ok()?;
    ALIASES.get(at).map(|(_, service)| *service)
}

impl Service {
    /// The name in a `Resource`: `dynamodb`.
    pub fn name(&self) -> &'static str {
        self.entry.name
    }

    /// The prefix of its error names: `DynamoDb`.
    pub fn error_prefix(&self) -> &'static str {
        self.entry.label
    }

    /// Its actions, sorted.
    pub fn actions(&self) -> impl Iterator<Item = Action> + use<> {
        let mut lines = TABLE.text(self.entry).lines();
        let errors = lines.next().unwrap_or_default();
        let sets = lines.next().unwrap_or_default();
        let service = self.name();
        lines.filter_map(move |line| Action::read(service, line, errors, sets))
    }

    /// The names of the actions that Step Functions supports, sorted.
    pub fn supported_actions(&self) -> impl Iterator<Item = &'static str> + use<> {
        let service = self.name();
        let name = move |line: &'static str| {
            let (name, _) = line.split_once('|')?;
            let (_, flags) = line.rsplit_once('|')?;
            is_supported(service, name, flags).then_some(name)
        };
        TABLE.text(self.entry).lines().skip(2).filter_map(name)
    }

    /// The action with exactly this name in a `Resource`.
    pub fn action(&self, name: &str) -> Option<Action> {
        let mut lines = TABLE.text(self.entry).lines();
        let (errors, sets) = (lines.next()?, lines.next()?);
        let line = lines.find(|line| line.strip_prefix(name).is_some_and(|rest| rest.starts_with('|')))?;
        Action::read(self.name(), line, errors, sets)
    }

    /// The action with this name in a `Resource`, or a suggestion.
    pub fn find_action(&self, name: &str) -> Lookup<Action> {
        self.action(name).map_or_else(
            || lookup(name, self.actions(), |action| action.name),
            Lookup::Found,
        )
    }

    /// The names of its errors without prefix, sorted: `ResourceNotFoundException`.
    pub fn errors(&self) -> impl Iterator<Item = &'static str> + Clone + use<> {
        TABLE
            .text(self.entry)
            .lines()
            .next()
            .unwrap_or_default()
            .split_ascii_whitespace()
    }
}

/// Whether Step Functions supports an action, given the flags of its line in the table.
fn is_supported(service: &str, action: &str, flags: &str) -> bool {
    !flags.contains('s') && !UNSUPPORTED_ACTIONS.contains(&(service, action))
}

impl Action {
    /// Parses `name|required|optional|index of the set of errors|flags`. Each of the `sets` is a list of error indexes.
    fn read(
        service: &str,
        line: &'static str,
        service_errors: &'static str,
        sets: &'static str,
    ) -> Option<Self> {
        let mut fields = line.split('|');
        let (name, required, optional) = (fields.next()?, fields.next()?, fields.next()?);
        let set: usize = fields.next()?.parse().ok()?;
        Some(Self {
            name,
            is_supported: is_supported(service, name, fields.next()?),
            required,
            optional,
            service_errors,
            error_numbers: sets.split(' ').nth(set)?,
        })
    }

    /// Its required parameters, idempotency tokens included: Step Functions does not fill them in.
    pub fn required(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.required.split_ascii_whitespace()
    }

    /// Its parameters, required ones first.
    pub fn parameters(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.required().chain(self.optional.split_ascii_whitespace())
    }

    /// The parameter with this name, or a suggestion.
    pub fn find_parameter(&self, name: &str) -> Lookup<&'static str> {
        lookup(name, self.parameters(), |parameter| parameter)
    }

    /// The names of its declared errors without prefix, sorted. Others are possible, such as throttling.
    pub fn errors(&self) -> impl Iterator<Item = &'static str> + use<> {
        let errors = self.service_errors;
        let numbers = self
            .error_numbers
            .split(',')
            .filter_map(|number| number.parse().ok());
        numbers.filter_map(move |number| errors.split_ascii_whitespace().nth(number))
    }
}

/// Looks up `name` among `candidates`, whose names `text` returns.
fn lookup<T: Copy>(
    name: &str,
    candidates: impl Iterator<Item = T>,
    text: impl Fn(T) -> &'static str,
) -> Lookup<T> {
    let candidates: Vec<T> = candidates.collect();
    if let Some(&found) = candidates.iter().find(|&&candidate| text(candidate) == name) {
        return Lookup::Found(found);
    }
    match candidates
        .iter()
        .find(|&&candidate| text(candidate).eq_ignore_ascii_case(name))
    {
        Some(&found) => Lookup::OtherCase(found),
        None => Lookup::Missing {
            suggestion: prose::closest(name, candidates.iter().map(|&candidate| text(candidate))),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn action(service_name: &str, name: &str) -> Action {
        service(service_name)
            .and_then(|service| service.action(name))
            .expect("in the table")
    }

    #[test]
    fn supported_actions_are_those_of_the_table() {
        for service in services().filter_map(service) {
            let all = service.actions().filter(|action| action.is_supported);
            let all: Vec<&str> = all.map(|action| action.name).collect();
            assert_eq!(service.supported_actions().collect::<Vec<_>>(), all);
        }
    }

    #[test]
    fn the_table_is_complete_and_small() {
        assert!(include_bytes!("data/sdk.bin").len() <= 450_000);
        assert!(TABLE.is_sound());
        let actions = services()
            .filter_map(service)
            .map(|service| service.actions().count());
        assert!(services().count() >= 444 && actions.sum::<usize>() >= 19_788);
        assert!(services().is_sorted());
        assert_eq!(retrieved().len(), "2026-11-20".len());
    }

    #[test]
    fn error_prefixes_are_service_names_in_other_case() {
        for service in services().filter_map(service) {
            assert_eq!(service.error_prefix().to_lowercase(), service.name());
        }
        let prefix = |name| service(name).map(|service| service.error_prefix());
        assert_eq!(prefix("dynamodb"), Some("DynamoDb"));
        assert_eq!(prefix("sfn"), Some("Sfn"));
        assert_eq!(prefix("sagemakera2iruntime"), Some("SageMakerA2IRuntime"));
        assert_eq!(prefix("cloudwatchlogs"), Some("CloudWatchLogs"));
        assert_eq!(prefix("apigatewayv2"), Some("ApiGatewayV2"));
        assert_eq!(prefix("b2bi"), Some("B2Bi"));
    }

    #[test]
    fn actions_have_parameters_and_errors() {
        let get_item = action("dynamodb", "getItem");
        assert_eq!(get_item.required().collect::<Vec<_>>(), ["TableName", "Key"]);
        assert!(get_item.parameters().any(|name| name == "ProjectionExpression"));
        assert!(get_item.errors().any(|name| name == "ResourceNotFoundException"));
        assert_eq!(action("s3", "listBuckets").required().count(), 0);
    }

    #[test]
    fn lists_the_actions_that_step_functions_does_not_support() {
        let cases = [
            ("bedrockruntime", "converse", true),
            ("bedrockruntime", "converseStream", false),
            ("cloudwatchlogs", "startLiveTail", false),
            ("kinesis", "subscribeToShard", false),
            ("lambda", "invoke", true),
            ("lambda", "invokeWithResponseStream", false),
            ("s3", "selectObjectContent", false),
            ("sts", "assumeRole", false),
            ("sts", "getCallerIdentity", true),
        ];
        for (service, name, is_supported) in cases {
            assert_eq!(
                action(service, name).is_supported,
                is_supported,
                "{service}:{name}"
            );
        }
    }

    #[test]
    fn lists_the_services_that_step_functions_does_not_support() {
        let cases = [
            ("cloudsearchdomain", Support::Unsupported),
            ("iotjobsdata", Support::Unsupported),
            ("mediastoredata", Support::Unsupported),
            ("lexruntime", Support::Removed),
            ("qldb", Support::Removed),
            ("lexruntimev2", Support::Supported),
            ("s3", Support::Supported),
        ];
        for (service, expected) in cases {
            assert_eq!(support(service), expected, "{service}");
        }
    }

    #[test]
    fn idempotency_tokens_are_required_if_the_api_requires_them() {
        let cases = [
            ("servicecatalog", "createPortfolio", "IdempotencyToken", true),
            ("emrserverless", "startJobRun", "ClientToken", true),
            ("translate", "startTextTranslationJob", "ClientToken", true),
            ("athena", "startQueryExecution", "ClientRequestToken", false),
            ("ec2", "runInstances", "ClientToken", false),
        ];
        for (service, name, token, is_required) in cases {
            let action = action(service, name);
            assert_eq!(
                action.required().any(|p| p == token),
                is_required,
                "{service}:{name}"
            );
            assert!(action.parameters().any(|p| p == token), "{service}:{name}");
        }
    }

    #[test]
    fn names_are_those_of_the_java_sdk() {
        let describe = action("rds", "describeDBInstances");
        assert_eq!(
            describe.find_parameter("DbInstanceIdentifier"),
            Lookup::Found("DbInstanceIdentifier")
        );
        assert_eq!(
            describe.find_parameter("DBInstanceIdentifier"),
            Lookup::OtherCase("DbInstanceIdentifier")
        );
        assert_eq!(
            describe.errors().collect::<Vec<_>>(),
            ["DbInstanceNotFoundException"]
        );
        assert!(
            action("s3", "putObject")
                .parameters()
                .any(|name| name == "SsekmsKeyId")
        );
    }

    #[test]
    fn suggests_similar_names() {
        let suggestion = |name| match find_service(name) {
            Lookup::Missing { suggestion } => suggestion,
            found => panic!("{found:?}"),
        };
        assert_eq!(suggestion("secrets-manager"), Some("secretsmanager"));
        assert_eq!(suggestion("stepfunctions"), Some("sfn"));
        assert_eq!(suggestion("dynamobd"), Some("dynamodb"));
        assert_eq!(suggestion("nothing-like-it-at-all"), None);
        assert!(matches!(find_service("DynamoDB"), Lookup::OtherCase(found) if found.name() == "dynamodb"));
        let dynamodb = service("dynamodb").expect("in the table");
        assert!(
            matches!(dynamodb.find_action("GetItem"), Lookup::OtherCase(found) if found.name == "getItem")
        );
        assert_eq!(
            dynamodb.find_action("getItme"),
            Lookup::Missing {
                suggestion: Some("getItem")
            }
        );
        let parameter = action("dynamodb", "getItem").find_parameter("TabelName");
        assert_eq!(
            parameter,
            Lookup::Missing {
                suggestion: Some("TableName")
            }
        );
    }

    #[test]
    fn finds_the_sdk_action_for_a_missing_optimized_integration() {
        let equivalent = |service, action| equivalent(service, action).map(|(s, a)| (s.name(), a.name));
        assert_eq!(equivalent("dynamodb", "query"), Some(("dynamodb", "query")));
        assert_eq!(equivalent("events", "putRule"), Some(("eventbridge", "putRule")));
        assert_eq!(equivalent("dynamodb", "nonsense"), None);
    }

    #[test]
    fn every_alias_names_a_service() {
        let names = [
            "ce",
            "cognitoidp",
            "dms",
            "elbv2",
            "events",
            "logs",
            "states",
            "tagging",
        ];
        assert!(names.iter().all(|name| alias(name).and_then(service).is_some()));
    }
}

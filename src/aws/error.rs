//! Names of errors: the reserved ones, and which names a task can fail with.
//!
//! Source: Amazon States Language specification, "Errors"; Step Functions developer guide, concepts-error-handling,
//! bp-lambda-serviceexception; recordings of AWS where they differ.

use super::integration;
use super::nearest;
use super::resource::{Pattern, Resource};
use super::sdk;

/// Where the facts come from.
pub const SOURCE: &str =
    "Amazon States Language specification; Step Functions developer guide, error handling; recordings of AWS";

/// When they were read.
pub const RETRIEVED: &str = "2026-11-20";

/// What reserved names begin with; names of one's own may not.
pub const RESERVED_PREFIX: &str = "States.";

/// Matches every error but those that nothing catches.
pub const ALL: &str = "States.ALL";

/// Matches every error of a task but [`TIMEOUT`].
pub const TASK_FAILED: &str = "States.TaskFailed";

/// A task took longer than its `TimeoutSeconds`, or sent no heartbeat.
pub const TIMEOUT: &str = "States.Timeout";

/// What follows `States.Http.StatusCode.` is the status an HTTP Task was answered with.
pub const HTTP_STATUS_PREFIX: &str = "States.Http.StatusCode.";

/// Errors of Lambda that pass: AWS advises to retry every one of them.
pub const LAMBDA_TRANSIENT: [&str; 4] = [
    "Lambda.AWSLambdaException",
    "Lambda.SdkClientException",
    "Lambda.ServiceException",
    "Lambda.TooManyRequestsException",
];

/// A name that the language reserves.
#[derive(Debug, PartialEq, Eq)]
pub struct Reserved {
    /// The name.
    pub name: &'static str,
    /// When it is raised, in a few words.
    pub meaning: &'static str,
    /// The types of states that raise it themselves. A Parallel or a Map also fails with what its states raise.
    pub raised_by: &'static [&'static str],
    /// What catches it.
    pub caught: Caught,
}

/// What a retrier or a catcher must name to match an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Caught {
    /// Its own name, `States.ALL` or `States.TaskFailed`.
    ByTaskFailed,
    /// Its own name or `States.ALL`.
    ByAll,
    /// Nothing; the execution fails.
    Never,
    /// It is a wildcard, and no error.
    Wildcard,
}

const TASK: &[&str] = &["Task"];
const MAP: &[&str] = &["Map"];
const WORKING: &[&str] = &["Map", "Parallel", "Pass", "Task"];
const EVERY: &[&str] = &[
    "Choice", "Fail", "Map", "Parallel", "Pass", "Succeed", "Task", "Wait",
];

/// The reserved names, sorted. Names of `States.Http.StatusCode.` are reserved too.
pub const RESERVED: &[Reserved] = &[
    reserved("States.ALL", "every error", &[], Caught::Wildcard),
    reserved(
        "States.BranchFailed",
        "a branch of a Parallel failed",
        &["Parallel"],
        Caught::ByAll,
    ),
    reserved(
        "States.DataLimitExceeded",
        "an input or a result is larger than 256 KiB",
        &["Choice", "Map", "Parallel", "Pass", "Succeed", "Task", "Wait"],
        Caught::ByAll,
    ),
    reserved(
        "States.ExceedToleratedFailureThreshold",
        "more items of a Distributed Map failed than tolerated",
        MAP,
        Caught::ByAll,
    ),
    reserved(
        "States.HeartbeatTimeout",
        "a task sent no heartbeat in time",
        TASK,
        Caught::ByAll,
    ),
    reserved(
        "States.Http.Socket",
        "an HTTP Task's endpoint could not be reached",
        TASK,
        Caught::ByTaskFailed,
    ),
    reserved(
        "States.IntrinsicFailure",
        "an intrinsic function failed",
        &["Fail", "Map", "Parallel", "Pass", "Task"],
        Caught::ByAll,
    ),
    reserved(
        "States.ItemReaderFailed",
        "a Map could not read its items",
        MAP,
        Caught::ByAll,
    ),
    reserved(
        "States.NoChoiceMatched",
        "no rule of a Choice matched",
        &["Choice"],
        Caught::ByAll,
    ),
    reserved(
        "States.ParameterPathFailure",
        "a path found nothing",
        WORKING,
        Caught::ByAll,
    ),
    reserved(
        "States.Permissions",
        "the role may not do it",
        &["Map", "Task"],
        Caught::ByTaskFailed,
    ),
    reserved(
        "States.QueryEvaluationError",
        "a JSONata expression failed",
        EVERY,
        Caught::ByAll,
    ),
    reserved(
        "States.ReferencePathConflict",
        "ResultPath does not fit the input",
        WORKING,
        Caught::ByAll,
    ),
    reserved(
        "States.ResultPathMatchFailure",
        "ResultPath does not fit the input",
        WORKING,
        Caught::ByAll,
    ),
    reserved(
        "States.ResultWriterFailed",
        "a Map could not write its results",
        MAP,
        Caught::ByAll,
    ),
    reserved(
        "States.Runtime",
        "the interpreter could not go on",
        EVERY,
        Caught::Never,
    ),
    reserved("States.TaskFailed", "a task failed", TASK, Caught::ByTaskFailed),
    reserved("States.Timeout", "a task took too long", TASK, Caught::ByAll),
];

const fn reserved(
    name: &'static str,
    meaning: &'static str,
    raised_by: &'static [&'static str],
    caught: Caught,
) -> Reserved {
    Reserved {
        name,
        meaning,
        raised_by,
        caught,
    }
}

/// The reserved error of that name.
pub fn find(name: &str) -> Option<&'static Reserved> {
    let at = RESERVED
        .binary_search_by(|reserved| reserved.name.cmp(name))
        .ok()?;
    RESERVED.get(at)
}

/// Whether `name` is one that AWS knows among those beginning with [`RESERVED_PREFIX`].
pub fn is_reserved(name: &str) -> bool {
    find(name).is_some() || is_http_status(name)
}

/// `States.Http.StatusCode.` and three digits.
fn is_http_status(name: &str) -> bool {
    name.strip_prefix(HTTP_STATUS_PREFIX)
        .is_some_and(|code| code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The reserved name that `name` most likely means. None where it is one, or is like none.
pub fn suggest(name: &str) -> Option<&'static str> {
    if is_reserved(name) {
        return None;
    }
    let names = RESERVED.iter().map(|reserved| reserved.name);
    // `ALL` and `TaskFailed` are written without their prefix, too.
    let bare = names.clone().find(|reserved| {
        reserved
            .strip_prefix(RESERVED_PREFIX)
            .is_some_and(|tail| tail.eq_ignore_ascii_case(name))
    });
    let near = || nearest::to(name, names.clone()).filter(|_| name.to_ascii_lowercase().starts_with("state"));
    bare.or_else(near)
}

/// Whether a task can fail with an error of some name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It can, or nobody knows.
    Possible,
    /// It cannot, but with one that is written alike (`DynamoDb.` of the SDK, `DynamoDB.` of the optimized integration).
    Misspelt {
        /// The name to write.
        suggestion: String,
    },
    /// It cannot.
    Impossible {
        /// What the names of its own errors begin with; empty where they are only `States.` names.
        prefixes: Vec<&'static str>,
    },
    /// Nothing catches an error of that name.
    Uncatchable,
}

/// Whether a Task with that Resource can fail with an error called `name`.
///
/// Whoever answers by a task token, a function or an activity names errors freely; so do unknown resources. For them every name
/// that is not reserved is possible.
pub fn can_fail_with(resource: &Resource<'_>, name: &str) -> Verdict {
    if name.starts_with(RESERVED_PREFIX) {
        return reserved_verdict(resource, name);
    }
    match resource {
        Resource::Optimized { call, integration }
            if call.pattern != Pattern::WaitForTaskToken && integration.service != "lambda" =>
        {
            if integration.error_prefixes.is_empty() {
                return Verdict::Possible;
            }
            let service = integration.api.and_then(|(service, _)| sdk::service(service));
            let sdk_prefix = service.map(|service| service.error_prefix());
            prefix_verdict(name, integration.error_prefixes, sdk_prefix.into_iter())
        }
        Resource::Sdk { call } if call.pattern != Pattern::WaitForTaskToken => {
            let Some(service) = sdk::service(call.service.text) else {
                return Verdict::Possible;
            };
            sdk_verdict(service, name)
        }
        _ => Verdict::Possible,
    }
}

fn reserved_verdict(resource: &Resource<'_>, name: &str) -> Verdict {
    let is_http = match resource {
        Resource::Optimized { integration, .. } => integration.service == "http",
        Resource::Unknown => true,
        _ => false,
    };
    let impossible = || Verdict::Impossible { prefixes: Vec::new() };
    if name.starts_with("States.Http.") {
        return if is_http { Verdict::Possible } else { impossible() };
    }
    match find(name) {
        Some(reserved) if reserved.caught == Caught::Never => Verdict::Uncatchable,
        Some(reserved) if reserved.caught != Caught::Wildcard && !reserved.raised_by.contains(&"Task") => {
            impossible()
        }
        _ => Verdict::Possible,
    }
}

/// Errors of an SDK integration are `<prefix>.<name>Exception`.
fn sdk_verdict(service: sdk::Service, name: &str) -> Verdict {
    let prefix = service.error_prefix();
    let Some(tail) = name.strip_prefix(prefix).and_then(|rest| rest.strip_prefix('.')) else {
        let optimized = integration::all().iter();
        let same = optimized.filter(|row| row.api.is_some_and(|(api, _)| api == service.name()));
        return prefix_verdict(
            name,
            &[prefix],
            same.flat_map(|row| row.error_prefixes.iter().copied()),
        );
    };
    if tail.ends_with("Exception") {
        return Verdict::Possible;
    }
    let exception = format!("{}Exception", tail.strip_suffix("Fault").unwrap_or(tail));
    let known = service
        .errors()
        .find(|error| error.eq_ignore_ascii_case(&exception));
    Verdict::Misspelt {
        suggestion: format!("{prefix}.{}", known.unwrap_or(&exception)),
    }
}

/// `own` are the prefixes of the task's errors; `other`, those that the other kind of integration of the service uses.
fn prefix_verdict<'a>(name: &str, own: &[&'static str], mut other: impl Iterator<Item = &'a str>) -> Verdict {
    let has = |prefix: &str| {
        name.strip_prefix(prefix)
            .is_some_and(|rest| rest.starts_with('.'))
    };
    if own.iter().any(|prefix| has(prefix)) {
        return Verdict::Possible;
    }
    let impossible = Verdict::Impossible {
        prefixes: own.to_vec(),
    };
    let (Some((head, tail)), Some(first)) = (name.split_once('.'), own.first()) else {
        return impossible;
    };
    let alike =
        own.iter().any(|prefix| prefix.eq_ignore_ascii_case(head)) || other.any(|prefix| prefix == head);
    if alike {
        Verdict::Misspelt {
            suggestion: format!("{first}.{tail}"),
        }
    } else {
        impossible
    }
}

#[cfg(test)]
mod tests {
    use super::super::resource::classify;
    use super::*;

    #[test]
    fn reserved_names_are_sorted_and_found() {
        assert!(RESERVED.is_sorted_by(|a, b| a.name < b.name));
        assert!(RESERVED.iter().all(|reserved| is_reserved(reserved.name)));
        assert!(is_reserved("States.Http.StatusCode.503"));
        assert!(!is_reserved("States.Http.StatusCode.5xx") && !is_reserved("States.Foo"));
        assert_eq!(
            find("States.Runtime").map(|reserved| reserved.caught),
            Some(Caught::Never)
        );
        assert_eq!(
            find("States.Timeout").map(|reserved| reserved.caught),
            Some(Caught::ByAll)
        );
    }

    #[test]
    fn near_misses_of_reserved_names_get_a_suggestion() {
        assert_eq!(suggest("States.TaskFailled"), Some("States.TaskFailed"));
        assert_eq!(suggest("states.ALL"), Some("States.ALL"));
        assert_eq!(suggest("State.Timeout"), Some("States.Timeout"));
        assert_eq!(suggest("ALL"), Some("States.ALL"));
        assert_eq!(suggest("TaskFailed"), Some("States.TaskFailed"));
        assert_eq!(suggest("States.ALL"), None);
        assert_eq!(suggest("Lambda.Unknown"), None);
        assert_eq!(suggest("States.SomethingElseAltogether"), None);
    }

    fn verdict(resource: &str, name: &str) -> String {
        match can_fail_with(&classify(resource), name) {
            Verdict::Possible => "possible".to_owned(),
            Verdict::Misspelt { suggestion } => suggestion,
            Verdict::Impossible { prefixes } => format!("never, only {}", prefixes.join(" ")),
            Verdict::Uncatchable => "uncatchable".to_owned(),
        }
    }

    #[test]
    fn both_kinds_of_integration_have_prefixes_of_their_own() {
        let (optimized, sdk) = (
            "arn:aws:states:::dynamodb:putItem",
            "arn:aws:states:::aws-sdk:dynamodb:putItem",
        );
        assert_eq!(
            verdict(optimized, "DynamoDB.ConditionalCheckFailedException"),
            "possible"
        );
        assert_eq!(
            verdict(optimized, "DynamoDb.AnyException"),
            "DynamoDB.AnyException"
        );
        assert_eq!(
            verdict(sdk, "DynamoDb.ConditionalCheckFailedException"),
            "possible"
        );
        assert_eq!(verdict(sdk, "DynamoDB.AnyException"), "DynamoDb.AnyException");
        assert_eq!(verdict(sdk, "Lambda.Unknown"), "never, only DynamoDb");
        assert_eq!(
            verdict(
                "arn:aws:states:::aws-sdk:sfn:startExecution",
                "StepFunctions.XException"
            ),
            "Sfn.XException"
        );
        assert_eq!(
            verdict("arn:aws:states:::states:startExecution.sync:2", "MyError"),
            "never, only StepFunctions"
        );
    }

    #[test]
    fn errors_of_sdk_integrations_end_in_exception() {
        let copy = "arn:aws:states:::aws-sdk:s3:getObject";
        assert_eq!(verdict(copy, "S3.NoSuchKey"), "S3.NoSuchKeyException");
        assert_eq!(verdict(copy, "S3.NoSuchKeyException"), "possible");
        let describe = "arn:aws:states:::aws-sdk:rds:describeDBInstances";
        assert_eq!(
            verdict(describe, "Rds.DBInstanceNotFoundFault"),
            "Rds.DbInstanceNotFoundException"
        );
    }

    #[test]
    fn whoever_names_errors_freely_is_believed() {
        for resource in [
            "${Arn}",
            "arn:aws:lambda:eu-west-1:123456789012:function:f",
            "arn:aws:states:eu-west-1:123456789012:activity:a",
            "arn:aws:states:::lambda:invoke",
            "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
            "arn:aws:states:::aws-sdk:sfn:startExecution.waitForTaskToken",
            "arn:aws:states:::eks:call",
        ] {
            assert_eq!(verdict(resource, "My.Error"), "possible", "{resource}");
        }
    }

    #[test]
    fn a_task_raises_some_reserved_names_and_not_others() {
        let (lambda, http) = ("arn:aws:states:::lambda:invoke", "arn:aws:states:::http:invoke");
        assert_eq!(verdict(lambda, "States.Timeout"), "possible");
        assert_eq!(verdict(lambda, "States.ALL"), "possible");
        assert_eq!(verdict(lambda, "States.Runtime"), "uncatchable");
        assert_eq!(verdict(lambda, "States.NoChoiceMatched"), "never, only ");
        assert_eq!(verdict(lambda, "States.Http.StatusCode.404"), "never, only ");
        assert_eq!(verdict(http, "States.Http.StatusCode.404"), "possible");
        assert_eq!(
            verdict(http, "Events.ConnectionResource.AccessDenied"),
            "possible"
        );
        assert_eq!(verdict(http, "Http.404"), "never, only Events.ConnectionResource");
    }
}

//! The error names that a Task can fail with, by its `Resource`.

use super::super::integration::{self, Integration};
use super::super::resource::{Pattern, Resource};
use super::super::sdk;
use crate::prose;
use crate::spec::StateType;
use crate::spec::error_name::{self, Matched};

/// Errors of Lambda that no API declares: crashes and timeouts of the function, and errors of the call by Step Functions.
const LAMBDA_OWN: [&str; 5] = [
    "AWSLambdaException",
    "ClientExecutionTimeoutException",
    "ResourceNotFoundException",
    "SdkClientException",
    "Unknown",
];

/// Whether a task can fail with an error of a certain name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It can, or it is not known.
    Possible,
    /// It cannot, but it can with a similar name (`DynamoDb.` is used by SDK integrations, `DynamoDB.` by optimized ones).
    Misspelled {
        /// The correct name.
        suggestion: String,
    },
    /// It cannot.
    Impossible {
        /// The prefixes of its error names; empty if it only has reserved names.
        prefixes: Vec<&'static str>,
    },
    /// Errors of this name cannot be caught.
    Uncatchable,
}

/// Whether a Task with this `Resource` can fail with an error of this name.
///
/// Lambda functions, activities, and callbacks with a task token can report any name that is not reserved. The same is
/// assumed of unknown resources.
pub fn can_fail_with(resource: &Resource<'_>, name: &str) -> Verdict {
    if name.starts_with(error_name::RESERVED_PREFIX) {
        return reserved_verdict(resource, name);
    }
    match resource {
        Resource::Optimized { call, .. } | Resource::Sdk { call }
            if call.pattern == Pattern::WaitForTaskToken =>
        {
            Verdict::Possible
        }
        Resource::Optimized { integration, .. } if integration.service == "lambda" => lambda_verdict(name),
        Resource::Optimized { integration, .. } => optimized_verdict(integration, name),
        Resource::Sdk { call } => {
            sdk::service(call.service.text).map_or(Verdict::Possible, |service| sdk_verdict(service, name))
        }
        _ => Verdict::Possible,
    }
}

/// Whether every Task can fail with an error of this name, whatever its `Resource` is.
pub fn is_of_every_task(name: &str) -> bool {
    error_name::find(name).is_some_and(|reserved| match reserved.matched {
        Matched::Wildcard => true,
        Matched::Never => false,
        _ => reserved.raised_by.contains(&StateType::Task) && !name.starts_with(error_name::HTTP_PREFIX),
    })
}

fn reserved_verdict(resource: &Resource<'_>, name: &str) -> Verdict {
    let is_http = match resource {
        Resource::Optimized { integration, .. } => integration.service == "http",
        Resource::Unknown => true,
        _ => false,
    };
    let impossible = || Verdict::Impossible { prefixes: Vec::new() };
    if name.starts_with(error_name::HTTP_PREFIX) {
        return if is_http { Verdict::Possible } else { impossible() };
    }
    match error_name::find(name) {
        Some(reserved) if reserved.matched == Matched::Never => Verdict::Uncatchable,
        Some(reserved)
            if reserved.matched != Matched::Wildcard && !reserved.raised_by.contains(&StateType::Task) =>
        {
            impossible()
        }
        _ => Verdict::Possible,
    }
}

/// A function can report any name. Names of errors of Lambda itself begin with `Lambda.`.
fn lambda_verdict(name: &str) -> Verdict {
    let Some(tail) = name.strip_prefix("Lambda.") else {
        return Verdict::Possible;
    };
    let declared = sdk::service("lambda")
        .into_iter()
        .flat_map(|lambda| lambda.errors());
    verdict_by_spelling("Lambda", tail, declared.chain(LAMBDA_OWN))
}

fn optimized_verdict(integration: &Integration, name: &str) -> Verdict {
    let own = integration.error_prefixes;
    let service = integration.api.and_then(|(service, _)| sdk::service(service));
    if own.is_empty() {
        return Verdict::Possible;
    }
    match strip_any_prefix(own, name) {
        Some((prefix, tail)) => verdict_by_spelling(
            prefix,
            tail,
            service.into_iter().flat_map(|service| service.errors()),
        ),
        None => without_prefix(name, own, service).unwrap_or_else(|| {
            let other_prefixes = service.into_iter().map(|service| service.error_prefix());
            with_other_prefix(name, own, other_prefixes)
        }),
    }
}

/// Error names of SDK integrations have the form `<prefix>.<name>Exception`.
fn sdk_verdict(service: sdk::Service, name: &str) -> Verdict {
    let own = [service.error_prefix()];
    let Some((prefix, tail)) = strip_any_prefix(&own, name) else {
        let optimized = integration::all().iter();
        let same = optimized.filter(|row| row.api.is_some_and(|(api, _)| api == service.name()));
        let other_prefixes = same.flat_map(|row| row.error_prefixes.iter().copied());
        return without_prefix(name, &own, Some(service))
            .unwrap_or_else(|| with_other_prefix(name, &own, other_prefixes));
    };
    if tail.ends_with("Exception") {
        return verdict_by_spelling(prefix, tail, service.errors());
    }
    let exception = format!("{}Exception", tail.strip_suffix("Fault").unwrap_or(tail));
    let declared = prose::closest_within(MAX_EDIT_DISTANCE, &exception, service.errors());
    let error = declared
        .or_else(|| prose::closest_within(MAX_EDIT_DISTANCE, tail, service.errors()))
        .unwrap_or(&exception);
    Verdict::Misspelled {
        suggestion: format!("{prefix}.{error}"),
    }
}

/// The prefix of `name` among `prefixes`, and the text after its dot.
fn strip_any_prefix<'a>(prefixes: &[&'static str], name: &'a str) -> Option<(&'static str, &'a str)> {
    prefixes
        .iter()
        .find_map(|prefix| Some((*prefix, name.strip_prefix(prefix)?.strip_prefix('.')?)))
}

/// The maximum edit distance of a misspelled name.
const MAX_EDIT_DISTANCE: usize = 2;

/// An error with a correct prefix. Service models do not declare all errors, so only misspelled names are reported.
fn verdict_by_spelling(
    prefix: &str,
    tail: &str,
    declared: impl Iterator<Item = &'static str> + Clone,
) -> Verdict {
    if declared.clone().any(|error| error == tail) {
        return Verdict::Possible;
    }
    match prose::closest_within(MAX_EDIT_DISTANCE, tail, declared) {
        Some(near) if tail.len() > 4 * MAX_EDIT_DISTANCE => Verdict::Misspelled {
            suggestion: format!("{prefix}.{near}"),
        },
        _ => Verdict::Possible,
    }
}

/// An error as named in the API of the service, without prefix: `ParameterNotFound`.
fn without_prefix(name: &str, own: &[&'static str], service: Option<sdk::Service>) -> Option<Verdict> {
    let prefix = own.first().filter(|_| !name.contains('.'))?;
    let stem = |error: &str| error.strip_suffix("Exception").unwrap_or(error).to_owned();
    let error = service?.errors().find(|error| stem(error) == stem(name))?;
    Some(Verdict::Misspelled {
        suggestion: format!("{prefix}.{error}"),
    })
}

/// An error with none of the prefixes `own`. `other_prefixes` are those of the other kind of integration of the service.
fn with_other_prefix<'a>(
    name: &str,
    own: &[&'static str],
    mut other_prefixes: impl Iterator<Item = &'a str>,
) -> Verdict {
    let impossible = Verdict::Impossible {
        prefixes: own.to_vec(),
    };
    let (Some((prefix, tail)), Some(first)) = (name.split_once('.'), own.first()) else {
        return impossible;
    };
    let is_similar =
        own.iter().any(|own| own.eq_ignore_ascii_case(prefix)) || other_prefixes.any(|other| other == prefix);
    if is_similar {
        Verdict::Misspelled {
            suggestion: format!("{first}.{tail}"),
        }
    } else {
        impossible
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::resource::classify;
    use super::super::LAMBDA_TRANSIENT;
    use super::*;

    fn verdict(resource: &str, name: &str) -> String {
        match can_fail_with(&classify(resource), name) {
            Verdict::Possible => "possible".to_owned(),
            Verdict::Misspelled { suggestion } => suggestion,
            Verdict::Impossible { prefixes } => format!("never, only {}", prefixes.join(" ")),
            Verdict::Uncatchable => "uncatchable".to_owned(),
        }
    }

    #[test]
    fn each_kind_of_integration_has_its_own_prefix() {
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
    fn suggests_the_prefix_of_an_error_name_of_the_api() {
        let get = "arn:aws:states:::aws-sdk:ssm:getParameter";
        assert_eq!(
            verdict(get, "ParameterNotFound"),
            "Ssm.ParameterNotFoundException"
        );
        let put = "arn:aws:states:::dynamodb:putItem";
        assert_eq!(
            verdict(put, "ConditionalCheckFailedException"),
            "DynamoDB.ConditionalCheckFailedException"
        );
        assert_eq!(verdict(put, "Conditional"), "never, only DynamoDB");
    }

    #[test]
    fn distinguishes_misspelled_from_undeclared_errors() {
        let get = "arn:aws:states:::aws-sdk:dynamodb:getItem";
        assert_eq!(
            verdict(get, "DynamoDb.ResourceNotFoundExcepton"),
            "DynamoDb.ResourceNotFoundException"
        );
        assert_eq!(
            verdict(get, "DynamoDb.ResourceNotFundException"),
            "DynamoDb.ResourceNotFoundException"
        );
        assert_eq!(verdict(get, "DynamoDb.ValidationException"), "possible");
        let lambda = "arn:aws:states:::lambda:invoke";
        assert_eq!(
            verdict(lambda, "Lambda.TooManyRequestException"),
            "Lambda.TooManyRequestsException"
        );
        assert!(
            LAMBDA_TRANSIENT
                .iter()
                .all(|name| verdict(lambda, name) == "possible")
        );
        assert_eq!(verdict(lambda, "Lambda.Unknown"), "possible");
        assert_eq!(
            verdict("arn:aws:states:::sqs:sendMessage", "SQS.SdkClientException"),
            "possible"
        );
        assert_eq!(
            verdict("arn:aws:states:::ecs:runTask.sync", "AmazonECS.Unknown"),
            "possible"
        );
    }

    #[test]
    fn services_with_undeclared_errors_accept_any_name() {
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
    fn lists_the_reserved_error_names_of_tasks() {
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

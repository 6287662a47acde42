//! Which names of errors a Task can fail with, by its Resource.

use super::super::integration::{self, Integration};
use super::super::resource::{Pattern, Resource};
use super::super::sdk;
use crate::prose;
use crate::spec::StateType;
use crate::spec::error_name::{self, Matched};

/// Errors of Lambda that no API declares: a crash or a timeout of the function, and what Step Functions meets
/// on the way.
const LAMBDA_OWN: [&str; 5] = [
    "AWSLambdaException",
    "ClientExecutionTimeoutException",
    "ResourceNotFoundException",
    "SdkClientException",
    "Unknown",
];

/// Whether a task can fail with an error of some name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It can, or nobody knows.
    Possible,
    /// It cannot, but with one that is written alike (`DynamoDb.` of the SDK, `DynamoDB.` of the optimized
    /// integration).
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
/// Whoever answers by a task token, a function or an activity names errors freely; so do unknown resources.
/// For them every name that is not reserved is possible.
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

/// A function's errors have any name; those of Lambda itself begin with `Lambda.`.
fn lambda_verdict(name: &str) -> Verdict {
    let Some(tail) = name.strip_prefix("Lambda.") else {
        return Verdict::Possible;
    };
    let declared = sdk::service("lambda")
        .into_iter()
        .flat_map(|lambda| lambda.errors());
    spelling("Lambda", tail, declared.chain(LAMBDA_OWN))
}

fn optimized_verdict(integration: &Integration, name: &str) -> Verdict {
    let own = integration.error_prefixes;
    let service = integration.api.and_then(|(service, _)| sdk::service(service));
    if own.is_empty() {
        return Verdict::Possible;
    }
    match tail_after(own, name) {
        Some((prefix, tail)) => spelling(
            prefix,
            tail,
            service.into_iter().flat_map(|service| service.errors()),
        ),
        None => bare(name, own, service).unwrap_or_else(|| {
            let twins = service.into_iter().map(|service| service.error_prefix());
            foreign(name, own, twins)
        }),
    }
}

/// Errors of an SDK integration are `<prefix>.<name>Exception`.
fn sdk_verdict(service: sdk::Service, name: &str) -> Verdict {
    let own = [service.error_prefix()];
    let Some((prefix, tail)) = tail_after(&own, name) else {
        let optimized = integration::all().iter();
        let same = optimized.filter(|row| row.api.is_some_and(|(api, _)| api == service.name()));
        let twins = same.flat_map(|row| row.error_prefixes.iter().copied());
        return bare(name, &own, Some(service)).unwrap_or_else(|| foreign(name, &own, twins));
    };
    if tail.ends_with("Exception") {
        return spelling(prefix, tail, service.errors());
    }
    let exception = format!("{}Exception", tail.strip_suffix("Fault").unwrap_or(tail));
    let declared = prose::closest_within(SLIP, &exception, service.errors());
    let error = declared
        .or_else(|| prose::closest_within(SLIP, tail, service.errors()))
        .unwrap_or(&exception);
    Verdict::Misspelt {
        suggestion: format!("{prefix}.{error}"),
    }
}

/// Which of the prefixes `name` begins with, and what follows its dot.
fn tail_after<'a>(prefixes: &[&'static str], name: &'a str) -> Option<(&'static str, &'a str)> {
    prefixes
        .iter()
        .find_map(|prefix| Some((*prefix, name.strip_prefix(prefix)?.strip_prefix('.')?)))
}

/// The maximum edit distance of a misspelled name.
const SLIP: usize = 2;

/// An error of the right prefix. Models do not declare all of them, so only a misspelled name is reported.
fn spelling(prefix: &str, tail: &str, declared: impl Iterator<Item = &'static str> + Clone) -> Verdict {
    if declared.clone().any(|error| error == tail) {
        return Verdict::Possible;
    }
    match prose::closest_within(SLIP, tail, declared) {
        Some(near) if tail.len() > 4 * SLIP => Verdict::Misspelt {
            suggestion: format!("{prefix}.{near}"),
        },
        _ => Verdict::Possible,
    }
}

/// One of the service's errors as its own API names it: `ParameterNotFound`, without prefix.
fn bare(name: &str, own: &[&'static str], service: Option<sdk::Service>) -> Option<Verdict> {
    let prefix = own.first().filter(|_| !name.contains('.'))?;
    let stem = |error: &str| error.strip_suffix("Exception").unwrap_or(error).to_owned();
    let error = service?.errors().find(|error| stem(error) == stem(name))?;
    Some(Verdict::Misspelt {
        suggestion: format!("{prefix}.{error}"),
    })
}

/// An error of none of the prefixes `own`. `twins` are those that the service's other kind of integration
/// uses.
fn foreign<'a>(name: &str, own: &[&'static str], mut twins: impl Iterator<Item = &'a str>) -> Verdict {
    let impossible = Verdict::Impossible {
        prefixes: own.to_vec(),
    };
    let (Some((head, tail)), Some(first)) = (name.split_once('.'), own.first()) else {
        return impossible;
    };
    let alike =
        own.iter().any(|prefix| prefix.eq_ignore_ascii_case(head)) || twins.any(|prefix| prefix == head);
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
    use super::super::super::resource::classify;
    use super::super::LAMBDA_TRANSIENT;
    use super::*;

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
    fn an_error_as_the_api_names_it_lacks_its_prefix() {
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
    fn a_slip_of_the_pen_is_told_from_an_error_that_no_model_declares() {
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

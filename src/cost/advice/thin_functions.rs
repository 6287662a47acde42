//! Lambda functions whose names suggest that they only call a service that a Task can call directly.

use super::context::Context;
use super::item::Advice;
use crate::asl::{Kind, State};
use crate::aws::arn;
use crate::aws::integration::Meter;
use crate::aws::resource::{self, Pattern, Resource};
use crate::cost::services::{lambda_per_month, parameter};
use crate::document::Node;

/// Words for the action, words for the service, and the equivalent integration.
const TABLE: &[(&[&str], &[&str], &str)] = &[
    (&["publish", "send", "notify"], &["sns", "topic"], "sns:publish"),
    (
        &["send", "enqueue", "push", "write"],
        &["sqs", "queue"],
        "sqs:sendMessage",
    ),
    (
        &["put", "publish", "send", "emit"],
        &["eventbridge", "eventbus"],
        "events:putEvents",
    ),
    (
        &["put", "write", "save", "store"],
        &["dynamodb", "dynamo", "ddb"],
        "dynamodb:putItem",
    ),
    (
        &["get", "read", "load", "fetch"],
        &["dynamodb", "dynamo", "ddb"],
        "dynamodb:getItem",
    ),
    (&["update"], &["dynamodb", "dynamo", "ddb"], "dynamodb:updateItem"),
    (
        &["delete", "remove"],
        &["dynamodb", "dynamo", "ddb"],
        "dynamodb:deleteItem",
    ),
    (&["copy"], &["s3"], "aws-sdk:s3:copyObject"),
    (&["list"], &["s3"], "aws-sdk:s3:listObjectsV2"),
    (&["start", "run"], &["glue"], "glue:startJobRun"),
    (&["start", "run"], &["athena"], "athena:startQueryExecution"),
    (&["submit", "start", "run"], &["batch"], "batch:submitJob"),
    (&["start", "run"], &["ecs", "fargate"], "ecs:runTask"),
    (&["send"], &["email", "mail", "ses"], "aws-sdk:sesv2:sendEmail"),
    (
        &["get", "read", "fetch"],
        &["secret"],
        "aws-sdk:secretsmanager:getSecretValue",
    ),
    (
        &["start"],
        &["stepfunction", "statemachine", "sfn"],
        "states:startExecution",
    ),
];

/// A recommendation for each function that is named after an action and a service.
pub(super) fn find(cx: &Context<'_, '_>) -> Vec<Advice> {
    let mut advice = Vec::new();
    cx.machine.for_each_state(&mut |_, state| {
        let function = function_of(state).filter(|(name, _)| arn::is_known(name));
        let Some((function, meter, integration)) =
            function.and_then(|(name, meter)| Some((name, meter, equivalent(name)?)))
        else {
            return;
        };
        let Some(used) = cx.usage_of(state) else {
            return;
        };
        let n = cx.estimate.executions;
        let source = cx.estimate.usage.source;
        advice.push(Advice {
            id: "call-the-service",
            states: vec![state.name.as_str().to_owned()],
            saving: lambda_per_month(meter, state, used, source, cx.assumptions, cx.terms, n),
            text: format!(
                "the function `{function}` seems only to call {integration}; call the service directly from the Task"
            ),
        });
    });
    advice
}

/// The name of the Lambda function that a task calls without waiting for a token, and how it is billed.
fn function_of<'d>(state: &State<'d>) -> Option<(&'d str, Meter)> {
    let Kind::Task(task) = &state.kind else {
        return None;
    };
    let text = task.resource.and_then(Node::as_str)?;
    let resource = resource::classify(text);
    let meter = resource.meter()?;
    if !matches!(meter, Meter::LambdaInvocation { .. }) {
        return None;
    }
    if let Resource::LambdaFunction { name, .. } = resource {
        return Some((name.text, meter));
    }
    if resource.call()?.pattern != Pattern::RequestResponse {
        return None;
    }
    let name = parameter(state, "FunctionName")?.as_str()?;
    let name = match resource::classify(name) {
        Resource::LambdaFunction { name, .. } => name.text,
        _ => name,
    };
    Some((name, meter))
}

/// The integration that a function of this name seems to call.
fn equivalent(function: &str) -> Option<&'static str> {
    let words = words(function);
    let has_any = |any: &[&str]| any.iter().any(|w| words.iter().any(|word| word == w));
    TABLE
        .iter()
        .find(|(action, service, _)| has_any(action) && has_any(service))
        .map(|row| row.2)
}

/// The words of a name in lowercase: `sendSQSMessage-prod` has send, sqs, message, and prod. Adjacent words are also
/// included joined, so that `DynamoDB` and `StateMachine` are found.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let chars: Vec<char> = name.chars().collect();
    let mut starts_word = true;
    for (i, &c) in chars.iter().enumerate() {
        if !c.is_alphanumeric() {
            starts_word = true;
            continue;
        }
        let before = i.checked_sub(1).and_then(|i| chars.get(i));
        let after = chars.get(i + 1);
        let is_camel_boundary = c.is_uppercase()
            && (before.is_some_and(|b| b.is_lowercase() || b.is_numeric())
                || after.is_some_and(|a| a.is_lowercase()));
        match words.last_mut() {
            Some(word) if !starts_word && !is_camel_boundary => word.extend(c.to_lowercase()),
            _ => words.push(c.to_lowercase().collect()),
        }
        starts_word = false;
    }
    let joined: Vec<String> = words.windows(2).map(<[String]>::concat).collect();
    words.extend(joined);
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_names_into_words() {
        assert_eq!(
            words("sendSQSMessage-prod")[..4],
            ["send", "sqs", "message", "prod"]
        );
        assert!(words("DynamoDBPut").contains(&"dynamodb".to_owned()));
    }

    #[test]
    fn recognizes_names_of_an_action_and_a_service() {
        assert_eq!(equivalent("publish-to-sns"), Some("sns:publish"));
        assert_eq!(equivalent("SaveItemInDynamoDB"), Some("dynamodb:putItem"));
        assert_eq!(equivalent("charge-card"), None);
        assert_eq!(equivalent("sns-formatter"), None);
        assert_eq!(equivalent("resend"), None);
    }
}

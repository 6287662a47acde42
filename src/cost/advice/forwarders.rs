//! Lambda functions that, by their names, do what a task could do without them.

use super::case::Case;
use super::item::Advice;
use crate::asl::{Kind, State};
use crate::aws::arn;
use crate::aws::resource::{self, Resource};
use crate::cost::services::{lambda_per_month, parameter};
use crate::document::Node;

/// A word for the act, a word for the service, and the integration that does it.
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

/// Advice for each function whose name is no more than an act and a service.
pub(super) fn find(case: &Case<'_, '_>) -> Vec<Advice> {
    let mut advice = Vec::new();
    case.machine.for_each_state(&mut |_, state| {
        let known = function_of(state).filter(|name| arn::is_known(name));
        let Some((function, instead)) = known.and_then(|f| Some((f, instead_of(f)?))) else {
            return;
        };
        let Some(used) = case.used(state) else {
            return;
        };
        let n = case.estimate.executions;
        let source = case.estimate.usage.source;
        advice.push(Advice {
            id: "call-the-service",
            states: vec![state.name.as_str().to_owned()],
            saving: lambda_per_month(state, used, source, case.assumptions, case.terms, n),
            text: format!(
                "by its name, the function `{function}` only calls {instead}, which a Task can do itself"
            ),
        });
    });
    advice
}

/// The name of the Lambda function that a task calls, where it is written down.
fn function_of<'d>(state: &State<'d>) -> Option<&'d str> {
    let Kind::Task(task) = &state.kind else {
        return None;
    };
    let text = task.resource.and_then(Node::as_str)?;
    let resource = resource::classify(text);
    if let Resource::LambdaFunction { name, .. } = resource {
        return Some(name.text);
    }
    let call = resource.call()?;
    if (call.service.text, call.action.text) != ("lambda", "invoke") || call.suffix.is_some() {
        return None;
    }
    let name = parameter(state, "FunctionName")?.as_str()?;
    Some(match resource::classify(name) {
        Resource::LambdaFunction { name, .. } => name.text,
        _ => name,
    })
}

/// What to call instead of a function of this name.
fn instead_of(function: &str) -> Option<&'static str> {
    let words = words(function);
    let says = |any: &[&str]| any.iter().any(|w| words.iter().any(|word| word == w));
    TABLE
        .iter()
        .find(|(act, service, _)| says(act) && says(service))
        .map(|row| row.2)
}

/// The words of a name, lower case: `sendSQSMessage-prod` is send, sqs, message, prod. Neighbours are also joined, so
/// that `DynamoDB` and `StateMachine` are found.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let chars: Vec<char> = name.chars().collect();
    let mut begins = true;
    for (i, &c) in chars.iter().enumerate() {
        if !c.is_alphanumeric() {
            begins = true;
            continue;
        }
        let before = i.checked_sub(1).and_then(|i| chars.get(i));
        let after = chars.get(i + 1);
        let is_hump = c.is_uppercase()
            && (before.is_some_and(|b| b.is_lowercase() || b.is_numeric())
                || after.is_some_and(|a| a.is_lowercase()));
        match words.last_mut() {
            Some(word) if !begins && !is_hump => word.extend(c.to_lowercase()),
            _ => words.push(c.to_lowercase().collect()),
        }
        begins = false;
    }
    let joined: Vec<String> = words.windows(2).map(<[String]>::concat).collect();
    words.extend(joined);
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fall_into_words() {
        assert_eq!(
            words("sendSQSMessage-prod")[..4],
            ["send", "sqs", "message", "prod"]
        );
        assert!(words("DynamoDBPut").contains(&"dynamodb".to_owned()));
    }

    #[test]
    fn only_an_act_on_a_service_is_taken_for_forwarding() {
        assert_eq!(instead_of("publish-to-sns"), Some("sns:publish"));
        assert_eq!(instead_of("SaveItemInDynamoDB"), Some("dynamodb:putItem"));
        assert_eq!(instead_of("charge-card"), None);
        assert_eq!(instead_of("sns-formatter"), None);
        assert_eq!(instead_of("resend"), None);
    }
}

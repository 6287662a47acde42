//! Whether a role allows a call at run time.

use super::derive::needs_of_call;
use super::environment::Environment;
use super::role::{Decision, Role};
use crate::aws::error;
use crate::aws::iam::requirement::Necessity;
use crate::aws::resource::{self, Resource};
use crate::aws::sdk;
use crate::spec::error_name;
use crate::value::Value;

/// A permission that a call needs and the role does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Denial {
    /// The IAM action.
    pub action: String,
    /// The resource.
    pub resource: String,
    /// Whether a statement denies it.
    pub is_explicit: bool,
}

/// The first permission that a call needs and the role does not have; `None` if the role allows the call, or if that is
/// unknown. `resource` is the `Resource` of the task, and `arguments` are those of the call.
pub fn denial(role: &Role, resource: &str, arguments: &Value, environment: &Environment) -> Option<Denial> {
    let needs = needs_of_call(resource, arguments, environment)?;
    for need in needs.iter().filter(|need| need.necessity == Necessity::Required) {
        for resource in &need.resources {
            if let Decision::Denied { is_explicit } = role.decide(need, resource, environment) {
                return Some(Denial {
                    action: need.action.clone(),
                    resource: resource.clone(),
                    is_explicit,
                });
            }
        }
    }
    None
}

/// The error of a task without permission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DenialError {
    /// Its name.
    pub name: String,
    /// Its cause.
    pub cause: String,
    /// Whether AWS was recorded to fail with this name.
    pub is_recorded: bool,
}

impl Denial {
    /// The error with which a task with this `Resource` fails. Recorded for functions (public logs of executions) and for
    /// SDK integrations, whose errors outside the service model are the service's own class (`TestState`, September 2026).
    pub fn error(&self, resource: &str) -> DenialError {
        let Self {
            action,
            resource: arn,
            ..
        } = self;
        let reason = if self.is_explicit {
            "with an explicit deny in an identity-based policy".to_owned()
        } else {
            format!("because no identity-based policy allows the {action} action")
        };
        let cause = format!(
            "User: state machine role is not authorized to perform: {action} on resource: {arn} {reason}"
        );
        let (name, is_recorded) = match resource::classify(resource) {
            Resource::LambdaFunction { .. } => (error::LAMBDA_SERVICE_ERROR.to_owned(), true),
            Resource::Optimized { call, .. } if call.service.text == "lambda" => {
                (error::LAMBDA_SERVICE_ERROR.to_owned(), true)
            }
            Resource::Sdk { call } => match sdk::service(call.service.text) {
                Some(service) => (sdk_error(service), true),
                None => (error_name::PERMISSIONS.to_owned(), false),
            },
            _ => (error_name::PERMISSIONS.to_owned(), false),
        };
        DenialError {
            name,
            cause,
            is_recorded,
        }
    }
}

/// `AccessDeniedException` if the service model has it, otherwise the service's own class.
fn sdk_error(service: sdk::Service) -> String {
    const ACCESS_DENIED: &str = "AccessDeniedException";
    let prefix = service.error_prefix();
    if service.errors().any(|name| name == ACCESS_DENIED) {
        format!("{prefix}.{ACCESS_DENIED}")
    } else {
        format!("{prefix}.{prefix}Exception")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Syntax, read};
    use crate::source::SourceFile;
    use std::sync::Arc;

    #[test]
    fn calls_are_denied_by_what_the_role_lacks() {
        let policy = r#"{"Statement": [
            {"Effect": "Allow", "Action": "lambda:InvokeFunction", "Resource": "arn:aws:lambda:*:*:function:ok"},
            {"Effect": "Allow", "Action": "dynamodb:*", "Resource": "*"},
            {"Effect": "Deny", "Action": "dynamodb:DeleteItem", "Resource": "*"}
        ]}"#;
        let document = read(Arc::new(SourceFile::new("policy.json", policy)), Syntax::Json);
        let role = Role::of_file(&document.roots[0]).expect("a policy");
        let cases = [
            (
                "arn:aws:states:::lambda:invoke",
                r#"{"FunctionName": "ok"}"#,
                None,
            ),
            (
                "arn:aws:states:::lambda:invoke",
                r#"{"FunctionName": "other"}"#,
                Some("Lambda.AWSLambdaException"),
            ),
            ("arn:aws:states:::dynamodb:putItem", r#"{"TableName": "T"}"#, None),
            (
                "arn:aws:states:::dynamodb:deleteItem",
                r#"{"TableName": "T"}"#,
                Some("States.Permissions"),
            ),
            (
                "arn:aws:states:::aws-sdk:dynamodb:deleteItem",
                r#"{"TableName": "T"}"#,
                Some("DynamoDb.DynamoDbException"),
            ),
            (
                "arn:aws:states:::aws-sdk:eventbridge:putRule",
                r#"{"Name": "r"}"#,
                Some("EventBridge.AccessDeniedException"),
            ),
        ];
        for (resource, arguments, expected) in cases {
            let arguments = Value::parse(arguments).expect("valid");
            let denial = denial(&role, resource, &arguments, &Environment::unknown());
            let name = denial.map(|denial| denial.error(resource).name);
            assert_eq!(name.as_deref(), expected, "{resource}");
        }
    }
}

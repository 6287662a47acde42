//! Whether a role allows a call at run time.

use super::argument::Argument;
use super::derive::{assumption, needs_of_call};
use super::environment::Environment;
use super::required_permission::RequiredPermission;
use super::role::{Decision, DenialReason, Role};
use crate::aws::error;
use crate::aws::iam::requirement::Necessity;
use crate::aws::resource::{self, Resource};
use crate::aws::sdk;
use crate::spec::error_name;
use crate::value::Value;
use std::borrow::Cow;

/// Decides which calls of a state machine its role allows.
#[derive(Debug)]
pub struct Authorizer {
    role: Role,
    environment: Environment,
    /// The environment in which the name of each resource of the template may be any text.
    open: Environment,
    /// The placeholders of substitutions in the definition, with their values.
    values: Vec<(String, String)>,
}

/// A call at run time.
#[derive(Debug, Clone, Copy)]
pub struct Call<'a> {
    /// The `Resource` of the task.
    pub resource: &'a str,
    /// The arguments of the call.
    pub arguments: &'a Value,
    /// The role in the `Credentials` of the task.
    pub role: Option<&'a str>,
}

/// The error of a task without permission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Denial {
    /// Its name.
    pub name: String,
    /// Its cause.
    pub cause: String,
    /// Whether AWS was recorded to fail with this name.
    pub is_recorded: bool,
}

impl Authorizer {
    /// An authorizer for a machine in this place. `values` are the values that the substitutions of the definition were given
    /// for the run: in the template, and therefore in its role, they are other strings.
    pub fn new(role: Role, environment: Environment, values: Vec<(String, String)>) -> Self {
        let values = values
            .into_iter()
            .filter(|(name, value)| !value.is_empty() && environment.substitutions.contains_key(name))
            .map(|(name, value)| (value, format!("${{{name}}}")));
        Self {
            role,
            open: environment.with_open_names(),
            values: values.collect(),
            environment,
        }
    }

    /// The error of a call for which the role lacks a permission; `None` if the role allows the call, or if that is unknown.
    pub fn denial(&self, call: Call<'_>) -> Option<Denial> {
        let resource = self.as_written(call.resource);
        let needs = match call.role {
            Some(role) => vec![assumption(
                vec![self.as_written(role).into_owned()],
                &self.environment,
            )],
            None => {
                let mut arguments = Argument::from_value(call.arguments);
                if !self.values.is_empty() {
                    arguments.map_texts(&|text| self.as_written(text).into_owned());
                }
                needs_of_call(&resource, &arguments, &self.environment)?
            }
        };
        for need in needs.iter().filter(|need| need.necessity == Necessity::Required) {
            for arn in &need.resources {
                if let Decision::Denied(reason) = self.decide(need, arn) {
                    let service = call.role.is_none().then(|| resource::classify(&resource));
                    return Some(denied(need, arn, reason, service));
                }
            }
        }
        None
    }

    /// A string that was read at run time may be the name of a resource of the template, which is unknown before deployment.
    fn decide(&self, need: &RequiredPermission, resource: &str) -> Decision {
        let is_reference = self.environment.names.has_own(resource);
        let environment = if is_reference {
            &self.environment
        } else {
            &self.open
        };
        self.role.decide(need, resource, environment)
    }

    /// A string with the value of a substitution, or the ARN that begins with it, as the definition has it.
    fn as_written<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let found = self.values.iter().find_map(|(value, placeholder)| {
            let rest = text.strip_prefix(value.as_str())?;
            let is_it = rest.is_empty() || (value.starts_with("arn:") && rest.starts_with([':', '/']));
            is_it.then(|| format!("{placeholder}{rest}"))
        });
        found.map_or(Cow::Borrowed(text), Cow::Owned)
    }
}

/// The error of a task that lacks a permission. Recorded for functions (public logs of executions) and for SDK integrations,
/// whose errors outside the service model are the service's own class (`TestState`, September 2026).
fn denied(
    need: &RequiredPermission,
    arn: &str,
    reason: DenialReason,
    service: Option<Resource<'_>>,
) -> Denial {
    let action = &need.action;
    let reason = match reason {
        DenialReason::Statement => "with an explicit deny in an identity-based policy".to_owned(),
        DenialReason::NotAllowed => format!("because no identity-based policy allows the {action} action"),
        DenialReason::Boundary => format!("because no permissions boundary allows the {action} action"),
    };
    let recorded = match service {
        Some(Resource::LambdaFunction { .. }) => Some(error::LAMBDA_SERVICE_ERROR.to_owned()),
        Some(Resource::Optimized { call, .. }) if call.service.text == "lambda" => {
            Some(error::LAMBDA_SERVICE_ERROR.to_owned())
        }
        Some(Resource::Sdk { call }) => sdk::service(call.service.text).map(sdk_error),
        _ => None,
    };
    Denial {
        is_recorded: recorded.is_some(),
        name: recorded.unwrap_or_else(|| error_name::PERMISSIONS.to_owned()),
        cause: format!(
            "User: state machine role is not authorized to perform: {action} on resource: {arn} {reason}"
        ),
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
    fn denies_calls_without_a_permission() {
        let policy = r#"{"Statement": [
            {"Effect": "Allow", "Action": "lambda:InvokeFunction", "Resource": "arn:aws:lambda:*:*:function:ok"},
            {"Effect": "Allow", "Action": "dynamodb:*", "Resource": "*"},
            {"Effect": "Deny", "Action": "dynamodb:DeleteItem", "Resource": "*"}
        ]}"#;
        let document = read(Arc::new(SourceFile::new("policy.json", policy)), Syntax::Json);
        let role = Role::from_file(&document.roots[0]).expect("a policy");
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
            let authorizer = Authorizer::new(role.clone(), Environment::unknown(), Vec::new());
            let denial = authorizer.denial(Call {
                resource,
                arguments: &arguments,
                role: None,
            });
            let name = denial.map(|denial| denial.name);
            assert_eq!(name.as_deref(), expected, "{resource}");
        }
    }

    #[test]
    fn calls_with_credentials_require_assuming_the_role() {
        let policy = r#"{"Statement": {"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "arn:aws:iam::1:role/a"}}"#;
        let document = read(Arc::new(SourceFile::new("policy.json", policy)), Syntax::Json);
        let role = Role::from_file(&document.roots[0]).expect("a policy");
        let authorizer = Authorizer::new(role, Environment::unknown(), Vec::new());
        for (assumed, expected) in [("arn:aws:iam::1:role/a", false), ("arn:aws:iam::1:role/b", true)] {
            let denial = authorizer.denial(Call {
                resource: "arn:aws:states:::aws-sdk:dynamodb:getItem",
                arguments: &Value::parse(r#"{"TableName": "T"}"#).expect("valid"),
                role: Some(assumed),
            });
            assert_eq!(denial.is_some(), expected, "{assumed}");
            assert!(denial.is_none_or(|denial| !denial.is_recorded));
        }
    }

    #[test]
    fn the_values_of_substitutions_are_the_references_of_the_template() {
        let mut environment = Environment::unknown();
        environment
            .substitutions
            .insert("Fn".to_owned(), "arn:aws:lambda:*:*:function:real".to_owned());
        let policy = r#"{"Statement": {"Effect": "Allow", "Action": "lambda:InvokeFunction",
            "Resource": ["arn:aws:lambda:*:*:function:real", "arn:aws:lambda:*:*:function:real:*"]}}"#;
        let document = read(Arc::new(SourceFile::new("policy.json", policy)), Syntax::Json);
        let role = Role::from_file(&document.roots[0]).expect("a policy");
        let values = vec![(
            "Fn".to_owned(),
            "arn:aws:lambda:eu-west-1:1:function:test".to_owned(),
        )];
        let authorizer = Authorizer::new(role, environment, values);
        for (function, expected) in [("test", false), ("test:live", false), ("other", true)] {
            let arn = format!("arn:aws:lambda:eu-west-1:1:function:{function}");
            let arguments = Value::parse(&format!("{{\"FunctionName\": \"{arn}\"}}")).expect("valid");
            let denial = authorizer.denial(Call {
                resource: "arn:aws:states:::lambda:invoke",
                arguments: &arguments,
                role: None,
            });
            assert_eq!(denial.is_some(), expected, "{function}");
        }
    }
}

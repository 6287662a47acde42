//! What an HTTP Task needs. Source: Step Functions developer guide, call-https-apis.

use crate::aws::iam::requirement::{Necessity, Purpose};
use crate::iam::argument::Argument;
use crate::iam::environment::Environment;
use crate::iam::required_permission::{Condition, RequiredPermission};
use crate::iam::target::{Filler, Resources};
use std::borrow::Cow;

pub(super) fn needs(arguments: &Argument<'_>, environment: &Environment) -> Vec<RequiredPermission> {
    let filler = Filler {
        environment,
        arguments,
    };
    let mut conditions = Vec::new();
    let mut condition = |operator: &'static str, key: &'static str, value: Option<Cow<'_, str>>| {
        if let Some(value) = value.filter(|value| value != "*") {
            conditions.push(Condition {
                operator,
                key,
                value: Cow::Owned(value.into_owned()),
            });
        }
    };
    condition("StringEquals", "states:HTTPMethod", filler.one_of("Method"));
    condition("StringLike", "states:HTTPEndpoint", filler.one_of("ApiEndpoint"));
    let mut needs = vec![RequiredPermission {
        conditions,
        is_published_on_all: true,
        ..RequiredPermission::new(
            "states:InvokeHTTPEndpoint",
            Resources::new(vec![environment.machine_arn()]),
            Purpose::InvokeHttp,
            Necessity::Required,
            "Http",
        )
    }];
    let mut connections = filler.values_at("InvocationConfig.ConnectionArn");
    if connections.is_absent() {
        connections = filler.values_at("Authentication.ConnectionArn");
    }
    let (arns, secrets) = if connections.is_dynamic || connections.is_absent() {
        (
            Resources::dynamic(vec![environment.arn("events:~:connection/*")]),
            Resources::dynamic(vec![
                environment.arn("secretsmanager:~:secret:events!connection/*"),
            ]),
        )
    } else {
        let secret = |connection: &Cow<'_, str>| secret_of(connection, environment);
        let secrets = connections.known.iter().map(secret).collect();
        (
            Resources::new(connections.known.into_iter().map(Cow::into_owned).collect()),
            Resources::new(secrets),
        )
    };
    needs.push(RequiredPermission::new(
        "events:RetrieveConnectionCredentials",
        arns,
        Purpose::UseConnection,
        Necessity::Required,
        "Events",
    ));
    for action in ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"] {
        needs.push(RequiredPermission {
            is_published_on_all: true,
            ..RequiredPermission::new(
                action,
                secrets.clone(),
                Purpose::UseConnection,
                Necessity::Required,
                "Secretsmanager",
            )
        });
    }
    needs
}

/// The secret of a connection: `events!connection/name/…`.
fn secret_of(connection: &str, environment: &Environment) -> String {
    let name = connection
        .split_once(":connection/")
        .and_then(|(_, rest)| rest.split('/').next());
    match name {
        Some(name) => environment.arn_of("secretsmanager:~:secret:events!connection/", &[name, "/*"]),
        None => environment.arn("secretsmanager:~:secret:events!connection/*"),
    }
}

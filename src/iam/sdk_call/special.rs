//! Calls whose resources do not follow from the names of parameters.

use super::partiql;
use super::permission::{Permission, call};
use crate::aws::iam::requirement::{Purpose, Target};
use crate::aws::iam::{RequiredActions, actions_of, route};
use crate::iam::argument::Argument;
use crate::iam::s3_uri;
use crate::iam::target::{Filler, Resources};
use std::borrow::Cow;

/// What such a call needs; `None` for every other call.
pub(super) fn permissions(service: &str, action: &str, filler: &Filler<'_>) -> Option<Vec<Permission>> {
    Some(match (service, action) {
        ("s3", "copyObject" | "uploadPartCopy") => copy(filler),
        ("s3", "deleteObjects") => deletions(filler),
        ("apigatewaymanagementapi", "postToConnection" | "getConnection" | "deleteConnection") => {
            connection(action, filler)
        }
        ("dynamodb", "executeStatement") => statements(filler, std::slice::from_ref(filler.arguments)),
        ("dynamodb", "batchExecuteStatement") => statements(filler, items(filler, "Statements")),
        ("dynamodb", "executeTransaction") => statements(filler, items(filler, "TransactStatements")),
        ("dynamodb", "batchGetItem") => batch(filler, "dynamodb:BatchGetItem"),
        ("dynamodb", "batchWriteItem") => batch(filler, "dynamodb:BatchWriteItem"),
        ("dynamodb", "transactGetItems" | "transactWriteItems") => transaction(action, filler),
        ("scheduler", "createSchedule" | "updateSchedule" | "deleteSchedule" | "getSchedule") => {
            return schedule(action, filler);
        }
        ("bedrockruntime", _) => model(service, action, filler)?,
        ("apigateway" | "apigatewayv2", _) => {
            let route = route(service, action)?;
            let path = path(route.path, filler);
            let resources = Resources {
                is_dynamic: path.contains('*'),
                ..Resources::new(vec![filler.environment.arn_of("apigateway:{R}::", &[&path])])
            };
            vec![call(format!("apigateway:{}", route.method), resources)]
        }
        _ => return None,
    })
}

fn items<'a>(filler: &Filler<'a>, name: &str) -> &'a [Argument<'a>] {
    filler.arguments.at(name).unwrap_or(&Argument::Dynamic).items()
}

/// Copying reads the source and writes the target.
fn copy(filler: &Filler<'_>) -> Vec<Permission> {
    let sources = filler.values_at("CopySource");
    let partition = &filler.environment.partition;
    let source = if sources.is_dynamic || sources.is_absent() {
        Resources::dynamic(vec![filler.environment.arn("s3:::*/*")])
    } else {
        let arns = sources.known.iter().filter_map(|source| {
            let source = source.split('?').next().unwrap_or_default();
            let (bucket, key) = s3_uri::parts(source)?;
            Some(s3_uri::object_arn(partition, bucket, key))
        });
        Resources::new(arns.collect())
    };
    vec![
        call("s3:GetObject", source),
        call("s3:PutObject", filler.format("s3:::{Bucket}/{Key}")),
    ]
}

/// Each object of a list is deleted.
fn deletions(filler: &Filler<'_>) -> Vec<Permission> {
    let objects = filler.arguments.at("Delete.Objects");
    let known = objects.filter(|objects| !matches!(objects, Argument::Dynamic));
    let keys: Vec<Argument<'_>> = known
        .map_or(&[][..], Argument::items)
        .iter()
        .map(|object| object.get("Key").cloned().unwrap_or(Argument::Dynamic))
        .collect();
    let object = Argument::Map(vec![
        (
            Cow::Borrowed("Bucket"),
            filler
                .arguments
                .get("Bucket")
                .cloned()
                .unwrap_or(Argument::Dynamic),
        ),
        (Cow::Borrowed("Key"), Argument::List(keys)),
    ]);
    let inner = Filler {
        arguments: &object,
        ..*filler
    };
    vec![call("s3:DeleteObject", inner.format("s3:::{Bucket}/{Key}"))]
}

/// A connection of a WebSocket API, whose endpoint has the API and the stage.
fn connection(action: &str, filler: &Filler<'_>) -> Vec<Permission> {
    let method = match action {
        "postToConnection" => "POST",
        "getConnection" => "GET",
        _ => "DELETE",
    };
    let endpoint = filler.one_of("ApiEndpoint").unwrap_or_default();
    let (host, stage) = endpoint
        .strip_prefix("https://")
        .and_then(|rest| rest.split_once('/'))
        .unwrap_or(("*", "*"));
    let api = host
        .split('.')
        .next()
        .filter(|_| host.contains(".execute-api."))
        .unwrap_or("*");
    let stage = stage.trim_end_matches('/');
    let arn = filler.environment.arn_of(
        "execute-api:~:",
        &[api, "/", stage, "/", method, "/@connections/*"],
    );
    vec![call(
        "execute-api:ManageConnections",
        Resources {
            is_dynamic: api == "*",
            ..Resources::new(vec![arn])
        },
    )]
}

/// Statements of `PartiQL`, each granted by its own action on its table.
fn statements(filler: &Filler<'_>, statements: &[Argument<'_>]) -> Vec<Permission> {
    let mut permissions = Vec::new();
    for statement in statements {
        let inner = Filler {
            arguments: statement,
            ..*filler
        };
        let text = inner.one_of("Statement").unwrap_or(Cow::Borrowed("*"));
        let Some((action, table, index)) = partiql::action_and_table(&text) else {
            // The statement is unknown: any action, on any table.
            if let RequiredActions::Actions(names) = actions_of("dynamodb", "executeStatement") {
                let any = || Resources::dynamic(vec![filler.environment.arn("dynamodb:~:table/*")]);
                permissions.extend(names.into_iter().map(|name| call(name, any())));
            }
            continue;
        };
        let table = table.unwrap_or_else(|| "*".to_owned());
        let index = index.map_or_else(String::new, |index| format!("/index/{index}"));
        let arn = filler.environment.arn_of("dynamodb:~:table/", &[&table, &index]);
        permissions.push(call(action, Resources::new(vec![arn])));
    }
    permissions
}

/// `RequestItems` has the tables as keys.
fn batch(filler: &Filler<'_>, action: &'static str) -> Vec<Permission> {
    let tables = filler.arguments.at("RequestItems").unwrap_or(&Argument::Dynamic);
    let names = tables.members().iter().map(|(table, _)| table.as_ref());
    vec![call(action, tables_named(filler, names.collect()))]
}

fn tables_named(filler: &Filler<'_>, names: Vec<&str>) -> Resources {
    if names.is_empty() {
        return Resources::dynamic(vec![filler.environment.arn("dynamodb:~:table/*")]);
    }
    let object = Argument::Map(vec![(
        Cow::Borrowed("TableName"),
        Argument::List(
            names
                .into_iter()
                .map(|name| Argument::Text(name.into()))
                .collect(),
        ),
    )]);
    let inner = Filler {
        arguments: &object,
        ..*filler
    };
    inner.format("dynamodb:~:table/{TableName}")
}

/// The parts of a transaction, each granted by the action of its own call.
fn transaction(action: &str, filler: &Filler<'_>) -> Vec<Permission> {
    const PARTS: [(&str, &str); 5] = [
        ("Get", "dynamodb:GetItem"),
        ("Put", "dynamodb:PutItem"),
        ("Update", "dynamodb:UpdateItem"),
        ("Delete", "dynamodb:DeleteItem"),
        ("ConditionCheck", "dynamodb:ConditionCheckItem"),
    ];
    let mut permissions = Vec::new();
    for item in items(filler, "TransactItems") {
        if *item == Argument::Dynamic {
            if let RequiredActions::Actions(names) = actions_of("dynamodb", action) {
                permissions.extend(
                    names
                        .into_iter()
                        .map(|name| call(name, tables_named(filler, Vec::new()))),
                );
            }
            continue;
        }
        for (part, name) in PARTS {
            if let Some(arguments) = item.get(part) {
                let inner = Filler { arguments, ..*filler };
                permissions.push(call(name, inner.format("dynamodb:~:table/{TableName}")));
            }
        }
    }
    permissions
}

fn schedule(action: &str, filler: &Filler<'_>) -> Option<Vec<Permission>> {
    let RequiredActions::Actions(names) = actions_of("scheduler", action) else {
        return None;
    };
    let resources = filler.format("scheduler:~:schedule/{GroupName=default}/{Name}");
    let mut permissions: Vec<Permission> = names
        .into_iter()
        .map(|name| call(name, resources.clone()))
        .collect();
    if matches!(action, "createSchedule" | "updateSchedule") {
        permissions.extend(filler.role("Target.RoleArn").map(|resources| Permission {
            action: "iam:PassRole".into(),
            resources,
            purpose: Purpose::PassRole,
        }));
    }
    Some(permissions)
}

/// Calls of a model.
fn model(service: &str, action: &str, filler: &Filler<'_>) -> Option<Vec<Permission>> {
    let RequiredActions::Actions(names) = actions_of(service, action) else {
        return None;
    };
    filler.arguments.at("ModelId")?;
    let resources = filler.resources(Target::Model("ModelId"))?;
    Some(
        names
            .into_iter()
            .map(|name| call(name, resources.clone()))
            .collect(),
    )
}

/// The path of a route with its parameters: `/restapis/{restapi_id}`.
fn path(route: &str, filler: &Filler<'_>) -> String {
    let mut path = String::with_capacity(route.len());
    let mut rest = route;
    while let Some((literal, after)) = rest.split_once('{') {
        path.push_str(literal);
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        let name = name.trim_end_matches('+').replace('_', "");
        path.push_str(&filler.one_of(&name).unwrap_or(Cow::Borrowed("*")));
        rest = after;
    }
    path.push_str(rest.split('?').next().unwrap_or_default());
    path
}

//! Processing of the arguments of an integration by Step Functions itself, before the service is called.

use crate::aws::integration::http::is_forbidden_header;
use crate::expr::EvalError;
use crate::history::TaskResource;
use crate::prose;
use crate::simulate::plan::Task;
use crate::value::Value;

/// Fields of integrations that are objects of arrays: `{"Accept": ["text/plain"]}`.
const LISTS: [(&str, &str, &str); 4] = [
    ("apigateway", "invoke", "Headers"),
    ("apigateway", "invoke", "QueryParameters"),
    ("apigateway", "invoke.waitForTaskToken", "Headers"),
    ("apigateway", "invoke.waitForTaskToken", "QueryParameters"),
];

/// The value of `StartedBy` in calls of ECS.
const STARTED_BY: &str = "AWS Step Functions";

/// The arguments as sent to the service; fails if the integration cannot be started with them.
pub(super) fn prepare(task: &Task, mut arguments: Value) -> Result<Value, EvalError> {
    let TaskResource::Service {
        resource_type,
        resource,
    } = &*task.resource
    else {
        return Ok(arguments);
    };
    if &**resource_type == "ecs"
        && resource.starts_with("runTask")
        && let Some(members) = arguments.as_object_mut()
    {
        members.get_or_insert("StartedBy".into(), || Value::from(STARTED_BY));
    }
    let mut bad: Vec<String> = LISTS
        .iter()
        .filter(|(service, action, _)| **service == **resource_type && **action == **resource)
        .filter(|(_, _, field)| {
            arguments
                .get(field)
                .is_some_and(|value| !is_object_of_lists(value))
        })
        .map(|(_, _, field)| format!("The value of the field '{field}' has an invalid format"))
        .collect();
    if &**resource_type == "http" {
        bad.extend(forbidden_headers(&arguments));
    }
    if bad.is_empty() {
        return Ok(arguments);
    }
    Err(EvalError::runtime(format!(
        "The Parameters '{arguments}' could not be used to start the Task: [{}]",
        prose::list(&bad)
    )))
}

/// A message for each header that an HTTP Task must not send.
fn forbidden_headers(arguments: &Value) -> impl Iterator<Item = String> + '_ {
    let headers = arguments.get("Headers").and_then(Value::as_object);
    let names = headers.into_iter().flat_map(|headers| headers.iter());
    names
        .filter(|(name, _)| is_forbidden_header(name))
        .map(|(name, _)| format!("The header '{name}' is not allowed"))
}

fn is_object_of_lists(value: &Value) -> bool {
    value
        .as_object()
        .is_some_and(|members| members.values().all(|member| member.as_array().is_some()))
}

//! Validation of `TestState` requests. The messages are AWS's, as recorded, except those for a task that needs a mock
//! and a context without a mock.

use super::rejection::Rejection;
use super::request::{Mock, Request};
use super::shape::{self, ValidationMode};
use crate::history::ErrorData;
use crate::simulate::plan::{Pattern, State, StateKind, Task};
use crate::spec::quota;
use crate::value::Value;
use std::rc::Rc;

/// Checks the lengths of the parts of a request, which AWS does before anything else.
pub(super) fn lengths(request: &Request) -> Result<(), Rejection> {
    let characters = |text: &Option<String>| text.as_ref().map(|text| text.chars().count());
    let mock = request.mock.as_ref();
    let error = mock.and_then(|mock| mock.error.as_ref());
    let said = |part: fn(&ErrorData) -> &Option<Rc<str>>| {
        error
            .and_then(|data| part(data).as_ref())
            .map(|text| text.chars().count())
    };
    let input = request.input.as_ref().and_then(|input| input.json_len().ok());
    let parts = [
        (
            "definition",
            Some(request.definition.len()),
            quota::DEFINITION_BYTES,
        ),
        (
            "stateName",
            characters(&request.state_name),
            quota::STATE_NAME_CHARACTERS,
        ),
        ("roleArn", characters(&request.role_arn), quota::ARN_CHARACTERS),
        ("input", input, quota::PAYLOAD_BYTES),
        (
            "mock.errorOutput.error",
            said(|data| &data.error),
            quota::ERROR_CHARACTERS,
        ),
        (
            "mock.errorOutput.cause",
            said(|data| &data.cause),
            quota::CAUSE_CHARACTERS,
        ),
        (
            "stateConfiguration.errorCausedByState",
            characters(&request.error_caused_by),
            quota::STATE_NAME_CHARACTERS,
        ),
    ];
    let found: Vec<String> = parts
        .into_iter()
        .filter(|(_, length, most)| length.is_some_and(|length| length > *most))
        .map(|(place, _, most)| {
            format!(
                "Value at '{place}' failed to satisfy constraint: Member must have length less than or equal to {most}"
            )
        })
        .collect();
    let s = if found.len() == 1 { "" } else { "s" };
    match found.len() {
        0 => Ok(()),
        n => Err(Rejection::validation(format!(
            "{n} validation error{s} detected: {}",
            found.join("; ")
        ))),
    }
}

/// Checks a request against the state, and returns the mocked result.
pub(super) fn request(
    request: &Request,
    state: &State,
    warnings: &mut Vec<String>,
) -> Result<Option<Value>, Rejection> {
    let is_composite = matches!(state.kind, StateKind::Map(_) | StateKind::Parallel(_));
    if request.failure_count.is_some() && request.mock.is_none() {
        return Err(Rejection::validation(
            "TestState does not support MapIterationFailureCount when a mock is not specified.",
        ));
    }
    let result = match &request.mock {
        Some(mock) => {
            if !is_composite && state.task().is_none() {
                return Err(Rejection::validation(format!(
                    "State type '{}' is not supported when a mock is specified",
                    state.state_type.as_str()
                )));
            }
            if request.reveals_secrets {
                return Err(Rejection::validation(
                    "TestState does not support RevealSecrets when a mock is specified.",
                ));
            }
            mocked(mock, state, warnings)?
        }
        None if is_composite => {
            return Err(Rejection::definition(
                "TestState API does not support Map or Parallel states. Supported state types include: [Task, Wait, \
                 Pass, Succeed, Fail, Choice]",
            ));
        }
        None => {
            if let Some(task) = state.task() {
                unmocked(task)?;
                if request.needs_role && request.role_arn.is_none() {
                    return Err(Rejection::validation(
                        "RoleArn must be specified when testing a Task state",
                    ));
                }
            }
            None
        }
    };
    if request.context.is_some() && request.mock.is_none() {
        return Err(Rejection::validation(
            "TestState does not support Context when a mock is not specified.",
        ));
    }
    if let Some(context) = &request.context {
        self::context(context, state)?;
    }
    Ok(result)
}

/// Checks the failure count, for which the number of items of a Map must be known.
pub(super) fn failure_count(request: &Request, items: Option<u32>) -> Result<(), Rejection> {
    match (request.failure_count, items) {
        (Some(failed), Some(items)) if failed > items => Err(Rejection::validation(
            "Map iteration failure count must be less than or equal to the number of Map iterations",
        )),
        _ => Ok(()),
    }
}

/// Without a mock, `TestState` supports only the request-response pattern.
fn unmocked(task: &Task) -> Result<(), Rejection> {
    let what = match task.pattern {
        Pattern::RequestResponse => return Ok(()),
        Pattern::Sync => "the .sync integration pattern",
        Pattern::Token => "the .waitForTaskToken integration pattern",
        Pattern::Activity => "Activity tasks",
    };
    Err(Rejection::definition(format!(
        "TestState API does not support {what} when a mock is not specified: `{}`",
        task.arn
    )))
}

fn mocked(mock: &Mock, state: &State, warnings: &mut Vec<String>) -> Result<Option<Value>, Rejection> {
    if mock.result.is_some() == mock.error.is_some() {
        return Err(Rejection::validation(
            "A test mock should have only one of the following fields: [result, errorOutput].",
        ));
    }
    let Some(text) = &mock.result else { return Ok(None) };
    let result = Value::parse(text).map_err(|_| Rejection::validation("Mocked result must be valid JSON"))?;
    let is_array = matches!(result, Value::Array(_));
    match &state.kind {
        StateKind::Map(map) => {
            let is_written = map.distributed.as_ref().is_some_and(|d| d.writer.is_some());
            if is_written && !matches!(result, Value::Object(_)) {
                return Err(Rejection::validation("Mocked result must be a JSON object."));
            }
            if !is_written && !is_array {
                return Err(Rejection::validation("Mocked result must be an array."));
            }
        }
        StateKind::Parallel(_) if !is_array => {
            return Err(Rejection::validation("Mocked result must be an array."));
        }
        StateKind::Parallel(branches) => {
            let results = result.as_array().map_or(0, <[Value]>::len);
            if results != branches.len() {
                return Err(Rejection::validation(
                    "Mocked result must contain the same number of items as number of Parallel branches.",
                ));
            }
        }
        StateKind::Task(task) if mock.mode != ValidationMode::None && task.pattern != Pattern::Token => {
            match shape::expected(&task.arn) {
                Some(expected) => {
                    if let Some(fault) = expected.fault(&result, mock.mode) {
                        return Err(Rejection::validation(fault));
                    }
                }
                None => warnings.push(format!(
                    "the result type of `{}` is unknown; the mock is not checked",
                    task.arn
                )),
            }
        }
        _ => {}
    }
    Ok(Some(result))
}

/// The fields of a context object that a request can contain.
const CONTEXT: [(&str, &[&str]); 4] = [
    (
        "Execution",
        &[
            "Id",
            "Input",
            "Name",
            "RoleArn",
            "StartTime",
            "RedriveCount",
            "RedriveTime",
        ],
    ),
    ("StateMachine", &["Id", "Name"]),
    ("State", &["EnteredTime", "Name", "RetryCount"]),
    ("Task", &["Token"]),
];

fn context(context: &Value, state: &State) -> Result<(), Rejection> {
    let reject = |words: &str| Rejection::validation(format!("Invalid Context object provided: {words}"));
    let Value::Object(parts) = context else {
        return Err(reject("it must be a JSON object"));
    };
    for (part, fields) in parts.iter() {
        if &**part == "Map" {
            return Err(reject(
                "'Map' field is not supported when mocking a Context object",
            ));
        }
        let has_token = state
            .task()
            .is_some_and(|task| matches!(task.pattern, Pattern::Sync | Pattern::Token));
        if &**part == "Task" && !has_token {
            return Err(reject(
                "Context object contains 'Task' when state is not a Task state with a '.sync' or '.waitForTaskToken' \
                 service integration pattern",
            ));
        }
        let Some((_, known)) = CONTEXT.iter().find(|(name, _)| *name == &**part) else {
            return Err(reject(&format!("Field '{part}' is not allowed")));
        };
        let Value::Object(fields) = fields else {
            return Err(reject(&format!("{part} must be an object")));
        };
        for (name, value) in fields.iter() {
            if !known.contains(&&**name) {
                return Err(reject(&format!("Field '{name}' is not allowed")));
            }
            match (&**name, value) {
                ("Input", _) | ("RetryCount" | "RedriveCount", Value::Number(_)) => {}
                ("RetryCount" | "RedriveCount", _) => {
                    return Err(reject(&format!("{part}.{name} must be a number")));
                }
                (_, Value::String(_)) => {}
                _ => return Err(reject(&format!("{part}.{name} must be a string"))),
            }
        }
    }
    Ok(())
}

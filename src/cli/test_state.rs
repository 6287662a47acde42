//! `asl test-state`: run one state alone, as AWS's `TestState` API does.

mod check;
mod flags;
mod request;

use super::input;
use super::{CliError, Exit};
use crate::asl::lower;
use crate::diagnostic::Severity;
use crate::document::{self, Syntax};
use crate::history::Time;
use crate::lint::{self, Settings};
use crate::render::test_state::{Seen, response};
use crate::simulate::mocks::DEFAULT_START;
use crate::simulate::test_state::TestStatus;
use crate::simulate::{self, Options, Plan, TestStateOptions};
use crate::source::SourceFile;
use crate::spec::WorkflowType;
use crate::spelling;
use crate::value::{Object, Value};
pub use flags::Args;
use request::Request;
use std::io::{self, Write};
use std::rc::Rc;
use std::sync::Arc;

/// What a state is called that comes without a machine.
const LONE_STATE: &str = "StateName";

/// Why `TestState` would not run a state.
#[derive(Debug)]
struct Refusal {
    error: &'static str,
    message: String,
}

impl Refusal {
    fn validation(message: impl Into<String>) -> Self {
        Self {
            error: "ValidationException",
            message: message.into(),
        }
    }

    fn definition(message: impl Into<String>) -> Self {
        Self {
            error: "InvalidDefinition",
            message: message.into(),
        }
    }
}

/// Runs `asl test-state`.
pub fn run(args: &Args) -> Result<Exit, CliError> {
    let request = match &args.request {
        Some(path) => {
            let source = input::one(path, None)?.read()?;
            let value = Value::parse(source.text()).map_err(|e| not_json(&source, e.offset, &e))?;
            Request::read(&value)?
        }
        None => args.request()?,
    };
    let (answer, exit) = match test(&request)? {
        Ok((answer, TestStatus::Succeeded)) => (answer, Exit::Success),
        Ok((answer, _)) => (answer, Exit::Findings),
        Err(refusal) => {
            let answer: Object = [
                ("error".into(), Value::from(refusal.error)),
                ("message".into(), Value::from(refusal.message)),
            ]
            .into_iter()
            .collect();
            (Value::object(answer), Exit::Findings)
        }
    };
    let mut out = io::stdout().lock();
    writeln!(out, "{}", answer.to_json_pretty())?;
    Ok(exit)
}

/// Runs the state; the inner error is what AWS would refuse.
fn test(request: &Request) -> Result<Result<(Value, TestStatus), Refusal>, CliError> {
    if let Err(refusal) = check::lengths(request) {
        return Ok(Err(refusal));
    }
    let is_lone = request.state_name.is_none();
    let text = if is_lone {
        match machine_around(&request.definition) {
            Some(text) => text,
            None => {
                return Ok(Err(Refusal::definition(
                    "Invalid State Machine Definition: 'INVALID_JSON_DESCRIPTION: Definition must be a valid JSON object'",
                )));
            }
        }
    } else {
        request.definition.clone()
    };
    let document = document::read(Arc::new(SourceFile::new("definition", text)), Syntax::Json);
    if let Some(words) = refused(&document, is_lone) {
        return Ok(Err(Refusal::definition(words)));
    }
    let Some(node) = document.roots.first() else {
        return Ok(Err(Refusal::definition("Definition must be a valid JSON object")));
    };
    let machine = lower::machine(node);
    let plan = Rc::new(Plan::new(&machine));
    let name = request.state_name.as_deref().unwrap_or(LONE_STATE);
    let Some(state) = plan.find(name) else {
        if let Some(close) = spelling::closest(name, plan.states.iter().map(|s| &*s.name)) {
            super::exit::warn(&format!("there is no state `{name}`: did you mean `{close}`?"));
        }
        return Ok(Err(Refusal::validation("State not found in definition")));
    };
    let step = plan.state(state);
    let result = match check::request(request, step) {
        Ok(result) => result,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let mocked_error = request.mock.as_ref().and_then(|mock| mock.error.clone());
    let alone = TestStateOptions {
        mock: result.map(Ok).or_else(|| mocked_error.map(Err)),
        role: request.role_arn.as_deref().map(Into::into),
        variables: request.variables.clone(),
        retries: request.retrier_retry_count,
        failed_iterations: request.failure_count.unwrap_or_default() as usize,
        reader_data: request.reader_data.as_deref().map(Into::into),
    };
    if let Some(cause) = &request.error_caused_by
        && plan.find(cause).is_none()
    {
        return Err(CliError::new(format!(
            "`errorCausedByState` names no state: `{cause}`"
        )));
    }
    let input = request.input.clone().unwrap_or_else(Value::empty_object);
    let start = Time::parse(DEFAULT_START).unwrap_or_default();
    let options = Options {
        context: request.context.clone(),
        ..Options::default()
    };
    let mut seen = Seen::default();
    let tested = simulate::test_state::run(&plan, state, &input, &alone, options, start, &mut seen)?;
    if let Err(refusal) = check::failures(request, seen.item_count()) {
        return Ok(Err(refusal));
    }
    let answer = response(&tested, step, &input, request.level, &seen);
    Ok(Ok((answer, tested.end)))
}

/// A machine around a single state, in which every state that it names exists. `None` for what is no JSON object.
fn machine_around(definition: &str) -> Option<String> {
    let state = Value::parse(definition).ok()?;
    if state.get("States").is_some() && state.get("Type").is_none() {
        super::exit::warn(
            "this is a state machine: name the state to test, `--state NAME` or the request's `stateName`",
        );
    }
    let mut named = Vec::new();
    collect_targets(state.as_object()?, &mut named);
    let mut states: Object = [(LONE_STATE.into(), state)].into_iter().collect();
    for name in named {
        let stub: Object = [("Type".into(), Value::from("Succeed"))].into_iter().collect();
        states.get_or_insert(name, || Value::object(stub));
    }
    let machine: Object = [
        ("StartAt".into(), Value::from(LONE_STATE)),
        ("States".into(), Value::object(states)),
    ]
    .into_iter()
    .collect();
    Some(Value::object(machine).to_json())
}

/// The states that a state may lead to.
fn collect_targets(state: &Object, named: &mut Vec<Rc<str>>) {
    let mut take = |value: Option<&Value>| {
        if let Some(Value::String(name)) = value {
            named.push(Rc::clone(name));
        }
    };
    take(state.get("Next"));
    take(state.get("Default"));
    for list in ["Choices", "Catch"] {
        let items = state.get(list).and_then(Value::as_array).unwrap_or_default();
        for item in items {
            take(item.get("Next"));
        }
    }
}

/// What AWS says of a definition that it refuses. Of a lone state the places are its own.
fn refused(document: &document::Document, is_lone: bool) -> Option<String> {
    let settings = Settings::default();
    let mut found = lint::check_document(document, &settings);
    if let Some(node) = document.roots.first() {
        let machine = lower::machine(node);
        found.extend(lint::check(
            document,
            node,
            &machine,
            WorkflowType::Standard,
            &settings,
        ));
    }
    found.retain(|d| d.severity == Severity::Error);
    let prefix = format!("/States/{LONE_STATE}");
    let said: Vec<String> = found
        .iter()
        .filter_map(|d| d.aws.as_ref())
        .map(|aws| {
            let place = aws
                .location
                .as_deref()
                .map(|place| match place.strip_prefix(&prefix) {
                    Some("") if is_lone => "/".to_owned(),
                    Some(inner) if is_lone => inner.to_owned(),
                    _ => place.to_owned(),
                });
            let place = place.map(|place| format!(" at {place}")).unwrap_or_default();
            format!("{}: {}{place}", aws.code, aws.message)
        })
        .collect();
    (!said.is_empty()).then(|| format!("Invalid State Machine Definition: '{}'", said.join(", ")))
}

fn not_json(source: &SourceFile, offset: usize, error: &dyn std::fmt::Display) -> CliError {
    let at = source.position(crate::source::to_offset(offset));
    CliError::new(format!(
        "{}:{}:{}: the request is not JSON: {error}",
        source.name(),
        at.line,
        at.column
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const STATES: [&str; 6] = [
        r#"{"Type":"Pass","Parameters":{"a.$":"$.a"},"End":true}"#,
        r#"{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage.waitForTaskToken","Parameters":{"QueueUrl":"q","MessageBody.$":"$$.Task.Token"},"Retry":[{"ErrorEquals":["States.ALL"]}],"Next":"N"}"#,
        r#"{"Type":"Map","ItemsPath":"$.a","ItemProcessor":{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}},"End":true}"#,
        r#"{"Type":"Choice","Choices":[{"Variable":"$.a","IsNull":true,"Next":"N"}],"Default":"M"}"#,
        r#"{"StartAt":"A","States":{"A":{"Type":"Wait","QueryLanguage":"JSONata","Seconds":"{% $v %}","End":true}}}"#,
        r#"{"Type":"Fail","ErrorPath":"$.a"}"#,
    ];

    fn json() -> impl Strategy<Value = serde_json::Value> {
        let leaf = prop_oneof![
            Just(serde_json::Value::Null),
            any::<bool>().prop_map(Into::into),
            any::<i64>().prop_map(Into::into),
            "[a-z{}\"$.]{0,8}".prop_map(Into::into),
            prop::sample::select(&STATES[..]).prop_map(Into::into),
            prop::sample::select(
                &[
                    "A",
                    "N",
                    "DEBUG",
                    "TRACE",
                    "PRESENT",
                    "[1,2]",
                    "{}",
                    "{\"a\":[1]}"
                ][..]
            )
            .prop_map(Into::into),
        ];
        let keys = [
            "a",
            "result",
            "errorOutput",
            "error",
            "cause",
            "fieldValidationMode",
            "retrierRetryCount",
            "mapIterationFailureCount",
            "mapItemReaderData",
            "errorCausedByState",
            "State",
            "Execution",
        ];
        leaf.prop_recursive(3, 12, 3, move |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..3).prop_map(Into::into),
                prop::collection::btree_map(
                    prop::sample::select(keys.to_vec()).prop_map(str::to_owned),
                    inner,
                    0..3
                )
                .prop_map(|members| serde_json::Value::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn no_request_is_the_end_of_asl(
            state in prop::sample::select(&STATES[..]),
            rest in prop::collection::btree_map(
                prop::sample::select(&[
                    "definition", "stateName", "input", "variables", "inspectionLevel", "mock", "context",
                    "stateConfiguration", "revealSecrets", "roleArn",
                ][..]),
                json(),
                0..6,
            ),
        ) {
            let mut request = serde_json::Map::new();
            request.insert("definition".to_owned(), state.into());
            request.extend(rest.into_iter().map(|(key, value)| (key.to_owned(), value)));
            let value = Value::from(serde_json::Value::Object(request));
            if let Ok(request) = Request::read(&value)
                && let Ok(Ok((answer, status))) = test(&request)
            {
                prop_assert_eq!(answer.get("status").and_then(Value::as_str), Some(status.as_str()));
            }
        }
    }
}

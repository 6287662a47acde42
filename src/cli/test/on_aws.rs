//! `--on aws`: sends cases to the TestState API through the user's AWS CLI, and shows where its results differ from asl's.

use super::attempt::{CaseResult, located, request};
use super::loaded::{LoadedCase, LoadedSuite};
use super::worker::{CaseId, Compiled, Worker, input};
use crate::cli::CliError;
use crate::cli::guard::GuardedWorld;
use crate::history::{EventKind, Trace, Visit};
use crate::render::test_report::CaseStatus;
use crate::simulate::plan::StateKind;
use crate::simulate::test_state::{self, Response};
use crate::simulate::{self, Execution, Options};
use crate::suite::{Failure, StateTest, Test};
use crate::value::{Object, Value};
use std::process::Command;

/// The service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Target {
    /// The TestState API, through the AWS CLI
    Aws,
}

/// How to call the service.
#[derive(Debug, Clone, Copy)]
pub(super) struct Service<'a> {
    /// Another endpoint.
    pub(super) endpoint: Option<&'a str>,
}

/// The outcome of a case on AWS.
enum CaseOutcome {
    /// It was sent; what differs.
    Sent(Vec<Failure>),
    /// It cannot be sent, for this reason.
    Skipped(&'static str),
}

impl Service<'_> {
    /// Fails if the AWS CLI is missing.
    pub(super) fn check() -> Result<(), CliError> {
        match Command::new("aws").arg("--version").output() {
            Ok(_) => Ok(()),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Err(CliError::new(
                "--on aws requires the AWS CLI: `aws` was not found on PATH",
            )
            .help("install it and configure its credentials")),
            Err(error) => Err(CliError::new(format!("cannot run `aws`: {error}"))),
        }
    }

    /// Sends a request; the error is what the AWS CLI printed.
    fn test_state(self, request: &Value) -> Result<Value, String> {
        let mut command = Command::new("aws");
        command.args(["stepfunctions", "test-state", "--output", "json"]);
        if let Some(endpoint) = self.endpoint {
            command.args(["--endpoint-url", endpoint]);
        }
        command.args(["--cli-input-json", &request.to_json()]);
        let output = command
            .output()
            .map_err(|error| format!("cannot run `aws`: {error}"))?;
        let text = String::from_utf8_lossy(&output.stdout);
        match Value::parse(text.trim()) {
            Ok(response) if response.get("status").is_some() => Ok(response),
            _ => {
                let error = String::from_utf8_lossy(&output.stderr);
                let lines = error.lines().chain(text.lines()).map(str::trim);
                let line = lines
                    .filter(|line| !line.is_empty())
                    .collect::<Vec<_>>()
                    .join(" ");
                Err(if line.is_empty() {
                    format!("`aws` ended with {}", output.status)
                } else {
                    line
                })
            }
        }
    }
}

impl Worker<'_> {
    /// Sends a case to AWS that has run here.
    pub(super) fn compare_with_aws(
        &mut self,
        at: CaseId,
        mut result: CaseResult,
        service: Service<'_>,
    ) -> CaseResult {
        if result.report.status == CaseStatus::Skipped {
            return result;
        }
        let (_, case) = self.case(at);
        match self.run_on_aws(at, service) {
            CaseOutcome::Skipped(reason) => {
                result.report.status = CaseStatus::Skipped;
                result.report.note = Some(reason.to_owned());
                result.report.failures.clear();
                result.report.timeline = None;
            }
            CaseOutcome::Sent(failures) => {
                let is_error = failures.iter().any(|failure| failure.expectation == "run");
                if !failures.is_empty() && result.report.status != CaseStatus::Error {
                    result.report.status = if is_error {
                        CaseStatus::Error
                    } else {
                        CaseStatus::Failed
                    };
                }
                let failures = failures.into_iter().map(|failure| located(case, failure));
                result.report.failures.extend(failures);
            }
        }
        result
    }

    /// Runs a case on AWS.
    fn run_on_aws(&mut self, at: CaseId, service: Service<'_>) -> CaseOutcome {
        let (suite, case) = self.case(at);
        let compiled = self.compiled(suite.machine);
        let document = &self.loaded.machines[suite.machine].definition.document;
        let definition = document.roots.first().map(|root| root.to_json().to_string());
        let definition = definition.unwrap_or_default();
        match &case.case.test {
            Test::State(test) => CaseOutcome::Sent(state(case, test, &compiled, &definition, service)),
            Test::Replay(_) => CaseOutcome::Skipped("recorded executions cannot be sent to AWS"),
            Test::Execution(_) => {
                let has_scopes = compiled
                    .plan
                    .states
                    .iter()
                    .any(|state| matches!(state.kind, StateKind::Map(_) | StateKind::Parallel(_)));
                if has_scopes {
                    return CaseOutcome::Skipped(
                        "TestState cannot run the states inside a Map or Parallel state",
                    );
                }
                match self.simulated(at, suite, case, &compiled) {
                    Ok(execution) => CaseOutcome::Sent(chain(case, &execution, &definition, service)),
                    Err(failure) => CaseOutcome::Sent(vec![*failure]),
                }
            }
        }
    }

    /// The execution on asl, with its events.
    fn simulated(
        &mut self,
        at: CaseId,
        suite: &LoadedSuite,
        case: &LoadedCase,
        compiled: &Compiled<'_>,
    ) -> Result<Execution, Box<Failure>> {
        let failed = |message: String| Box::new(Failure::new("run", case.case.span(), message));
        let mocks = self
            .mocks(at, false)
            .map_err(|_| failed("invalid mocks".to_owned()))?;
        let settings = suite.settings(case);
        let options = Options {
            record_events: true,
            ..self.options(suite, &settings, &mocks)
        };
        let mut world = GuardedWorld::new(compiled.world(&mocks, &settings), suite.authorizer(case));
        simulate::run(&compiled.plan, input(case), &mut world, &options)
            .map_err(|error| failed(error.message))
    }
}

/// Sends a single state, and checks the response like that of asl.
fn state(
    case: &LoadedCase,
    test: &StateTest,
    compiled: &Compiled<'_>,
    definition: &str,
    service: Service<'_>,
) -> Vec<Failure> {
    let given = input(case);
    let mut sent = RequestBuilder::new(definition, &test.state, &given);
    let mock = test.mock.as_ref().map(crate::asl::literal::value);
    sent.mock(mock.map(|mock| as_text(&mock)));
    sent.retries(test.retries.unwrap_or_default());
    for (key, node) in [("variables", &test.variables), ("context", &test.context)] {
        if let Some(node) = node {
            sent.set(key, Value::from(crate::asl::literal::value(node).to_json()));
        }
    }
    let response = match service.test_state(&sent.request) {
        Ok(response) => response,
        Err(error) => return vec![Failure::new("run", test.state.span, error)],
    };
    let mut failures = test.expect.check(&given, &response, case.case.span());
    let here = test_state::run_compiled(&request(test, given), &compiled.plan);
    if let Ok(Response::Tested(tested)) = here {
        failures.extend(difference(case, &test.state, &tested.response, &response));
    }
    failures
}

/// Sends the states of an execution one after the other, each attempt of a task with its mocked outcome.
fn chain(case: &LoadedCase, execution: &Execution, definition: &str, service: Service<'_>) -> Vec<Failure> {
    let trace = Trace::new(&execution.history);
    let mut data = execution.input.clone();
    let mut variables = Value::empty_object();
    let top = trace
        .threads
        .first()
        .map(|thread| thread.visits.as_slice())
        .unwrap_or_default();
    for (position, id) in top.iter().enumerate() {
        let visit = &trace.visits[*id];
        let attempts = outcomes(visit);
        let mut response = Value::Null;
        for (retries, mock) in attempts.iter().enumerate() {
            let mut sent = RequestBuilder::new(definition, visit.name, &data);
            sent.mock(mock.clone());
            sent.retries(u32::try_from(retries).unwrap_or(u32::MAX));
            sent.set("variables", Value::from(variables.to_json()));
            response = match service.test_state(&sent.request) {
                Ok(response) => response,
                Err(error) => {
                    return vec![Failure::new(
                        "run",
                        case.case.span(),
                        format!("{}: {error}", visit.name),
                    )];
                }
            };
        }
        let next = top.get(position + 1).map(|id| trace.visits[*id].name);
        let got = response.get("nextState").and_then(Value::as_str);
        if got != next.map(|name| &**name) {
            let message = format!("the next state after `{}` differs on AWS", visit.name);
            let wanted = next.map_or(Value::Null, |name| Value::from(&**name));
            let got = got.map(Value::from);
            return vec![Failure::new("path", case.case.span(), message).values(&wanted, got.as_ref())];
        }
        let output = response.get("output").and_then(Value::as_str);
        let output = output.and_then(|output| Value::parse(output).ok());
        if let Some(exit) = &visit.exit {
            if output.as_ref() != Some(exit.output) {
                let message = format!("the output of `{}` differs on AWS", visit.name);
                let failure = Failure::new("output", case.case.span(), message);
                return vec![failure.values(exit.output, output.as_ref())];
            }
            data = exit.output.clone();
        }
        let assigned = response
            .get("inspectionData")
            .and_then(|data| data.get("variables"));
        let assigned = assigned
            .and_then(Value::as_str)
            .and_then(|text| Value::parse(text).ok());
        variables = assigned.unwrap_or(variables);
    }
    Vec::new()
}

/// The mock of each attempt of a task; a single `None` for other states.
fn outcomes(visit: &Visit<'_>) -> Vec<Option<Value>> {
    let mut mocks = Vec::new();
    for event in visit.own_events() {
        match &event.kind {
            EventKind::TaskSucceeded { output, .. } => {
                mocks.push(Some(Value::from([("result", Value::from(output.to_json()))])));
            }
            EventKind::TaskFailed { data, .. } | EventKind::TaskTimedOut { data, .. } => {
                let mut error = Object::default();
                for (key, text) in [("error", &data.error), ("cause", &data.cause)] {
                    if let Some(text) = text {
                        error.insert(key.into(), Value::String(text.clone()));
                    }
                }
                mocks.push(Some(Value::from([("errorOutput", Value::object(error))])));
            }
            _ => {}
        }
    }
    if mocks.is_empty() {
        mocks.push(None);
    }
    mocks
}

/// A failure if asl's response for a state is not AWS's.
fn difference(case: &LoadedCase, state: &str, here: &Value, there: &Value) -> Option<Failure> {
    let keys = ["status", "output", "error", "cause", "nextState"];
    let part = |response: &Value, key: &str| match response.get(key).and_then(Value::as_str) {
        // The order of keys makes no difference.
        Some(text) if key == "output" => Value::parse(text).ok(),
        text => text.map(Value::from),
    };
    let key = keys.into_iter().find(|key| part(here, key) != part(there, key))?;
    let message = format!("`{key}` of `{state}` differs on AWS");
    let failure = Failure::new("run", case.case.span(), message);
    Some(failure.values(&part(here, key).unwrap_or_default(), part(there, key).as_ref()))
}

/// A request under construction.
struct RequestBuilder {
    request: Value,
}

impl RequestBuilder {
    fn new(definition: &str, state: &str, input: &Value) -> Self {
        Self {
            request: Value::from([
                ("definition", Value::from(definition)),
                ("stateName", Value::from(state)),
                ("input", Value::from(input.to_json())),
                ("inspectionLevel", Value::from("DEBUG")),
            ]),
        }
    }

    fn set(&mut self, key: &str, value: Value) {
        if let Some(members) = self.request.as_object_mut() {
            members.insert(key.into(), value);
        }
    }

    fn mock(&mut self, mock: Option<Value>) {
        if let Some(mock) = mock {
            self.set("mock", mock);
        }
    }

    fn retries(&mut self, retries: u32) {
        if retries > 0 {
            let retries = Value::from(i64::from(retries));
            self.set(
                "stateConfiguration",
                Value::from([("retrierRetryCount", retries)]),
            );
        }
    }
}

/// A mock whose result is JSON text, as in the API.
fn as_text(mock: &Value) -> Value {
    let mut mock = mock.clone();
    if let Some(members) = mock.as_object_mut()
        && let Some(result) = members.get("result").filter(|result| result.as_str().is_none())
    {
        let text = Value::from(result.to_json());
        members.insert("result".into(), text);
    }
    mock
}

//! Runs a test: from the request to the response.

use super::definition::{DEFAULT_STATE_NAME, Definition};
use super::inspection::Inspection;
use super::rejection::Rejection;
use super::request::Request;
use super::result::TestStatus;
use super::{execution, response, validate};
use crate::asl::lower;
use crate::prose;
use crate::simulate::options::TestStateOptions;
use crate::simulate::plan::Plan;
use crate::simulate::world::Error;
use crate::value::Value;
use std::rc::Rc;

/// The response of the API.
#[derive(Debug)]
pub enum Response {
    /// The state ran.
    Tested(Tested),
    /// The request was rejected.
    Rejected(Rejection),
}

/// A state that ran.
#[derive(Debug)]
pub struct Tested {
    /// How it ended.
    pub status: TestStatus,
    /// The response.
    pub response: Value,
    /// Warnings about parts of the request that were not checked.
    pub warnings: Vec<String>,
}

/// The reason why a state did not run.
enum Stop {
    Rejected(Rejection),
    Failed(Error),
}

impl From<Rejection> for Stop {
    fn from(rejection: Rejection) -> Self {
        Self::Rejected(rejection)
    }
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

impl Response {
    /// The JSON that the API returns.
    pub fn to_value(&self) -> Value {
        match self {
            Self::Tested(tested) => tested.response.clone(),
            Self::Rejected(rejection) => rejection.response(),
        }
    }
}

/// Runs the requested state of a definition without errors.
pub fn run(request: &Request, definition: &Definition) -> Result<Response, Error> {
    response(test(request, definition))
}

fn response(result: Result<Tested, Stop>) -> Result<Response, Error> {
    match result {
        Ok(tested) => Ok(Response::Tested(tested)),
        Err(Stop::Rejected(rejection)) => Ok(Response::Rejected(rejection)),
        Err(Stop::Failed(error)) => Err(error),
    }
}

/// Runs the requested state of a machine that has been compiled; the definition in the request is not read.
pub fn run_compiled(request: &Request, plan: &Rc<Plan>) -> Result<Response, Error> {
    response(test_in(request, plan))
}

fn test(request: &Request, definition: &Definition) -> Result<Tested, Stop> {
    let Some(root) = definition.root() else {
        return Err(Rejection::definition("Definition must be a valid JSON object").into());
    };
    test_in(request, &Rc::new(Plan::new(&lower::machine(root))))
}

fn test_in(request: &Request, plan: &Rc<Plan>) -> Result<Tested, Stop> {
    let name = request.state_name.as_deref().unwrap_or(DEFAULT_STATE_NAME);
    let Some(id) = plan.find(name) else {
        let close = prose::closest(name, plan.states.iter().map(|s| &*s.name));
        return Err(Stop::Rejected(Rejection {
            hint: close.map(|close| {
                format!("no state named `{name}`; a state with a similar name exists: `{close}`")
            }),
            ..Rejection::validation("State not found in definition")
        }));
    };
    let state = plan.state(id);
    let mut warnings = Vec::new();
    let result = validate::request(request, state, &mut warnings)?;
    if let Some(cause) = &request.error_caused_by
        && plan.find(cause).is_none()
    {
        return Err(Stop::Failed(Error::new(format!(
            "`errorCausedByState` references undefined state `{cause}`"
        ))));
    }
    let mocked_error = request.mock.as_ref().and_then(|mock| mock.error.clone());
    let settings = TestStateOptions {
        mock: result.map(Ok).or_else(|| mocked_error.map(Err)),
        role: request.role_arn.as_deref().map(Into::into),
        variables: request.variables.clone(),
        retries: request.retrier_retry_count,
        failed_iterations: request.failure_count.unwrap_or_default() as usize,
        reader_data: request.reader_data.as_deref().map(Into::into),
    };
    let input = request.input.clone().unwrap_or_else(Value::empty_object);
    let mut inspection = Inspection::default();
    let context = request.context.as_ref();
    let result = execution::run(plan, id, &input, context, &settings, &mut inspection)?;
    validate::failure_count(request, inspection.item_count())?;
    Ok(Tested {
        status: result.status,
        response: response::response(&result, state, &input, request.level, &inspection),
        warnings,
    })
}

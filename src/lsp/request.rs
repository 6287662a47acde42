//! The requests, and the feature that answers each.

use super::params::Params;
use super::workspace::Workspace;
use super::{actions, symbols};
use crate::source::Span;
use lsp_server::ErrorCode;
use serde::Serialize;
use serde_json::Value;

/// Why a request has no answer.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) code: ErrorCode,
    pub(super) message: String,
}

impl Failure {
    pub(super) fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
        }
    }
}

/// Answers a request.
pub(super) fn answer(
    workspace: &mut Workspace<'_>,
    method: &str,
    params: Params<'_>,
) -> Result<Value, Failure> {
    match method {
        "textDocument/documentSymbol" => document_symbols(workspace, params),
        "textDocument/codeAction" => code_actions(workspace, params),
        #[cfg(debug_assertions)]
        "asl/panic" => panicking(),
        _ => Err(Failure::new(
            ErrorCode::MethodNotFound,
            format!("unknown request `{method}`"),
        )),
    }
}

fn document_symbols(workspace: &Workspace<'_>, params: Params<'_>) -> Result<Value, Failure> {
    let uri = required(params.uri())?;
    let Some(snapshot) = workspace.snapshot(uri) else {
        return Ok(Value::Null);
    };
    let symbols = symbols::symbols(&snapshot);
    let encoding = workspace.client.encoding;
    to_json(
        symbols
            .iter()
            .map(|symbol| symbol.to_protocol(&snapshot, encoding))
            .collect::<Vec<_>>(),
    )
}

fn code_actions(workspace: &mut Workspace<'_>, params: Params<'_>) -> Result<Value, Failure> {
    let (uri, range) = (required(params.uri())?, required(params.range())?);
    let Some(snapshot) = workspace.snapshot(uri) else {
        return Ok(Value::Null);
    };
    let offset = |position| {
        snapshot
            .lines
            .offset(snapshot.text(), position, workspace.client.encoding)
    };
    let span = Span::new(offset(range.start), offset(range.end));
    let only: Vec<&str> = params
        .items("/context/only")
        .iter()
        .filter_map(Value::as_str)
        .collect();
    to_json(actions::actions(workspace, uri, span, &only))
}

fn required<T>(parameter: Option<T>) -> Result<T, Failure> {
    parameter.ok_or_else(|| Failure::new(ErrorCode::InvalidParams, "a parameter is missing"))
}

/// An answer as JSON.
fn to_json(answer: impl Serialize) -> Result<Value, Failure> {
    serde_json::to_value(answer).map_err(|error| Failure::new(ErrorCode::InternalError, error.to_string()))
}

/// For the test that a panic does not end the server.
#[cfg(debug_assertions)]
#[expect(clippy::panic, reason = "it is what the test needs")]
fn panicking() -> ! {
    panic!("requested by the client")
}

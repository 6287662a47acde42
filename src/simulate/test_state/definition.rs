//! The definition in a request: a state machine, or a single state.

use super::rejection::Rejection;
use super::request::Request;
use super::validate;
use crate::diagnostic::Diagnostic;
use crate::document::{self, Document, Encoding, Member, Node, NodeKind, Syntax, SyntaxErrorKind, Text};
use crate::prose;
use crate::source::{SourceFile, Span};
use crate::spec::StateType;
use std::sync::Arc;

/// The name of a state that is given without a state machine.
pub(super) const DEFAULT_STATE_NAME: &str = "StateName";

/// The definition in a request.
#[derive(Debug)]
pub struct Definition {
    /// The state machine; for a single state, a machine with that state and the states it can go to.
    pub document: Document,
    /// A single state is given.
    is_single_state: bool,
}

impl Definition {
    /// Reads the definition in a request.
    pub fn read(request: &Request) -> Result<Self, Rejection> {
        validate::lengths(request)?;
        let source = Arc::new(SourceFile::new("definition", request.definition.clone()));
        let mut document = document::read(source, Syntax::Json);
        let is_single_state = request.state_name.is_none();
        if is_single_state {
            let is_json = document
                .errors
                .iter()
                .all(|error| error.kind == SyntaxErrorKind::DuplicateKey);
            match document.roots.pop() {
                Some(state) if is_json && state.as_object().is_some() => {
                    document.roots.push(machine_around(state));
                }
                _ => {
                    return Err(Rejection::definition(
                        "Invalid State Machine Definition: 'INVALID_JSON_DESCRIPTION: Definition must be a valid JSON object'",
                    ));
                }
            }
        }
        Ok(Self {
            document,
            is_single_state,
        })
    }

    /// The state machine.
    pub fn root(&self) -> Option<&Node> {
        self.document.roots.first()
    }

    /// Whether a state machine is given where AWS expects a single state.
    pub fn is_machine_without_state_name(&self) -> bool {
        let state = self.root().filter(|_| self.is_single_state);
        let state = state.and_then(|root| root.get("States")?.get(DEFAULT_STATE_NAME));
        state.is_some_and(|state| state.get("States").is_some() && state.get("Type").is_none())
    }

    /// AWS's response to a definition with errors; `None` if there are none.
    pub fn rejection(errors: &[Diagnostic]) -> Option<Rejection> {
        let messages: Vec<String> = errors
            .iter()
            .filter_map(|error| error.aws.as_ref())
            .map(|aws| match &aws.location {
                Some(location) => format!("{}: {} at {}", aws.code, aws.message, location),
                None => format!("{}: {}", aws.code, aws.message),
            })
            .collect();
        (!messages.is_empty()).then(|| {
            Rejection::definition(format!(
                "Invalid State Machine Definition: '{}'",
                prose::list(&messages)
            ))
        })
    }
}

/// A machine around a single state, in which every state that it names exists. Added states have the span of the state,
/// and added keys are empty, so that every location in the state is found in the state.
fn machine_around(state: Node) -> Node {
    let span = state.span;
    let (start, end) = (Span::new(span.start, span.start), Span::new(span.end, span.end));
    let mut states: Vec<Member> = Vec::new();
    let succeed = object(
        span,
        vec![member(span, "Type", text(span, StateType::Succeed.as_str()))],
    );
    let targets: Vec<String> = targets(&state).map(str::to_owned).collect();
    states.push(member(start, DEFAULT_STATE_NAME, state));
    for target in targets {
        if states.iter().all(|state| state.key.as_str() != target) {
            states.push(member(span, &target, succeed.clone()));
        }
    }
    let start_at = member(end, "StartAt", text(end, DEFAULT_STATE_NAME));
    object(span, vec![start_at, member(end, "States", object(span, states))])
}

/// The states that a state may go to.
fn targets(state: &Node) -> impl Iterator<Item = &str> {
    let own = ["Next", "Default"]
        .into_iter()
        .filter_map(|field| state.get(field));
    let lists = ["Choices", "Catch"]
        .into_iter()
        .filter_map(|field| state.get(field));
    let nested = lists
        .filter_map(Node::as_array)
        .flatten()
        .filter_map(|item| item.get("Next"));
    own.chain(nested).filter_map(Node::as_str)
}

const fn object(span: Span, members: Vec<Member>) -> Node {
    Node::new(NodeKind::Object(members), span)
}

fn text(span: Span, text: &str) -> Node {
    Node::new(NodeKind::String(added(span, text)), span)
}

fn member(span: Span, key: &str, value: Node) -> Member {
    Member {
        key: added(span, key),
        key_span: span,
        value,
    }
}

/// A string that is not in the source.
fn added(span: Span, text: &str) -> Text {
    Text::new(text, Encoding::Verbatim { start: span.start })
}

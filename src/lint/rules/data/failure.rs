//! What the rules of this family report: where a part of a state fails, and on which data.

use crate::asl::{Kind, Owner, State};
use crate::diagnostic::Severity;
use crate::lint::context::Context;
use crate::lint::finding::Finding;
use crate::prose;
use crate::shape::{self, MissingPath, Observation, PathRoot, Subject};
use crate::source::Span;

/// The severity of a certain failure. It is a warning in a definition with a task that
/// is only an outline, in a template, whose state machine is often an example or a test that
/// never runs, at a Fail state, where the execution ends in any case, and at the `ResultPath` of a
/// catcher, which is seldom needed.
pub(super) fn severity(cx: &Context<'_, '_>, observation: &Observation<'_, '_>) -> Severity {
    let before = cx
        .document
        .source
        .text()
        .get(..cx.machine.node.span.range().start);
    let is_own_file = before.unwrap_or_default().lines().all(|line| {
        let line = line.trim();
        line.is_empty() || line.starts_with('#') || line.starts_with("---")
    });
    let has_outline = cx.tasks.iter().any(|task| shape::is_outline(task.state));
    if is_own_file
        && !has_outline
        && observation.is_certain()
        && !matches!(observation.state.kind, Kind::Fail(_))
        && !is_of_catcher_path(observation)
    {
        Severity::Error
    } else {
        Severity::Warning
    }
}

/// Whether an observed part is the `ResultPath` of a catcher, which matters only if the state fails.
fn is_of_catcher_path(observation: &Observation<'_, '_>) -> bool {
    matches!(
        observation.subject,
        Subject::Expression(expression)
            if expression.field == "ResultPath" && matches!(expression.owner, Owner::Catcher(_))
    )
}

/// Whether an observed part is the items of a Map.
pub(super) fn is_about_items(observation: &Observation<'_, '_>) -> bool {
    let is_of_items = match observation.subject {
        Subject::Expression(expression) => ["Items", "ItemsPath"].contains(&expression.field),
        Subject::State(_) => true,
        Subject::Test(_) => false,
    };
    is_of_items && matches!(observation.state.kind, Kind::Map(_))
}

/// The location of an observed part.
pub(super) fn span(observation: &Observation<'_, '_>) -> Span {
    match observation.subject {
        Subject::Expression(expression) => expression.node.span,
        Subject::Test(test) => test.node.span,
        Subject::State(state) => state.name_span,
    }
}

/// A finding on a path that selects nothing, with what the data has instead and the state that caused it.
pub(super) fn missing_path(
    observation: &Observation<'_, '_>,
    missing: &MissingPath,
    message: String,
) -> Finding<'static> {
    let mut finding = Finding::new(span(observation), message);
    let union = missing.parent.union();
    let fields = union.object.iter().flat_map(|object| object.fields.keys());
    let similar = missing
        .field
        .as_deref()
        .and_then(|field| prose::closest(field, fields.map(AsRef::as_ref)));
    let has = format!("`{}` has {}", missing.parent_path, described(missing));
    finding = finding.help(match similar {
        Some(name) => format!("{has}; {}", prose::similar_name("field", name)),
        None => has,
    });
    if missing.root == PathRoot::Input
        && let Some(state) = observation.replaced_by()
    {
        finding = finding.related(state.name_span, replacement(state));
    }
    finding
}

/// What a value has, for "`$.order` has …".
fn described(missing: &MissingPath) -> String {
    let union = missing.parent.union();
    match &union.object {
        Some(object) if !object.fields.is_empty() => format!("only {}", missing.parent.summary()),
        Some(_) if union.array.is_none() => "no fields".to_owned(),
        _ => format!("no fields: it is {}", missing.parent.types()),
    }
}

/// How a state replaced the payload.
fn replacement(state: &State<'_>) -> String {
    let name = state.name.as_str();
    if state.data.output.is_some() {
        return format!("`{name}` replaces the payload with its `Output`");
    }
    if state.data.result_path.is_given() {
        return format!("`{name}` replaces the payload");
    }
    format!("`{name}` has no `ResultPath`, so its result replaces the payload")
}

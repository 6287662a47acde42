//! Hover: the documentation of what is at a place, and the data there.

use super::expression::{self, Cursor};
use super::fields;
use super::manual;
use super::names;
use super::node_path::{NodePath, StateAt, node_path};
use super::payload::{self, Data};
use super::shapes::Shapes;
use super::snapshot::Snapshot;
use super::workspace::Workspace;
use crate::document::Node;
use crate::lint::registry;
use crate::lint::suppression::DIRECTIVE;
use crate::shape::Shape;
use crate::source::Span;
use crate::spec::{QueryLanguage, StateType};

/// The types of payloads are shown up to this many characters.
const MAX_TYPE: usize = 1200;

/// The Markdown about what is at an offset, and its place.
pub(super) fn hover(
    workspace: &mut Workspace<'_>,
    snapshot: &Snapshot,
    offset: u32,
) -> Option<(String, Span)> {
    let node_path = node_path(snapshot, offset)?;
    if node_path.is_key {
        let member = node_path.member()?;
        let text = on_key(workspace, snapshot, &node_path)?;
        return Some((text, member.key_span));
    }
    let node = node_path.node();
    if let Some(cursor) = expression::cursor(&node_path, offset) {
        let (text, range) = on_expression(workspace, snapshot, &node_path, &cursor)?;
        return Some((text, node_path.document.place(cursor.text, range)));
    }
    Some((on_value(workspace, snapshot, &node_path, offset)?, node.span))
}

fn on_key(workspace: &mut Workspace<'_>, snapshot: &Snapshot, node_path: &NodePath<'_>) -> Option<String> {
    let key = node_path.member()?.key.as_str();
    let Some(state) = node_path.state() else {
        return Some(document(
            key,
            fields::machine_definition()?.field(key)?.documentation(),
        ));
    };
    if state.depth == node_path.steps.len() {
        return Some(on_state(workspace, snapshot, node_path, &state));
    }
    let keys = node_path.keys();
    let (field, outer) = keys.split_last()?;
    let definition = fields::state_definition(state.state_type()?, state.language(node_path))?;
    if let Some(field) = definition.at(outer).and_then(|object| object.field(field)) {
        let mut text = document(key, field.documentation());
        let shapes = payload::shapes(workspace, &snapshot.path, node_path);
        let data = payload::data(node_path, &state, &shapes);
        if let Some(shape) = shape_of_field(key, &data, &shapes, &payload::pointer_of(node_path, &state)) {
            push_fmt!(text, "\n\n{}", typed(&shape));
        }
        return Some(text);
    }
    // A parameter of the action that the state calls.
    let parameters = manual::parameters(state.resource()?);
    let name = key.trim_end_matches(".$");
    let (name, is_required) = parameters
        .into_iter()
        .find(|(parameter, _)| *parameter == name)
        .filter(|_| matches!(outer, ["Parameters" | "Arguments"]))?;
    let kind = if is_required { "Required" } else { "Optional" };
    let call = state.resource()?.rsplit(":::").next()?;
    Some(document(name, &format!("{kind} parameter of `{call}`.")))
}

/// The shape of the data that a field is about.
fn shape_of_field(key: &str, data: &Data, shapes: &Shapes, pointer: &str) -> Option<Shape> {
    let known = shapes.get(pointer)?;
    Some(match key {
        "InputPath" => data.raw_input.clone(),
        "Parameters" | "Arguments" | "ItemSelector" => known.arguments.clone(),
        "ResultSelector" | "ResultPath" => known.result.clone(),
        "Output" | "OutputPath" => known.output.clone(),
        "Assign" => known.variables(),
        _ => return None,
    })
}

fn on_state(
    workspace: &mut Workspace<'_>,
    snapshot: &Snapshot,
    node_path: &NodePath<'_>,
    state: &StateAt<'_>,
) -> String {
    let mut text = format!("**{}**", state.name());
    if let Some(state_type) = state.state_type() {
        push_fmt!(
            text,
            ", {} state\n\n{}",
            state_type.as_str(),
            fields::type_documentation(state_type)
        );
    }
    if let Some(comment) = state.node().get("Comment").and_then(Node::as_str) {
        push_fmt!(text, "\n\n{comment}");
    }
    let shapes = payload::shapes(workspace, &snapshot.path, node_path);
    match shapes.get(&payload::pointer_of(node_path, state)) {
        Some(known) => push_fmt!(
            text,
            "\n\nInput: {}\n\nOutput: {}",
            typed(&known.input),
            typed(&known.output)
        ),
        None => text.push_str("\n\nNo execution enters this state."),
    }
    text
}

fn on_value(
    workspace: &mut Workspace<'_>,
    snapshot: &Snapshot,
    node_path: &NodePath<'_>,
    offset: u32,
) -> Option<String> {
    let text = node_path.node().as_str()?;
    if names::is_target(node_path) {
        let scope = names::scope_of_target(node_path);
        let member = scope.get("States")?.member(text)?;
        let target = super::node_path::node_path(snapshot, member.key_span.start)?;
        let state = target.state()?;
        return Some(on_state(workspace, snapshot, &target, &state));
    }
    let keys = node_path.keys();
    match keys.last().copied()? {
        "Type" => StateType::from_name(text).map(|kind| document(text, fields::type_documentation(kind))),
        "Resource" => manual::resource(text),
        "ErrorEquals" => manual::error(text),
        "Comment" if text.contains(DIRECTIVE) => on_comment(node_path, offset),
        _ => None,
    }
}

/// The manual of the rule that a comment turns off.
fn on_comment(node_path: &NodePath<'_>, offset: u32) -> Option<String> {
    let text = node_path.node().as_text()?;
    let at = super::node_path::decoded_offset(node_path.document, text, offset);
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let start = text[..at].rfind(|c| !is_name(c)).map_or(0, |start| start + 1);
    let end = text[at..]
        .find(|c| !is_name(c))
        .map_or(text.len(), |end| at + end);
    registry::find(&text[start..end]).map(|rule| rule.manual.to_owned())
}

fn on_expression(
    workspace: &mut Workspace<'_>,
    snapshot: &Snapshot,
    node_path: &NodePath<'_>,
    cursor: &Cursor<'_>,
) -> Option<(String, std::ops::Range<usize>)> {
    let state = node_path.state()?;
    let (whole, range) = cursor.whole();
    let name = whole
        .trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '$' | '_' | '.' | '[' | ']' | '\''));
    if let Some(signature) = manual::signature(name) {
        return Some((format!("```\n{}\n```", signature.label), range));
    }
    let shapes = payload::shapes(workspace, &snapshot.path, node_path);
    let data = payload::data(node_path, &state, &shapes);
    let (root, rest) = root_of(name, cursor.language, &data)?;
    let documentation = match rest
        .strip_prefix("$$.")
        .or_else(|| rest.strip_prefix("$states.context."))
    {
        Some(path) => manual::CONTEXT
            .iter()
            .find(|(known, _)| *known == path)
            .map(|(_, about)| *about),
        None => rest
            .strip_prefix("$states.")
            .and_then(|path| manual::STATES.iter().find(|(known, _)| *known == path))
            .map(|(_, about)| *about),
    };
    let shape = payload::select(&root, &payload::names(&below_root(name, cursor.language)));
    let mut text = format!("`{name}`: {}", typed(&shape));
    if let Some(about) = documentation {
        push_fmt!(text, "\n\n{about}");
    }
    Some((text, range))
}

/// The shape of the root of a path, and the path itself.
pub(super) fn root_of<'p>(path: &'p str, language: QueryLanguage, data: &Data) -> Option<(Shape, &'p str)> {
    let first = path.split(['.', '[']).next()?;
    let shape = match (language, first) {
        (QueryLanguage::JsonPath, "$") => data.input.clone(),
        (QueryLanguage::Jsonata, "$states") => {
            let field = path.split(['.', '[']).nth(1).unwrap_or_default();
            match field {
                "input" => data.raw_input.clone(),
                "result" => data.result.clone()?,
                "errorOutput" => data.error_output.clone()?,
                _ => Shape::Any,
            }
        }
        (QueryLanguage::JsonPath, "$$") => Shape::Any,
        (_, name) => {
            let name = name.strip_prefix('$')?;
            let (_, shape) = data.variables.iter().find(|(known, _)| &**known == name)?;
            shape.clone()
        }
    };
    Some((shape, path))
}

/// A path below the value that [`root_of`] returns.
pub(super) fn below_root(path: &str, language: QueryLanguage) -> String {
    let is_states = language == QueryLanguage::Jsonata && path.starts_with("$states.");
    if is_states {
        return path.trim_start_matches("$states.").to_owned();
    }
    path.to_owned()
}

fn document(name: &str, about: &str) -> String {
    format!("**{name}**\n\n{about}")
}

/// A type as a block of code.
fn typed(shape: &Shape) -> String {
    let text = shape.to_string();
    let end = text.char_indices().nth(MAX_TYPE).map_or(text.len(), |(at, _)| at);
    let more = if end < text.len() { "…" } else { "" };
    format!("`{}{more}`", text[..end].replace('`', "'"))
}

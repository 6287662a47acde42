//! Refactorings: retriers and catchers for the state at the cursor.

use super::place::place;
use super::snapshot::Snapshot;
use super::suppress::encoded;
use crate::aws::error::LAMBDA_TRANSIENT;
use crate::diagnostic::Edit;
use crate::document::Node;
use crate::edit::{Content, Editor};
use crate::spec::{StateType, error_name};

/// A change of the state at the cursor.
#[derive(Debug)]
pub(super) struct Refactoring {
    /// An imperative sentence.
    pub(super) title: String,
    pub(super) edits: Vec<Edit>,
}

/// The refactorings at an offset.
pub(super) fn refactorings(snapshot: &Snapshot, offset: u32) -> Vec<Refactoring> {
    let Some(place) = place(snapshot, offset) else {
        return Vec::new();
    };
    let Some(state) = place.state() else {
        return Vec::new();
    };
    let can_fail = matches!(
        state.state_type(),
        Some(StateType::Task | StateType::Parallel | StateType::Map)
    );
    if !can_fail {
        return Vec::new();
    }
    let editor = Editor::new(place.document);
    let node = state.node();
    let after = ["Parameters", "Arguments", "Resource", "Type"];
    let after = after.into_iter().find(|key| node.get(key).is_some());
    let mut found = Vec::new();
    let mut add = |title: String, key: &str, entry: Content<'_>| {
        let edits = match node.get(key) {
            None => editor.insert(node, after, key, &Content::List(vec![entry])),
            Some(list) if list.as_array().is_some_and(|items| !items.is_empty()) => editor.push(list, &entry),
            Some(_) => return,
        };
        if let Some(edits) = edits.ok().and_then(|edits| encoded(snapshot, place.found, edits)) {
            found.push(Refactoring { title, edits });
        }
    };
    if node.get("Retry").is_none() {
        add("Add Retry".to_owned(), "Retry", retrier(state.resource()));
    }
    let states = state
        .scope
        .get("States")
        .and_then(Node::as_object)
        .unwrap_or_default();
    let is_fail = |other: &&crate::document::Member| {
        other.value.get("Type").and_then(Node::as_str) == Some(StateType::Fail.as_str())
    };
    if let Some(target) = states.iter().find(is_fail)
        && node.get("Catch").is_none()
    {
        let name = target.key.as_str();
        let errors = Content::List(vec![Content::text(error_name::ALL)]);
        let catcher = Content::Object(vec![("ErrorEquals", errors), ("Next", Content::text(name))]);
        add(format!("Add Catch to `{name}`"), "Catch", catcher);
    }
    found
}

/// A retrier with exponential backoff for errors that may pass.
fn retrier(resource: Option<&str>) -> Content<'static> {
    let is_lambda = resource.is_some_and(|resource| resource.contains(":lambda:"));
    let names: Vec<Content<'_>> = if is_lambda {
        LAMBDA_TRANSIENT.iter().map(|name| Content::text(*name)).collect()
    } else {
        vec![Content::text(error_name::TASK_FAILED)]
    };
    Content::Object(vec![
        ("ErrorEquals", Content::List(names)),
        ("IntervalSeconds", Content::Number("1".into())),
        ("MaxAttempts", Content::Number("3".into())),
        ("BackoffRate", Content::Number("2".into())),
        ("JitterStrategy", Content::text("FULL")),
    ])
}

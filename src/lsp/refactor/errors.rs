//! Retriers and catchers.

use super::refactoring::{Kind, Refactoring};
use super::selected::{Selected, type_of};
use crate::aws::error::LAMBDA_TRANSIENT;
use crate::diagnostic::Edit;
use crate::document::Node;
use crate::edit::{Content, Editor, Edits};
use crate::spec::{StateType, error_name};

/// The name of the state that handles errors where there is none.
const FAILED: &str = "Failed";

/// Adds a retrier or a catcher to the only selected state.
pub(super) fn refactorings(selected: &Selected<'_>) -> Vec<Refactoring> {
    let mut found = Vec::new();
    let [state] = selected.states() else {
        return found;
    };
    let node = &state.value;
    let can_fail = matches!(
        type_of(state),
        Some(StateType::Task | StateType::Parallel | StateType::Map)
    );
    if !can_fail {
        return found;
    }
    let editor = Editor::new(selected.node_path.document);
    let after = ["Parameters", "Arguments", "Resource", "Type"];
    let after = after.into_iter().find(|key| node.get(key).is_some());
    let add = |key: &str, entry: Content<'_>| match node.get(key) {
        None => editor.insert(node, after, key, &Content::List(vec![entry])),
        Some(list) => editor.push(list, &entry),
    };
    let mut offer = |title: String, edits: Edits<Vec<Edit>>| {
        found.extend(edits.ok().map(|edits| Refactoring {
            title,
            kind: Kind::Rewrite,
            edits,
            file: None,
        }));
    };
    if node.get("Retry").is_none() {
        let resource = node.get("Resource").and_then(Node::as_str);
        offer("Add Retry".to_owned(), add("Retry", retrier(resource)));
    }
    if node.get("Catch").is_none() {
        let mut others = selected.all().iter();
        match others.find(|other| type_of(other) == Some(StateType::Fail)) {
            Some(target) => {
                let name = target.key.as_str();
                offer(format!("Add Catch to `{name}`"), add("Catch", catcher(name)));
            }
            None => {
                let name = selected.free_name(FAILED);
                let fail = Content::Object(vec![
                    ("Type", Content::text(StateType::Fail.as_str())),
                    ("Error", Content::text(FAILED)),
                ]);
                let last = selected.all().last().map(|last| last.key.as_str());
                let both = add("Catch", catcher(&name)).and_then(|mut edits| {
                    edits.extend(editor.insert(selected.container, last, &name, &fail)?);
                    Ok(edits)
                });
                offer(format!("Add Catch to a new Fail state `{name}`"), both);
            }
        }
    }
    found
}

/// A catcher of all errors.
fn catcher(target: &str) -> Content<'_> {
    let errors = Content::List(vec![Content::text(error_name::ALL)]);
    Content::Object(vec![("ErrorEquals", errors), ("Next", Content::text(target))])
}

/// A retrier with exponential backoff for transient errors.
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

//! Moving states into a Map, or into the branch of a Parallel.

use super::refactoring::{Kind, Refactoring};
use super::selected::{Boundary, Selected, Transition, type_of};
use crate::diagnostic::Edit;
use crate::document::{Member, Node, NodeKind};
use crate::edit::{Content, Editor, Edits};
use crate::spec::{QueryLanguage, StateType};

/// Makes the only selected state the item processor of a Map, which gets its name, its catchers, and its transition.
pub(super) fn in_map(selected: &Selected<'_>) -> Option<Refactoring> {
    let [state] = selected.states() else { return None };
    let can_move = matches!(
        type_of(state)?,
        StateType::Task | StateType::Pass | StateType::Wait | StateType::Parallel | StateType::Map
    );
    if !can_move || assigns_for_others(selected) {
        return None;
    }
    let edits = map_edits(selected, state).ok()?;
    Some(Refactoring {
        title: format!("Wrap `{}` in a Map", state.key.as_str()),
        kind: Kind::Rewrite,
        edits,
        file: None,
    })
}

fn map_edits(selected: &Selected<'_>, state: &Member) -> Edits<Vec<Edit>> {
    let editor = Editor::new(selected.node_path.document);
    let name = state.key.as_str();
    let inner = selected.free_name(&format!("{name} item"));
    let mut changes = editor.rename(state, &inner)?;
    let mut outer = Vec::new();
    if let Some(catch) = state.value.member("Catch") {
        outer.push(("Catch", content(&catch.value).ok_or("a catcher is unknown")?));
        changes.extend(editor.remove_member(&state.value, catch.key_span)?);
    }
    match state.value.member("Next") {
        Some(next) => {
            changes.extend(ended(editor, next)?);
            let target = next.value.as_str().ok_or("the next state is unknown")?;
            outer.push(("Next", Content::text(target)));
        }
        None => outer.push(("End", Content::Bool(true))),
    }
    let start = inner;
    // The default, so that it can be seen and changed.
    let items = match selected.language() {
        QueryLanguage::JsonPath => ("ItemsPath", Content::text("$")),
        QueryLanguage::Jsonata => ("Items", Content::text("{% $states.input %}")),
    };
    editor.enclose(
        selected.container,
        selected.range.clone(),
        &changes,
        name,
        |members, indentation| {
            let mode = Content::Object(vec![("Mode", Content::text("INLINE"))]);
            let processor = vec![
                ("ProcessorConfig", mode),
                ("StartAt", Content::text(start)),
                ("States", moved(members, indentation, Vec::new())),
            ];
            let mut map = vec![
                ("Type", Content::text(StateType::Map.as_str())),
                items,
                ("ItemProcessor", Content::Object(processor)),
            ];
            map.extend(outer);
            Content::Object(map)
        },
    )
}

/// Moves the selected states into the branch of a Parallel state that outputs the output of the branch.
pub(super) fn in_parallel(selected: &Selected<'_>) -> Option<Refactoring> {
    let boundary = selected.boundary()?;
    if assigns_for_others(selected) {
        return None;
    }
    let name = selected.free_name(StateType::Parallel.as_str());
    let edits = parallel_edits(selected, &boundary, &name).ok()?;
    Some(Refactoring {
        title: format!(
            "Extract {} to a branch of a new Parallel state",
            subject(selected)
        ),
        kind: Kind::Extract,
        edits,
        file: None,
    })
}

/// Whether the states assign variables that other states use: a variable that a branch or an iteration assigns is not available
/// outside, and must not be assigned there.
fn assigns_for_others(selected: &Selected<'_>) -> bool {
    let variables = selected.variables();
    let outside = &variables.outside;
    let mut assigned = variables.inside.assigned.iter();
    assigned.any(|name| outside.read.contains(name) || outside.assigned.contains(name))
}

fn parallel_edits(selected: &Selected<'_>, boundary: &Boundary<'_>, name: &str) -> Edits<Vec<Edit>> {
    let editor = Editor::new(selected.node_path.document);
    let done = selected.free_name("Done");
    let (mut changes, mut more) = (Vec::new(), Vec::new());
    for exit in &boundary.exits {
        match exit {
            Transition::Next(member) => changes.extend(ended(editor, member)?),
            Transition::Rule(target) => {
                changes.extend(editor.replace(target, &Content::text(done.as_str()))?);
                let succeed = Content::Object(vec![("Type", Content::text(StateType::Succeed.as_str()))]);
                more = vec![(done.as_str(), succeed)];
            }
        }
    }
    let entry = Content::text(boundary.entry);
    let exit = match boundary.exit {
        Some(exit) => ("Next", Content::text(exit)),
        None => ("End", Content::Bool(true)),
    };
    let output = match selected.language() {
        QueryLanguage::JsonPath => ("OutputPath", Content::text("$[0]")),
        QueryLanguage::Jsonata => ("Output", Content::text("{% $states.result[0] %}")),
    };
    let mut edits = editor.enclose(
        selected.container,
        selected.range.clone(),
        &changes,
        name,
        |members, indentation| {
            let branch = Content::Object(vec![
                ("StartAt", entry),
                ("States", moved(members, indentation, more)),
            ]);
            Content::Object(vec![
                ("Type", Content::text(StateType::Parallel.as_str())),
                ("Branches", Content::List(vec![branch])),
                output,
                exit,
            ])
        },
    )?;
    for entry in &boundary.entries {
        edits.extend(editor.replace(entry, &Content::text(name))?);
    }
    Ok(edits)
}

/// What is extracted, in a title.
pub(super) fn subject(selected: &Selected<'_>) -> String {
    match selected.states() {
        [state] => format!("`{}`", state.key.as_str()),
        states => format!("{} states", states.len()),
    }
}

fn moved<'c>(members: String, indentation: String, more: Vec<(&'c str, Content<'c>)>) -> Content<'c> {
    Content::Moved {
        members: members.into(),
        indentation: indentation.into(),
        more,
    }
}

/// `"End": true` in place of `Next`.
fn ended(editor: Editor<'_>, next: &Member) -> Edits<Vec<Edit>> {
    let mut edits = editor.rename(next, "End")?;
    edits.extend(editor.replace(&next.value, &Content::Bool(true))?);
    Ok(edits)
}

/// A value to be written elsewhere; `None` if a part of it is unknown.
fn content(node: &Node) -> Option<Content<'_>> {
    Some(match &node.kind {
        NodeKind::String(text) => Content::text(text.as_str()),
        NodeKind::Bool(truth) => Content::Bool(*truth),
        NodeKind::Number(number) => Content::Number(number.as_str().into()),
        NodeKind::Array(items) => Content::List(items.iter().map(content).collect::<Option<_>>()?),
        NodeKind::Object(members) => {
            let members = members.iter();
            let members = members.map(|member| Some((member.key.as_str(), content(&member.value)?)));
            Content::Object(members.collect::<Option<_>>()?)
        }
        NodeKind::Null | NodeKind::Unknown | NodeKind::Tagged(_) => return None,
    })
}

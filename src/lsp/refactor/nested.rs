//! Moving states into a state machine of its own.

use super::enclose::subject;
use super::refactoring::{Kind, Refactoring};
use super::selected::{Boundary, Selected};
use crate::diagnostic::Edit;
use crate::document::{Document, Node, NodeKind};
use crate::edit::{Content, Editor, Edits};
use crate::spec::{QueryLanguage, StateType};
use serde_json::{Map, Value, json};
use std::path::{Path, PathBuf};

/// The state that ends the new state machine, if a Choice rule or a catcher leads out of the selected states.
const DONE: &str = "Done";

/// Moves the selected states into a new state machine, and starts that in their place. The user must replace the example ARN.
pub(super) fn extracted(
    selected: &Selected<'_>,
    path: &Path,
    exists: &dyn Fn(&Path) -> bool,
) -> Option<Refactoring> {
    // Only a Standard workflow can wait for another state machine.
    let boundary = selected.boundary().filter(|_| !selected.is_express())?;
    let variables = selected.variables();
    let (inside, outside) = (&variables.inside, &variables.outside);
    // A state machine has variables of its own.
    let is_shared = inside.read.iter().any(|name| outside.assigned.contains(name))
        || inside.assigned.iter().any(|name| outside.read.contains(name));
    if is_shared
        || !selected
            .states()
            .iter()
            .all(|state| is_known(selected.node_path.document, &state.value))
    {
        return None;
    }
    let name = format!("{}-{}", stem(path), slug(boundary.entry));
    let file = free_path(path, &name, exists)?;
    let text = serde_json::to_string_pretty(&definition(selected, &boundary)).ok()?;
    let edits = edits(selected, &boundary, &name).ok()?;
    let file_name = file.file_name()?.to_string_lossy().into_owned();
    Some(Refactoring {
        title: format!(
            "Extract {} to the new state machine `{file_name}`",
            subject(selected)
        ),
        kind: Kind::Extract,
        edits,
        file: Some((file, format!("{text}\n"))),
    })
}

/// Whether a value can be copied to another file, because it contains no expressions of a template.
fn is_known(document: &Document, node: &Node) -> bool {
    match &node.kind {
        NodeKind::Unknown | NodeKind::Tagged(_) => false,
        // The value of an expression of HCL is known only in its file.
        NodeKind::String(text) => document.syntax != crate::document::Syntax::Hcl || !text.has_placeholder(),
        NodeKind::Array(items) => items.iter().all(|item| is_known(document, item)),
        NodeKind::Object(members) => members.iter().all(|member| is_known(document, &member.value)),
        _ => true,
    }
}

/// The name of a file without the endings of definitions.
fn stem(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.split('.').next().unwrap_or_default().to_owned()
}

/// A name of a state as a part of a name of a file or of a state machine.
fn slug(name: &str) -> String {
    let words = name.split(|c: char| !c.is_ascii_alphanumeric());
    let words: Vec<String> = words
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    if words.is_empty() {
        "part".to_owned()
    } else {
        words.join("-")
    }
}

fn free_path(path: &Path, name: &str, exists: &dyn Fn(&Path) -> bool) -> Option<PathBuf> {
    let folder = path.parent()?;
    let mut paths = (1..100).map(|number| {
        let number = if number == 1 {
            String::new()
        } else {
            format!("-{number}")
        };
        folder.join(format!("{name}{number}.asl.json"))
    });
    paths.find(|path| !exists(path))
}

/// The new state machine.
fn definition(selected: &Selected<'_>, boundary: &Boundary<'_>) -> Value {
    let mut states = Map::new();
    let mut needs_done = false;
    for state in selected.states() {
        let mut value = state.value.to_json();
        let exit = boundary.exit.map(Value::from);
        let is_exit = |target: &Value| Some(target) == exit.as_ref();
        if let Some(fields) = value.as_object_mut() {
            if fields.get("Next").is_some_and(is_exit) {
                fields.shift_remove("Next");
                fields.insert("End".to_owned(), true.into());
            }
            let mut targets: Vec<&mut Value> = Vec::new();
            for (key, field) in fields.iter_mut() {
                match key.as_str() {
                    "Default" => targets.push(field),
                    "Choices" | "Catch" => {
                        let items = field.as_array_mut().into_iter().flatten();
                        targets.extend(items.filter_map(|item| item.get_mut("Next")));
                    }
                    _ => {}
                }
            }
            for target in targets.into_iter().filter(|target| is_exit(target)) {
                *target = DONE.into();
                needs_done = true;
            }
        }
        states.insert(state.key.as_str().to_owned(), value);
    }
    if needs_done {
        states.insert(DONE.to_owned(), json!({"Type": StateType::Succeed.as_str()}));
    }
    let mut machine = Map::new();
    if selected.language() == QueryLanguage::Jsonata {
        machine.insert("QueryLanguage".to_owned(), QueryLanguage::Jsonata.as_str().into());
    }
    machine.insert("StartAt".to_owned(), boundary.entry.into());
    machine.insert("States".to_owned(), states.into());
    machine.into()
}

/// The task in place of the states.
fn edits(selected: &Selected<'_>, boundary: &Boundary<'_>, machine: &str) -> Edits<Vec<Edit>> {
    let editor = Editor::new(selected.node_path.document);
    let name = selected.free_name(&format!("Run {}", boundary.entry));
    let arn = format!("arn:aws:states:us-east-1:123456789012:stateMachine:{machine}");
    let arn = ("StateMachineArn", Content::text(arn));
    let input = |key: &'static str, input: &'static str| {
        Content::Object(vec![arn.clone(), (key, Content::text(input))])
    };
    let (call, output) = match selected.language() {
        QueryLanguage::JsonPath => (
            ("Parameters", input("Input.$", "$")),
            ("OutputPath", Content::text("$.Output")),
        ),
        QueryLanguage::Jsonata => (
            ("Arguments", input("Input", "{% $states.input %}")),
            ("Output", Content::text("{% $states.result.Output %}")),
        ),
    };
    let exit = match boundary.exit {
        Some(exit) => ("Next", Content::text(exit)),
        None => ("End", Content::Bool(true)),
    };
    let mut edits = editor.enclose(selected.container, selected.range.clone(), &[], &name, |_, _| {
        Content::Object(vec![
            ("Type", Content::text(StateType::Task.as_str())),
            (
                "Resource",
                Content::text("arn:aws:states:::states:startExecution.sync:2"),
            ),
            call,
            output,
            exit,
        ])
    })?;
    for entry in &boundary.entries {
        edits.extend(editor.replace(entry, &Content::text(name.as_str()))?);
    }
    Ok(edits)
}

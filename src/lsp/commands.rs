//! Code lenses over state machines, and the commands that they run.

use super::actions::EXPLAIN;
use super::failure::Failure;
use super::position::Encoding;
use super::snapshot::Snapshot;
use super::symbols::is_in_document;
use super::uri;
use super::workspace::Workspace;
use crate::lint::registry;
use crate::source::Span;
use gen_lsp_types::{CodeLens, Command};
use lsp_server::ErrorCode;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// The commands that print their result, with their titles and those of the command line.
const PRINTED: [(&str, &str, &str); 3] = [
    ("asl.simulate", "Simulate", "simulate"),
    (TEST, "Test", "test"),
    ("asl.cost", "Cost", "cost"),
];

/// The command that runs the suites of a state machine.
const TEST: &str = "asl.test";

/// The command that draws a state machine.
const GRAPH: &str = "asl.graph";

/// The names of all commands.
pub(super) fn names() -> Vec<String> {
    let printed = PRINTED.iter().map(|(name, _, _)| *name);
    printed.chain([GRAPH, EXPLAIN]).map(str::to_owned).collect()
}

/// The lenses of a document: four over each state machine.
pub(super) fn code_lenses(snapshot: &Snapshot, uri: &str, encoding: Encoding) -> Vec<CodeLens> {
    let mut lenses = Vec::new();
    for found in snapshot
        .machines
        .iter()
        .filter(|found| is_in_document(snapshot, found))
    {
        let Some(node) = snapshot.node_of(found) else {
            continue;
        };
        let start = node.span.start;
        let range = snapshot
            .lines
            .range(snapshot.text(), Span::new(start, start), encoding);
        let mut add = |name: &str, title: &str| {
            let argument = json!({"uri": uri, "stateMachine": found.name});
            lenses.push(CodeLens {
                range,
                command: Some(Command {
                    title: title.to_owned(),
                    tooltip: None,
                    command: name.to_owned(),
                    arguments: Some(vec![argument]),
                }),
                data: None,
            });
        };
        for (name, title, _) in &PRINTED[..2] {
            add(name, title);
        }
        add(GRAPH, "Open graph");
        add(PRINTED[2].0, PRINTED[2].1);
    }
    lenses
}

/// Runs a command. The result of a command that prints is its text; that of a graph, the page and its path.
pub(super) fn execute(
    workspace: &mut Workspace<'_>,
    name: &str,
    arguments: &[Value],
) -> Result<Value, Failure> {
    let failed = |message: String| Failure::new(ErrorCode::RequestFailed, message);
    let first = arguments.first().unwrap_or(&Value::Null);
    if name == EXPLAIN {
        let rule = first.as_str().and_then(registry::find);
        let rule = rule.ok_or_else(|| failed("unknown rule".to_owned()))?;
        return Ok(json!({"markdown": format!("# {}\n\n{}", rule.name, rule.manual)}));
    }
    let uri = first["uri"].as_str();
    let uri = uri.ok_or_else(|| Failure::new(ErrorCode::InvalidParams, "missing argument `uri`"))?;
    let machine = first["stateMachine"].as_str();
    if name == GRAPH {
        return graph(workspace, uri, machine).map_err(failed);
    }
    let Some((_, _, command)) = PRINTED.iter().find(|(known, _, _)| *known == name) else {
        return Err(Failure::new(
            ErrorCode::InvalidParams,
            format!("unknown command `{name}`"),
        ));
    };
    let path = uri::to_path(uri);
    let (file, folder) = (path.display().to_string(), folder_of(workspace, &path));
    let mut line = vec![*command, "--color", "never"];
    let filter = filter(&path, machine);
    if name == TEST {
        line.extend(["--filter", &filter, &folder]);
    } else {
        line.push(&file);
        if let Some(machine) = machine {
            line.extend(["--state-machine", machine]);
        }
    }
    let output = workspace.host.run(&line).map_err(failed)?;
    Ok(json!({"text": output}))
}

/// The open folder that contains a file, or else its own folder: where the suites of its state machines are.
fn folder_of(workspace: &Workspace<'_>, path: &Path) -> String {
    let mut folders = workspace.client.folders.iter();
    let folder = folders
        .find(|folder| path.starts_with(folder))
        .map(PathBuf::as_path);
    let folder = folder.or_else(|| path.parent()).unwrap_or(Path::new("."));
    folder.display().to_string()
}

/// Selects the cases of the suites that test a state machine.
fn filter(path: &Path, machine: Option<&str>) -> String {
    let file = path.file_name().unwrap_or_default().to_string_lossy();
    match machine {
        Some(machine) => format!("machine(~{file}) and machine(={machine})"),
        None => format!("machine(~{file})"),
    }
}

/// The page that draws a state machine of a document as it is now.
fn graph(workspace: &Workspace<'_>, uri: &str, machine: Option<&str>) -> Result<Value, String> {
    let snapshot = workspace
        .snapshot(uri)
        .or_else(|| workspace.file(&uri::to_path(uri)));
    let snapshot = snapshot.ok_or("the document is not open")?;
    let mut machines = snapshot.machines.iter();
    let found = machines
        .find(|found| machine.is_none() || found.name.as_deref() == machine)
        .ok_or("the document contains no such state machine")?;
    let node = snapshot
        .node_of(found)
        .ok_or("the definition could not be read")?;
    let page = workspace.host.graph(snapshot.document_of(found), node)?;
    let path = workspace.host.keep_page(&page)?;
    Ok(json!({"path": path.display().to_string(), "uri": uri::from_path(&path), "html": page}))
}

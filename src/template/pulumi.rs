//! Pulumi programs in YAML.

use super::contents::Contents;
use super::definition::Definition;
use super::files::Base;
use super::intrinsic::is_placeholder;
use super::machine::Container;
use super::read_budget::ReadBudget;
use super::resource::{Configuration, Resource, Setting};
use crate::document::{Document, JoinedText, Member, Node, Syntax};
use crate::spec::WorkflowType;
use std::sync::Arc;

/// The resource types of state machines.
const TYPES: [&str; 4] = [
    "aws:sfn:StateMachine",
    "aws:sfn/stateMachine:StateMachine",
    "aws-native:stepfunctions:StateMachine",
    "aws-native:stepfunctions/stateMachine:StateMachine",
];

/// Texts of which a program that defines a state machine contains one.
pub(super) const MARKERS: [&str; 2] = ["aws:sfn", "aws-native:stepfunctions"];

/// The function that reads a file, and the one that encodes a value.
const READ_FILE: [&str; 2] = ["fn::readFile", "Fn::ReadFile"];
const TO_JSON: [&str; 2] = ["fn::toJSON", "Fn::ToJSON"];

/// Reads a program; other documents are ignored.
pub(super) fn read(document: &Document, root: &Node, budget: &ReadBudget<'_>, contents: &mut Contents<'_>) {
    for member in root
        .get("resources")
        .and_then(Node::as_object)
        .unwrap_or_default()
    {
        let kind = member.value.get("type").and_then(Node::as_str);
        if kind.is_some_and(|kind| TYPES.contains(&kind)) {
            resource(document, root, member, budget, contents);
        }
    }
}

fn resource(
    document: &Document,
    root: &Node,
    member: &Member,
    budget: &ReadBudget<'_>,
    contents: &mut Contents<'_>,
) {
    let properties = member.value.get("properties");
    let get = |name: &str| properties.and_then(|properties| properties.get(name));
    let kind = get("type").or_else(|| get("stateMachineType"));
    let mut resource = Resource {
        container: Container::Pulumi,
        name: member.key.to_string(),
        name_span: member.key_span,
        pointer: root.pointer_to(member.value.span),
        source: Arc::clone(&document.source),
        configuration: Configuration {
            workflow_type: kind.map_or(Some(WorkflowType::Standard), |kind| {
                kind.as_str().and_then(WorkflowType::from_name)
            }),
            role: get("roleArn").map_or(Setting::Absent, |_| Setting::On),
            ..Configuration::default()
        },
        issues: Vec::new(),
    };
    let written = get("definition").or_else(|| get("definitionString"));
    if let Some(written) = written.map(|written| value_of(document, root, written))
        && let Some((found, is_text)) = definition(document, written, &mut resource, budget)
    {
        let definition = Definition {
            document: found,
            is_text,
            is_alternative: false,
            span: written.span,
            pointer: root.pointer_to(written.span),
            inner: String::new(),
        };
        resource.add_definition(definition, budget, contents);
    }
    contents.resources.push(resource);
}

/// The value of a variable of the program that consists of `${name}`, or the node itself.
fn value_of<'n>(document: &Document, root: &'n Node, node: &'n Node) -> &'n Node {
    let bytes = document.source.text().get(node.span.range());
    let variable = || {
        let text = node.as_str().or(bytes.filter(|_| node.is_unknown()))?;
        let name = text.trim().strip_prefix("${")?.strip_suffix('}')?;
        root.get("variables")?.get(name)
    };
    variable().unwrap_or(node)
}

fn definition(
    document: &Document,
    written: &Node,
    resource: &mut Resource,
    budget: &ReadBudget<'_>,
) -> Option<(Document, bool)> {
    let call = |names: [&str; 2]| names.iter().find_map(|name| written.get(name));
    if let Some(path) = call(READ_FILE) {
        let folders = ["${pulumi.cwd}/", "./"];
        let path_text = path.as_str().unwrap_or_default();
        let relative = folders.iter().find_map(|folder| path_text.strip_prefix(folder));
        let relative = relative.unwrap_or(path_text);
        if !relative.contains("${") {
            return Some((
                resource.open(relative, path.span, Base::TemplateFolder, budget)?,
                false,
            ));
        }
    }
    let value = call(TO_JSON).unwrap_or(written);
    let here = |roots| Document {
        source: Arc::clone(&document.source),
        syntax: document.syntax,
        roots,
        errors: Vec::new(),
        is_whole: document.is_whole,
    };
    let is_call = value.as_object().is_some_and(|members| match members {
        [only] => only.key.to_ascii_lowercase().starts_with("fn::"),
        _ => false,
    });
    match value.as_text() {
        Some(text) if !is_placeholder(text.trim()) && budget.take(text.len()) => {
            let mut joined = JoinedText::default();
            joined.push_text(document.source.text(), text);
            Some((joined.read(&document.source, Syntax::Json, value.span), true))
        }
        None if value.as_object().is_some() && !is_call => Some((here(vec![budget.copy(value)]), false)),
        _ => {
            resource.cannot_read(value.span, "definition is unknown until the program is run");
            None
        }
    }
}

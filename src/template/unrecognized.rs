//! State machines that a file seems to contain although no reader found them. They are reported, so that the file does
//! not count as one without a state machine.

use super::cloudformation;
use super::issue::{IssueKind, TemplateIssue};
use super::machine::looks_like_definition;
use super::serverless;
use crate::document::{Document, Node, NodeKind, Syntax, read};
use crate::source::{SourceFile, Span, to_offset};
use std::sync::Arc;

/// The maximum number of issues for a file.
const MAX_ISSUES: usize = 10;

/// The issues of a document in which no state machine was found.
pub(super) fn issues(document: &Document) -> Vec<TemplateIssue> {
    let mut found = Vec::new();
    for root in &document.roots {
        let machines = root.get(serverless::SECTION).and_then(|s| s.get("stateMachines"));
        if let Some(machines) = machines.filter(|node| node.as_object().is_none_or(|m| !m.is_empty())) {
            found.push(issue(
                machines,
                "the state machines of this configuration could not be read",
            ));
        }
        search(root, &mut found);
    }
    found
}

/// The issue of a document that mentions the resource type of state machines, although none was found.
pub fn mentioned_resource_type(document: &Document) -> Option<TemplateIssue> {
    let text = document.source.text();
    let find = |name: &'static str| Some((text.find(name)?, name));
    let (at, name) = cloudformation::RESOURCE_TYPES.into_iter().find_map(find)?;
    let span = Span::new(to_offset(at), to_offset(at + name.len()));
    let message = format!("this file mentions `{name}`, but no state machine was found in it");
    Some(TemplateIssue::new(IssueKind::Unreadable, span, message))
}

fn search(node: &Node, found: &mut Vec<TemplateIssue>) {
    if found.len() == MAX_ISSUES {
        return;
    }
    match &node.kind {
        NodeKind::Object(members) => {
            let kind = node.get("Type").filter(|kind| {
                kind.as_str()
                    .is_some_and(|kind| cloudformation::RESOURCE_TYPES.contains(&kind))
            });
            if let Some(kind) = kind {
                let message =
                    "this state machine is not among the resources of a template, so it was not read";
                found.push(issue(kind, message));
            } else if is_definition(node) {
                found.push(definition_issue(node));
            } else {
                for member in members {
                    search(&member.value, found);
                }
            }
        }
        NodeKind::Array(items) => {
            for item in items {
                search(item, found);
            }
        }
        NodeKind::Tagged(tagged) => search(&tagged.value, found),
        NodeKind::String(text) if text.trim_start().starts_with('{') && text.contains("\"StartAt\"") => {
            let source = Arc::new(SourceFile::new("", text.to_string()));
            if read(source, Syntax::Json).roots.iter().any(is_definition) {
                found.push(definition_issue(node));
            }
        }
        _ => {}
    }
}

fn is_definition(node: &Node) -> bool {
    looks_like_definition(node) && node.get("StartAt").is_some() && node.get("States").is_some()
}

fn definition_issue(node: &Node) -> TemplateIssue {
    let issue = issue(
        node,
        "this looks like a state machine, but was not read because it is not in a resource that defines one",
    );
    issue.help("save the definition in a file of its own to check it")
}

fn issue(node: &Node, message: &str) -> TemplateIssue {
    TemplateIssue::new(IssueKind::Unreadable, node.span, message)
}

//! State machines in the output of AWS's APIs: `describe-state-machine`, a Terraform state, an event of `CloudTrail`. The
//! definition is a string of JSON.

use super::contents::Contents;
use super::definition::Definition;
use super::machine::{Container, looks_like_definition};
use super::read_budget::ReadBudget;
use super::resource::{Configuration, Resource};
use crate::document::{Document, JoinedText, Node, Syntax};
use crate::source::Span;
use crate::spec::WorkflowType;
use std::sync::Arc;

/// The members next to a definition that tell that its object describes a state machine.
const COMPANIONS: [&str; 4] = ["roleArn", "role_arn", "stateMachineArn", "stateMachineVersionArn"];

/// Reads the descriptions of state machines in a document, or a document that is one string.
pub(super) fn read(document: &Document, root: &Node, budget: &ReadBudget<'_>, contents: &mut Contents<'_>) {
    let reader = Reader {
        document,
        root,
        budget,
    };
    if root.as_str().is_some() {
        reader.add_definition(root, None, contents);
    } else {
        reader.node(root, contents);
    }
}

struct Reader<'r> {
    document: &'r Document,
    root: &'r Node,
    budget: &'r ReadBudget<'r>,
}

impl Reader<'_> {
    fn node(&self, node: &Node, contents: &mut Contents<'_>) {
        for item in node.as_array().unwrap_or_default() {
            self.node(item, contents);
        }
        let Some(members) = node.as_object() else { return };
        if let Some(definition) = node.get("definition")
            && COMPANIONS.iter().any(|name| node.get(name).is_some())
        {
            self.add_definition(definition, Some(node), contents);
            return;
        }
        for member in members {
            self.node(&member.value, contents);
        }
    }

    fn add_definition(&self, definition: &Node, description: Option<&Node>, contents: &mut Contents<'_>) {
        let Some(document) = self.definition(definition) else {
            return;
        };
        let get = |name: &str| description.and_then(|node| node.get(name));
        let name = get("name").and_then(|name| Some((name.as_str()?.to_owned(), name.span)));
        let kind = get("type")
            .and_then(Node::as_str)
            .and_then(WorkflowType::from_name);
        let mut resource = Resource {
            container: Container::Description,
            name: name
                .as_ref()
                .map_or_else(|| "definition".to_owned(), |(name, _)| name.clone()),
            name_span: name.map_or(definition.span, |(_, span)| span),
            pointer: String::new(),
            source: Arc::clone(&self.document.source),
            configuration: Configuration {
                workflow_type: kind,
                ..Configuration::default()
            },
            issues: Vec::new(),
        };
        let definition = Definition {
            document,
            is_text: definition.as_text().is_some(),
            is_alternative: false,
            span: definition.span,
            pointer: self.root.pointer_to(definition.span),
            inner: String::new(),
        };
        resource.add_definition(definition, self.budget, contents);
        if !resource.issues.is_empty() {
            contents.resources.push(resource);
        }
    }

    fn definition(&self, node: &Node) -> Option<Document> {
        let source = &self.document.source;
        let document = match node.as_text() {
            Some(text) if text.contains("StartAt") && self.budget.take(text.len()) => {
                let mut joined = JoinedText::default();
                joined.push_text(source.text(), text);
                joined.read(source, Syntax::Json, Span::new(node.span.start, node.span.end))
            }
            Some(_) => return None,
            None => Document {
                source: Arc::clone(source),
                syntax: self.document.syntax,
                roots: vec![self.budget.copy(node)],
                errors: Vec::new(),
                is_whole: self.document.is_whole,
            },
        };
        document
            .roots
            .iter()
            .any(looks_like_definition)
            .then_some(document)
    }
}

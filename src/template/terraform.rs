//! Terraform: `aws_sfn_state_machine`, and module calls with a `definition`.

mod configuration;
mod definition;
mod json;
mod names;

use super::contents::Contents;
use super::definition::Definition;
use super::machine::{Container, looks_like_definition};
use super::read_budget::ReadBudget;
use super::resource::{Configuration, Resource};
use crate::document::{Document, Member, Node, Syntax};
use definition::{Candidate, Search};
use names::{Expression, Names};
use std::sync::Arc;

/// The resource type of state machines.
pub(super) const MARK: &str = "aws_sfn_state_machine";

/// Reads a file of a module; other documents are ignored.
pub(super) fn read(document: &Document, root: &Node, budget: &ReadBudget<'_>, contents: &mut Contents<'_>) {
    if document.syntax == Syntax::Hcl {
        read_module(document, root, budget, contents);
        return;
    }
    let members = root.as_object().unwrap_or_default();
    if members
        .iter()
        .any(|m| m.key.as_str() == "resource" && m.value.get(MARK).is_some())
    {
        let document = json::evaluated(document, root, budget);
        for root in &document.roots {
            read_module(&document, root, budget, contents);
        }
    }
}

fn read_module<'d>(
    document: &'d Document,
    root: &'d Node,
    budget: &ReadBudget<'_>,
    contents: &mut Contents<'_>,
) {
    let machines = |m: &'d Member| match m.key.as_str() {
        "resource" => m.value.get(MARK).and_then(Node::as_object),
        _ => None,
    };
    let calls = |m: &'d Member| match m.key.as_str() {
        "module" if document.syntax == Syntax::Hcl => m.value.as_object(),
        _ => None,
    };
    let members = root.as_object().unwrap_or_default();
    let has_definition = |m: &&'d Member| m.value.get("definition").is_some();
    let machines = members.iter().flat_map(|m| machines(m).unwrap_or_default());
    let calls = members.iter().flat_map(|m| calls(m).unwrap_or_default());
    let calls: Vec<&Member> = calls.filter(has_definition).collect();
    let machines: Vec<&Member> = machines.collect();
    if machines.is_empty() && calls.is_empty() {
        return;
    }
    // The files of a directory are one module, but few definitions need more than one of them.
    let own = Names::new([document]);
    let has_all = |m: &&Member| {
        let definition = m.value.get("definition");
        definition.is_none_or(|node| own.has_all_of(Expression { document, node }))
    };
    let others = if machines.iter().chain(&calls).all(has_all) {
        Vec::new()
    } else {
        budget.module_of(document)
    };
    let names = if others.is_empty() {
        own
    } else {
        Names::new([document].into_iter().chain(&others))
    };
    let module = Module {
        document,
        root,
        budget,
        names: &names,
    };
    let mut all: Vec<(&Member, bool)> = machines.into_iter().map(|m| (m, false)).collect();
    all.extend(calls.into_iter().map(|m| (m, true)));
    all.sort_by_key(|(m, _)| m.key_span.start);
    for (member, is_call) in all {
        if is_call {
            module.call(member, contents);
        } else {
            module.resource(member, contents);
        }
    }
}

struct Module<'m> {
    document: &'m Document,
    root: &'m Node,
    budget: &'m ReadBudget<'m>,
    names: &'m Names<'m>,
}

impl<'m> Module<'m> {
    fn resource(&self, member: &'m Member, contents: &mut Contents<'_>) {
        let mut resource = self.begin(member, configuration::read(&member.value));
        if let Some(node) = member.value.get("definition") {
            let found = self.search(node, &mut resource);
            self.hold(found, node, &mut resource, contents);
        }
        contents.resources.push(resource);
    }

    /// A module call. What the module does with its `definition` is unknown, so nothing else is reported.
    fn call(&self, member: &'m Member, contents: &mut Contents<'_>) {
        let Some(node) = member.value.get("definition") else {
            return;
        };
        let mut resource = self.begin(member, Configuration::default());
        let mut found = self.search(node, &mut resource);
        found.retain(|found| found.document.roots.iter().any(looks_like_definition));
        if found.is_empty() {
            return;
        }
        self.hold(found, node, &mut resource, contents);
        contents.resources.push(resource);
    }

    fn search(&self, node: &'m Node, resource: &mut Resource) -> Vec<Candidate> {
        let document = self.document;
        Search::new(self.names, self.budget, resource).run(Expression { document, node })
    }

    fn hold(&self, found: Vec<Candidate>, node: &Node, resource: &mut Resource, contents: &mut Contents<'_>) {
        for found in found {
            let definition = Definition {
                document: found.document,
                is_text: found.is_text,
                span: node.span,
                pointer: self.root.pointer_to(node.span),
                inner: found.inner,
            };
            resource.hold(definition, self.budget, contents);
        }
    }

    fn begin(&self, member: &Member, configuration: Configuration) -> Resource {
        Resource {
            container: Container::Terraform,
            name: member.key.to_string(),
            name_span: member.key_span,
            pointer: self.root.pointer_to(member.value.span),
            source: Arc::clone(&self.document.source),
            configuration,
            issues: Vec::new(),
        }
    }
}

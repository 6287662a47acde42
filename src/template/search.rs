//! Finding the state machines in a file.

use super::contents::Contents;
use super::files::{Files, NoFiles};
use super::machine::{Container, EmbeddedMachine, Origin, looks_like_definition};
use super::read_budget::ReadBudget;
use super::{cloudformation, described, intrinsic, kubernetes, pulumi, serverless, terraform, unrecognized};
use crate::document::{Document, Syntax, read};
use crate::source::SourceFile;
use memchr::memmem;
use std::sync::Arc;

/// Whether the caller knows that a file is a definition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expectation {
    /// The user specified it as a definition, so its root is one.
    Definition,
    /// It may contain one.
    MayBeDefinition,
}

/// The state machines in a document, in source order.
pub fn contents<'d>(document: &'d Document, expectation: Expectation, files: &dyn Files) -> Contents<'d> {
    let mut contents = Contents::default();
    let budget = ReadBudget::new(document.source.text(), files);
    for root in &document.roots {
        let mut is_definition = looks_like_definition(root);
        if !is_definition {
            let (before, machines) = (contents.resources.len(), contents.machines.len());
            serverless::read(document, root, &budget, &mut contents);
            terraform::read(document, root, &budget, &mut contents);
            if contents.resources.len() == before {
                pulumi::read(document, root, &budget, &mut contents);
                kubernetes::read(document, root, &budget, &mut contents);
                cloudformation::read_template(document, root, &budget, &mut contents);
            }
            let is_alone = |contents: &Contents<'_>| {
                contents.resources.len() == before
                    && contents.machines.len() == machines
                    && document.syntax != Syntax::Hcl
            };
            if is_alone(&contents) {
                described::read(document, root, &budget, &mut contents);
            }
            if is_alone(&contents) {
                serverless::read_part(document, root, &budget, &mut contents);
            }
            let is_alone = is_alone(&contents);
            is_definition = expectation == Expectation::Definition && is_alone;
        }
        if is_definition {
            let (container, origin) = match serverless::included_states(document, root, &budget) {
                Some(definition) => (Container::Serverless, Origin::owned(definition, root.span)),
                None => (Container::Definition, Origin::Borrowed { document, node: root }),
            };
            contents.machines.push(EmbeddedMachine {
                name: None,
                container,
                workflow_type: None,
                pointer: String::new(),
                inner: String::new(),
                is_text: false,
                is_alternative: false,
                origin,
            });
        }
    }
    if contents.is_empty() && may_contain_machine(document.source.text().as_bytes()) {
        contents.unread = unrecognized::issues(document);
    }
    contents
}

/// The state machines in a document, without those in other files.
pub fn machines(document: &Document, expectation: Expectation) -> Vec<EmbeddedMachine<'_>> {
    contents(document, expectation, &NoFiles).machines
}

/// Reads the text of a file that may be a template.
pub fn read_file(source: Arc<SourceFile>, syntax: Syntax) -> Document {
    let syntax = syntax_of_text(source.text(), syntax);
    let mut document = read(source, syntax);
    forget_calls(&mut document);
    document
}

/// Makes the calls of intrinsic functions in a definition unknown values, since a template may insert the definition.
/// Returns whether the document may contain some.
pub fn forget_calls(document: &mut Document) -> bool {
    if !has(document.source.text().as_bytes(), "Fn::") {
        return false;
    }
    let mut is_definition = false;
    for root in &mut document.roots {
        if looks_like_definition(root) {
            intrinsic::forget_calls(root);
            is_definition = true;
        }
    }
    is_definition
}

/// The syntax of a source text that may be a template, whose scalars follow YAML 1.1.
pub fn syntax_of_text(text: &str, syntax: Syntax) -> Syntax {
    let is_cloudformation = || {
        let bytes = text.as_bytes();
        cloudformation::RESOURCE_TYPES.iter().any(|name| has(bytes, name))
    };
    match syntax {
        Syntax::Yaml if is_cloudformation() && !serverless::is_configuration(text) => Syntax::Yaml11,
        syntax => syntax,
    }
}

/// Whether a source text may contain a state machine; every such text contains these words.
pub fn may_contain_machine(text: &[u8]) -> bool {
    (has(text, "StartAt") && has(text, "States")) || may_be_template(text)
}

/// Whether a source text may be a template, which may reference other files.
pub fn may_be_template(text: &[u8]) -> bool {
    cloudformation::RESOURCE_TYPES.iter().any(|name| has(text, name))
        || has(text, serverless::SECTION)
        || pulumi::MARKERS.iter().any(|marker| has(text, marker))
        || has(text, terraform::MARKER)
        || has(text, terraform::CLOUD_CONTROL_TYPE)
        || terraform::may_call_module(text)
}

fn has(text: &[u8], word: &str) -> bool {
    memmem::find(text, word.as_bytes()).is_some()
}

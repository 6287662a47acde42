//! Finding the state machines of a file.

use super::contents::Contents;
use super::files::{Files, NoFiles};
use super::found::{Container, Found, Held, looks_like_definition};
use super::reach::Reach;
use super::{cloudformation, rendering, serverless, terraform};
use crate::document::{Document, Syntax, read};
use crate::source::SourceFile;
use memchr::memmem;
use std::sync::Arc;

/// How sure the caller is that a file is a definition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expectation {
    /// It was asked about as one: whatever its root is, that is the definition.
    Definition,
    /// It may hold one.
    Unsure,
}

/// The state machines of a document, in the order of the text.
pub fn contents<'d>(document: &'d Document, expectation: Expectation, files: &dyn Files) -> Contents<'d> {
    let mut contents = Contents::default();
    let reach = Reach::of(document.source.text(), files);
    for root in &document.roots {
        let mut is_definition = looks_like_definition(root);
        if !is_definition {
            let before = contents.resources.len();
            serverless::read(document, root, &reach, &mut contents);
            terraform::read(document, root, &reach, &mut contents);
            if contents.resources.len() == before {
                cloudformation::read(document, root, &reach, &mut contents);
            }
            let is_alone = contents.resources.len() == before && document.syntax != Syntax::Hcl;
            is_definition = expectation == Expectation::Definition && is_alone;
        }
        if is_definition {
            contents.machines.push(Found {
                name: None,
                container: Container::Definition,
                workflow_type: None,
                pointer: String::new(),
                inner: String::new(),
                is_text: false,
                held: Held::Borrowed { document, node: root },
            });
        }
    }
    contents
}

/// The state machines alone, those in other files left out.
pub fn machines(document: &Document, expectation: Expectation) -> Vec<Found<'_>> {
    contents(document, expectation, &NoFiles).machines
}

/// Reads a file's text, which may be a template: its values may follow YAML 1.1, and what a template engine puts in may
/// stand in it, which is then passed over.
pub fn read_file(source: Arc<SourceFile>, syntax: Syntax) -> Document {
    let is_cloudformation = cloudformation::MARKS.iter().any(|m| source.text().contains(m));
    let syntax = match syntax {
        Syntax::Yaml if is_cloudformation && !serverless::is_configuration(source.text()) => {
            Syntax::YamlOneOne
        }
        syntax => syntax,
    };
    match rendering::without_marks(source.text()) {
        Some(text) => {
            let mut document = read(Arc::new(SourceFile::new(source.name(), text)), syntax);
            // Both branches of a condition stand in the text, so that keys come twice.
            document.faults.clear();
            document.is_whole = false;
            document.source = source;
            document
        }
        None => read(source, syntax),
    }
}

/// Words of which one stands in every text that holds a state machine.
pub fn may_hold_machine(text: &[u8]) -> bool {
    (has(text, "StartAt") && has(text, "States")) || may_be_template(text)
}

/// Whether a text may be that of a template, which may name other files.
pub fn may_be_template(text: &[u8]) -> bool {
    cloudformation::MARKS.iter().any(|mark| has(text, mark))
        || has(text, serverless::MARK)
        || has(text, terraform::MARK)
}

fn has(text: &[u8], word: &str) -> bool {
    memmem::find(text, word.as_bytes()).is_some()
}

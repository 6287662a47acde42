//! A document at one version: its text, its tree, and the state machines in it.

use super::position::Lines;
use crate::document::{Document, Node, Syntax, Undo, read, reparse};
use crate::source::SourceFile;
use crate::spec::WorkflowType;
use crate::template::{self, Container, Expectation, Files, Resource};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

/// A document at one version.
#[derive(Debug)]
pub(super) struct Snapshot {
    /// Its path; relative if it is not a file.
    pub(super) path: PathBuf,
    /// Its tree.
    pub(super) document: Document,
    /// What takes the tree back to that of an older version, if it was made of that.
    undo: Option<Undo>,
    /// Whether its tree is not what reading the text gives, so that no other version can be made of it.
    is_rewritten: bool,
    /// Whether it is treated as a definition regardless of its content.
    pub(super) expectation: Expectation,
    /// The lines of its text.
    pub(super) lines: Rc<Lines>,
    /// The state machines in it, and in the files that it references.
    pub(super) machines: Vec<Found>,
    /// The state machine resources in it.
    pub(super) resources: Vec<Resource>,
}

/// A state machine of a document.
#[derive(Debug)]
pub(super) struct Found {
    /// Its name in the template.
    pub(super) name: Option<String>,
    /// The kind of the file.
    pub(super) container: Container,
    /// Its type, if the template specifies it.
    pub(super) workflow_type: Option<WorkflowType>,
    /// Whether it is in a string of the file.
    pub(super) is_text: bool,
    place: Place,
}

/// Where the tree of a state machine is.
#[derive(Debug)]
enum Place {
    /// The root of this number in the file's own tree.
    Root(usize),
    /// In a tree of its own, whose spans are bytes of the file, of another file, or of several.
    Own(Box<Document>),
}

impl Snapshot {
    /// Reads a source text. `language` is the client's name of its language. `base` is an older version of the document, which is
    /// used up if the new one is made of it.
    pub(super) fn new(
        source: Arc<SourceFile>,
        path: &Path,
        language: &str,
        expectation: Expectation,
        files: &dyn Files,
        lines: Rc<Lines>,
        base: &mut Option<Document>,
    ) -> Self {
        let syntax = Syntax::from_path(path).or_else(|| syntax_of_language(language));
        let syntax = syntax.unwrap_or_else(|| Syntax::sniff(source.text()));
        let syntax = template::syntax_of_text(source.text(), syntax);
        let mut undo = None;
        let changed = base.take_if(|base| {
            undo = (base.syntax == syntax).then(|| reparse(base, &source)).flatten();
            undo.is_some()
        });
        let mut document = changed.unwrap_or_else(|| read(source, syntax));
        let is_rewritten = template::forget_calls(&mut document);
        let contents = template::contents(&document, expectation, files);
        let machines = contents
            .machines
            .into_iter()
            .filter(|found| !found.is_alternative);
        let machines = machines
            .map(|found| {
                let root = document
                    .roots
                    .iter()
                    .position(|root| std::ptr::eq(root, found.node()));
                Found {
                    name: found.name.clone(),
                    container: found.container,
                    workflow_type: found.workflow_type,
                    is_text: found.is_text,
                    place: match root {
                        Some(root) => Place::Root(root),
                        None => Place::Own(Box::new(found.into_document())),
                    },
                }
            })
            .collect();
        Self {
            path: path.to_owned(),
            lines,
            undo,
            is_rewritten,
            expectation,
            machines,
            resources: contents.resources,
            document,
        }
    }

    /// The last version without syntax errors: this one, or the one that it was made of.
    pub(super) fn into_base(self) -> Option<Document> {
        if self.is_rewritten {
            return None;
        }
        let mut document = self.document;
        if !document.errors.is_empty() {
            self.undo?.apply(&mut document);
        }
        Some(document)
    }

    /// Whether it may reference other files.
    pub(super) fn depends_on_files(&self) -> bool {
        !self.resources.is_empty()
    }

    /// The text.
    pub(super) fn text(&self) -> &str {
        self.document.source.text()
    }

    /// The document whose text the spans of a machine belong to.
    pub(super) fn document_of<'s>(&'s self, machine: &'s Found) -> &'s Document {
        match &machine.place {
            Place::Root(_) => &self.document,
            Place::Own(document) => document,
        }
    }

    /// The tree of a machine; `None` if nothing could be read.
    pub(super) fn node_of<'s>(&'s self, machine: &'s Found) -> Option<&'s Node> {
        match &machine.place {
            Place::Root(root) => self.document.roots.get(*root),
            Place::Own(document) => document.roots.first(),
        }
    }
}

/// The syntax of a file by the client's name of its language, if the file's own name does not tell.
fn syntax_of_language(language: &str) -> Option<Syntax> {
    Some(match language {
        "json" | "asl" => Syntax::Json,
        "jsonc" | "json5" => Syntax::Jsonc,
        "yaml" | "asl-yaml" | "cloudformation" => Syntax::Yaml,
        "terraform" | "hcl" | "opentofu" => Syntax::Hcl,
        _ => return None,
    })
}

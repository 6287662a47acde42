//! The open documents, with their unsaved changes.

use super::params::{self, Params};
use super::position::{Encoding, Lines};
use super::shapes::Shapes;
use super::snapshot::Snapshot;
use super::uri;
use crate::document::Document;
use crate::lint::Report;
use crate::source::SourceFile;
use serde_json::Value;
use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

/// The open documents by URI.
#[derive(Debug, Default)]
pub(super) struct Documents(BTreeMap<String, OpenDocument>);

/// A document that the client has opened.
#[derive(Debug)]
pub(super) struct OpenDocument {
    /// Its path; relative if it is not a file.
    pub(super) path: PathBuf,
    /// The client's name of its language.
    pub(super) language: String,
    /// Its version.
    pub(super) version: i32,
    text: String,
    pub(super) lines: Rc<Lines>,
    /// Made when it is first needed.
    pub(super) snapshot: OnceCell<Rc<Snapshot>>,
    /// The last version without syntax errors that was read, of which the next snapshot is made if most is the same.
    pub(super) base: RefCell<Option<Document>>,
    /// What its check has found, until something changes.
    pub(super) checked: Option<Rc<Checked>>,
    /// The shapes at the states of the machine that starts at an offset.
    shapes: Option<(u32, Rc<Shapes>)>,
    /// The number of edits since the shapes were computed.
    edits: u32,
}

/// A document that was checked.
#[derive(Debug)]
pub(super) struct Checked {
    pub(super) snapshot: Rc<Snapshot>,
    pub(super) report: Report,
    /// The error in the configuration file.
    pub(super) problem: Option<String>,
}

/// The size of a document above which its shapes are not computed after every edit, since that would take as long as
/// checking it.
const LARGE: usize = 256 * 1024;

/// The number of edits after which the shapes of a large document are computed again.
const MAX_STALE_EDITS: u32 = 64;

impl OpenDocument {
    /// Its text as a file.
    pub(super) fn source(&self) -> Arc<SourceFile> {
        Arc::new(SourceFile::new(
            self.path.display().to_string(),
            self.text.clone(),
        ))
    }

    /// Applies the changes of a notification, each to the result of the one before.
    fn change(&mut self, changes: &[Value], encoding: Encoding) {
        self.checked = None;
        let last = self.snapshot.take().and_then(Rc::into_inner);
        if let Some(base) = last.and_then(Snapshot::into_base) {
            self.base = RefCell::new(Some(base));
        }
        for change in changes {
            let new = change.get("text").and_then(Value::as_str).unwrap_or_default();
            let Some(range) = change.get("range").and_then(params::range) else {
                new.clone_into(&mut self.text);
                self.lines = Rc::new(Lines::new(new));
                continue;
            };
            let start = self.lines.offset(&self.text, range.start, encoding) as usize;
            let end = self.lines.offset(&self.text, range.end, encoding) as usize;
            let (start, end) = (start.min(end), start.max(end));
            self.text.replace_range(start..end, new);
            Rc::make_mut(&mut self.lines).replace(&self.text, start..end, start + new.len());
        }
        self.edits += 1;
        if self.text.len() < LARGE || self.edits > MAX_STALE_EDITS {
            self.shapes = None;
        }
    }

    /// Discards the results for this version.
    fn forget(&mut self) {
        self.snapshot = OnceCell::new();
        self.checked = None;
        self.shapes = None;
    }
}

impl Documents {
    pub(super) fn open(&mut self, params: Params<'_>) -> Option<()> {
        let uri = params.uri()?;
        let text = params.text("/textDocument/text")?;
        let document = OpenDocument {
            path: uri::to_path(uri),
            language: params
                .text("/textDocument/languageId")
                .unwrap_or_default()
                .to_owned(),
            version: version(params),
            text: text.to_owned(),
            lines: Rc::new(Lines::new(text)),
            snapshot: OnceCell::new(),
            base: RefCell::default(),
            checked: None,
            shapes: None,
            edits: 0,
        };
        self.0.insert(uri.to_owned(), document);
        Some(())
    }

    pub(super) fn change(&mut self, params: Params<'_>, encoding: Encoding) -> Option<()> {
        let document = self.0.get_mut(params.uri()?)?;
        document.version = version(params);
        document.change(params.items("/contentChanges"), encoding);
        Some(())
    }

    /// Forgets a document; whether it was open.
    pub(super) fn close(&mut self, uri: &str) -> bool {
        self.0.remove(uri).is_some()
    }

    pub(super) fn get(&self, uri: &str) -> Option<&OpenDocument> {
        self.0.get(uri)
    }

    /// The open document of a file.
    pub(super) fn at(&self, path: &Path) -> Option<(&str, &OpenDocument)> {
        let mut all = self.iter();
        all.find(|(_, document)| document.path == path)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &OpenDocument)> {
        self.0.iter().map(|(uri, document)| (uri.as_str(), document))
    }

    /// Forgets everything that depends on other files.
    pub(super) fn forget_snapshots(&mut self) {
        for document in self.0.values_mut() {
            document.forget();
        }
    }

    /// The shapes that were kept for the machine that starts at an offset of a file, and whether they are those of an older
    /// version.
    pub(super) fn shapes_of(&self, path: &Path, start: u32) -> Option<(Rc<Shapes>, bool)> {
        let (_, document) = self.at(path)?;
        let kept = document.shapes.as_ref().filter(|(at, _)| *at == start);
        kept.map(|(_, shapes)| (Rc::clone(shapes), document.edits > 0))
    }

    /// Keeps the shapes of a machine until its document changes.
    pub(super) fn keep_shapes(&mut self, path: &Path, start: u32, shapes: &Rc<Shapes>) {
        let document = self.0.values_mut().find(|document| document.path == path);
        if let Some(document) = document {
            document.shapes = Some((start, Rc::clone(shapes)));
            document.edits = 0;
        }
    }

    /// Keeps what the check of a document has found.
    pub(super) fn keep_checked(&mut self, uri: &str, checked: &Rc<Checked>) {
        if let Some(document) = self.0.get_mut(uri) {
            document.checked = Some(Rc::clone(checked));
        }
    }

    /// Discards the results of the documents that depend on a changed document. Returns these documents.
    pub(super) fn forget_dependents(&mut self, changed: &str) -> Vec<String> {
        let mut found = Vec::new();
        for (uri, document) in &mut self.0 {
            let depends = |snapshot: &Rc<Snapshot>| snapshot.depends_on_files();
            if uri != changed && document.snapshot.get().is_some_and(depends) {
                document.forget();
                found.push(uri.clone());
            }
        }
        found
    }
}

fn version(params: Params<'_>) -> i32 {
    let version = params.0.pointer("/textDocument/version").and_then(Value::as_i64);
    version
        .and_then(|version| i32::try_from(version).ok())
        .unwrap_or(0)
}

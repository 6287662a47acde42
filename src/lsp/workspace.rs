//! Everything that the server knows: the open documents, the client, and the surroundings.

use super::client::Client;
use super::documents::{Checked, Documents, OpenDocument};
use super::host::Host;
use super::position::Lines;
use super::snapshot::Snapshot;
use super::uri;
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::lint::{self, Settings};
use crate::source::SourceFile;
use crate::template::{Base, Expectation, Files, OpenError, OpenedFile};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Everything that the server knows.
pub(super) struct Workspace<'h> {
    pub(super) host: &'h mut dyn Host,
    pub(super) client: Client,
    pub(super) documents: Documents,
}

impl<'h> Workspace<'h> {
    pub(super) fn new(host: &'h mut dyn Host, client: Client) -> Self {
        Self {
            host,
            client,
            documents: Documents::default(),
        }
    }

    /// An open document as it is now.
    pub(super) fn snapshot(&self, uri: &str) -> Option<Rc<Snapshot>> {
        let document = self.documents.get(uri)?;
        let snapshot = document.snapshot.get_or_init(|| {
            let lines = Rc::clone(&document.lines);
            let base = &mut document.base.borrow_mut();
            Rc::new(self.read(document.source(), &document.path, &document.language, lines, base))
        });
        Some(Rc::clone(snapshot))
    }

    /// A file as it is now: the open document, or what the disk has.
    pub(super) fn file(&self, path: &Path) -> Option<Rc<Snapshot>> {
        if let Some((uri, _)) = self.documents.at(path) {
            return self.snapshot(uri);
        }
        let source = self.host.read(path)?;
        let lines = Rc::new(Lines::new(source.text()));
        Some(Rc::new(self.read(source, path, "", lines, &mut None)))
    }

    /// The URI of a file: the one under which the client opened it, if it did.
    pub(super) fn uri_of(&self, path: &Path) -> String {
        self.documents
            .at(path)
            .map_or_else(|| uri::from_path(path), |(uri, _)| uri.to_owned())
    }

    fn read(
        &self,
        source: Arc<SourceFile>,
        path: &Path,
        language: &str,
        lines: Rc<Lines>,
        base: &mut Option<Document>,
    ) -> Snapshot {
        let expectation = if language.starts_with("asl") || self.host.is_definition(path) {
            Expectation::Definition
        } else {
            Expectation::MayBeDefinition
        };
        let files = self.files(path);
        Snapshot::new(source, path, language, expectation, &files, lines, base)
    }

    fn files(&self, path: &Path) -> OpenFiles<'_> {
        let folder = path.parent().map(Path::to_owned);
        let near = self
            .client
            .folders
            .iter()
            .filter(|folder| path.starts_with(folder));
        let folders: Vec<PathBuf> = near.cloned().chain(folder).take(1).collect();
        OpenFiles {
            disk: self.host.files(&folders),
            documents: &self.documents,
        }
    }

    /// Checks a document, unless it has not changed since; `None` if it is not open, or if the flag was set before the check
    /// had ended.
    pub(super) fn check(&mut self, uri: &str, interrupt: &Arc<AtomicBool>) -> Option<Rc<Checked>> {
        if let Some(checked) = &self.documents.get(uri)?.checked {
            return Some(Rc::clone(checked));
        }
        let snapshot = self.snapshot(uri)?;
        let (settings, problem) = match self.host.settings(&snapshot.path) {
            Ok(settings) => (settings, None),
            Err(message) => (Rc::default(), Some(message)),
        };
        let mut settings = Settings::clone(&settings);
        settings.interrupt = Some(Arc::clone(interrupt));
        let mut report = {
            let files = self.files(&snapshot.path);
            lint::check_file(&snapshot.document, snapshot.expectation, false, &files, &settings).1
        };
        if self.host.is_settings_file(&snapshot.path) {
            report.diagnostics = self.host.settings_errors(&snapshot.document.source);
        } else if problem.is_some() {
            report.diagnostics.extend(self.settings_errors(&snapshot.path));
        }
        if interrupt.load(Ordering::Acquire) {
            return None;
        }
        let checked = Rc::new(Checked {
            snapshot,
            report,
            problem,
        });
        self.documents.keep_checked(uri, &checked);
        Some(checked)
    }
}

impl Workspace<'_> {
    /// What is wrong in the configuration file that applies to a file.
    fn settings_errors(&self, file: &Path) -> Vec<Diagnostic> {
        let Some(source) = self.host.settings_file(file) else {
            return Vec::new();
        };
        let mut errors = self.host.settings_errors(&source);
        for error in &mut errors {
            error.source = Some(Arc::clone(&source));
        }
        errors
    }
}

/// The files of the disk, with the texts of the open documents.
struct OpenFiles<'w> {
    disk: Box<dyn Files>,
    documents: &'w Documents,
}

impl OpenFiles<'_> {
    fn current(&self, source: Arc<SourceFile>) -> Arc<SourceFile> {
        match self.documents.at(Path::new(source.name())) {
            Some((_, document)) => OpenDocument::source(document),
            None => source,
        }
    }
}

impl Files for OpenFiles<'_> {
    fn open(&self, from: &str, path: &str, base: Base) -> Result<OpenedFile, OpenError> {
        let mut opened = self.disk.open(from, path, base)?;
        opened.source = self.current(opened.source);
        Ok(opened)
    }

    fn folder(&self, from: &str, folder: &str, ending: &str) -> Vec<Arc<SourceFile>> {
        let files = self.disk.folder(from, folder, ending).into_iter();
        files.map(|source| self.current(source)).collect()
    }

    fn object(&self, bucket: &str, key: &str) -> Option<Arc<SourceFile>> {
        self.disk.object(bucket, key)
    }

    fn files_below(&self, from: &str, folder: &str) -> Vec<String> {
        self.disk.files_below(from, folder)
    }
}

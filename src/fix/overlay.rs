//! Files with the texts that fixes gave them.

use super::texts::Texts;
use crate::source::SourceFile;
use crate::template::{Base, Files, OpenError, OpenedFile};
use std::sync::Arc;

/// The files that a template references, with changed texts in place of those that are stored.
#[derive(Clone, Copy)]
pub struct Overlay<'a> {
    files: &'a dyn Files,
    texts: &'a Texts,
}

impl<'a> Overlay<'a> {
    /// Replaces the texts of `files` that are in `texts`.
    pub fn new(files: &'a dyn Files, texts: &'a Texts) -> Self {
        Self { files, texts }
    }

    fn current(&self, file: &Arc<SourceFile>) -> Arc<SourceFile> {
        Arc::clone(self.texts.current(file))
    }
}

impl Files for Overlay<'_> {
    fn open(&self, from: &str, path: &str, base: Base) -> Result<OpenedFile, OpenError> {
        let opened = self.files.open(from, path, base)?;
        let source = self.current(&opened.source);
        Ok(OpenedFile { source, ..opened })
    }

    fn folder(&self, from: &str, folder: &str, ending: &str) -> Vec<Arc<SourceFile>> {
        let files = self.files.folder(from, folder, ending);
        files.iter().map(|file| self.current(file)).collect()
    }

    fn object(&self, bucket: &str, key: &str) -> Option<Arc<SourceFile>> {
        self.files.object(bucket, key).map(|file| self.current(&file))
    }

    fn files_below(&self, from: &str, folder: &str) -> Vec<String> {
        self.files.files_below(from, folder)
    }
}

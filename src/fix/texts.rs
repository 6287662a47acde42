//! The texts of files that fixes have changed.

use crate::source::SourceFile;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The texts of changed files, by the names of their [`SourceFile`]s.
#[derive(Debug, Clone, Default)]
pub struct Texts {
    files: BTreeMap<String, Changed>,
}

/// A changed file.
#[derive(Debug, Clone)]
struct Changed {
    before: Arc<SourceFile>,
    now: Arc<SourceFile>,
}

impl Texts {
    /// The file with its present text; the file itself if it has not changed.
    pub fn current<'a>(&'a self, file: &'a Arc<SourceFile>) -> &'a Arc<SourceFile> {
        self.files.get(file.name()).map_or(file, |changed| &changed.now)
    }

    /// Replaces the text of a file.
    pub(super) fn set(&mut self, file: &Arc<SourceFile>, text: String) {
        let now = Arc::new(SourceFile::new(file.name(), text));
        let before = Arc::clone(file);
        self.files
            .entry(file.name().to_owned())
            .and_modify(|changed| changed.now = Arc::clone(&now))
            .or_insert(Changed { before, now });
    }

    /// Each changed file as it was, and its present text.
    pub fn changed(&self) -> impl Iterator<Item = (&Arc<SourceFile>, &str)> {
        let all = self.files.values().map(|c| (&c.before, c.now.text()));
        all.filter(|(before, now)| before.text() != *now)
    }
}

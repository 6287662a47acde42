//! Several files as one string, for a definition that is composed of parts of them.

use crate::source::{FilePart, SourceFile, to_offset};
use std::collections::HashMap;
use std::sync::Arc;

/// The maximum length of the joined text.
const MAX_LENGTH: usize = 512 << 20;

/// Files, one after the other. The offsets in the first one are those in the joined text.
pub(super) struct JoinedFiles {
    text: String,
    parts: Vec<FilePart>,
    by_name: HashMap<String, u32>,
}

impl JoinedFiles {
    pub(super) fn new(first: &Arc<SourceFile>) -> Self {
        let mut files = Self {
            text: String::new(),
            parts: Vec::new(),
            by_name: HashMap::new(),
        };
        files.add(first);
        files
    }

    /// The start of a file, which is appended the first time; `None` if the text would become too long.
    pub(super) fn add(&mut self, file: &Arc<SourceFile>) -> Option<u32> {
        if let Some(start) = self.by_name.get(file.name()) {
            return Some(*start);
        }
        if self.text.len() + file.text().len() >= MAX_LENGTH {
            return None;
        }
        let start = to_offset(self.text.len());
        self.text.push_str(file.text());
        // So that no offset is in two files.
        self.text.push('\n');
        self.by_name.insert(file.name().to_owned(), start);
        let file = Arc::clone(file);
        self.parts.push(FilePart { start, file });
        Some(start)
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The file that contains an offset, and the end of its part.
    pub(super) fn part_at(&self, offset: u32) -> (&FilePart, u32) {
        let next = self.parts.partition_point(|part| part.start <= offset).max(1);
        let end = self.parts.get(next).map_or(u32::MAX, |part| part.start);
        (&self.parts[next - 1], end)
    }

    /// The joined text as a file, with the name of one of its files.
    pub(super) fn source(&self, name: &str) -> Arc<SourceFile> {
        match self.parts.as_slice() {
            [only] => Arc::clone(&only.file),
            parts => Arc::new(SourceFile::joined(name, self.text.clone(), parts.to_vec())),
        }
    }
}

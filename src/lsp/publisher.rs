//! Pushed diagnostics: which documents must be checked again, and which diagnostics were published.

use super::diagnostics::Diagnostics;
use gen_lsp_types::{PublishDiagnosticsParams, Uri};
use std::collections::{BTreeMap, BTreeSet};

/// The documents to check, and the files with diagnostics.
#[derive(Debug, Default)]
pub(super) struct Publisher {
    due: BTreeSet<String>,
    /// The other files that each document has published diagnostics for.
    related: BTreeMap<String, BTreeSet<String>>,
}

impl Publisher {
    /// Asks for the diagnostics of a document.
    pub(super) fn request(&mut self, uri: &str) {
        self.due.insert(uri.to_owned());
    }

    /// The next document to check, which stays due until it is [done](Self::done).
    pub(super) fn next(&self) -> Option<&str> {
        self.due.first().map(String::as_str)
    }

    /// A document was checked, or is closed.
    pub(super) fn done(&mut self, uri: &str) {
        self.due.remove(uri);
    }

    /// What to tell the client about a document.
    pub(super) fn publish(
        &mut self,
        uri: &str,
        version: Option<i32>,
        found: Diagnostics,
    ) -> Vec<PublishDiagnosticsParams> {
        let old = self.related.remove(uri).unwrap_or_default();
        let cleared = old.iter().filter(|other| !found.related.contains_key(*other));
        let mut all: Vec<_> = cleared.map(|other| (other.clone(), None, Vec::new())).collect();
        if !found.related.is_empty() {
            let names = found.related.keys().cloned().collect();
            self.related.insert(uri.to_owned(), names);
        }
        all.push((uri.to_owned(), version, found.own));
        all.extend(found.related.into_iter().map(|(other, own)| (other, None, own)));
        all.into_iter()
            .map(|(uri, version, diagnostics)| PublishDiagnosticsParams {
                uri: Uri(uri),
                version,
                diagnostics,
            })
            .collect()
    }
}

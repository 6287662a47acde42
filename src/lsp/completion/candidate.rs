//! A proposal for what to write.

use crate::source::Span;
use gen_lsp_types::CompletionItemKind;

/// A proposal for what to write.
#[derive(Debug, Clone)]
pub(in crate::lsp) struct Candidate {
    pub(in crate::lsp) label: String,
    pub(in crate::lsp) kind: CompletionItemKind,
    /// A few words: a type, "required".
    pub(in crate::lsp) detail: String,
    /// Markdown; empty if there is nothing to say.
    pub(in crate::lsp) documentation: String,
    /// What to write in place of `replace`.
    pub(in crate::lsp) text: String,
    /// Whether the text has tab stops.
    pub(in crate::lsp) is_snippet: bool,
    pub(in crate::lsp) replace: Span,
    /// What the client compares with the text that it replaces.
    pub(in crate::lsp) filter: String,
    /// Candidates with a smaller number come first; those with the same number, in the order of the list.
    pub(in crate::lsp) rank: u32,
}

impl Candidate {
    pub(super) fn new(label: impl Into<String>, kind: CompletionItemKind, replace: Span) -> Self {
        let label = label.into();
        Self {
            kind,
            detail: String::new(),
            documentation: String::new(),
            text: label.clone(),
            is_snippet: false,
            replace,
            filter: label.clone(),
            rank: 1,
            label,
        }
    }

    #[must_use]
    pub(super) fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = detail.into();
        self
    }

    #[must_use]
    pub(super) fn documentation(mut self, documentation: impl Into<String>) -> Self {
        self.documentation = documentation.into();
        self
    }

    #[must_use]
    pub(super) const fn rank(mut self, rank: u32) -> Self {
        self.rank = rank;
        self
    }
}

//! A source text as a value.

use super::candidate::Candidate;
use super::cursor_context::CursorContext;
use super::writing;
use gen_lsp_types::CompletionItemKind;

/// A source text as a value.
pub(super) fn text(context: &CursorContext<'_>, text: &str, kind: CompletionItemKind) -> Candidate {
    let mut candidate = Candidate::new(text, kind, context.replace);
    candidate.text = format!("{}{}", writing::string(context, text), writing::comma(context));
    candidate
}

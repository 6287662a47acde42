//! A source text as a value.

use super::candidate::Candidate;
use super::spot::Spot;
use super::writing;
use gen_lsp_types::CompletionItemKind;

/// A source text as a value.
pub(super) fn text(spot: &Spot<'_>, text: &str, kind: CompletionItemKind) -> Candidate {
    let mut candidate = Candidate::new(text, kind, spot.replace);
    candidate.text = format!("{}{}", writing::string(spot, text), writing::comma(spot));
    candidate
}

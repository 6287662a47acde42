//! Edits of one text.

use crate::diagnostic::Edit;
use crate::source::{Span, to_offset};

/// The text after edits, which are in any order; `None` if two of them overlap, or one is outside the text. Insertions at
/// the same offset are made in the order in which they are given.
pub fn apply(text: &str, edits: &[Edit]) -> Option<String> {
    let mut sorted: Vec<&Edit> = edits.iter().collect();
    sorted.sort_by_key(|edit| edit.span);
    let added: usize = edits.iter().map(|edit| edit.replacement.len()).sum();
    let mut out = String::with_capacity(text.len() + added);
    let mut at = 0;
    for edit in sorted {
        let range = edit.span.range();
        out.push_str(text.get(at..range.start)?);
        text.get(range.clone())?;
        out.push_str(&edit.replacement);
        at = range.end;
    }
    out.push_str(text.get(at..)?);
    Some(out)
}

/// Whether two edits cannot both be made. Insertions at the same offset can, and so can an insertion next to a replacement.
pub(super) fn overlap(a: Span, b: Span) -> bool {
    a.start < b.end && b.start < a.end
}

/// Where an offset of the text is after edits; `None` if its character is removed without a replacement.
pub(super) fn moved(offset: u32, edits: &[Edit]) -> Option<u32> {
    let mut shift = i64::from(offset);
    for edit in edits {
        let (span, length) = (edit.span, to_offset(edit.replacement.len()));
        if span.end <= offset {
            shift += i64::from(length) - i64::from(span.len());
        } else if span.start <= offset {
            if length == 0 {
                return None;
            }
            shift -= i64::from(offset - span.start);
        }
    }
    u32::try_from(shift).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(start: u32, end: u32, text: &str) -> Edit {
        Edit::new(Span::new(start, end), text)
    }

    #[test]
    fn applies_edits_in_any_order() {
        for (edits, expected) in [
            (vec![edit(4, 5, "E"), edit(0, 1, "")], Some("bcdE")),
            (
                vec![edit(2, 2, "1"), edit(2, 2, "2"), edit(2, 3, "C")],
                Some("ab12Cde"),
            ),
            (vec![edit(1, 3, "x"), edit(2, 4, "y")], None),
            (vec![edit(4, 6, "x")], None),
            (vec![], Some("abcde")),
        ] {
            assert_eq!(apply("abcde", &edits).as_deref(), expected, "{edits:?}");
        }
    }

    #[test]
    fn insertions_overlap_only_enclosing_edits() {
        for (a, b, expected) in [
            ((0, 2), (2, 3), false),
            ((0, 2), (1, 3), true),
            ((2, 2), (2, 2), false),
            ((2, 2), (2, 3), false),
            ((2, 2), (1, 3), true),
        ] {
            assert_eq!(
                overlap(Span::new(a.0, a.1), Span::new(b.0, b.1)),
                expected,
                "{a:?} {b:?}"
            );
        }
    }

    #[test]
    fn follows_an_offset_through_edits() {
        let edits = [edit(2, 4, "long"), edit(6, 8, ""), edit(9, 9, "x")];
        let after = [0, 1, 2, 3, 4, 6, 7, 8, 9].map(|offset| moved(offset, &edits));
        assert_eq!(
            after,
            [
                Some(0),
                Some(1),
                Some(2),
                Some(2),
                Some(6),
                None,
                None,
                Some(8),
                Some(10)
            ]
        );
    }
}

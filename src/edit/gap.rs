//! The text between two members or items.

use super::written::{COMPOSED, Edits};
use crate::source::{Span, to_offset};

/// White space, comments, and at most one comma.
#[derive(Debug, Clone)]
pub(super) struct Gap {
    /// The comma.
    pub(super) comma: Option<Span>,
    /// The end of the last comment.
    pub(super) comment_end: Option<u32>,
    /// The end of the last comment or comma, or the start of the gap: white space follows.
    pub(super) tail: Span,
    /// That white space, decoded.
    pub(super) space: String,
}

impl Gap {
    /// Reads the gap between two offsets. In an escaped text, white space may be written as `\n`, `\r`, and `\t`.
    pub(super) fn read(text: &str, start: u32, end: u32, is_escaped: bool) -> Edits<Self> {
        let raw = text.get(Span::new(start, end).range()).ok_or(COMPOSED)?;
        let mut gap = Self {
            comma: None,
            comment_end: None,
            tail: Span::new(start, end),
            space: String::new(),
        };
        let mut at = 0;
        while let Some(c) = raw[at..].chars().next() {
            let rest = &raw[at..];
            if let Some((space, length)) = space(rest, is_escaped) {
                gap.space.push(space);
                at += length;
                continue;
            }
            at += match c {
                ',' if gap.comma.is_none() => {
                    let comma = start + to_offset(at);
                    gap.comma = Some(Span::new(comma, comma + 1));
                    1
                }
                _ => {
                    let length = comment(rest, is_escaped).ok_or(COMPOSED)?;
                    gap.comment_end = Some(start + to_offset(at + length));
                    length
                }
            };
            gap.tail.start = start + to_offset(at);
            gap.space.clear();
        }
        Ok(gap)
    }

    /// Whether the next element is on another line.
    pub(super) fn breaks(&self) -> bool {
        self.space.contains('\n')
    }

    /// The indentation of the next element, if it is on another line.
    pub(super) fn indentation(&self) -> Option<&str> {
        self.space.rsplit_once('\n').map(|(_, indentation)| indentation)
    }
}

/// The character of white space at the start of a source text, and how many bytes it has there.
fn space(rest: &str, is_escaped: bool) -> Option<(char, usize)> {
    let escape = if is_escaped { rest.get(..2) } else { None };
    match escape {
        Some("\\n") => return Some(('\n', 2)),
        Some("\\r") => return Some(('\r', 2)),
        Some("\\t") => return Some(('\t', 2)),
        _ => {}
    }
    let c = rest.chars().next().filter(char::is_ascii_whitespace)?;
    Some((c, 1))
}

/// The length of the comment at the start of a source text; the line end after it does not belong to it.
fn comment(rest: &str, is_escaped: bool) -> Option<usize> {
    if rest.starts_with("/*") {
        return rest.find("*/").map(|end| end + 2);
    }
    if is_escaped || !(rest.starts_with("//") || rest.starts_with('#')) {
        return None;
    }
    let line = rest.find('\n').unwrap_or(rest.len());
    Some(rest[..line].trim_end_matches('\r').len())
}

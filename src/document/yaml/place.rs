//! The locations of YAML scalars and their parts in the file.

use crate::document::escape::EscapeStyle;
use crate::document::parts::{Encoding, Piece};
use crate::source::{Span, to_offset};
use granit_parser::ScalarStyle;
use std::ops::Range;
use std::sync::Arc;

/// How a scalar that was decoded to `decoded` maps to the bytes `place` of `source`, quotes included.
pub(super) fn encoding(source: &str, place: Range<usize>, decoded: &str, style: ScalarStyle) -> Encoding {
    let quoted = match style {
        ScalarStyle::DoubleQuoted => Some(EscapeStyle::YamlDouble),
        ScalarStyle::SingleQuoted => Some(EscapeStyle::YamlSingle),
        _ => None,
    };
    let Some(style) = quoted else {
        if source.get(place.clone()) == Some(decoded) {
            return Encoding::Verbatim {
                start: to_offset(place.start),
            };
        }
        return pieces(source, place, decoded, matches!(style, ScalarStyle::Plain));
    };
    let inner = place.start + 1..place.end.saturating_sub(1).max(place.start + 1);
    if source.get(inner.clone()) == Some(decoded) {
        return Encoding::Verbatim {
            start: to_offset(inner.start),
        };
    }
    Encoding::Escaped {
        span: Span::new(to_offset(inner.start), to_offset(inner.end)),
        style,
    }
}

/// The pieces of a scalar of several lines. Each line is part of the decoded text without the whitespace around it (plain
/// scalar) or the indentation before it (block scalar, whose place starts after the first line's indentation).
fn pieces(source: &str, place: Range<usize>, decoded: &str, plain: bool) -> Encoding {
    let line_begin = source[..place.start].rfind('\n').map_or(0, |i| i + 1);
    let indent = place.start - line_begin;
    // Empty lines before the first text end on the lines above it.
    let begin = if decoded.starts_with('\n') {
        source[..place.start].trim_end().len()
    } else {
        place.start
    };
    let mut pieces = vec![Piece {
        decoded: 0,
        source: to_offset(begin),
    }];
    let (mut at, mut line_at) = (0, place.start);
    for (i, line) in source[place].split('\n').enumerate() {
        let begin = line_at;
        line_at += line.len() + 1;
        let line = line.strip_suffix('\r').unwrap_or(line);
        let skipped = match (plain, i) {
            (true, _) => line.len() - line.trim_start().len(),
            (false, 0) => 0,
            (false, _) => line.bytes().take(indent).take_while(|&b| b == b' ').count(),
        };
        let content = if plain { line.trim() } else { &line[skipped..] };
        if content.is_empty() {
            continue;
        }
        // Between the lines are the preserved line ends, and one space for each folded line end.
        let folds = !content.starts_with([' ', '\t']);
        let breaks = decoded[at..]
            .bytes()
            .take_while(|&b| b == b'\n' || (folds && b == b' '))
            .count();
        if !decoded[at + breaks..].starts_with(content) {
            continue;
        }
        at += breaks;
        pieces.push(Piece {
            decoded: to_offset(at),
            source: to_offset(begin + skipped),
        });
        at += content.len();
    }
    pieces.dedup_by_key(|p| p.decoded);
    Encoding::Pieces(Arc::new(pieces))
}

/// The location of a block scalar, from its `|` or `>` after `from` to its last non-blank character; `content` are the
/// bytes after the first line's indentation up to the next token.
pub(super) fn block_place(source: &str, from: usize, content: &Range<usize>) -> Range<usize> {
    let bytes = source.as_bytes();
    let mut at = from.min(content.start);
    let mut start = content.start;
    while at < content.start {
        match bytes[at] {
            b'|' | b'>' => {
                start = at;
                break;
            }
            b'#' => at += length_until(&bytes[at..], |b| b == b'\n'),
            b'&' | b'!' => at += length_until(&bytes[at..], |b| b.is_ascii_whitespace()),
            _ => at += 1,
        }
    }
    let last = start + source[start..content.end.max(start)].trim_end().len();
    start..last
}

fn length_until(bytes: &[u8], stop: impl Fn(u8) -> bool) -> usize {
    bytes.iter().position(|&b| stop(b)).unwrap_or(bytes.len())
}

//! Escapes of quoted strings: one decoder, both for reading a string and for finding a place in it again.

use super::text::EscapeStyle;
use crate::source::{Span, to_offset};

/// What one stretch of a quoted string's text stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unit {
    /// Bytes of the file.
    pub(super) len: usize,
    /// The character it stands for; `None` for a line continuation, which stands for nothing.
    pub(super) decoded: Option<char>,
    /// Whether it is no escape of its style; `decoded` is then the nearest guess.
    pub(super) bad: bool,
}

impl Unit {
    const fn good(len: usize, decoded: char) -> Self {
        Self {
            len,
            decoded: Some(decoded),
            bad: false,
        }
    }

    const fn bad(len: usize, decoded: char) -> Self {
        Self {
            len,
            decoded: Some(decoded),
            bad: true,
        }
    }
}

/// The JSON escape at the start of `rest`, which begins with a backslash. JSON5's further escapes are marked bad,
/// yet decoded.
pub(super) fn json(rest: &str) -> Unit {
    let Some(c) = rest[1..].chars().next() else {
        return Unit::bad(1, '\\');
    };
    match c {
        '"' | '\\' | '/' => Unit::good(2, c),
        'n' => Unit::good(2, '\n'),
        't' => Unit::good(2, '\t'),
        'r' => Unit::good(2, '\r'),
        'b' => Unit::good(2, '\u{8}'),
        'f' => Unit::good(2, '\u{c}'),
        'u' => json_unicode(rest),
        'v' => Unit::bad(2, '\u{b}'),
        '0' => Unit::bad(2, '\0'),
        'x' => match hex(rest, 2, 2).and_then(char::from_u32) {
            Some(decoded) => Unit::bad(4, decoded),
            None => Unit::bad(2, 'x'),
        },
        '\n' | '\r' => Unit {
            len: if rest[1..].starts_with("\r\n") { 3 } else { 2 },
            decoded: None,
            bad: true,
        },
        // A single control character or letter after the backslash stands for itself, the best guess there is.
        c => Unit::bad(1 + c.len_utf8(), c),
    }
}

/// `\uXXXX`, or two of them where they are the halves of a surrogate pair.
fn json_unicode(rest: &str) -> Unit {
    let Some(first) = hex(rest, 2, 4) else {
        return Unit::bad(2, 'u');
    };
    if let Some(c) = char::from_u32(first) {
        return Unit::good(6, c);
    }
    if first < 0xdc00
        && rest.get(6..8) == Some("\\u")
        && let Some(second @ 0xdc00..=0xdfff) = hex(rest, 8, 4)
        && let Some(c) = char::from_u32(0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00))
    {
        return Unit::good(12, c);
    }
    Unit::bad(6, char::REPLACEMENT_CHARACTER)
}

/// Exactly `digits` hexadecimal digits at byte `at`.
fn hex(text: &str, at: usize, digits: usize) -> Option<u32> {
    let digits = text.get(at..at + digits)?;
    if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    u32::from_str_radix(digits, 16).ok()
}

/// All of a JSON string's text, its quotes taken off.
pub(super) fn decode_json(mut raw: &str) -> String {
    let mut decoded = String::with_capacity(raw.len());
    while !raw.is_empty() {
        let unit = unit(raw, EscapeStyle::Json);
        decoded.extend(unit.decoded);
        raw = &raw[unit.len..];
    }
    decoded
}

/// The byte of the file that a decoded offset of the quoted text at `span` came from.
pub(super) fn source_offset(source: &str, span: Span, style: EscapeStyle, decoded: u32) -> u32 {
    let Some(raw) = source.get(span.range()) else {
        return span.start;
    };
    let (mut at, mut length) = (0, 0);
    while at < raw.len() {
        let rest = &raw[at..];
        let unit = unit(rest, style);
        let produced = unit.decoded.map_or(0, char::len_utf8);
        if length + produced > decoded as usize {
            break;
        }
        length += produced;
        at += unit.len;
    }
    span.start + to_offset(at)
}

/// The stretch at the start of a quoted string's text, which is not empty.
fn unit(rest: &str, style: EscapeStyle) -> Unit {
    match style {
        EscapeStyle::Json if rest.starts_with('\\') => json(rest),
        _ => rest
            .chars()
            .next()
            .map_or(Unit::bad(1, ' '), |c| Unit::good(c.len_utf8(), c)),
    }
}

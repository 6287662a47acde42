//! Escapes in quoted strings: one decoder for reading a string and for locating a part of it.

use crate::source::{Span, to_offset};

/// The escape style of a quoted string.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EscapeStyle {
    /// JSON's.
    Json,
    /// YAML's double-quoted style.
    YamlDouble,
    /// YAML's single-quoted style: `''`.
    YamlSingle,
}

/// The value of one escape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unit {
    /// Bytes of the file.
    pub(super) len: usize,
    /// The decoded character; `None` for a line continuation.
    pub(super) decoded: Option<char>,
    /// Whether the escape is invalid in its style; `decoded` is then the most likely meaning.
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

/// Decodes the JSON escape at the start of `rest`, which starts with a backslash. The additional escapes of JSON5 are
/// marked as bad, but decoded.
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
        // The most likely meaning of any other escape is the character itself.
        c => Unit::bad(1 + c.len_utf8(), c),
    }
}

/// `\uXXXX`, or two of them that form a surrogate pair.
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

/// Decodes the text of a JSON string without its quotes.
pub(super) fn decode_json(raw: &str) -> String {
    let mut decoded = String::with_capacity(raw.len());
    let mut at = 0;
    while at < raw.len() {
        let plain = raw[at..].find('\\').unwrap_or(raw.len() - at);
        decoded.push_str(&raw[at..at + plain]);
        at += plain;
        if at < raw.len() {
            let unit = json(&raw[at..]);
            decoded.extend(unit.decoded);
            at += unit.len;
        }
    }
    decoded
}

/// How a segment of a quoted string maps to the decoded string.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Segment {
    /// This many bytes are identical.
    Verbatim(usize),
    /// `source` bytes decode to `decoded` other bytes.
    Escape {
        /// Bytes of the file.
        source: usize,
        /// Bytes of the decoded string.
        decoded: usize,
    },
}

/// The segment at the start of a quoted string's text, which must not be empty.
pub(super) fn segment(rest: &str, style: EscapeStyle) -> Segment {
    match style {
        EscapeStyle::Json => json_segment(rest),
        EscapeStyle::YamlSingle => yaml_segment(rest, |rest| {
            rest.starts_with("''").then_some(Segment::Escape {
                source: 2,
                decoded: 1,
            })
        }),
        EscapeStyle::YamlDouble => {
            yaml_segment(rest, |rest| rest.starts_with('\\').then(|| yaml_escape(rest)))
        }
    }
}

fn json_segment(rest: &str) -> Segment {
    match rest.find('\\') {
        Some(0) => {
            let unit = json(rest);
            Segment::Escape {
                source: unit.len,
                decoded: unit.decoded.map_or(0, char::len_utf8),
            }
        }
        plain => Segment::Verbatim(plain.unwrap_or(rest.len())),
    }
}

/// A segment of a YAML flow scalar: an escape, a run of whitespace, a folded line end, or text up to one of these.
fn yaml_segment(rest: &str, escape: impl Fn(&str) -> Option<Segment>) -> Segment {
    if let Some(escape) = escape(rest) {
        return escape;
    }
    let is_space = |b: u8| matches!(b, b' ' | b'\t' | b'\n' | b'\r');
    let spaces = rest.bytes().take_while(|&b| is_space(b)).count();
    if spaces > 0 {
        return match line_ends(&rest[..spaces]) {
            0 => Segment::Verbatim(spaces),
            ends => Segment::Escape {
                source: spaces,
                decoded: (ends - 1).max(1),
            },
        };
    }
    let first = rest.chars().next().map_or(1, char::len_utf8);
    let length = rest[first..]
        .bytes()
        .position(|b| is_space(b) || matches!(b, b'\\' | b'\''))
        .map_or(rest.len(), |i| first + i);
    Segment::Verbatim(length)
}

/// The number of line ends in a run of whitespace.
fn line_ends(blanks: &str) -> usize {
    let bytes = blanks.as_bytes();
    let ends = |(i, &b): (usize, &u8)| b == b'\n' || (b == b'\r' && bytes.get(i + 1) != Some(&b'\n'));
    bytes.iter().enumerate().filter(|&p| ends(p)).count()
}

/// Decodes the escape of a YAML double-quoted scalar (section 5.7) at the start of `rest`, other than an escaped line end.
/// Returns the character and the length of the escape; `None` if it is invalid.
pub(super) fn yaml_character(rest: &str) -> Option<(char, usize)> {
    let by_number = |digits| Some((hex(rest, 2, digits).and_then(char::from_u32)?, 2 + digits));
    let character = match rest[1..].chars().next()? {
        '0' => '\0',
        'a' => '\u{7}',
        'b' => '\u{8}',
        't' | '\t' => '\t',
        'n' => '\n',
        'v' => '\u{b}',
        'f' => '\u{c}',
        'r' => '\r',
        'e' => '\u{1b}',
        c @ (' ' | '"' | '/' | '\\') => c,
        'N' => '\u{85}',
        '_' => '\u{a0}',
        'L' => '\u{2028}',
        'P' => '\u{2029}',
        'x' => return by_number(2),
        'u' => {
            let unit = json_unicode(rest);
            return unit.decoded.filter(|_| !unit.bad).map(|c| (c, unit.len));
        }
        'U' => return by_number(8),
        _ => return None,
    };
    Some((character, 2))
}

/// Measures the escape of a YAML double-quoted scalar at the start of `rest`. An invalid one is verbatim.
fn yaml_escape(rest: &str) -> Segment {
    let Some(c) = rest[1..].chars().next() else {
        return Segment::Verbatim(1);
    };
    if matches!(c, '\n' | '\r') {
        // The line end is escaped: leading whitespace of the next line is dropped, further line ends are kept.
        let blanks = rest[1..]
            .bytes()
            .take_while(|b| matches!(b, b' ' | b'\t' | b'\n' | b'\r'))
            .count();
        return Segment::Escape {
            source: 1 + blanks,
            decoded: line_ends(&rest[1..=blanks]) - 1,
        };
    }
    match yaml_character(rest) {
        Some((decoded, source)) => Segment::Escape {
            source,
            decoded: decoded.len_utf8(),
        },
        None => Segment::Verbatim(1 + c.len_utf8()),
    }
}

/// The offset in the file of a decoded offset of the quoted text at `span`.
pub(super) fn source_offset(source: &str, span: Span, style: EscapeStyle, decoded: u32) -> u32 {
    let Some(raw) = source.get(span.range()) else {
        return span.start;
    };
    let (mut at, mut left) = (0, decoded as usize);
    while at < raw.len() {
        match segment(&raw[at..], style) {
            Segment::Verbatim(length) if left < length => {
                at += left;
                break;
            }
            Segment::Verbatim(length) => {
                left -= length;
                at += length;
            }
            Segment::Escape { decoded, .. } if left < decoded => break,
            Segment::Escape { source, decoded } => {
                left -= decoded;
                at += source;
            }
        }
    }
    span.start + to_offset(at)
}

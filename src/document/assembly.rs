//! A text put together from parts of a file, which is read as a document of its own and then laid back into the file.
//!
//! A template holds a definition as a string, often in pieces. [`Assembly`] collects the pieces and remembers where
//! each came from; [`Assembly::read`] reads the whole and moves every span of the tree to the file's own bytes, so that
//! whoever looks at the tree afterwards need not know that it was ever a string.

use super::escape::{Stretch, stretch};
use super::{Document, Encoding, Node, NodeKind, Piece, Syntax, Text, read};
use crate::source::{SourceFile, Span, to_offset};
use std::ops::Range;
use std::sync::Arc;

/// A stretch of an assembled text and the bytes of the file it stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Part {
    /// First byte in the assembled text.
    pub(super) decoded: u32,
    /// How many bytes there.
    pub(super) length: u32,
    /// Bytes of the file.
    pub(super) source: Span,
    /// Byte by byte the same; otherwise the whole stands for the whole.
    pub(super) is_verbatim: bool,
}

/// A text in the making.
#[derive(Debug, Clone, Default)]
pub struct Assembly {
    text: String,
    parts: Vec<Part>,
}

impl Assembly {
    /// What there is so far.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Adds a range of a decoded string of the file with the text `file`.
    pub fn push_text(&mut self, file: &str, text: &Text, range: Range<usize>) {
        let Some(slice) = text.as_str().get(range.clone()) else {
            return;
        };
        let base = to_offset(self.text.len());
        let (from, to) = (to_offset(range.start), to_offset(range.end));
        for part in parts_of(text, file) {
            let (start, end) = (part.decoded.max(from), (part.decoded + part.length).min(to));
            if start >= end {
                continue;
            }
            let source = if part.is_verbatim {
                let first = part.source.start + (start - part.decoded);
                Span::new(first, first + (end - start))
            } else {
                part.source
            };
            self.parts.push(Part {
                decoded: base + (start - from),
                length: end - start,
                source,
                ..part
            });
        }
        self.text.push_str(slice);
    }

    /// Adds a text that stands for some bytes of the file without being them.
    pub fn push_for(&mut self, text: &str, source: Span) {
        if text.is_empty() {
            return;
        }
        self.parts.push(Part {
            decoded: to_offset(self.text.len()),
            length: to_offset(text.len()),
            source,
            is_verbatim: false,
        });
        self.text.push_str(text);
    }

    /// Adds bytes of the file as they are.
    pub fn push_bytes(&mut self, file: &str, source: Span) {
        let text = file.get(source.range()).unwrap_or_default();
        if !text.is_empty() {
            self.push_for(text, source);
            if let Some(part) = self.parts.last_mut() {
                part.is_verbatim = true;
            }
        }
    }

    /// The whole as a string of the file.
    pub fn into_text(self) -> Text {
        let end = to_offset(self.text.len());
        let pieces = pieces(&self.parts, end);
        Text::new(self.text, Encoding::Pieces(pieces.into()))
    }

    /// Reads the text in a syntax. All places of the answer are places of `file`, from which the parts came.
    pub fn read(self, file: &Arc<SourceFile>, syntax: Syntax) -> Document {
        let inner = Arc::new(SourceFile::new(file.name(), self.text));
        let mut document = read(Arc::clone(&inner), syntax);
        let layer = Layer {
            inner: inner.text(),
            parts: &self.parts,
        };
        for root in &mut document.roots {
            layer.node(root);
        }
        for fault in &mut document.faults {
            fault.span = layer.span(fault.span);
            fault.first = fault.first.map(|span| layer.span(span));
        }
        document.source = Arc::clone(file);
        document
    }
}

/// Moves places of an assembled text to the file.
struct Layer<'a> {
    inner: &'a str,
    parts: &'a [Part],
}

impl Layer<'_> {
    /// The part that a byte of the text belongs to.
    fn part(&self, at: u32) -> Option<&Part> {
        let next = self.parts.partition_point(|p| p.decoded <= at).max(1);
        self.parts.get(next - 1)
    }

    fn start(&self, at: u32) -> u32 {
        self.part(at).map_or(0, |p| {
            if p.is_verbatim || at >= p.decoded + p.length {
                let past = at.saturating_sub(p.decoded);
                p.source.start + past.min(p.source.len())
            } else {
                p.source.start
            }
        })
    }

    /// One past the last byte: the end belongs to what stands before it, not to what comes next.
    fn end(&self, at: u32) -> u32 {
        let Some(last) = at.checked_sub(1) else {
            return self.start(at);
        };
        self.part(last).map_or(0, |p| {
            if p.is_verbatim {
                p.source.start + (at - p.decoded).min(p.source.len())
            } else {
                p.source.end
            }
        })
    }

    fn span(&self, span: Span) -> Span {
        let start = self.start(span.start);
        if span.is_empty() {
            return Span::new(start, start);
        }
        // What is joined need not stand in the order of the file.
        Span::new(start, self.end(span.end).max(start))
    }

    fn node(&self, node: &mut Node) {
        node.span = self.span(node.span);
        match &mut node.kind {
            NodeKind::String(text) => self.text(text),
            NodeKind::Array(items) => items.iter_mut().for_each(|item| self.node(item)),
            NodeKind::Object(members) => {
                for member in members {
                    self.text(&mut member.key);
                    member.key_span = self.span(member.key_span);
                    self.node(&mut member.value);
                }
            }
            NodeKind::Tagged(tagged) => {
                tagged.tag_span = self.span(tagged.tag_span);
                self.node(&mut tagged.value);
            }
            NodeKind::Null | NodeKind::Bool(_) | NodeKind::Number(_) | NodeKind::Unknown => {}
        }
    }

    fn text(&self, text: &mut Text) {
        let mut parts = Vec::new();
        for part in parts_of(text, self.inner) {
            if !part.is_verbatim {
                let source = self.span(part.source);
                parts.push(Part { source, ..part });
                continue;
            }
            let (mut at, end) = (part.source.start, part.source.end);
            while at < end {
                let Some(outer) = self.part(at) else { break };
                let stop = (outer.decoded + outer.length).clamp(at + 1, end);
                parts.push(Part {
                    decoded: part.decoded + (at - part.source.start),
                    length: stop - at,
                    source: self.span(Span::new(at, stop)),
                    is_verbatim: outer.is_verbatim,
                });
                at = stop;
            }
        }
        let encoding = match parts.as_slice() {
            [only] if only.is_verbatim => Encoding::Verbatim {
                start: only.source.start,
            },
            [] => Encoding::Verbatim {
                start: self.start(text.source_offset(self.inner, 0)),
            },
            parts => Encoding::Pieces(pieces(parts, to_offset(text.len())).into()),
        };
        text.relocate(encoding);
    }
}

/// Parts as the pieces of a string. Where the next part lies elsewhere in the file, and after the last one, an empty
/// piece tells where a part ends.
fn pieces(parts: &[Part], end: u32) -> Vec<Piece> {
    let mut pieces = Vec::with_capacity(parts.len() + 1);
    for (i, part) in parts.iter().enumerate() {
        pieces.push(Piece {
            decoded: part.decoded,
            source: part.source.start,
        });
        let next = parts.get(i + 1);
        if next.is_none_or(|next| next.source.start != part.source.end) {
            pieces.push(Piece {
                decoded: next.map_or(end, |next| next.decoded),
                source: part.source.end,
            });
        }
    }
    pieces
}

/// Which bytes of its file each stretch of a string came from; they cover the string.
fn parts_of(text: &Text, file: &str) -> Vec<Part> {
    let length = to_offset(text.len());
    match text.encoding() {
        Encoding::Verbatim { start } => vec![Part {
            decoded: 0,
            length,
            source: Span::new(*start, *start + length),
            is_verbatim: true,
        }],
        Encoding::Escaped { span, style } => {
            let raw = file.get(span.range()).unwrap_or_default();
            let (mut at, mut decoded) = (0, 0);
            let mut parts = Vec::new();
            while at < raw.len() {
                let (source, length, is_verbatim) = match stretch(&raw[at..], *style) {
                    Stretch::Verbatim(n) => (n, n, true),
                    Stretch::Escape { source, decoded } => (source, decoded, false),
                };
                let first = span.start + to_offset(at);
                parts.push(Part {
                    decoded: to_offset(decoded),
                    length: to_offset(length),
                    source: Span::new(first, first + to_offset(source)),
                    is_verbatim,
                });
                at += source;
                decoded += length;
            }
            parts
        }
        Encoding::Pieces(pieces) => {
            let mut parts = Vec::new();
            for (i, piece) in pieces.iter().enumerate() {
                let next = pieces.get(i + 1);
                let end = next.map_or(length, |n| n.decoded).min(length);
                let decoded = text.get(piece.decoded as usize..end as usize).unwrap_or_default();
                let from = piece.source as usize;
                let same = common_prefix(decoded, file.get(from..).unwrap_or_default());
                let middle = piece.source + to_offset(same);
                if same > 0 {
                    parts.push(Part {
                        decoded: piece.decoded,
                        length: to_offset(same),
                        source: Span::new(piece.source, middle),
                        is_verbatim: true,
                    });
                }
                if same < decoded.len() {
                    let stop = next.map_or(middle, |n| n.source.max(middle));
                    parts.push(Part {
                        decoded: piece.decoded + to_offset(same),
                        length: to_offset(decoded.len() - same),
                        source: Span::new(middle, stop),
                        is_verbatim: false,
                    });
                }
            }
            parts
        }
    }
}

fn common_prefix(a: &str, b: &str) -> usize {
    let same = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    (0..=same).rev().find(|&i| a.is_char_boundary(i)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Joins the strings of a JSON array and says what the value at a pointer is in the array's own text.
    fn underlined(file: &str, path: &[&str]) -> String {
        let source = Arc::new(SourceFile::new("t", file));
        let outer = read(Arc::clone(&source), Syntax::Json);
        let mut assembly = Assembly::default();
        for item in outer.roots[0].as_array().unwrap() {
            match item.as_text() {
                Some(text) => assembly.push_text(file, text, 0..text.len()),
                None => assembly.push_for("${X}", item.span),
            }
        }
        let inner = assembly.read(&source, Syntax::Json);
        let node = path.iter().fold(&inner.roots[0], |n, key| n.get(key).unwrap());
        let text = node
            .as_text()
            .map(|t| file[inner.place(t, 0..t.len()).range()].to_owned());
        format!("{} | {}", &file[node.span.range()], text.unwrap_or_default())
    }

    #[test]
    fn joined_strings_keep_their_places() {
        let file = r#"["{\"a\":\"x\",", "\"b\": \"y", {"Ref": "Q"}, "z\",\"c\":", {"Ref": "N"}, "}"]"#;
        assert_eq!(underlined(file, &["a"]), r#"\"x\" | x"#);
        assert_eq!(
            underlined(file, &["b"]),
            r#"\"y", {"Ref": "Q"}, "z\" | y", {"Ref": "Q"}, "z"#
        );
        assert_eq!(underlined(file, &["c"]), r#"{"Ref": "N"} | "#);
    }

    #[test]
    fn escapes_within_escapes_keep_their_places() {
        let file = r#"["{\"a\": \"p\\nq\\\"r\"}"]"#;
        assert_eq!(underlined(file, &["a"]), r#"\"p\\nq\\\"r\" | p\\nq\\\"r"#);
    }
}

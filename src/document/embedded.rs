//! Documents embedded in strings of another document. The joined text is parsed separately, and every span of its tree is
//! mapped to the bytes of the file, so that later stages need not know that it was a string.

use super::joined_text::JoinedText;
use super::node::{Node, NodeKind};
use super::parsed::Document;
use super::parts::{Encoding, Part, Parts};
use super::read::read;
use super::syntax::Syntax;
use super::text::Text;
use crate::source::{SourceFile, Span, to_offset};
use std::sync::Arc;

impl JoinedText {
    /// Parses the text in a syntax. All spans of the result are spans of `file`, from which the parts came; `whole` is the
    /// span of errors in an empty text.
    pub fn read(self, file: &Arc<SourceFile>, syntax: Syntax, whole: Span) -> Document {
        let inner = Arc::new(SourceFile::new(file.name(), self.text));
        let mut document = read(Arc::clone(&inner), syntax);
        let layer = Layer {
            inner: inner.text(),
            parts: &self.parts,
        };
        for root in &mut document.roots {
            layer.node(root);
        }
        for error in &mut document.errors {
            error.span = if layer.inner.is_empty() {
                whole
            } else {
                layer.parts.span(error.span)
            };
            error.first = error.first.map(|span| layer.parts.span(span));
        }
        document.source = Arc::clone(file);
        document
    }
}

/// Maps spans of an assembled text to spans of the file.
struct Layer<'a> {
    inner: &'a str,
    parts: &'a Parts,
}

impl Layer<'_> {
    fn node(&self, node: &mut Node) {
        node.span = self.parts.span(node.span);
        match &mut node.kind {
            NodeKind::String(text) => self.text(text),
            NodeKind::Array(items) => items.iter_mut().for_each(|item| self.node(item)),
            NodeKind::Object(members) => {
                for member in members {
                    self.text(&mut member.key);
                    member.key_span = self.parts.span(member.key_span);
                    self.node(&mut member.value);
                }
            }
            NodeKind::Tagged(tagged) => {
                tagged.tag_span = self.parts.span(tagged.tag_span);
                self.node(&mut tagged.value);
            }
            NodeKind::Null | NodeKind::Bool(_) | NodeKind::Number(_) | NodeKind::Unknown => {}
        }
    }

    fn text(&self, text: &mut Text) {
        let mut parts = Parts::default();
        for part in text.parts(self.inner).as_slice() {
            if !part.is_verbatim {
                let source = self.parts.span(part.source);
                parts.push(Part { source, ..*part });
                continue;
            }
            let (mut at, end) = (part.source.start, part.source.end);
            while at < end {
                let Some(outer) = self.parts.at(at) else { break };
                let stop = (outer.decoded + outer.length).clamp(at + 1, end);
                parts.push(Part {
                    decoded: part.decoded + (at - part.source.start),
                    length: stop - at,
                    source: self.parts.span(Span::new(at, stop)),
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
                start: self.parts.start(text.source_offset(self.inner, 0)),
            },
            _ => Encoding::Pieces(parts.pieces(to_offset(text.len())).into()),
        };
        text.relocate(encoding);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Joins the strings of a JSON array and returns what the spans of the value at `path` cover in the file.
    fn underlined(file: &str, path: &[&str]) -> String {
        let source = Arc::new(SourceFile::new("t", file));
        let outer = read(Arc::clone(&source), Syntax::Json);
        let mut assembly = JoinedText::default();
        for item in outer.roots[0].as_array().unwrap() {
            match item.as_text() {
                Some(text) => assembly.push_text(file, text),
                None => assembly.push_replacement("${X}", item.span),
            }
        }
        let inner = assembly.read(&source, Syntax::Json, outer.roots[0].span);
        let node = path.iter().fold(&inner.roots[0], |n, key| n.get(key).unwrap());
        let text = node
            .as_text()
            .map(|t| file[inner.place(t, 0..t.len()).range()].to_owned());
        format!("{} | {}", &file[node.span.range()], text.unwrap_or_default())
    }

    #[test]
    fn maps_joined_strings_to_the_file() {
        let file = r#"["{\"a\":\"x\",", "\"b\": \"y", {"Ref": "Q"}, "z\",\"c\":", {"Ref": "N"}, "}"]"#;
        assert_eq!(underlined(file, &["a"]), r#"\"x\" | x"#);
        assert_eq!(
            underlined(file, &["b"]),
            r#"\"y", {"Ref": "Q"}, "z\" | y", {"Ref": "Q"}, "z"#
        );
        assert_eq!(underlined(file, &["c"]), r#"{"Ref": "N"} | "#);
    }

    #[test]
    fn maps_escapes_within_escapes_to_the_file() {
        let file = r#"["{\"a\": \"p\\nq\\\"r\"}"]"#;
        assert_eq!(underlined(file, &["a"]), r#"\"p\\nq\\\"r\" | p\\nq\\\"r"#);
    }
}

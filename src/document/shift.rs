//! Moving a tree to other offsets, as when its file becomes a part of a longer text.

use super::node::{Member, Node, NodeKind};
use super::parts::{Encoding, Piece};
use super::text::Text;
use crate::source::Span;

impl Node {
    /// Adds `by` to every offset. To move a tree back, pass the negated number, which wraps around.
    pub fn shift(&mut self, by: u32) {
        if by == 0 {
            return;
        }
        self.span = shifted(self.span, by);
        match &mut self.kind {
            NodeKind::String(text) => text.shift(by),
            NodeKind::Array(items) => items.iter_mut().for_each(|item| item.shift(by)),
            NodeKind::Object(members) => {
                members.iter_mut().for_each(|member| member.shift(by));
            }
            NodeKind::Tagged(tagged) => {
                tagged.tag_span = shifted(tagged.tag_span, by);
                tagged.value.shift(by);
            }
            NodeKind::Null | NodeKind::Bool(_) | NodeKind::Number(_) | NodeKind::Unknown => {}
        }
    }

    /// Calls `visit` with the span of every key and value.
    pub fn for_each_span(&self, visit: &mut impl FnMut(Span)) {
        visit(self.span);
        match &self.kind {
            NodeKind::Array(items) => items.iter().for_each(|item| item.for_each_span(visit)),
            NodeKind::Object(members) => {
                for member in members {
                    visit(member.key_span);
                    member.value.for_each_span(visit);
                }
            }
            NodeKind::Tagged(tagged) => tagged.value.for_each_span(visit),
            _ => {}
        }
    }
}

impl Member {
    /// Moves the key and the value.
    pub(super) fn shift(&mut self, by: u32) {
        self.key.shift(by);
        self.key_span = shifted(self.key_span, by);
        self.value.shift(by);
    }
}

impl Text {
    fn shift(&mut self, by: u32) {
        let encoding = match self.encoding() {
            Encoding::Verbatim { start } => Encoding::Verbatim {
                start: start.wrapping_add(by),
            },
            Encoding::Escaped { span, style } => Encoding::Escaped {
                span: shifted(*span, by),
                style: *style,
            },
            Encoding::Pieces(pieces) => {
                let moved = |piece: &Piece| Piece {
                    source: piece.source.wrapping_add(by),
                    ..*piece
                };
                Encoding::Pieces(pieces.iter().map(moved).collect::<Vec<_>>().into())
            }
        };
        self.relocate(encoding);
    }
}

/// A span at other offsets.
pub(super) const fn shifted(span: Span, by: u32) -> Span {
    Span::new(span.start.wrapping_add(by), span.end.wrapping_add(by))
}

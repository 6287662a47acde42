//! Reading a part of a source text: what a change affects.

use super::reader::{Expect, Frame, Reader};
use crate::document::change::{Change, Step};
use crate::document::node::{Member, NodeKind};
use crate::document::splice::Elements;
use crate::document::syntax_error::SyntaxError;
use crate::source::{SourceFile, Span, to_offset};
use crate::spec::placeholder;
use std::ops::Range;

/// A part of a source text, with the result that reading the whole text gives for it.
#[derive(Debug)]
pub(in crate::document) struct Part {
    /// The old elements that are replaced.
    pub(in crate::document) replaced: Range<usize>,
    pub(in crate::document) elements: Elements,
    pub(in crate::document) errors: Vec<SyntaxError>,
    pub(in crate::document) is_whole: bool,
    /// The bytes that were read.
    pub(in crate::document) span: Span,
}

/// How far after a change the reader looks for an element of the old tree.
const MAX_LENGTH: usize = 32 * 1024;

/// Reads the elements around a change, given the path to the innermost array or object that contains it, in the tree of the old
/// text, which is valid. `None` if the change affects more than elements of that array or object.
///
/// The text has no placeholders of other tools than CloudFormation and Terraform.
///
/// The reader starts before an element that the change does not touch. It stops after the change, when it reaches an element of
/// the old tree: the rest of the text is unchanged and known to be valid.
pub(in crate::document) fn read_part(
    source: &SourceFile,
    is_json5: bool,
    path: &[Step<'_>],
    change: Change,
) -> Option<Part> {
    let container = path.last()?.node;
    let old: Vec<Span> = match &container.kind {
        NodeKind::Array(items) => items.iter().map(|item| item.span).collect(),
        NodeKind::Object(members) => {
            let span = |member: &Member| Span::new(member.key_span.start, member.value.span.end);
            members.iter().map(span).collect()
        }
        _ => return None,
    };
    let is_object = container.as_object().is_some();
    let touched = old.partition_point(|span| span.end < change.start);
    let first = touched.saturating_sub(1);
    let mut reader = Reader::new(source, is_json5, false);
    for step in path {
        let is_object = step.node.as_object().is_some();
        reader.objects += usize::from(is_object);
        reader.frames.push(Frame {
            open: step.node.span.start as usize,
            is_object,
            first: 0,
            has_key: false,
        });
    }
    let depth = reader.frames.len();
    (reader.at, reader.expect) = match (first, is_object) {
        (0, true) => (container.span.start as usize + 1, Expect::FirstKey),
        (0, false) => (container.span.start as usize + 1, Expect::FirstItem),
        (first, true) => (old[first].start as usize, Expect::Key),
        (first, false) => (old[first].start as usize, Expect::Item),
    };
    reader.last = Span::new(to_offset(reader.at) - 1, to_offset(reader.at));
    let start = reader.at;
    if first > 0 && reaches(source.text(), start) {
        return None;
    }
    let shift = change.shift();
    let end = container.span.end.wrapping_add(shift) as usize - 1;
    let limit = end.min(change.new_end as usize + MAX_LENGTH);
    let next = loop {
        reader.skip_blanks();
        let at = reader.at;
        if reader.frames.len() < depth || at > limit {
            return None;
        }
        if reader.frames.len() == depth && at >= change.new_end as usize {
            let is_at_end = at == end;
            match reader.expect {
                Expect::AfterMember | Expect::AfterItem | Expect::FirstKey | Expect::FirstItem
                    if is_at_end =>
                {
                    break old.len();
                }
                Expect::Key | Expect::FirstKey | Expect::Item | Expect::FirstItem => {
                    let offset = to_offset(at).wrapping_sub(shift);
                    if let Ok(next) = old.binary_search_by_key(&offset, |span| span.start) {
                        break next;
                    }
                }
                _ => {}
            }
        }
        let byte = *reader.bytes.get(at)?;
        reader.token(byte);
    };
    let elements = if is_object {
        Elements::Members(reader.members)
    } else {
        Elements::Items(reader.items)
    };
    Some(Part {
        replaced: first..next,
        elements,
        errors: reader.errors,
        is_whole: reader.is_whole,
        span: Span::new(to_offset(start), to_offset(reader.at)),
    })
}

/// Whether a placeholder that starts before an offset reaches beyond it. Quotes in it are not those of the string.
fn reaches(text: &str, offset: usize) -> bool {
    let from = offset.saturating_sub(placeholder::MAX_LENGTH);
    let before = &text.as_bytes()[from..offset];
    memchr::memmem::find_iter(before, b"${").any(|at| {
        let length = placeholder::expression(&text.as_bytes()[from + at..]);
        length.is_some_and(|length| from + at + length > offset)
    })
}

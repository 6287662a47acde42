//! The edits of one text.

use super::content::Content;
use super::elements::Elements;
use super::scalar::{Notation, escaped, is_identifier, is_plain, quoted, single_quoted};
use super::written::{COMPOSED, Edits, Written};
use super::{block, flow};
use crate::diagnostic::Edit;
use crate::document::{Document, Member, Node, NodeKind, Syntax};
use crate::source::{Span, to_offset};
use std::ops::Range;

/// Why a reference of YAML, or a value from elsewhere, cannot be edited.
const NOT_WRITTEN: &str = "the value is not written here";

/// Makes edits of one text. Each method returns the edits, or why the text cannot be edited, as a clause.
#[derive(Debug, Clone, Copy)]
pub struct Editor<'a> {
    written: Written<'a>,
}

impl<'a> Editor<'a> {
    /// Edits the text of a document.
    pub fn new(document: &'a Document) -> Self {
        Self {
            written: Written {
                text: document.source.text(),
                syntax: document.syntax,
            },
        }
    }

    /// Renames a key.
    pub fn rename(&self, member: &Member, name: &str) -> Edits<Vec<Edit>> {
        self.replaced_text(member.key_span, &member.key, name)
            .map(|text| vec![Edit::new(member.key_span, text)])
    }

    /// Replaces the string at a span, which is `old`, by another one.
    pub fn rewrite(&self, span: Span, old: &str, new: &str) -> Edits<Vec<Edit>> {
        let text = self.replaced_text(span, old, new)?;
        Ok(vec![Edit::new(span, text)])
    }

    /// Replaces a string, number, or boolean. An array or object is replaced only in a flow collection.
    pub fn replace(&self, node: &Node, content: &Content<'_>) -> Edits<Vec<Edit>> {
        let text = match (&node.kind, content) {
            (NodeKind::String(old), Content::Text(text)) => self.replaced_text(node.span, old, text)?,
            (NodeKind::Array(_) | NodeKind::Object(_), content) => {
                if !Elements::parse(self.written.text, node)?.is_flow {
                    return Err("the value is a block");
                }
                flow::Style::plain(self.notation(node.span)).write(content)
            }
            (kind, content) if self.is_literal(kind, node.span) => {
                let notation = self.notation(node.span);
                let is_block = content.is_compound() && notation == Notation::Yaml;
                flow::Style::plain(if is_block { Notation::Json } else { notation }).write(content)
            }
            _ => return Err(NOT_WRITTEN),
        };
        Ok(vec![Edit::new(node.span, text)])
    }

    /// Inserts a member into an object, after another one, or else at the end.
    pub fn insert(
        &self,
        object: &Node,
        after: Option<&str>,
        key: &str,
        content: &Content<'_>,
    ) -> Edits<Vec<Edit>> {
        let elements = Elements::parse(self.written.text, object)?;
        let members = object.as_object().unwrap_or_default();
        let position = after.and_then(|name| members.iter().position(|m| m.key.as_str() == name));
        let index = position.map_or(members.len(), |i| i + 1);
        if elements.is_flow {
            flow::insert_member(&self.written, &elements, members, index, key, content)
        } else {
            block::insert_member(&self.written, &elements, members, index, key, content)
        }
    }

    /// Replaces consecutive members of an object by one. `write` gives its value from their text, after `changes`, and the
    /// indentation of their lines.
    pub fn enclose<'c>(
        &self,
        object: &Node,
        range: Range<usize>,
        changes: &[Edit],
        key: &str,
        write: impl FnOnce(String, String) -> Content<'c>,
    ) -> Edits<Vec<Edit>> {
        let elements = Elements::parse(self.written.text, object)?;
        let members = object.as_object().unwrap_or_default();
        let spans = elements.spans.get(range.clone()).ok_or(COMPOSED)?;
        let (Some(first), Some(last)) = (spans.first(), spans.last()) else {
            return Err(COMPOSED);
        };
        let is_escaped = self.written.is_in_escapes(object);
        // A block of text ends with a line break.
        let ending = self.written.at(*last);
        let length = ending.trim_end_matches(['\n', '\r']).len();
        let place = Span::new(first.start, last.start + to_offset(length));
        let changed = self.changed(place, changes, is_escaped)?;
        let content = |indentation| write(changed, indentation);
        let text = if elements.is_flow {
            flow::enclosing_member(&self.written, &elements, members, range.start, key, content)?
        } else {
            block::enclosing_member(&self.written, &elements, members, key, content)?
        };
        Ok(vec![Edit::new(place, text)])
    }

    /// The decoded text of a place after changes.
    fn changed(&self, place: Span, changes: &[Edit], is_escaped: bool) -> Edits<String> {
        let mut sorted: Vec<&Edit> = changes.iter().collect();
        sorted.sort_by_key(|edit| edit.span);
        let (mut text, mut at) = (String::new(), place.start);
        for edit in sorted {
            if edit.span.start < at || edit.span.end > place.end {
                return Err(COMPOSED);
            }
            text.push_str(&self.written.decoded(Span::new(at, edit.span.start), is_escaped)?);
            text.push_str(&edit.replacement);
            at = edit.span.end;
        }
        text.push_str(&self.written.decoded(Span::new(at, place.end), is_escaped)?);
        Ok(text)
    }

    /// Appends an item to an array.
    pub fn push(&self, array: &Node, content: &Content<'_>) -> Edits<Vec<Edit>> {
        let elements = Elements::parse(self.written.text, array)?;
        let items = array.as_array().unwrap_or_default();
        if elements.is_flow {
            flow::push_item(&self.written, &elements, items, content)
        } else {
            block::push_item(&self.written, &elements, content)
        }
    }

    /// Removes the member of an object whose key is at a span.
    pub fn remove_member(&self, object: &Node, key: Span) -> Edits<Vec<Edit>> {
        let elements = Elements::parse(self.written.text, object)?;
        let index = elements.spans.partition_point(|span| span.start < key.start);
        self.remove_element(&elements, index)
    }

    /// Removes an item of an array.
    pub fn remove_item(&self, array: &Node, index: usize) -> Edits<Vec<Edit>> {
        self.remove_element(&Elements::parse(self.written.text, array)?, index)
    }

    fn remove_element(&self, elements: &Elements, index: usize) -> Edits<Vec<Edit>> {
        if elements
            .spans
            .get(index)
            .is_none_or(|span| self.written.at(*span).contains('&'))
        {
            // An anchor may be referenced elsewhere.
            return Err(NOT_WRITTEN);
        }
        if elements.is_flow {
            flow::remove(&self.written, elements, index)
        } else {
            block::remove(&self.written, elements, index)
        }
    }

    /// Moves an item of an array to its end. The white space between the items stays.
    pub fn move_to_end(&self, array: &Node, index: usize) -> Edits<Vec<Edit>> {
        let elements = Elements::parse(self.written.text, array)?;
        let spans = elements.spans.get(index..).unwrap_or_default();
        let is_escaped = array
            .as_array()
            .and_then(|items| items.first())
            .is_some_and(|item| self.written.is_in_escapes(item));
        let mut edits = Vec::with_capacity(spans.len());
        for (i, place) in spans.iter().enumerate() {
            let from = spans.get(i + 1).or(spans.first()).copied().unwrap_or(*place);
            edits.push(Edit::new(*place, self.written.decoded(from, is_escaped)?));
        }
        Ok(edits)
    }

    /// Whether a string, number, or boolean is written at its place, and not computed there by an expression.
    fn is_literal(&self, kind: &NodeKind, span: Span) -> bool {
        let written = self.written.at(span);
        match kind {
            NodeKind::String(_) => !self.is_template(written),
            NodeKind::Number(number) => written == number.as_str(),
            NodeKind::Bool(_) => self.written.syntax != Syntax::Hcl || matches!(written, "true" | "false"),
            _ => false,
        }
    }

    /// Whether a string contains an expression of HCL, or is one.
    fn is_template(&self, written: &str) -> bool {
        self.written.syntax == Syntax::Hcl
            && (!written.starts_with(['"', '\\']) || written.contains("${") || written.contains("%{"))
    }

    /// How the values near a scalar are written.
    fn notation(&self, near: Span) -> Notation {
        match self.written.syntax {
            _ if self.written.is_escaped(near) => Notation::Json,
            Syntax::Yaml | Syntax::Yaml11 if !self.written.at(near).starts_with(['"', '{', '[']) => {
                Notation::Yaml
            }
            Syntax::Hcl => Notation::Hcl,
            _ => Notation::Json,
        }
    }

    /// A string in place of another one, in the same quotes if possible.
    fn replaced_text(&self, span: Span, old: &str, new: &str) -> Edits<String> {
        let written = self.written.at(span);
        let first = written.chars().next().ok_or(NOT_WRITTEN)?;
        match first {
            '"' if self.is_template(written) => Err(NOT_WRITTEN),
            '"' if self.written.syntax == Syntax::Hcl => Ok(Notation::Hcl.text(new)),
            '"' => Ok(quoted(new)),
            '\\' if self.written.is_escaped(span) => Ok(quoted(new)),
            '\'' if !new.contains(char::is_control) => Ok(single_quoted(new)),
            '\'' => Ok(format!("\"{}\"", escaped(new))),
            // A key of HCL, or a plain scalar of YAML.
            _ if written == old && self.written.syntax == Syntax::Hcl => Ok(if is_identifier(new) {
                new.to_owned()
            } else {
                Notation::Hcl.text(new)
            }),
            _ if written == old && is_plain(old) => Ok(Notation::Yaml.text(new)),
            _ if written == old => Ok(quoted(new)),
            _ => Err(NOT_WRITTEN),
        }
    }
}

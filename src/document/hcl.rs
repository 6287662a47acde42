//! HCL (Terraform) to a tree of the shape of Terraform's JSON syntax.
//!
//! A block is an object under its type and labels: `resource "aws_sfn_state_machine" "flow" { … }` is at
//! `/resource/aws_sfn_state_machine/flow`; blocks of one type are separate members with the same key. A string is a
//! string, with `${…}` as written. A call is tagged with the function's name and contains an array of its arguments; a
//! conditional is tagged `?` and contains both results. Any other expression is unknown.

use super::escape;
use super::joined_text::JoinedText;
use super::limits::too_deep;
use super::node::{Member, Node, NodeKind, Tagged};
use super::parsed::Reading;
use super::parts::Encoding;
use super::syntax_error::{SyntaxError, SyntaxErrorKind};
use super::text::Text;
use crate::source::{SourceFile, Span, to_offset};
use crate::spec::placeholder;
use hcl_edit::expr::{Expression, FuncCall, Object, ObjectKey};
use hcl_edit::structure::{Block, Body, Structure};
use hcl_edit::template::Element;
use std::ops::Range;

/// Reads a body of attributes and blocks.
pub(super) fn read(source: &SourceFile) -> Reading {
    let file = source.text();
    if let Some(at) = widest(file) {
        let error = SyntaxError {
            kind: SyntaxErrorKind::Malformed,
            span: Span::new(to_offset(at), to_offset(at + 1)),
            message: format!("object has more than {MAX_MEMBERS} members"),
            help: Some("move the object to a separate data file".into()),
            first: None,
        };
        return Reading {
            roots: Vec::new(),
            errors: vec![error],
            is_whole: false,
        };
    }
    match hcl_edit::parser::parse_body(file) {
        Ok(body) => {
            let reader = Reader { file };
            let whole = Span::new(0, to_offset(file.len()));
            Reading {
                roots: vec![Node::new(NodeKind::Object(reader.body(&body)), whole)],
                errors: Vec::new(),
                is_whole: true,
            }
        }
        Err(error) => {
            let at = to_offset(error.location().offset().min(file.len()));
            let end = file[at as usize..]
                .find('\n')
                .map_or(file.len(), |i| at as usize + i);
            let span = Span::new(at, to_offset(end));
            // The parser's own limit is far below ours.
            let error = if error.message().contains("nesting") {
                too_deep(span)
            } else {
                SyntaxError {
                    kind: SyntaxErrorKind::Malformed,
                    span,
                    message: format!("invalid HCL: {}", error.message().replace('\n', ", ")),
                    help: Some("run `terraform validate` for details".into()),
                    first: None,
                }
            };
            Reading {
                roots: Vec::new(),
                errors: vec![error],
                is_whole: false,
            }
        }
    }
}

/// The maximum number of members of an object. The parser compares each member with all previous ones.
const MAX_MEMBERS: usize = 10_000;

/// The start of an object with more than [`MAX_MEMBERS`] members, found by counting `=` and `:` outside of quotes. The
/// number of blocks is not limited.
fn widest(file: &str) -> Option<usize> {
    // The open brackets: their offsets, and the number of members so far.
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut is_quoted = false;
    let mut last = b' ';
    for (at, &byte) in file.as_bytes().iter().enumerate() {
        match byte {
            b'"' if last != b'\\' => is_quoted = !is_quoted,
            // A quoted string ends at the end of its line.
            b'\n' => is_quoted = false,
            _ if is_quoted => {}
            b'{' | b'[' | b'(' => open.push((at, 0)),
            b'}' | b']' | b')' => {
                open.pop();
            }
            b'=' | b':' => {
                if let Some((at, members)) = open.last_mut() {
                    *members += 1;
                    if *members > MAX_MEMBERS && is_object(&file[..*at]) {
                        return Some(*at);
                    }
                }
            }
            _ => {}
        }
        last = if last == b'\\' { b' ' } else { byte };
    }
    None
}

/// Whether a brace after this text opens an object rather than a block.
fn is_object(before: &str) -> bool {
    before.trim_end().ends_with(['=', ':', ',', '(', '[', '?'])
}

struct Reader<'a> {
    file: &'a str,
}

impl Reader<'_> {
    fn body(&self, body: &Body) -> Vec<Member> {
        let members = body.iter().map(|structure| match structure {
            Structure::Attribute(attribute) => {
                let key = span_of(&attribute.key);
                member(attribute.key.as_str(), key, self.expression(&attribute.value))
            }
            Structure::Block(block) => self.block(block),
        });
        members.collect()
    }

    fn block(&self, block: &Block) -> Member {
        let span = span_of(block);
        let mut node = Node::new(NodeKind::Object(self.body(&block.body)), span);
        for label in block.labels.iter().rev() {
            let key = match label {
                hcl_edit::structure::BlockLabel::Ident(ident) => span_of(ident),
                hcl_edit::structure::BlockLabel::String(text) => inside_quotes(span_of(text)),
            };
            let member = member(label.as_str(), key, node);
            node = Node::new(NodeKind::Object(vec![member]), span);
        }
        member(block.ident.as_str(), span_of(&block.ident), node)
    }

    fn expression(&self, expression: &Expression) -> Node {
        let span = span_of(expression);
        let kind = match expression {
            Expression::Null(_) => NodeKind::Null,
            Expression::Bool(value) => NodeKind::Bool(*value.value()),
            Expression::Number(number) => NodeKind::Number(number.value().to_string().into()),
            Expression::String(_) => {
                let mut text = JoinedText::default();
                self.literal(inside_quotes(span).range(), true, &mut text);
                NodeKind::String(text.into_text())
            }
            Expression::StringTemplate(template) => match template.as_single_element() {
                // An expression in quotes, as required up to Terraform 0.11.
                Some(Element::Interpolation(only)) => return self.expression(&only.expr),
                _ => self.template(template.iter(), true),
            },
            Expression::HeredocTemplate(heredoc) => self.template(heredoc.template.iter(), false),
            Expression::Array(items) => NodeKind::Array(items.iter().map(|i| self.expression(i)).collect()),
            Expression::Object(object) => self.object(object),
            Expression::Parenthesis(inner) => return self.expression(inner.inner()),
            Expression::FuncCall(call) => self.call(call),
            Expression::Conditional(condition) => {
                let outcomes = [&condition.true_expr, &condition.false_expr];
                let span = span_of(&condition.cond_expr);
                tagged("?", span, outcomes.map(|e| self.expression(e)).into())
            }
            _ => NodeKind::Unknown,
        };
        Node::new(kind, span)
    }

    fn object(&self, object: &Object) -> NodeKind {
        let members = object.iter().map(|(key, value)| {
            let value = self.expression(value.expr());
            match key {
                ObjectKey::Ident(ident) => member(ident.as_str(), span_of(ident), value),
                ObjectKey::Expression(expression) => {
                    let span = span_of(expression);
                    match self.expression(expression).kind {
                        NodeKind::String(key) => Member {
                            key,
                            key_span: span,
                            value,
                        },
                        _ => member("${key}", span, value),
                    }
                }
            }
        });
        NodeKind::Object(members.collect())
    }

    fn call(&self, call: &FuncCall) -> NodeKind {
        let arguments = call.args.iter().map(|e| self.expression(e)).collect();
        tagged(call.name.name.as_str(), span_of(&call.name.name), arguments)
    }

    fn template<'e>(&self, elements: impl Iterator<Item = &'e Element>, is_quoted: bool) -> NodeKind {
        let mut text = JoinedText::default();
        for element in elements {
            let span = span_of(element);
            match element {
                Element::Literal(_) => self.literal(span.range(), is_quoted, &mut text),
                Element::Interpolation(_) => {
                    let raw = &self.file[span.range()];
                    if placeholder::expression(raw.as_bytes()) == Some(raw.len())
                        && !raw.contains(['"', '\n'])
                    {
                        text.push_bytes(self.file, span);
                    } else {
                        text.push_replacement("${value}", span);
                    }
                }
                // The value of such a template is entirely unknown.
                Element::Directive(_) => return NodeKind::Unknown,
            }
        }
        NodeKind::String(text.into_text())
    }

    /// A literal part of a string: `$${` means `${`, and quoted strings have escapes.
    fn literal(&self, range: Range<usize>, is_quoted: bool, out: &mut JoinedText) {
        let raw = self.file.get(range.clone()).unwrap_or_default();
        let span =
            |from: usize, to: usize| Span::new(to_offset(range.start + from), to_offset(range.start + to));
        let (mut plain, mut at) = (0, 0);
        while let Some(found) = raw[at..].find(['\\', '$', '%']).map(|i| at + i) {
            let rest = &raw[found..];
            let (length, decoded) = if rest.starts_with("$${") || rest.starts_with("%%{") {
                (3, Some(rest[1..3].to_owned()))
            } else if is_quoted && rest.starts_with('\\') {
                let unit = escape::json(rest);
                (unit.len, unit.decoded.map(String::from))
            } else {
                at = found + 1;
                continue;
            };
            out.push_bytes(self.file, span(plain, found));
            at = found + length;
            out.push_replacement(&decoded.unwrap_or_default(), span(found, at));
            plain = at;
        }
        out.push_bytes(self.file, span(plain, raw.len()));
    }
}

fn span_of(part: &impl hcl_edit::Span) -> Span {
    let range = part.span().unwrap_or_default();
    Span::new(to_offset(range.start), to_offset(range.end))
}

fn inside_quotes(span: Span) -> Span {
    Span::new(span.start + 1, span.end.saturating_sub(1).max(span.start + 1))
}

fn member(key: &str, key_span: Span, value: Node) -> Member {
    Member {
        key: Text::new(
            key,
            Encoding::Verbatim {
                start: key_span.start,
            },
        ),
        key_span,
        value,
    }
}

fn tagged(tag: &str, tag_span: Span, items: Vec<Node>) -> NodeKind {
    let (start, end) = (items.first(), items.last());
    let span = Span::new(
        start.map_or(tag_span.end, |n| n.span.start),
        end.map_or(tag_span.end, |n| n.span.end),
    );
    NodeKind::Tagged(Box::new(Tagged {
        tag: tag.into(),
        tag_span,
        value: Node::new(NodeKind::Array(items), span),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Syntax;
    use std::sync::Arc;

    fn at<'n>(root: &'n Node, pointer: &str) -> &'n Node {
        pointer
            .split('/')
            .skip(1)
            .fold(root, |n, key| n.get(key).unwrap())
    }

    #[test]
    fn keeps_the_locations_of_blocks_and_strings() {
        let file = "resource \"a\" \"b\" {\n  c = \"x\\n${var.y}$${z}\"\n  d = <<-EOT\n    {\"k\": \"${local.v}\"}\n  EOT\n  e = f(1, [true])\n}\n";
        let document = crate::document::read(Arc::new(SourceFile::new("t", file)), Syntax::Hcl);
        let root = &document.roots[0];
        let c = at(root, "/resource/a/b/c");
        assert_eq!(c.as_str(), Some("x\n${var.y}${z}"));
        let text = c.as_text().unwrap();
        assert_eq!(&file[document.place(text, 2..10).range()], "${var.y}");
        let d = at(root, "/resource/a/b/d").as_text().unwrap();
        assert_eq!(d.as_str(), "    {\"k\": \"${local.v}\"}\n");
        assert_eq!(&file[document.place(d, 5..8).range()], "\"k\"");
        let e = at(root, "/resource/a/b/e").as_tagged().unwrap();
        assert_eq!((e.tag.as_str(), e.value.as_array().unwrap().len()), ("f", 2));
        assert_eq!(root.pointer_to(c.span), "/resource/a/b/c");
    }

    #[test]
    fn limits_the_members_of_objects_but_not_of_blocks() {
        let members =
            |n: usize| (0..n).fold(String::new(), |text, i| text + &format!("  m{i} = \"a=b\\\"\"\n"));
        let read = |text: String| crate::document::read(Arc::new(SourceFile::new("t", text)), Syntax::Hcl);
        let object = |n: usize| read(format!("a {{\n  b = {{\n{}}}\n}}\n", members(n)));
        assert!(object(300).errors.is_empty());
        assert_eq!(
            object(10_001).errors[0].message,
            "object has more than 10000 members"
        );
        assert!(read(format!("a {{\n{}}}\n", members(10_001))).errors.is_empty());
    }

    #[test]
    fn reports_invalid_hcl() {
        let document = crate::document::read(Arc::new(SourceFile::new("t", "a {\n  b = \n}\n")), Syntax::Hcl);
        assert!(document.roots.is_empty() && document.errors.len() == 1);
    }
}

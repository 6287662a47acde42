//! HCL (Terraform) to a tree of the shape of Terraform's JSON syntax.
//!
//! A block is an object under its type and labels: `resource "aws_sfn_state_machine" "flow" { … }` is at
//! `/resource/aws_sfn_state_machine/flow`; blocks of one type are separate members with the same key. Literals are values.
//! Any other expression is an *operation*, a tagged array of its operands:
//!
//! | tag | expression | operands |
//! |---|---|---|
//! | the function's name | `f(a, b...)` | the arguments; the last one may be an operation `...` |
//! | `$` | `name` | the name as a string |
//! | `.` | `a.b` | the object, and the name as a string |
//! | `[]` | `a[b]`, `a.0` | the collection, and the index |
//! | `[*]` | `a[*].b`, `a.*.b` | the collection, and the rest applied to an element, whose name is `*` |
//! | `?` | `a ? b : c` | all three |
//! | `!`, `-`, `+`, `==`, … | the operator | its operands |
//! | `[for]` | `[for k, v in c : v if d]` | `k` or null, `v`, the collection, the value, the condition or null |
//! | `{for}` | `{for k, v in c : a => b... if d}` | as above, then the key, and whether values are grouped |
//! | `{}` | an object with a key that is not literal | arrays of a key and a value |
//! | `"` | a template | strings and the following three |
//! | `${` | `${a}` | the expression |
//! | `%{if}` | `%{if a}b%{else}c%{endif}` | the condition, and both results |
//! | `%{for}` | `%{for k, v in c}b%{endfor}` | `k` or null, `v`, the collection, and the body |

mod body;
mod expression;
mod parser;
mod template;

use super::node::{Node, NodeKind};
use super::parsed::Reading;
use crate::source::{SourceFile, Span, to_offset};
use parser::Parser;
use std::ops::Range;

/// Reads a body of attributes and blocks.
pub(super) fn read(source: &SourceFile) -> Reading {
    let mut parser = Parser::new(source.text());
    let members = parser.file_body();
    reading(parser, source, NodeKind::Object(members))
}

/// Reads a template, such as the file of a call of `templatefile`: the root is a string or an operation.
pub(super) fn read_template(source: &SourceFile) -> Reading {
    let mut parser = Parser::new(source.text());
    let root = parser.whole_template().unwrap_or(NodeKind::Unknown);
    reading(parser, source, root)
}

/// Reads an object or list that starts and ends with a range of a source text; `None` if there is an error.
pub(super) fn read_value(text: &str, range: Range<usize>) -> Option<Node> {
    let mut parser = Parser::new(text);
    parser.at = range.start;
    parser.end = range.end;
    let value = parser.primary()?;
    parser.errors.is_empty().then_some(value)
}

fn reading(parser: Parser<'_>, source: &SourceFile, root: NodeKind) -> Reading {
    let whole = Span::new(0, to_offset(source.text().len()));
    Reading {
        roots: vec![Node::new(root, whole)],
        is_whole: parser.is_whole(),
        errors: parser.errors,
    }
}

#[cfg(test)]
mod tests;

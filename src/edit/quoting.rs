//! Text inside a string of a template.

use super::scalar::escaped;
use crate::document::{Document, Node, NodeKind, Syntax};
use crate::source::Span;

/// How the string that contains a definition is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quoting {
    /// With the escapes of JSON, which YAML's double quotes and HCL's share.
    Escapes,
    /// In single quotes of YAML.
    Single,
    /// Without quotes, in a line of YAML.
    Plain,
    /// As it is: a block of YAML, or a heredoc of HCL.
    Raw,
}

impl Quoting {
    /// How the string at a location is written; `None` if the location is not in a string.
    pub fn at(document: &Document, span: Span) -> Option<Self> {
        let root = document.roots.iter().find(|root| root.span.contains(span))?;
        let text = document.source.text();
        let string = innermost_string(root, span)?;
        let written = text.get(string.range())?;
        let is_yaml = matches!(document.syntax, Syntax::Yaml | Syntax::Yaml11);
        match written.chars().next()? {
            '"' => Some(Self::Escapes),
            '\'' if is_yaml => Some(Self::Single),
            '|' | '>' if is_yaml => Some(Self::Raw),
            '<' if written.starts_with("<<") => Some(Self::Raw),
            _ if is_yaml => Some(Self::Plain),
            _ => None,
        }
    }

    /// A source text as it is written in such a string; `None` if that is not possible.
    pub fn encode(self, text: &str) -> Option<String> {
        self.encode_over(text, "")
    }

    /// A source text as it is written in place of another one in such a string. Expressions of the template may stay in it.
    pub fn encode_over(self, text: &str, replaced: &str) -> Option<String> {
        let adds = |mark: &str| text.matches(mark).count() > replaced.matches(mark).count();
        if adds("${") || adds("%{") || self == Self::Single && replaced.contains("''") {
            return None;
        }
        match self {
            Self::Escapes => Some(escaped(text)),
            Self::Single if text.contains('\n') => None,
            Self::Single => Some(text.replace('\'', "''")),
            Self::Plain if text.contains('\n') || text.contains(": ") || text.contains(" #") => None,
            Self::Plain | Self::Raw => Some(text.to_owned()),
        }
    }
}

/// The innermost string, or template of HCL, that contains a location.
fn innermost_string(node: &Node, span: Span) -> Option<Span> {
    let child = match &node.kind {
        NodeKind::String(_) => return Some(node.span),
        NodeKind::Array(items) => items.iter().find(|item| item.span.contains(span)),
        NodeKind::Object(members) => members.iter().map(|m| &m.value).find(|v| v.span.contains(span)),
        NodeKind::Tagged(tagged) if tagged.tag == "\"" => return Some(node.span),
        NodeKind::Tagged(tagged) => {
            return if tagged.value.span.contains(span) {
                innermost_string(&tagged.value, span)
            } else {
                None
            };
        }
        _ => None,
    };
    innermost_string(child?, span)
}

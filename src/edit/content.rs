//! New values.

use std::borrow::Cow;

/// A value to write into a file.
#[derive(Debug, Clone, PartialEq)]
pub enum Content<'a> {
    /// A string.
    Text(Cow<'a, str>),
    /// `true` or `false`
    Bool(bool),
    /// A number as written.
    Number(Cow<'a, str>),
    /// An array.
    List(Vec<Self>),
    /// An object.
    Object(Vec<(&'a str, Self)>),
    /// An object whose first members are written elsewhere in the text.
    Moved {
        /// Their text.
        members: Cow<'a, str>,
        /// The indentation of their lines.
        indentation: Cow<'a, str>,
        /// The members after them.
        more: Vec<(&'a str, Self)>,
    },
}

impl<'a> Content<'a> {
    /// A string.
    pub fn text(text: impl Into<Cow<'a, str>>) -> Self {
        Self::Text(text.into())
    }

    /// The length of a scalar in bytes, without escapes; `None` for an array or object.
    pub(super) fn scalar_len(&self) -> Option<usize> {
        match self {
            Self::Text(text) => Some(text.len() + 2),
            Self::Bool(truth) => Some(if *truth { 4 } else { 5 }),
            Self::Number(number) => Some(number.len()),
            Self::List(_) | Self::Object(_) | Self::Moved { .. } => None,
        }
    }

    /// Whether it has parts.
    pub(super) const fn is_compound(&self) -> bool {
        matches!(self, Self::List(_) | Self::Object(_) | Self::Moved { .. })
    }
}

/// Lines with another indentation, except for the first line, whose indentation is not part of the text.
pub(super) fn reindented(lines: &str, from: &str, to: &str) -> String {
    let mut out = String::with_capacity(lines.len());
    for (i, line) in lines.split_inclusive('\n').enumerate() {
        match line.strip_prefix(from) {
            Some(rest) if i > 0 && !rest.trim().is_empty() => {
                out.push_str(to);
                out.push_str(rest);
            }
            _ => out.push_str(line),
        }
    }
    out
}

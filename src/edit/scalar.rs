//! Strings, numbers, and booleans as text.

use super::content::Content;
use crate::spec::placeholder;
use std::fmt::Write;

/// How scalars are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Notation {
    /// As in JSON; also valid in flow collections of YAML.
    Json,
    /// As in HCL, where `${` starts an interpolation.
    Hcl,
    /// As in a block of YAML: without quotes where possible.
    Yaml,
}

impl Notation {
    /// Appends a scalar; arrays and objects give nothing.
    pub(super) fn push_scalar(self, content: &Content<'_>, out: &mut String) {
        match content {
            Content::Text(text) => self.push_text(text, out),
            Content::Bool(truth) => out.push_str(if *truth { "true" } else { "false" }),
            Content::Number(number) => out.push_str(number),
            Content::List(_) | Content::Object(_) | Content::Moved { .. } => {}
        }
    }

    /// Appends a string.
    pub(super) fn push_text(self, text: &str, out: &mut String) {
        if self == Self::Json {
            push_quoted(text, out);
        } else {
            out.push_str(&self.text(text));
        }
    }

    /// A string.
    pub(super) fn text(self, text: &str) -> String {
        match self {
            Self::Json => quoted(text),
            Self::Hcl => quoted(text).replace("${", "$${").replace("%{", "%%{"),
            Self::Yaml if is_plain(text) => text.to_owned(),
            Self::Yaml if text.contains(['"', '\\']) && !text.contains(char::is_control) => {
                single_quoted(text)
            }
            Self::Yaml => quoted(text),
        }
    }
}

/// A string in single quotes, as in YAML.
pub(super) fn single_quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// A string of JSON.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    push_quoted(text, &mut out);
    out
}

fn push_quoted(text: &str, out: &mut String) {
    out.push('"');
    push_escaped(text, out);
    out.push('"');
}

/// A source text with the escapes of JSON.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_escaped(text, &mut out);
    out
}

fn push_escaped(text: &str, out: &mut String) {
    let is_bare = |byte: u8| matches!(byte, b' '..=b'~') && byte != b'"' && byte != b'\\';
    if text.bytes().all(is_bare) {
        out.push_str(text);
        return;
    }
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => {
                // Writing into a String cannot fail.
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
}

/// Whether a name is a key of HCL without quotes.
pub(super) fn is_identifier(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

/// Whether a source text is a plain scalar of YAML that is read as this string in any position. Some that are, are not
/// recognized.
pub(super) fn is_plain(text: &str) -> bool {
    const WORDS: [&str; 11] = [
        "true", "false", "null", "yes", "no", "on", "off", "y", "n", ".inf", ".nan",
    ];
    let may_start = |c: char| c.is_alphabetic() || matches!(c, '$' | '_' | '/');
    let may_contain = |c: char| c.is_alphanumeric() || " $_-./:()'+=<>".contains(c);
    text.starts_with(may_start)
        && text.chars().all(may_contain)
        && !text.contains(": ")
        && !text.ends_with([':', ' '])
        && !WORDS.contains(&text.to_ascii_lowercase().as_str())
        && !placeholder::is_in(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_strings_of_yaml_where_necessary() {
        for (text, expected) in [
            ("States.ALL", "States.ALL"),
            ("$.Payload", "$.Payload"),
            ("arn:aws:states:::lambda:invoke", "arn:aws:states:::lambda:invoke"),
            ("No", "\"No\""),
            ("5", "\"5\""),
            ("a: b", "\"a: b\""),
            ("{% $x %}", "\"{% $x %}\""),
            ("{% \"a\" %}", "'{% \"a\" %}'"),
            ("it's \"so\"", "'it''s \"so\"'"),
            ("", "\"\""),
            ("a #b", "\"a #b\""),
        ] {
            assert_eq!(Notation::Yaml.text(text), expected);
        }
    }
}

//! How a key or a value is written at the cursor.

use super::cursor_context::{CursorContext, Notation, Role};
use crate::lsp::fields::{Field, Shape};

/// A string as it is written at the cursor.
pub(super) fn string(context: &CursorContext<'_>, text: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | ' ' | ':' | '/');
    match context.notation {
        Notation::Json | Notation::Hcl => format!("\"{}\"", escaped(text)),
        Notation::EscapedJson => format!("\\\"{}\\\"", escaped(&escaped(text))),
        Notation::Yaml if text.chars().all(is_plain) && !text.is_empty() && !text.contains(": ") => {
            text.to_owned()
        }
        Notation::Yaml => format!("\"{}\"", escaped(text)),
    }
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}

/// A source text inside of a snippet, in which some characters have a meaning.
pub(super) fn in_snippet(text: &str) -> String {
    text.replace('\\', "\\\\").replace('$', "\\$").replace('}', "\\}")
}

/// The comma after a member, if another one follows.
pub(super) const fn comma(context: &CursorContext<'_>) -> &'static str {
    if context.needs_comma { "," } else { "" }
}

/// A key with the start of its value, as a snippet.
pub(super) fn member(context: &CursorContext<'_>, key: &str, value: &str) -> String {
    let key = match context.notation {
        Notation::Hcl => key.to_owned(),
        _ => in_snippet(&string(context, key)),
    };
    if context.has_value {
        return key;
    }
    match context.notation {
        Notation::Hcl => format!("{key} = {value}"),
        Notation::Yaml if value.starts_with('\n') => format!("{key}:{value}"),
        _ => format!("{key}: {value}{}", comma(context)),
    }
}

/// The value of a field, as a snippet.
pub(super) fn value(context: &CursorContext<'_>, field: Field) -> String {
    let quote = match context.notation {
        Notation::Json | Notation::Hcl => "\"",
        Notation::EscapedJson => "\\\\\"",
        Notation::Yaml => "",
    };
    let is_yaml = context.notation == Notation::Yaml;
    match field.shape() {
        Shape::Text => format!("{quote}$1{quote}"),
        Shape::Bool => "${1:true}".to_owned(),
        Shape::Object if is_yaml => "\n  $1".to_owned(),
        Shape::List if is_yaml => "\n  - $1".to_owned(),
        Shape::Object => "{ $1 \\}".to_owned(),
        Shape::List => "[$1]".to_owned(),
        Shape::Number | Shape::Any => "$1".to_owned(),
    }
}

/// A snippet without its tab stops, for clients that do not support them.
pub(super) fn without_stops(snippet: &str) -> String {
    let mut out = String::with_capacity(snippet.len());
    let mut rest = snippet;
    while let Some(at) = rest.find(['$', '\\']) {
        out.push_str(&rest[..at]);
        let special = &rest[at..];
        rest = if let Some(escaped) = special.strip_prefix('\\') {
            let length = escaped.chars().next().map_or(0, char::len_utf8);
            out.push_str(&escaped[..length]);
            &escaped[length..]
        } else if let Some(stop) = special.strip_prefix("${") {
            let (stop, after) = stop.split_once('}').unwrap_or((stop, ""));
            out.push_str(stop.split_once(':').map_or("", |(_, default)| default));
            after
        } else {
            special[1..].trim_start_matches(|c: char| c.is_ascii_digit())
        };
    }
    out.push_str(rest);
    out
}

/// Whether the cursor is at a value that may be written without its key.
pub(super) fn key_of<'r>(context: &'r CursorContext<'_>) -> Option<&'r str> {
    match &context.role {
        Role::Value(key) => Some(key),
        Role::Item => context.node_path.steps.last().and_then(|step| step.key()),
        Role::Key => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn removes_tab_stops() {
        for (snippet, text) in [
            ("\"End\": ${1:true},", "\"End\": true,"),
            ("{ $1 \\}$0", "{  }"),
            ("a\\$b", "a$b"),
        ] {
            assert_eq!(without_stops(snippet), text);
        }
    }
}

//! Matchers, which describe values that are not fixed in advance, `{"$match": "uuid"}`.

use super::text_pattern::regular_expression;
use crate::document::{Member, Node, NodeKind};
use crate::history::Time;
use crate::prose;
use crate::user_file::{Errors, unknown_name};
use crate::value::Value;
use regex::Regex;
use std::borrow::Cow;

/// The key of a matcher.
const KEY: &str = "$match";

/// The kinds of values that a matcher can name.
const KINDS: [&str; 8] = [
    "any",
    "string",
    "number",
    "boolean",
    "array",
    "object",
    "uuid",
    "timestamp",
];

/// A matcher.
#[derive(Debug)]
pub(super) enum Matcher<'n> {
    /// A kind of value.
    Kind(&'n str),
    /// A regular expression for a string.
    Regex(Box<Regex>),
    /// A number with a tolerance.
    Approx { approx: f64, within: f64 },
}

impl<'n> Matcher<'n> {
    /// The matcher that a node is; `None` if it is a plain value, or if it is invalid.
    pub(super) fn of(node: &'n Node) -> Option<Self> {
        let [member] = node.as_object()? else { return None };
        if member.key.as_str() != KEY {
            return None;
        }
        read(member, &mut Errors::default())
    }

    /// Whether a value matches.
    pub(super) fn matches(&self, value: &Value) -> bool {
        match self {
            Self::Kind(kind) => is_of_kind(kind, value),
            Self::Regex(regex) => value.as_str().is_some_and(|text| regex.is_match(text)),
            Self::Approx { approx, within } => {
                let number = value.as_number().map(crate::value::Number::as_f64);
                // A tolerance of 0.1 includes 1.6 for 1.5, whose difference is slightly more in binary.
                number.is_some_and(|number| (number - approx).abs() <= within * (1.0 + 1e-9) + f64::EPSILON)
            }
        }
    }
}

/// Reports the invalid matchers in a tree.
pub(super) fn check(node: &Node, errors: &mut Errors) {
    match &node.kind {
        NodeKind::Array(items) => items.iter().for_each(|item| check(item, errors)),
        NodeKind::Object(members) => match members.iter().find(|m| m.key.as_str() == KEY) {
            Some(member) if members.len() == 1 => drop(read(member, errors)),
            Some(member) => errors.add_with_help(
                member.key_span,
                "`$match` must be the only key of its object",
                "write `$$match` for a key named `$match`",
            ),
            None => members.iter().for_each(|member| check(&member.value, errors)),
        },
        _ => {}
    }
}

/// The name of an expected key: `$$match` is written for `$match`.
pub(super) fn key(written: &str) -> &str {
    match written.strip_prefix('$') {
        Some(rest) if is_escape(rest) => rest,
        _ => written,
    }
}

/// How a key is written in an expected value.
pub(super) fn escaped(key: &str) -> Cow<'_, str> {
    if is_escape(key) {
        return Cow::Owned(format!("${key}"));
    }
    Cow::Borrowed(key)
}

fn is_escape(key: &str) -> bool {
    key.trim_start_matches('$') == "match" && key.starts_with('$')
}

fn read<'n>(member: &'n Member, errors: &mut Errors) -> Option<Matcher<'n>> {
    let node = &member.value;
    if let Some(kind) = node.as_str() {
        if KINDS.contains(&kind) {
            return Some(Matcher::Kind(kind));
        }
        let message = format!("unknown matcher `{kind}`");
        errors.extend([unknown_name(
            node.span,
            "matcher",
            message,
            kind,
            KINDS.into_iter(),
        )]);
        return None;
    }
    let before = errors.len();
    let (mut regex, mut approx, mut within) = (None, None, None);
    for field in errors.members(
        "the name of a matcher, or an object with `regex` or `approx`",
        node,
    ) {
        let value = &field.value;
        match field.key.as_str() {
            "regex" => match value.as_str().map(regular_expression) {
                Some(Ok(read)) => regex = Some(read),
                Some(Err(why)) => errors.add(value.span, format!("invalid regular expression: {why}")),
                None => errors.expected("a regular expression", value),
            },
            "approx" => approx = number(value, errors),
            "within" => within = number(value, errors),
            _ => errors.unknown_key(field, &["regex", "approx", "within"]),
        }
    }
    match (regex, approx, within) {
        (Some(regex), None, None) => Some(Matcher::Regex(Box::new(regex))),
        (None, Some(approx), Some(within)) => Some(Matcher::Approx { approx, within }),
        _ => {
            if errors.len() == before {
                errors.add_with_help(
                    node.span,
                    "incomplete matcher",
                    format!(
                        "use {}, `{{regex: …}}`, or `{{approx: …, within: …}}`",
                        prose::quoted_list(KINDS)
                    ),
                );
            }
            None
        }
    }
}

fn number(node: &Node, errors: &mut Errors) -> Option<f64> {
    let number = node.as_f64();
    if number.is_none() {
        errors.expected("a number", node);
    }
    number
}

fn is_of_kind(kind: &str, value: &Value) -> bool {
    let text = || value.as_str().unwrap_or_default();
    match kind {
        "any" => true,
        "string" => value.as_str().is_some(),
        "number" => value.as_number().is_some(),
        "boolean" => value.as_bool().is_some(),
        "array" => value.as_array().is_some(),
        "object" => value.as_object().is_some(),
        "uuid" => is_uuid(text()),
        "timestamp" => Time::parse(text()).is_some(),
        _ => false,
    }
}

fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{self, Syntax};
    use crate::source::SourceFile;
    use std::sync::Arc;

    fn matches(matcher: &str, value: &str) -> Option<bool> {
        let document = document::read(Arc::new(SourceFile::new("", matcher)), Syntax::Json);
        Some(Matcher::of(&document.roots[0])?.matches(&Value::parse(value).unwrap()))
    }

    #[test]
    fn matchers_match_kinds_patterns_and_numbers() {
        for (matcher, value, expected) in [
            ("\"any\"", "null", Some(true)),
            ("\"string\"", "\"a\"", Some(true)),
            ("\"string\"", "1", Some(false)),
            ("\"number\"", "1e3", Some(true)),
            ("\"boolean\"", "false", Some(true)),
            ("\"array\"", "{}", Some(false)),
            ("\"object\"", "{}", Some(true)),
            ("\"uuid\"", "\"0e0c4d7a-4a4f-4ad0-9e57-61b8ab1f0f2b\"", Some(true)),
            ("\"uuid\"", "\"0e0c4d7a\"", Some(false)),
            ("\"timestamp\"", "\"2030-01-01T00:00:00.000Z\"", Some(true)),
            ("\"timestamp\"", "\"2030-01-01\"", Some(false)),
            ("{\"regex\": \"^a+$\"}", "\"aa\"", Some(true)),
            ("{\"regex\": \"^a+$\"}", "\"ab\"", Some(false)),
            ("{\"approx\": 1.5, \"within\": 0.1}", "1.6", Some(true)),
            ("{\"approx\": 1.5, \"within\": 0.1}", "1.61", Some(false)),
            ("\"uid\"", "1", None),
            ("{\"approx\": 1.5}", "1.5", None),
        ] {
            assert_eq!(
                matches(&format!("{{\"$match\": {matcher}}}"), value),
                expected,
                "{matcher} {value}"
            );
        }
    }

    #[test]
    fn a_dollar_sign_escapes_the_key() {
        for (written, meant) in [
            ("$$match", "$match"),
            ("$$$match", "$$match"),
            ("$other", "$other"),
            ("match", "match"),
        ] {
            assert_eq!(key(written), meant);
            assert_eq!(escaped(meant), written);
        }
    }
}

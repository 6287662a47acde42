//! Fields that several parts of a suite have.

use crate::document::{Member, Node};
use crate::source::Span;
use crate::suite::bound::Bound;
use crate::suite::matcher;
use crate::suite::model::{Cause, Content};
use crate::suite::spanned::Spanned;
use crate::suite::text_pattern::TextPattern;
use crate::user_file::{Errors, unknown_name};

/// The key of a member, and its place.
pub(super) fn name(member: &Member) -> Spanned<String> {
    Spanned::new(member.key.as_str().to_owned(), member.key_span)
}

/// A string.
pub(super) fn text(node: &Node, errors: &mut Errors) -> Option<Spanned<String>> {
    let text = node.as_str();
    if text.is_none() {
        errors.expected("a string", node);
    }
    text.map(|text| Spanned::new(text.to_owned(), node.span))
}

/// A list of strings; a single one needs no list.
pub(super) fn texts(what: &str, node: &Node, errors: &mut Errors) -> Vec<Spanned<String>> {
    let Some(items) = node.as_array() else {
        if node.as_str().is_none() {
            errors.expected(what, node);
            return Vec::new();
        }
        return text(node, errors).into_iter().collect();
    };
    items.iter().filter_map(|item| text(item, errors)).collect()
}

/// Data of any shape. A string is the path of a file, unless it is JSON text that begins with a quote.
pub(super) fn content(node: &Node) -> Content {
    match node.as_str() {
        Some(text) if !text.starts_with('"') => Content::File(Spanned::new(text.to_owned(), node.span)),
        _ => Content::Inline(node.clone()),
    }
}

/// Mocks: a file, or an object.
pub(super) fn mocks(node: &Node, errors: &mut Errors) -> Option<Content> {
    if node.is_null() {
        return None;
    }
    if node.as_str().is_none() && node.as_object().is_none() {
        errors.expected("the path of a file, or an object of mocks", node);
        return None;
    }
    Some(content(node))
}

/// An expected value, whose matchers are checked.
pub(super) fn expected(node: &Node, errors: &mut Errors) -> Node {
    matcher::check(node, errors);
    node.clone()
}

/// A pattern for a string.
pub(super) fn pattern(node: &Node, errors: &mut Errors) -> Option<Spanned<TextPattern>> {
    let text = text(node, errors)?;
    match TextPattern::parse(&text) {
        Ok(pattern) => Some(Spanned::new(pattern, node.span)),
        Err(why) => {
            errors.add(node.span, format!("invalid regular expression: {why}"));
            None
        }
    }
}

/// A pattern for a cause, or a part of the JSON value in it.
pub(super) fn cause(node: &Node, errors: &mut Errors) -> Option<Cause> {
    if node.as_object().is_some() || node.as_array().is_some() {
        return Some(Cause::Json(expected(node, errors)));
    }
    pattern(node, errors).map(Cause::Text)
}

/// A bound whose limit `limit` reads: a number, or a string that may begin with a sign.
pub(super) fn bound<T: PartialOrd>(
    node: &Node,
    help: &'static str,
    errors: &mut Errors,
    limit: impl FnOnce(&str) -> Option<T>,
) -> Option<Spanned<Bound<T>>> {
    let text = node.as_str().or_else(|| node.as_number());
    let bound = text.and_then(|text| Bound::parse(text, limit));
    if bound.is_none() {
        errors.add_with_help(node.span, "invalid bound", help);
    }
    bound.map(|bound| Spanned::new(bound, node.span))
}

/// A count of things.
pub(super) fn index<T: std::str::FromStr>(node: &Node, errors: &mut Errors) -> Option<Spanned<T>> {
    let number = node.as_number().and_then(|number| number.parse().ok());
    if number.is_none() {
        errors.expected("a non-negative integer", node);
    }
    number.map(|number| Spanned::new(number, node.span))
}

/// One of the values of an enumeration, by name.
pub(super) fn named<T: Copy, const N: usize>(
    what: &str,
    node: &Node,
    errors: &mut Errors,
    values: [(&str, T); N],
) -> Option<Spanned<T>> {
    let name = text(node, errors)?;
    let found = values.iter().find(|(known, _)| *known == name.as_str());
    if found.is_none() {
        let names = values.iter().map(|(known, _)| *known);
        let message = format!("invalid {what} `{}`", name.value);
        errors.extend([unknown_name(node.span, what, message, &name, names)]);
    }
    found.map(|(_, value)| Spanned::new(*value, node.span))
}

/// `true` or `false`.
pub(super) fn flag(node: &Node, errors: &mut Errors) -> bool {
    let flag = node.as_bool();
    if flag.is_none() {
        errors.expected("`true` or `false`", node);
    }
    flag == Some(true)
}

/// The first character of a value, which may be as long as the file.
pub(super) fn first_line(node: &Node) -> Span {
    Span::new(node.span.start, node.span.end.min(node.span.start + 1))
}

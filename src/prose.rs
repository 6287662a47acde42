//! Parts of sentences: lists, plurals, articles, suggestions, durations, and truncated text.

pub mod duration;
mod spelling;

pub use spelling::{closest, closest_within};

use std::fmt::Display;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Names separated by commas.
pub fn list<S: AsRef<str>>(names: impl IntoIterator<Item = S>) -> String {
    enclosed(names, "", ", ")
}

/// Names in backticks, separated by commas.
pub fn quoted_list<S: AsRef<str>>(names: impl IntoIterator<Item = S>) -> String {
    enclosed(names, "`", ", ")
}

/// Names in backticks, as alternatives.
pub fn or_list<S: AsRef<str>>(names: impl IntoIterator<Item = S>) -> String {
    enclosed(names, "`", " or ")
}

/// Names in backticks, joined by "and".
pub fn and_list<S: AsRef<str>>(names: impl IntoIterator<Item = S>) -> String {
    enclosed(names, "`", " and ")
}

/// The first `max` names in backticks, and how many more there are.
pub fn abridged_list<S: AsRef<str>>(names: &[S], max: usize) -> String {
    let first = quoted_list(names.iter().take(max));
    match names.len().saturating_sub(max) {
        0 => first,
        more => format!("{first} and {more} more"),
    }
}

fn enclosed<S: AsRef<str>>(names: impl IntoIterator<Item = S>, quote: &str, separator: &str) -> String {
    let mut out = String::new();
    for name in names {
        if !out.is_empty() {
            out.push_str(separator);
        }
        out.push_str(quote);
        out.push_str(name.as_ref());
        out.push_str(quote);
    }
    out
}

/// The number with its noun: `1 error`, `2 errors`.
pub fn plural(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", plural_suffix(count))
}

/// The ending of a regular noun after a number.
pub const fn plural_suffix(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}

/// A number with thousands separators: `1,234,567.5`.
pub fn with_thousands(number: impl Display) -> String {
    let text = number.to_string();
    let (sign, digits) = text
        .strip_prefix('-')
        .map_or(("", text.as_str()), |rest| ("-", rest));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut out = String::from(sign);
    for (i, c) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    if !fraction.is_empty() {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// The noun with its indefinite article; `null` has none.
pub fn with_article(noun: &str) -> String {
    match noun.as_bytes() {
        b"null" => noun.to_owned(),
        [b'a' | b'e' | b'i' | b'o' | b'u', ..] => format!("an {noun}"),
        _ => format!("a {noun}"),
    }
}

/// A word whose first letter is a capital.
pub fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next();
    let first = first.into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

/// States which existing name was probably meant, where `kind` is what it names:
/// ``a state with a similar name exists: `Charge` ``.
pub fn similar_name(kind: &str, name: impl Display) -> String {
    format!("{} with a similar name exists: `{name}`", with_article(kind))
}

/// How many candidates [`suggestion`] lists if none is close.
const MAX_LISTED: usize = 12;

/// Names the candidate that was probably meant, or lists the first few of all.
pub fn suggestion<'a>(
    kind: &str,
    name: &str,
    candidates: impl IntoIterator<Item = &'a str, IntoIter: Clone>,
) -> String {
    let candidates = candidates.into_iter();
    if let Some(close) = closest(name, candidates.clone()) {
        return similar_name(kind, close);
    }
    let count = candidates.clone().count();
    let more = match count.saturating_sub(MAX_LISTED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let expected = if count == 1 { "expected" } else { "expected one of" };
    format!("{expected} {}{more}", list(candidates.take(MAX_LISTED)))
}

/// At most `limit` characters of `text`; the last one is `…` if any are left out.
pub fn truncate(text: &str, limit: usize) -> String {
    if text.chars().nth(limit).is_none() {
        return text.to_owned();
    }
    let kept: String = text.chars().take(limit.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// At most `columns` terminal columns of `text`, which has no line breaks; it ends in `ellipsis` if any are left
/// out.
pub fn truncate_to_width(text: &str, columns: usize, ellipsis: &str) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let mut room = columns.saturating_sub(ellipsis.width());
    let mut kept = String::new();
    for c in text.chars() {
        let width = c.width().unwrap_or(0);
        if width > room {
            break;
        }
        room -= width;
        kept.push(c);
    }
    kept + ellipsis
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_quote_and_abridge_names() {
        assert_eq!(quoted_list(["a", "b"]), "`a`, `b`");
        assert_eq!(or_list(["a", "b", "c"]), "`a` or `b` or `c`");
        assert_eq!(quoted_list::<&str>([]), "");
        assert_eq!(abridged_list(&["a", "b"], 2), "`a`, `b`");
        assert_eq!(abridged_list(&["a", "b", "c", "d"], 2), "`a`, `b` and 2 more");
    }

    #[test]
    fn numbers_and_nouns_agree() {
        assert_eq!(
            (plural(1, "error"), plural(0, "error")),
            ("1 error".into(), "0 errors".into())
        );
        assert_eq!(with_thousands("-1234567.5"), "-1,234,567.5");
        assert_eq!(with_thousands(999), "999");
        for (noun, text) in [("array", "an array"), ("number", "a number"), ("null", "null")] {
            assert_eq!(with_article(noun), text);
        }
    }

    #[test]
    fn long_text_ends_in_an_ellipsis() {
        assert_eq!(truncate("abc", 3), "abc");
        assert_eq!(truncate("ab cd", 4), "ab…");
        assert_eq!(truncate_to_width("日本語", 6, "…"), "日本語");
        assert_eq!(truncate_to_width("日本語", 5, "…"), "日本…");
        assert_eq!(truncate_to_width("abcdef", 5, "..."), "ab...");
    }
}

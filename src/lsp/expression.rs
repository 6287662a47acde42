//! The expression at a cursor: its language, its text, and the path or call that the cursor is in.

use super::node_path::{NodePath, decoded_offset};
use crate::document::Text;
use crate::spec::QueryLanguage;
use std::ops::Range;

/// The expression that contains a cursor.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cursor<'s> {
    pub(super) text: &'s Text,
    /// The cursor in the decoded text.
    pub(super) at: usize,
    pub(super) language: QueryLanguage,
}

/// The fields whose value is a JSONPath, besides those that end in `Path` and the keys that end in `.$`.
const PATHS: [&str; 1] = ["Variable"];

/// The expression at a place, if the value there is one, or may become one.
pub(super) fn cursor<'s>(node_path: &NodePath<'s>, offset: u32) -> Option<Cursor<'s>> {
    let state = node_path.state()?;
    let text = node_path.node().as_text().filter(|_| !node_path.is_key)?;
    let at = decoded_offset(node_path.document, text, offset);
    let language = state.language(node_path);
    let is_expression = match language {
        QueryLanguage::Jsonata => {
            text.trim_start().starts_with("{%") && at >= text.find("{%").map_or(0, |start| start + 2)
        }
        QueryLanguage::JsonPath => {
            let key = node_path.member()?.key.as_str();
            key.ends_with(".$") || key.ends_with("Path") || PATHS.contains(&key)
        }
    };
    is_expression.then_some(Cursor { text, at, language })
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '$')
}

impl<'s> Cursor<'s> {
    /// The path that ends at the cursor, such as `$states.input.or`: its names, without the unfinished last one, and the
    /// range of the last one.
    pub(super) fn path(&self) -> Chain<'s> {
        let text: &'s str = self.text.as_str();
        let before = &text[..self.at];
        let start = chain_start(before);
        let last = before
            .char_indices()
            .rev()
            .take_while(|(_, c)| is_word(*c))
            .last();
        let last = last.map_or(self.at, |(at, _)| at).max(start);
        let end = text[self.at..]
            .find(|c| !is_word(c))
            .map_or(text.len(), |end| self.at + end);
        Chain {
            owner: text[start..last].trim_end_matches(['.', '[', '\'', '"', '`']),
            is_root: last == start,
            last: last..end,
        }
    }

    /// The whole name or path that the cursor is in, up to the end of the name.
    pub(super) fn whole(&self) -> (&'s str, Range<usize>) {
        let text: &'s str = self.text.as_str();
        let end = text[self.at..]
            .find(|c| !is_word(c))
            .map_or(text.len(), |end| self.at + end);
        let start = chain_start(&text[..end]);
        (&text[start..end], start..end)
    }

    /// The innermost call around the cursor: its function, and the index of the argument.
    pub(super) fn call(&self) -> Option<(&'s str, usize)> {
        let before: &'s str = &self.text.as_str()[..self.at];
        let (mut depth, mut index, mut quote) = (0u32, 0, None);
        // Strings are skipped from the front, since their quotes look the same from both sides.
        let mut code = Vec::new();
        for (at, c) in before.char_indices() {
            match (quote, c) {
                (Some(open), c) if open == c => quote = None,
                (Some(_), _) => {}
                (None, '\'' | '"') => quote = Some(c),
                (None, c) => code.push((at, c)),
            }
        }
        for (at, c) in code.into_iter().rev() {
            match c {
                ')' | ']' | '}' => depth += 1,
                '(' if depth == 0 => {
                    let name = before[..at].char_indices().rev();
                    let name = name.take_while(|(_, c)| is_word(*c) || *c == '.').last();
                    let name = &before[name.map_or(at, |(start, _)| start)..at];
                    if !name.is_empty() {
                        return Some((name, index));
                    }
                    index = 0;
                }
                '(' | '[' | '{' => depth = depth.saturating_sub(1),
                ',' if depth == 0 => index += 1,
                _ => {}
            }
        }
        None
    }
}

/// The path that ends at a cursor.
#[derive(Debug, Clone)]
pub(super) struct Chain<'s> {
    /// What is before the last name, without the separator: `$states.input`.
    pub(super) owner: &'s str,
    /// Whether nothing is before the last name.
    pub(super) is_root: bool,
    /// The last name, including what follows the cursor.
    pub(super) last: Range<usize>,
}

/// The start of the path at the end of a source text.
fn chain_start(text: &str) -> usize {
    let mut start = text.len();
    let mut depth = 0u32;
    for (at, c) in text.char_indices().rev() {
        match c {
            ']' => depth += 1,
            '[' if depth > 0 => depth -= 1,
            // An open bracket belongs to the path, if a quoted name follows it.
            '[' if text[at + 1..].starts_with(['\'', '"']) => {}
            _ if depth > 0 => {}
            c if is_word(c) || matches!(c, '.' | '`') => {}
            '\'' | '"' if text[..at].ends_with('[') => {}
            _ => break,
        }
        start = at;
    }
    start
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Encoding;

    fn with_cursor<T>(marked: &str, f: impl FnOnce(Cursor<'_>) -> T) -> T {
        let at = marked.find('|').unwrap();
        let text = Text::new(marked.replace('|', ""), Encoding::Verbatim { start: 0 });
        f(Cursor {
            text: &text,
            at,
            language: QueryLanguage::Jsonata,
        })
    }

    #[test]
    fn finds_the_path_before_the_cursor() {
        for (text, owner, last, is_root) in [
            ("$.a.b|c", "$.a", "bc", false),
            ("$|", "", "$", true),
            ("{% $sum($states.input.it|) %}", "$states.input", "it", false),
            ("{% $x + na| %}", "", "na", true),
            ("$.a[0].|", "$.a[0]", "", false),
            ("$['a'].b|", "$['a']", "b", false),
            ("States.Format('{}', $.us|)", "$", "us", false),
            ("$$.Exec|", "$$", "Exec", false),
        ] {
            let found = with_cursor(text, |cursor| {
                let path = cursor.path();
                (
                    path.owner.to_owned(),
                    cursor.text[path.last.clone()].to_owned(),
                    path.is_root,
                )
            });
            assert_eq!(found, (owner.to_owned(), last.to_owned(), is_root), "{text}");
        }
    }

    #[test]
    fn finds_the_call_around_the_cursor() {
        for (text, expected) in [
            ("{% $substring($x, |1) %}", Some(("$substring", 1))),
            ("States.Format('a, (', $.x, |)", Some(("States.Format", 2))),
            ("{% $f(($a; |$b), 1) %}", Some(("$f", 0))),
            ("{% $f($g(1, 2), |) %}", Some(("$f", 1))),
            ("{% $f(1) | %}", None),
        ] {
            let found = with_cursor(text, |cursor| cursor.call().map(|(name, i)| (name.to_owned(), i)));
            assert_eq!(found, expected.map(|(name, i)| (name.to_owned(), i)), "{text}");
        }
    }
}

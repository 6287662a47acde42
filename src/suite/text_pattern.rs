//! Patterns for error names and causes.

use regex::Regex;

/// A pattern for a string: `Card.*`, in which `*` is any text, or a regular expression between slashes: `/declined|busy/`.
/// A backslash makes a `*`, and at the start a `/` or another backslash, an ordinary character.
#[derive(Debug, Clone)]
pub struct TextPattern {
    text: String,
    kind: PatternKind,
}

#[derive(Debug, Clone)]
enum PatternKind {
    /// The strings between the wildcards; a single one is the whole text.
    Glob(Vec<String>),
    Regex(Regex),
}

impl TextPattern {
    /// Reads a pattern. The error is that of its regular expression.
    pub fn parse(text: &str) -> Result<Self, String> {
        let inner = text.strip_prefix('/').and_then(|rest| rest.strip_suffix('/'));
        let kind = match inner {
            Some(regex) => PatternKind::Regex(regular_expression(regex)?),
            None => PatternKind::Glob(parts(text)),
        };
        Ok(Self {
            text: text.to_owned(),
            kind,
        })
    }

    /// The pattern of a single text.
    pub fn exactly(text: &str) -> Self {
        Self {
            text: escape(text),
            kind: PatternKind::Glob(vec![text.to_owned()]),
        }
    }

    /// The pattern as it is written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether a string matches, as a whole unless the pattern is a regular expression.
    pub fn matches(&self, text: &str) -> bool {
        match &self.kind {
            PatternKind::Regex(regex) => regex.is_match(text),
            PatternKind::Glob(parts) => matches_glob(parts, text),
        }
    }
}

/// A regular expression; else why it is invalid, in one line.
pub(super) fn regular_expression(text: &str) -> Result<Regex, String> {
    Regex::new(text).map_err(|error| {
        let message = error.to_string();
        let last = message.lines().next_back().unwrap_or_default();
        last.trim_start_matches("error: ").to_owned()
    })
}

/// A string as a pattern that matches it alone.
fn escape(text: &str) -> String {
    let escaped = text.replace('*', "\\*");
    let is_regex = text.len() > 1 && text.starts_with('/') && text.ends_with('/');
    if is_regex || text.starts_with('\\') {
        return format!("\\{escaped}");
    }
    escaped
}

fn parts(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let is_escaped = text.starts_with("\\/") || text.starts_with("\\\\");
    let mut rest = text.chars().skip(usize::from(is_escaped)).peekable();
    while let Some(char) = rest.next() {
        let literal = match (char, rest.peek()) {
            ('\\', Some('*')) => {
                rest.next();
                '*'
            }
            ('*', _) => {
                parts.push(String::new());
                continue;
            }
            _ => char,
        };
        if let Some(last) = parts.last_mut() {
            last.push(literal);
        }
    }
    parts
}

fn matches_glob(parts: &[String], text: &str) -> bool {
    let [first, middle @ .., last] = parts else {
        return parts.first().is_some_and(|only| only == text);
    };
    let Some(mut rest) = text.strip_prefix(first.as_str()) else {
        return false;
    };
    for part in middle {
        let Some(at) = rest.find(part.as_str()) else {
            return false;
        };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn patterns_are_globs_or_regular_expressions() {
        for (pattern, text, expected) in [
            ("Card.Declined", "Card.Declined", true),
            ("Card.Declined", "Card.DeclinedTwice", false),
            ("Card.*", "Card.Declined", true),
            ("*.Declined", "Card.Declined", true),
            ("*ar*cl*", "Card.Declined", true),
            ("a*a", "a", false),
            ("/rotten/", "a rotten apple", true),
            ("/^rotten/", "a rotten apple", false),
            ("5 \\* 2", "5 * 2", true),
            ("5 \\* 2", "5 2 2", false),
            ("\\/usr/", "/usr/", true),
            ("", "", true),
            ("*", "", true),
            ("\u{e9}*\u{e9}", "\u{e9}\u{e9}", true),
        ] {
            assert_eq!(
                TextPattern::parse(pattern).unwrap().matches(text),
                expected,
                "{pattern} {text}"
            );
        }
        assert!(TextPattern::parse("/(/").is_err());
    }

    proptest! {
        #[test]
        fn an_exact_pattern_matches_its_text_when_read_again(text in "[a*/\\\\ ]{0,8}", other in "[a*/\\\\ ]{0,8}") {
            let written = TextPattern::exactly(&text);
            let read = TextPattern::parse(written.as_str()).unwrap();
            prop_assert!(read.matches(&text) && written.matches(&text));
            prop_assert_eq!(read.matches(&other), text == other);
        }
    }
}

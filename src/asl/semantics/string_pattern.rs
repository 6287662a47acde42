//! Patterns of `StringMatches`.
//!
//! `*` matches any characters; `\*` and `\\` match themselves. A backslash before anything else, or at the end, is
//! an open escape, for which the specification demands a run-time error (Amazon States Language, "`StringMatches`").
//! No recording shows that AWS accepts one.

/// A part of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Any number of characters.
    Any,
    /// This character.
    Char(char),
}

/// A parsed pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern(Vec<Part>);

impl Pattern {
    /// Parses a pattern; the error is the byte offset of a backslash that escapes neither `*` nor `\`.
    pub fn parse(text: &str) -> Result<Self, usize> {
        let mut parts = Vec::new();
        let mut chars = text.char_indices();
        while let Some((offset, c)) = chars.next() {
            parts.push(match c {
                '*' => Part::Any,
                '\\' => match chars.next() {
                    Some((_, c @ ('*' | '\\'))) => Part::Char(c),
                    _ => return Err(offset),
                },
                c => Part::Char(c),
            });
        }
        parts.dedup_by(|a, b| *a == Part::Any && *b == Part::Any);
        Ok(Self(parts))
    }

    /// The only string that the pattern matches, if it has no wildcard.
    pub fn literal(&self) -> Option<String> {
        self.0
            .iter()
            .map(|part| match part {
                Part::Any => None,
                Part::Char(c) => Some(*c),
            })
            .collect()
    }

    /// A string that the pattern matches, with `filling` for each wildcard.
    pub fn example(&self, filling: &str) -> String {
        let mut text = String::new();
        for part in &self.0 {
            match part {
                Part::Any => text.push_str(filling),
                Part::Char(c) => text.push(*c),
            }
        }
        text
    }

    /// Whether the pattern matches every string.
    pub fn matches_everything(&self) -> bool {
        self.0 == [Part::Any]
    }

    /// Whether the pattern matches the whole of `text`.
    pub fn matches(&self, text: &str) -> bool {
        let text: Vec<char> = text.chars().collect();
        // The last wildcard, and the first character after those it matches so far. If the parts after it do not
        // match, it takes one more character; earlier wildcards need no retry.
        let mut wildcard: Option<(usize, usize)> = None;
        let (mut at, mut part) = (0, 0);
        while at < text.len() {
            match self.0.get(part) {
                Some(Part::Any) => {
                    wildcard = Some((part, at));
                    part += 1;
                }
                Some(Part::Char(c)) if *c == text[at] => {
                    at += 1;
                    part += 1;
                }
                _ => {
                    let Some((position, end)) = wildcard else {
                        return false;
                    };
                    wildcard = Some((position, end + 1));
                    at = end + 1;
                    part = position + 1;
                }
            }
        }
        self.0[part..].iter().all(|part| *part == Part::Any)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards_match_any_characters() {
        for (pattern, text, is_match) in [
            ("log-*.txt", "log-7.txt", true),
            ("log-*.txt", "log-7.txt2", false),
            ("*", "", true),
            ("**", "", true),
            ("", "x", false),
            ("a", "", false),
            ("a*", "abc", true),
            ("a*", "ba", false),
            ("a*b*c", "aXbXc", true),
            ("*ab", "abab", true),
            ("*b", "abc", false),
            (r"a\*b", "a*b", true),
            (r"a\*b", "axb", false),
            (r"a\\b", r"a\b", true),
            (r"\\*", r"\x", true),
        ] {
            assert_eq!(
                Pattern::parse(pattern).unwrap().matches(text),
                is_match,
                "{pattern} {text}"
            );
        }
    }

    #[test]
    fn an_open_escape_is_an_error() {
        for (pattern, offset) in [(r"ab\c", 2), ("é\\", 2), (r"a\", 1), (r"\\\", 2)] {
            assert_eq!(Pattern::parse(pattern), Err(offset), "{pattern}");
        }
    }

    #[test]
    fn a_pattern_without_wildcards_has_one_match() {
        assert_eq!(Pattern::parse(r"a\*").unwrap().literal().as_deref(), Some("a*"));
        assert_eq!(Pattern::parse("a*").unwrap().literal(), None);
        assert!(Pattern::parse("**").unwrap().matches_everything());
    }
}

//! Patterns of IAM: strings with the wildcards `*` and `?`, and with placeholders whose values are unknown.

use crate::spec::placeholder;

/// A part of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Token<'p> {
    Char(char),
    /// `*`: any text.
    Any,
    /// `?`: one character.
    One,
    /// The name of a resource that only this reference has.
    Own(&'p str),
    /// A part between separators, such as an account.
    Field(&'p str),
    /// A string of which nothing is known.
    Open(&'p str),
}

/// A pattern, split into tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pattern<'p> {
    tokens: Vec<Token<'p>>,
}

impl<'p> Pattern<'p> {
    /// Splits a string. `is_own` is whether a placeholder is the name of a resource of the template, which differs
    /// from every other name.
    pub(super) fn new(text: &'p str, is_own: &dyn Fn(&str) -> bool) -> Self {
        let mut tokens = Vec::with_capacity(text.len());
        let mut at = 0;
        while let Some(c) = text[at..].chars().next() {
            let placeholder = if c.is_ascii_alphanumeric() || c == ':' {
                None
            } else {
                placeholder::length(text.as_bytes(), at)
            };
            if let Some(length) = placeholder {
                let name = &text[at..at + length];
                tokens.push(match name {
                    // IAM's own escapes.
                    "${*}" => Token::Char('*'),
                    "${?}" => Token::Char('?'),
                    "${$}" => Token::Char('$'),
                    _ if name.starts_with("${AWS::") => Token::Field(name),
                    _ if is_own(name) => Token::Own(name),
                    _ => Token::Open(name),
                });
                at += length;
                continue;
            }
            tokens.push(match c {
                '*' => Token::Any,
                '?' => Token::One,
                c => Token::Char(c),
            });
            at += c.len_utf8();
        }
        Self { tokens }
    }

    /// Whether the pattern certainly matches every text that `inner` matches.
    pub(super) fn covers(&self, inner: &Self) -> bool {
        glob(
            &self.tokens,
            &inner.tokens,
            |pattern| *pattern == Token::Any,
            |pattern, text| match pattern {
                Token::One => matches!(text, Token::Char(_) | Token::One),
                pattern => pattern == text,
            },
        )
    }

    /// Whether some text may match both patterns.
    pub(super) fn may_overlap(&self, other: &Self) -> bool {
        let has_wildcard = |pattern: &Self| {
            pattern
                .tokens
                .iter()
                .any(|token| matches!(token, Token::Any | Token::One))
        };
        overlap(&self.tokens, &other.tokens, false)
            || ((has_wildcard(self) || has_wildcard(other)) && overlap(&self.tokens, &other.tokens, true))
    }
}

/// Whether a token may be a string of several characters, or none.
const fn is_long(token: &Token<'_>, own_is_open: bool) -> bool {
    match token {
        Token::Any | Token::Open(_) | Token::Field(_) => true,
        Token::Own(_) => own_is_open,
        Token::Char(_) | Token::One => false,
    }
}

/// Whether a long token may contain another token.
fn may_contain(long: &Token<'_>, other: &Token<'_>) -> bool {
    !matches!(
        (long, other),
        (Token::Field(_) | Token::Own(_), Token::Char(':' | '/'))
    )
}

fn is_single_match(a: &Token<'_>, b: &Token<'_>) -> bool {
    match (a, b) {
        (Token::One, Token::Char(_)) | (Token::Char(_), Token::One) => true,
        (a, b) => a == b,
    }
}

fn overlap(a: &[Token<'_>], b: &[Token<'_>], own_is_open: bool) -> bool {
    let is_long = |token: &Token<'_>| is_long(token, own_is_open);
    // Equal starts and ends are the common case.
    let start = a
        .iter()
        .zip(b)
        .take_while(|(a, b)| !is_long(a) && !is_long(b) && is_single_match(a, b))
        .count();
    let (a, b) = (&a[start..], &b[start..]);
    let end = a
        .iter()
        .rev()
        .zip(b.iter().rev())
        .take_while(|(a, b)| !is_long(a) && !is_long(b) && is_single_match(a, b))
        .count();
    let (a, b) = (&a[..a.len() - end], &b[..b.len() - end]);
    match (a.first(), b.first()) {
        (None, None) => return true,
        (Some(x), Some(y)) if !is_long(x) && !is_long(y) => return false,
        _ => {}
    }
    // `row[j]`: whether the rests of `a` from the current token on and of `b` from `j` on overlap.
    let mut row: Vec<bool> = Vec::new();
    for i in (0..=a.len()).rev() {
        let mut next = vec![false; b.len() + 1];
        for j in (0..=b.len()).rev() {
            let (x, y) = (a.get(i), b.get(j));
            let below = |j: usize| row.get(j).copied().unwrap_or(false);
            next[j] = match (x, y) {
                (None, None) => true,
                (Some(x), None) => is_long(x) && below(j),
                (None, Some(y)) => is_long(y) && next[j + 1],
                (Some(x), Some(y)) => {
                    (is_long(x) && (below(j) || (may_contain(x, y) && next[j + 1])))
                        || (is_long(y) && (next[j + 1] || (may_contain(y, x) && below(j))))
                        || (is_single_match(x, y) && below(j + 1))
                }
            };
        }
        row = next;
    }
    row.first().copied().unwrap_or(false)
}

/// Whether a pattern of actions certainly matches an action; the case is ignored.
pub(super) fn matches_action(pattern: &str, action: &str) -> bool {
    matches(&pattern.to_ascii_lowercase(), &action.to_ascii_lowercase())
}

/// Whether a pattern matches a string, both without placeholders.
pub(super) fn matches(pattern: &str, text: &str) -> bool {
    glob(
        pattern.as_bytes(),
        text.as_bytes(),
        |pattern| *pattern == b'*',
        |pattern, text| *pattern == b'?' || pattern == text,
    )
}

/// Whether a pattern matches a string: `is_any` is whether a part of the pattern matches any number of parts of the text, and
/// `is_match` whether it matches one part.
fn glob<P, T>(
    pattern: &[P],
    text: &[T],
    is_any: impl Fn(&P) -> bool,
    is_match: impl Fn(&P, &T) -> bool,
) -> bool {
    let (mut p, mut t) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while t < text.len() {
        match pattern.get(p) {
            Some(part) if is_any(part) => {
                star = Some((p, t));
                p += 1;
                continue;
            }
            Some(part) if is_match(part, &text[t]) => {}
            _ => {
                let Some((at, from)) = star else { return false };
                star = Some((at, from + 1));
                (p, t) = (at + 1, from + 1);
                continue;
            }
        }
        p += 1;
        t += 1;
    }
    pattern[p..].iter().all(is_any)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(text: &str) -> Pattern<'_> {
        Pattern::new(text, &|name| name == "${Table}" || name == "${Other}")
    }

    #[test]
    fn covers_literals_and_narrower_patterns() {
        let cases = [
            ("*", "anything", true),
            ("a*c", "abc", true),
            ("a*c", "a*bc", true),
            ("a?c", "abc", true),
            ("a?c", "a*c", false),
            ("table/*", "table/Orders/index/*", true),
            ("table/Orders", "table/*", false),
            ("table/${Table}", "table/${Table}", true),
            ("table/${Table}", "table/${Other}", false),
            ("table/${Unknown}", "table/Orders", false),
            ("table/*", "table/${Table}", true),
            ("arn:${AWS::Partition}:x", "arn:aws:x", false),
            ("secret:a-??????", "secret:a-??????", true),
            ("a${*}b", "a${*}b", true),
            ("a*aab", "aaaaaab", true),
        ];
        for (outer, inner, expected) in cases {
            assert_eq!(
                pattern(outer).covers(&pattern(inner)),
                expected,
                "{outer} {inner}"
            );
        }
    }

    #[test]
    fn detects_patterns_that_cannot_match_the_same_text() {
        let cases = [
            ("table/Orders", "table/*", true),
            ("table/Orders", "table/Carts", false),
            ("table/${Table}", "table/${Other}", false),
            ("table/${Table}", "table/Orders", false),
            ("table/${Table}", "table/stack-*", true),
            ("table/${Unknown}", "table/Orders", true),
            ("table/${Unknown}", "queue/Orders", false),
            ("arn:${AWS::Partition}:sqs:x", "arn:aws:sqs:x", true),
            ("arn:${AWS::Partition}:sqs:x", "arn:aws:sqs:y", false),
            ("function:${Table}:live", "function:${Table}", false),
            ("function:${Table}:live", "function:${Table}:*", true),
            ("function:f:live", "function:f*", true),
            ("a*b", "*ab*", true),
            ("a*b", "c*", false),
            ("", "*", true),
        ];
        for (a, b, expected) in cases {
            assert_eq!(pattern(a).may_overlap(&pattern(b)), expected, "{a} {b}");
            assert_eq!(pattern(b).may_overlap(&pattern(a)), expected, "{b} {a}");
        }
    }

    #[test]
    fn actions_match_in_any_case() {
        assert!(matches_action("dynamodb:*Item", "DynamoDB:PutItem"));
        assert!(matches_action("s3:Get?bject", "s3:GetObject"));
        assert!(!matches_action("sqs:Send*", "sns:Publish"));
    }
}

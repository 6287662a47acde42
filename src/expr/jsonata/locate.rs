//! Locates errors that only the crate finds, without a location.

use std::ops::Range;

use super::lex::{Token, TokenKind, lex};

/// The bytes of `text` that cause an error with `code`; all of it if they cannot be narrowed down.
pub(super) fn locate(code: &str, text: &str) -> Range<usize> {
    let tokens = lex(text).unwrap_or_default();
    find(code, &tokens).unwrap_or(0..text.len())
}

fn find(code: &str, tokens: &[Token]) -> Option<Range<usize>> {
    let is = |at: usize, operator: &str| matches!(tokens.get(at), Some(Token { kind: TokenKind::Operator(found), .. }) if *found == operator);
    let first = |test: &dyn Fn(usize) -> bool| (0..tokens.len()).find(|&at| test(at));
    let at = match code {
        // A predicate after a grouping.
        "S0209" => first(&|at| is(at, "[") && at > 0 && is(at - 1, "}")),
        // A second grouping.
        "S0210" => first(&|at| is(at, "{") && at > 0 && is(at - 1, "}")),
        // A literal as a step.
        "S0213" => first(&|at| {
            matches!(tokens[at].kind, TokenKind::Number(_) | TokenKind::Word(_))
                && (is(at + 1, ".") || at > 0 && is(at - 1, "."))
        }),
        // A binding too late in its step.
        "S0215" | "S0216" => first(&|at| is(at, "@")),
        // A parent operator without a parent: where an operand is expected, `%` is one.
        "S0217" => first(&|at| is(at, "%") && (at == 0 || expects_operand(&tokens[at - 1]))),
        _ => None,
    };
    at.map(|at| tokens[at].range.clone())
}

fn expects_operand(before: &Token) -> bool {
    match before.kind {
        TokenKind::Operator(operator) => !matches!(operator, ")" | "]" | "}"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_token() {
        let at = |code: &str, text: &str| text[locate(code, text)].to_owned();
        assert_eq!(at("S0217", "5 % 2 + $.%"), "%");
        assert_eq!(locate("S0217", "5 % 2 + $.%"), 10..11);
        assert_eq!(at("S0213", "$a.7"), "7");
        assert_eq!(at("S0213", "null.a"), "null");
        assert_eq!(locate("S0210", "a{'b': 1}{'c': 2}"), 9..10);
        assert_eq!(locate("S0209", "a{'b': 1}[0]"), 9..10);
        assert_eq!(at("S0216", "a^(b)@$c"), "@");
        assert_eq!(at("S0500", "a b"), "a b");
    }
}

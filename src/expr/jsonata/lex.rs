//! Splits JSONata text into tokens with their locations, like the reference implementation's tokenizer.

use std::ops::Range;

use crate::expr::error::SyntaxError;

/// A token and its location.
#[derive(Debug, Clone, PartialEq)]
pub struct Token {
    /// The kind.
    pub kind: TokenKind,
    /// Its bytes in the text.
    pub range: Range<usize>,
}

/// The kinds of tokens.
#[derive(Debug, Clone, PartialEq)]
pub enum TokenKind {
    /// A field name, bare or in backquotes.
    Name(String),
    /// `$name`; the name is empty for `$` and `$` for `$$`.
    Variable(String),
    /// A string, decoded.
    Text(String),
    /// A number.
    Number(f64),
    /// `true`, `false`, `null`
    Word(&'static str),
    /// `/pattern/flags`
    Regex,
    /// An operator or a bracket.
    Operator(&'static str),
}

/// Operators, longer ones before their prefixes. `??` and `?:` are not part of JSONata 2.0.6: each becomes two tokens that
/// no rule of the grammar accepts.
const OPERATORS: [&str; 33] = [
    "..", ":=", "!=", ">=", "<=", "**", "~>", ".", "[", "]", "{", "}", "(", ")", ",", "@", "#", ";", ":",
    "?", "+", "-", "*", "/", "%", "|", "=", "<", ">", "^", "&", "!", "~",
];

/// For every byte, whether an operator starts with it. Every such byte is an operator by itself.
const STARTS: [bool; 256] = {
    let mut starts = [false; 256];
    let mut i = 0;
    while i < OPERATORS.len() {
        starts[OPERATORS[i].as_bytes()[0] as usize] = true;
        i += 1;
    }
    starts
};

const WORD_OPERATORS: [&str; 3] = ["and", "or", "in"];

/// Splits `text` into tokens; comments and whitespace are skipped.
pub fn lex(text: &str) -> Result<Vec<Token>, SyntaxError> {
    let mut lexer = Lexer {
        text,
        at: 0,
        tokens: Vec::new(),
        operand_next: true,
    };
    while lexer.token()? {}
    Ok(lexer.tokens)
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    tokens: Vec<Token>,
    /// Whether an operand may start here, which distinguishes a regular expression from a division, and the wildcard from
    /// the multiplication.
    operand_next: bool,
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{b}')
}

fn is_operator(c: char) -> bool {
    u8::try_from(c).is_ok_and(|byte| STARTS[usize::from(byte)])
}

/// The operator that a text starts with.
fn operator_at(text: &str) -> Option<&'static str> {
    let first = *text.as_bytes().first()?;
    if !STARTS[usize::from(first)] {
        return None;
    }
    let starts_it = |operator: &&&str| operator.as_bytes()[0] == first && text.starts_with(**operator);
    OPERATORS.iter().find(starts_it).copied()
}

impl<'a> Lexer<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn push(&mut self, end: usize, kind: TokenKind) {
        self.operand_next = match &kind {
            TokenKind::Operator(")" | "]" | "}") => false,
            // As operands, these are the wildcards, the parent operator, and an omitted argument.
            TokenKind::Operator("*" | "**" | "%" | "?") => !self.operand_next,
            TokenKind::Operator(_) => true,
            _ => false,
        };
        self.tokens.push(Token {
            kind,
            range: self.at..end,
        });
        self.at = end;
    }

    fn skip_blanks_and_comments(&mut self) -> Result<(), SyntaxError> {
        loop {
            self.at = self.text.len() - self.rest().trim_start_matches(is_blank).len();
            if !self.rest().starts_with("/*") {
                return Ok(());
            }
            let Some(length) = self.rest()[2..].find("*/") else {
                return Err(SyntaxError::coded(
                    "S0106",
                    self.at..self.text.len(),
                    "Comment has no closing tag",
                ));
            };
            self.at += 2 + length + 2;
        }
    }

    /// Reads one token; returns false at the end.
    fn token(&mut self) -> Result<bool, SyntaxError> {
        self.skip_blanks_and_comments()?;
        let rest = self.rest();
        let Some(first) = rest.chars().next() else {
            return Ok(false);
        };
        if first == '/' && self.operand_next {
            self.regex()?;
        } else if let Some(operator) = operator_at(rest) {
            self.push(self.at + operator.len(), TokenKind::Operator(operator));
        } else if first == '"' || first == '\'' {
            self.string(first)?;
        } else if first.is_ascii_digit() {
            self.number()?;
        } else if first == '`' {
            self.quoted_name()?;
        } else {
            self.name();
        }
        Ok(true)
    }

    fn regex(&mut self) -> Result<(), SyntaxError> {
        let mut depth = 0usize;
        let mut escaped = false;
        for (i, c) in self.rest().char_indices().skip(1) {
            match c {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '(' | '[' | '{' => depth += 1,
                ')' | ']' | '}' => depth = depth.saturating_sub(1),
                '/' if depth == 0 => {
                    if i == 1 {
                        let range = self.at..self.at + 2;
                        return Err(SyntaxError::coded(
                            "S0301",
                            range,
                            "Empty regular expressions are not allowed",
                        ));
                    }
                    let after = &self.rest()[i + 1..];
                    let flags = after.len() - after.trim_start_matches(['i', 'm']).len();
                    self.push(self.at + i + 1 + flags, TokenKind::Regex);
                    return Ok(());
                }
                _ => {}
            }
        }
        Err(SyntaxError::coded(
            "S0302",
            self.at..self.text.len(),
            "No terminating / in regular expression",
        ))
    }

    fn string(&mut self, quote: char) -> Result<(), SyntaxError> {
        let start = self.at;
        let mut value = String::new();
        let mut chars = self.rest().char_indices().skip(1);
        while let Some((i, c)) = chars.next() {
            if c == quote {
                self.push(start + i + 1, TokenKind::Text(value));
                return Ok(());
            }
            if c != '\\' {
                value.push(c);
                continue;
            }
            let escape = start + i;
            let Some((j, c)) = chars.next() else { break };
            value.push(match c {
                '"' | '\'' | '\\' | '/' => c,
                'b' => '\u{8}',
                'f' => '\u{c}',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'u' => {
                    let digits = self.rest().get(j + 1..j + 5);
                    let code = digits.filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()));
                    let Some(code) = code.and_then(|digits| u32::from_str_radix(digits, 16).ok()) else {
                        return Err(SyntaxError::coded(
                            "S0104",
                            escape..start + j + 1,
                            "The escape sequence \\u must be followed by 4 hex digits",
                        ));
                    };
                    chars.nth(3);
                    char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
                }
                _ => {
                    let range = escape..start + j + c.len_utf8();
                    return Err(SyntaxError::coded(
                        "S0103",
                        range,
                        format!("Unsupported escape sequence: \\{c}"),
                    ));
                }
            });
        }
        let message = "String literal must be terminated by a matching quote";
        Err(SyntaxError::coded("S0101", start..self.text.len(), message))
    }

    fn number(&mut self) -> Result<(), SyntaxError> {
        let bytes = self.rest().as_bytes();
        let digits = |from: usize| {
            bytes[from..]
                .iter()
                .take_while(|byte| byte.is_ascii_digit())
                .count()
        };
        let mut end = if bytes[0] == b'0' { 1 } else { digits(0) };
        if bytes.get(end) == Some(&b'.') && digits(end + 1) > 0 {
            end += 1 + digits(end + 1);
        }
        if matches!(bytes.get(end), Some(b'e' | b'E')) {
            let sign = usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
            let count = digits((end + 1 + sign).min(bytes.len()));
            if count > 0 {
                end += 1 + sign + count;
            }
        }
        let written = &self.rest()[..end];
        match written.parse::<f64>() {
            Ok(value) if value.is_finite() => {
                self.push(self.at + end, TokenKind::Number(value));
                Ok(())
            }
            _ => {
                let range = self.at..self.at + end;
                Err(SyntaxError::coded(
                    "S0102",
                    range,
                    format!("Number out of range: {written}"),
                ))
            }
        }
    }

    fn quoted_name(&mut self) -> Result<(), SyntaxError> {
        let Some(length) = self.rest()[1..].find('`') else {
            return Err(SyntaxError::coded(
                "S0105",
                self.at..self.text.len(),
                "Quoted property name must be terminated with a backquote (`)",
            ));
        };
        let name = self.rest()[1..=length].to_owned();
        self.push(self.at + length + 2, TokenKind::Name(name));
        Ok(())
    }

    fn name(&mut self) {
        let rest = self.rest();
        let length = rest.find(|c| is_blank(c) || is_operator(c)).unwrap_or(rest.len());
        let name = &rest[..length];
        let operator = WORD_OPERATORS
            .into_iter()
            .find(|word| *word == name && !self.operand_next);
        let kind = match (name.strip_prefix('$'), operator, name) {
            (Some(variable), _, _) => TokenKind::Variable(variable.to_owned()),
            (_, Some(operator), _) => TokenKind::Operator(operator),
            (_, _, "true") => TokenKind::Word("true"),
            (_, _, "false") => TokenKind::Word("false"),
            (_, _, "null") => TokenKind::Word("null"),
            _ => TokenKind::Name(name.to_owned()),
        };
        self.push(self.at + length, kind);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        let tokens = lex(text).unwrap();
        tokens.into_iter().map(|token| &text[token.range]).collect()
    }

    #[test]
    fn splits_text_into_tokens() {
        assert_eq!(
            cut("$a.b[0] /* c */~>$f"),
            ["$a", ".", "b", "[", "0", "]", "~>", "$f"]
        );
        assert_eq!(cut("[1..3]"), ["[", "1", "..", "3", "]"]);
        assert_eq!(cut("`a b`.'c\\'d'"), ["`a b`", ".", "'c\\'d'"]);
    }

    #[test]
    fn reads_a_slash_as_a_regex_where_an_operand_may_start() {
        assert_eq!(cut("$x.* / 2"), ["$x", ".", "*", "/", "2"]);
        assert_eq!(
            cut("$match(a, /b[/]c/i)"),
            ["$match", "(", "a", ",", "/b[/]c/i", ")"]
        );
        assert_eq!(cut("(1)/2"), ["(", "1", ")", "/", "2"]);
    }

    #[test]
    fn reads_words_as_names_where_an_operand_may_start() {
        let kinds: Vec<bool> = lex("and and or")
            .unwrap()
            .iter()
            .map(|t| matches!(t.kind, TokenKind::Operator(_)))
            .collect();
        assert_eq!(kinds, [false, true, false]);
    }

    #[test]
    fn locates_errors() {
        let fault = |text: &str| lex(text).unwrap_err().range;
        assert_eq!(
            [fault("1 + 'a"), fault("a /* b"), fault("'\\q'")],
            [4..6, 2..6, 1..3]
        );
    }
}

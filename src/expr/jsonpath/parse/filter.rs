//! The condition of `[?(…)]`, parsed like Jayway's `FilterCompiler`.

use std::ops::Range;

use super::bracket::unescape;
use super::path::{MAX_NESTING, Parsed, Parser, Roots, parse_at};
use crate::expr::error::SyntaxError;
use crate::expr::jsonpath::ast::{Comparison, Condition, Operand, Pattern};
use crate::expr::jsonpath::cursor::Cursor;
use crate::value::Value;

impl Parser {
    /// Parses the condition in a range of characters, from the opening parenthesis to after the closing one.
    pub(super) fn condition(&self, range: Range<usize>) -> Parsed<Condition> {
        let text = self.cursor.slice(range.clone());
        let cursor = Cursor::new(&text, self.cursor.range(range).start);
        let mut parser = ConditionParser {
            cursor,
            nesting: self.nesting,
        };
        let condition = parser.or()?;
        parser.blanks();
        if parser.cursor.current().is_some() {
            let rest = parser.cursor.slice(parser.cursor.position..parser.cursor.len());
            return parser.fail(format!("Expected end of filter expression instead of: {rest}"));
        }
        Ok(condition)
    }
}

struct ConditionParser {
    cursor: Cursor,
    /// How many filters, conditions, and arguments enclose the position.
    nesting: usize,
}

const fn is_operator(c: char) -> bool {
    matches!(c, '<' | '>' | '=' | '~' | '!')
}

/// Whether a word may contain `c`; the characters of words in published definitions.
fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '.')
}

impl ConditionParser {
    fn fail<T>(&self, message: impl Into<String>) -> Parsed<T> {
        let at = self.cursor.position;
        Err(SyntaxError::new(self.cursor.range(at..at + 1), message))
    }

    /// Jayway's message for an exception in its own code.
    fn fail_here<T>(&self) -> Parsed<T> {
        let at = self.cursor.position;
        let c = self.cursor.current().unwrap_or(' ');
        self.fail(format!(
            "Failed to parse filter: {}, error on position: {at}, char: {c}",
            self.cursor.text()
        ))
    }

    fn blanks(&mut self) {
        while self.cursor.current_is(' ') {
            self.cursor.position += 1;
        }
    }

    fn eat(&mut self, word: &str) -> bool {
        self.blanks();
        let end = self.cursor.position + word.chars().count();
        let found = self.cursor.slice(self.cursor.position..end) == word;
        if found {
            self.cursor.position = end;
        }
        found
    }

    fn or(&mut self) -> Parsed<Condition> {
        let mut parts = vec![self.and()?];
        while self.eat("||") {
            parts.push(self.and()?);
        }
        Ok(one_or(parts, Condition::Or))
    }

    fn and(&mut self) -> Parsed<Condition> {
        let mut parts = vec![self.operand_of_and()?];
        while self.eat("&&") {
            parts.push(self.operand_of_and()?);
        }
        Ok(one_or(parts, Condition::And))
    }

    fn operand_of_and(&mut self) -> Parsed<Condition> {
        self.blanks();
        if self.cursor.current_is('!') {
            let mark = self.cursor.position;
            self.cursor.position += 1;
            self.blanks();
            if !matches!(self.cursor.current(), Some('$' | '@')) {
                let negated = self.nested(Self::operand_of_and)?;
                return Ok(Condition::Not(Box::new(negated)));
            }
            self.cursor.position = mark;
        }
        if self.cursor.current_is('(') {
            return self.nested(Self::group);
        }
        self.comparison()
    }

    fn nested(&mut self, parse: fn(&mut Self) -> Parsed<Condition>) -> Parsed<Condition> {
        if self.nesting == MAX_NESTING {
            return self.fail(format!("conditions nest deeper than {MAX_NESTING} levels"));
        }
        self.nesting += 1;
        let condition = parse(self)?;
        self.nesting -= 1;
        Ok(condition)
    }

    fn group(&mut self) -> Parsed<Condition> {
        self.cursor.position += 1;
        let condition = self.or()?;
        if !self.eat(")") {
            return self.fail("Expected character: )");
        }
        Ok(condition)
    }

    fn comparison(&mut self) -> Parsed<Condition> {
        let negated = self.eat("!");
        let start = self.cursor.position;
        let left = self.operand()?;
        if matches!(left, Operand::Word(_)) {
            self.cursor.position = start;
            self.blanks();
            return self.fail_here();
        }
        let after = self.cursor.position;
        if let Some(operator) = self.operator() {
            match self.operand() {
                Ok(right) => {
                    return Ok(Condition::Compare {
                        left,
                        operator,
                        right,
                    });
                }
                // Jayway then parses the left operand alone and fails at the rest.
                Err(error) if matches!(left, Operand::Path { .. }) => {
                    self.cursor.position = after;
                    self.blanks();
                    if !matches!(self.cursor.current(), Some(')' | '&' | '|') | None) {
                        return Err(error);
                    }
                }
                Err(error) => return Err(error),
            }
        }
        self.cursor.position = after;
        match left {
            path @ Operand::Path { .. } => Ok(Condition::Exists {
                path,
                wanted: !negated,
            }),
            _ => self.fail("Expected path node"),
        }
    }

    fn operator(&mut self) -> Option<Comparison> {
        self.blanks();
        let start = self.cursor.position;
        let symbolic = self.cursor.current().is_some_and(is_operator);
        let belongs = |c: char| if symbolic { is_operator(c) } else { c != ' ' };
        while self.cursor.current().is_some_and(belongs) {
            self.cursor.position += 1;
        }
        let word = self.cursor.slice(start..self.cursor.position);
        OPERATORS
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(&word))
            .map(|&(_, operator)| operator)
    }

    fn operand(&mut self) -> Parsed<Operand> {
        self.blanks();
        match self.cursor.current() {
            Some('!') => {
                self.cursor.position += 1;
                self.blanks();
                if !matches!(self.cursor.current(), Some('$' | '@')) {
                    return self.fail("Unexpected character: !");
                }
                self.path()
            }
            Some('$' | '@') => self.path(),
            Some(quote @ ('\'' | '"')) => self.string(quote),
            Some('{') => self.json('{', '}'),
            Some('[') => self.json('[', ']'),
            Some('/') => self.pattern(),
            _ => self.word(),
        }
    }

    /// `true`, `false`, `null`, a number, or a word without quotes, which is a string.
    fn word(&mut self) -> Parsed<Operand> {
        let start = self.cursor.position;
        let mut end = start;
        while self.cursor.at(end).is_some_and(is_word) {
            end += 1;
        }
        let word = self.cursor.slice(start..end);
        if word.is_empty() {
            return self.fail_here();
        }
        self.cursor.position = end;
        Ok(match Value::parse(&word) {
            Ok(value) => Operand::Literal(value),
            Err(_) => Operand::Word(word.into()),
        })
    }

    fn path(&mut self) -> Parsed<Operand> {
        let start = self.cursor.position;
        let of_item = self.cursor.current_is('@');
        self.cursor.position += 1;
        let mut in_function = false;
        while let Some(c) = self.cursor.current() {
            if c == '[' {
                let closing = self.cursor.closing(self.cursor.position, ['[', ']'], false);
                match closing.or_else(|message| self.fail(message))? {
                    Some(close) => {
                        self.cursor.position = close + 1;
                        continue;
                    }
                    None => {
                        return self.fail(format!(
                            "Square brackets does not match in filter {}",
                            self.cursor.text()
                        ));
                    }
                }
            }
            in_function |= c == '.';
            let closes_group = c == ')' && !(in_function && self.closes_function(start));
            if is_operator(c) || c == ' ' || closes_group {
                break;
            }
            self.cursor.position += 1;
        }
        let range = start..self.cursor.position;
        let text = self.cursor.slice(range.clone());
        let path = parse_at(&text, self.cursor.range(range).start, Roots::Jayway, self.nesting)?;
        Ok(Operand::Path { path, of_item })
    }

    /// Whether the nonblank character before the parenthesis at the position opens it, as in `@.a.length()`.
    fn closes_function(&self, start: usize) -> bool {
        let before = (start..self.cursor.position).rev();
        let mut before = before.filter_map(|at| self.cursor.at(at));
        before.find(|c| !c.is_whitespace()) == Some('(')
    }

    fn string(&mut self, quote: char) -> Parsed<Operand> {
        let start = self.cursor.position;
        let Some(close) = self.cursor.end_of_quoted(start) else {
            return self.fail(format!(
                "String literal does not have matching quotes. Expected {quote} in {}",
                self.cursor.text()
            ));
        };
        self.cursor.position = close + 1;
        let inside = self.cursor.slice(start + 1..close);
        Ok(Operand::Literal(unescape(&inside).into()))
    }

    fn json(&mut self, open: char, close: char) -> Parsed<Operand> {
        let start = self.cursor.position;
        let closing = self.cursor.closing(start, [open, close], false);
        let Some(end) = closing.or_else(|message| self.fail(message))? else {
            return self.fail(format!("String not closed. Expected ' in {}", self.cursor.text()));
        };
        let text = self.cursor.slice(start..end + 1);
        // Jayway's reader accepts single quotes instead of double quotes.
        match Value::parse(&text).or_else(|_| Value::parse(&text.replace('\'', "\""))) {
            Ok(value) => {
                self.cursor.position = end + 1;
                Ok(Operand::Literal(value))
            }
            Err(_) => self.fail_here(),
        }
    }

    fn pattern(&mut self) -> Parsed<Operand> {
        let start = self.cursor.position;
        let Some(close) = self.cursor.end_of_regex(start) else {
            return self.fail(format!(
                "Pattern not closed. Expected / in {}",
                self.cursor.text()
            ));
        };
        let mut end = close + 1;
        while self.cursor.at(end).is_some_and(|c| c.is_ascii_alphabetic()) {
            end += 1;
        }
        let source = self.cursor.slice(start + 1..close);
        let flags = self.cursor.slice(close + 1..end);
        let Ok(pattern) = Pattern::new(&source, &flags) else {
            return self.fail(format!("unsupported regular expression `/{source}/{flags}`"));
        };
        self.cursor.position = end;
        Ok(Operand::Pattern(pattern))
    }
}

fn one_or(mut parts: Vec<Condition>, join: impl FnOnce(Vec<Condition>) -> Condition) -> Condition {
    if parts.len() == 1 {
        parts.swap_remove(0)
    } else {
        join(parts)
    }
}

const OPERATORS: [(&str, Comparison); 20] = [
    (">=", Comparison::GreaterOrEqual),
    ("<=", Comparison::LessOrEqual),
    ("==", Comparison::Equal),
    ("===", Comparison::TypedEqual),
    ("!=", Comparison::NotEqual),
    ("!==", Comparison::TypedNotEqual),
    ("<", Comparison::Less),
    (">", Comparison::Greater),
    ("=~", Comparison::Matches),
    ("NIN", Comparison::NotIn),
    ("IN", Comparison::In),
    ("CONTAINS", Comparison::Contains),
    ("ALL", Comparison::All),
    ("SIZE", Comparison::Size),
    ("EXISTS", Comparison::Exists),
    ("TYPE", Comparison::Type),
    ("EMPTY", Comparison::Empty),
    ("SUBSETOF", Comparison::SubsetOf),
    ("ANYOF", Comparison::AnyOf),
    ("NONEOF", Comparison::NoneOf),
];

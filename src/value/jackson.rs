//! JSON as read by Jackson, the Java library: the same values, and the same error messages.

use super::number::Number;
use super::tree::Value;

/// Jackson's description of the source.
const SOURCE: &str = "[Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: ";

/// The values that Jackson expects.
const VALUES: &str = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";

/// Jackson's error message for an invalid `text`, and the location that ends it, both with the text itself as the source,
/// as `ValidateStateMachineDefinition` prints it; `None` if Jackson accepts the text.
pub fn refusal(text: &str) -> Option<(String, String)> {
    /// The number of characters of a longer text that Jackson shows.
    const SHOWN: usize = 500;
    let sentence = read(text).err()?;
    let shown: String = text.chars().take(SHOWN).collect();
    let rest = text.chars().count().saturating_sub(SHOWN);
    let cut = if rest > 0 {
        format!("[truncated {rest} chars]")
    } else {
        String::new()
    };
    let sentence = sentence.replace(SOURCE, &format!("[Source: (String)\"{shown}\"{cut}; line: "));
    let place = sentence
        .rfind("[Source: ")
        .map_or("", |at| &sentence[at..])
        .to_owned();
    Some((sentence, place))
}

/// The first value in `text`; anything after it is ignored.
pub(crate) fn read(text: &str) -> Result<Value, String> {
    match Value::parse_first(text) {
        Ok((Value::Number(number), rest)) => after_number(&number, text, rest),
        Ok((value, _)) => Ok(value),
        Err(error) => Err(explain(text, &error.message)),
    }
}

/// A number at the root must be followed by whitespace; `-0` is Java's 0.
fn after_number(number: &Number, text: &str, rest: usize) -> Result<Value, String> {
    match text[rest..].chars().next() {
        Some(c) if !c.is_ascii_whitespace() => {
            let message = format!("{}: Expected space separating root-level values", unexpected(c));
            Err(at(&message, text, rest))
        }
        _ if *number == Number::from(0) && number.to_string() == "-0" => Ok(Value::from(0)),
        _ => Ok(Value::Number(number.clone())),
    }
}

fn unexpected(c: char) -> String {
    let code = u32::from(c);
    match code {
        0..32 => format!("Unexpected character ((CTRL-CHAR, code {code}))"),
        256.. => format!("Unexpected character ('{c}' (code {code} / 0x{code:x}))"),
        _ => format!("Unexpected character ('{c}' (code {code}))"),
    }
}

/// `message` and the location of the byte at `offset`.
fn at(message: &str, text: &str, offset: usize) -> String {
    format!("{message}\n at {}", place(text, offset))
}

fn place(text: &str, offset: usize) -> String {
    let before = &text[..offset.min(text.len())];
    let line = before.matches('\n').count() + 1;
    let column = before
        .rsplit('\n')
        .next()
        .unwrap_or_default()
        .encode_utf16()
        .count()
        + 1;
    format!("{SOURCE}{line}, column: {column}]")
}

/// Jackson's message for an invalid `text`, or `otherwise` if this scanner finds no error.
fn explain(text: &str, otherwise: &str) -> String {
    let mut scanner = Scanner {
        text,
        at: 0,
        open: Vec::new(),
    };
    match scanner.document() {
        Err(sentence) => sentence,
        Ok(()) => at(otherwise, text, scanner.at),
    }
}

/// Scans the text token by token up to where Jackson would stop.
struct Scanner<'a> {
    text: &'a str,
    at: usize,
    /// The open brackets and their offsets.
    open: Vec<(u8, usize)>,
}

/// The error is Jackson's message.
type Scanned<T> = Result<T, String>;

impl Scanner<'_> {
    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn blanks(&mut self) {
        let rest = &self.text[self.at..];
        self.at = self.text.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
    }

    fn fail<T>(&self, message: &str) -> Scanned<T> {
        Err(at(message, self.text, self.at))
    }

    /// Returns an error: the current character is not what was expected.
    fn expected_token<T>(&self, wanted: &str) -> Scanned<T> {
        match self.peek() {
            Some(c) => self.fail(&format!("{}: {wanted}", unexpected(c))),
            None => self.end(),
        }
    }

    fn end<T>(&self) -> Scanned<T> {
        let Some(&(bracket, offset)) = self.open.last() else {
            return self.fail("Unexpected end-of-input");
        };
        let kind = if bracket == b'{' { "Object" } else { "Array" };
        self.fail(&format!(
            "Unexpected end-of-input: expected close marker for {kind} (start marker at {})",
            place(self.text, offset)
        ))
    }

    fn document(&mut self) -> Scanned<()> {
        loop {
            self.blanks();
            let opened = self.value()?;
            if !opened {
                loop {
                    let Some(&(bracket, _)) = self.open.last() else {
                        return Ok(());
                    };
                    self.blanks();
                    if self.closes(bracket) {
                        continue;
                    }
                    if self.peek() != Some(',') {
                        let kind = if bracket == b'{' { "Object" } else { "Array" };
                        return self
                            .expected_token(&format!("was expecting comma to separate {kind} entries"));
                    }
                    self.at += 1;
                    break;
                }
            }
            if self.open.last().is_some_and(|&(bracket, _)| bracket == b'{') {
                self.key()?;
            }
        }
    }

    fn closes(&mut self, bracket: u8) -> bool {
        let wanted = if bracket == b'{' { '}' } else { ']' };
        let found = self.peek() == Some(wanted);
        if found {
            self.at += 1;
            self.open.pop();
        }
        found
    }

    /// Scans a value; returns whether it is a nonempty array or object, whose first item is next.
    fn value(&mut self) -> Scanned<bool> {
        match self.peek() {
            Some(c @ ('{' | '[')) => {
                let bracket = if c == '{' { b'{' } else { b'[' };
                self.open.push((bracket, self.at));
                self.at += 1;
                self.blanks();
                return Ok(!self.closes(bracket));
            }
            Some('"') => {
                self.string("Unexpected end-of-input: was expecting closing quote for a string value")?;
            }
            Some('-' | '0'..='9') => self.number()?,
            Some(c) if c.is_alphabetic() || matches!(c, '_' | '$') => self.word()?,
            _ => return self.expected_token(&format!("expected a valid value {VALUES}")),
        }
        Ok(false)
    }

    fn key(&mut self) -> Scanned<()> {
        self.blanks();
        if self.peek() != Some('"') {
            return self.expected_token("was expecting double-quote to start field name");
        }
        self.string("Unexpected end-of-input in field name")?;
        self.blanks();
        if self.peek() != Some(':') {
            return self.expected_token("was expecting a colon to separate field name and value");
        }
        self.at += 1;
        Ok(())
    }

    fn string(&mut self, unclosed: &str) -> Scanned<()> {
        self.at += 1;
        while let Some(c) = self.peek() {
            match c {
                '"' => {
                    self.at += 1;
                    return Ok(());
                }
                '\\' => self.escape()?,
                '\0'..' ' => {
                    return self.fail(&format!(
                        "Illegal unquoted character ((CTRL-CHAR, code {})): has to be escaped using backslash \
                         to be included in string value",
                        u32::from(c)
                    ));
                }
                _ => self.at += c.len_utf8(),
            }
        }
        self.fail(unclosed)
    }

    fn escape(&mut self) -> Scanned<()> {
        self.at += 1;
        match self.peek() {
            Some('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't') => self.at += 1,
            Some('u') => {
                self.at += 1;
                for _ in 0..4 {
                    if !self.peek().is_some_and(|c| c.is_ascii_hexdigit()) {
                        return self.expected_token("expected a hex-digit for character escape sequence");
                    }
                    self.at += 1;
                }
            }
            Some(c) => {
                return self.fail(&format!(
                    "Unrecognized character escape '{c}' (code {})",
                    u32::from(c)
                ));
            }
            None => return self.fail("Unexpected end-of-input in character escape sequence"),
        }
        Ok(())
    }

    fn digits(&mut self) -> usize {
        let rest = &self.text[self.at..];
        let count = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        self.at += count;
        count
    }

    fn number(&mut self) -> Scanned<()> {
        let negative = self.peek() == Some('-');
        self.at += usize::from(negative);
        let start = self.at;
        if self.digits() == 0 {
            return self.expected_digit("expected digit (0-9) to follow minus sign, for valid numeric value");
        }
        if self.at > start + 1 && self.text[start..].starts_with('0') {
            return self.fail("Invalid numeric value: Leading zeroes not allowed");
        }
        if self.peek() == Some('.') {
            self.at += 1;
            if self.digits() == 0 {
                return self.expected_digit("Decimal point not followed by a digit");
            }
        }
        if matches!(self.peek(), Some('e' | 'E')) {
            self.at += 1;
            self.at += usize::from(matches!(self.peek(), Some('+' | '-')));
            if self.digits() == 0 {
                return self.expected_digit("Exponent indicator not followed by a digit");
            }
        }
        Ok(())
    }

    fn expected_digit(&self, detail: &str) -> Scanned<()> {
        match self.peek() {
            Some(c) => self.fail(&format!("{} in numeric value: {detail}", unexpected(c))),
            None => self.end(),
        }
    }

    fn word(&mut self) -> Scanned<()> {
        let rest = &self.text[self.at..];
        let length = rest
            .find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '$')))
            .unwrap_or(rest.len());
        let word = &rest[..length];
        self.at += length;
        if matches!(word, "true" | "false" | "null") {
            return Ok(());
        }
        self.fail(&format!("Unrecognized token '{word}': was expecting {VALUES}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(text: &str) -> String {
        let sentence = read(text).unwrap_err();
        sentence.replace(SOURCE, "@").replace(VALUES, "…")
    }

    #[test]
    fn reports_errors_in_jacksons_words() {
        assert_eq!(
            message("{x: 1}"),
            "Unexpected character ('x' (code 120)): was expecting double-quote to start field name\n at @1, column: 2]"
        );
        assert_eq!(
            message("[1,\n[2"),
            "Unexpected end-of-input: expected close marker for Array (start marker at @2, column: 1])\n at @2, column: 3]"
        );
        assert_eq!(
            message("nope"),
            "Unrecognized token 'nope': was expecting …\n at @1, column: 5]"
        );
        assert_eq!(
            message("[1 2]"),
            "Unexpected character ('2' (code 50)): was expecting comma to separate Array entries\n at @1, column: 4]"
        );
        assert_eq!(
            message("[,]"),
            "Unexpected character (',' (code 44)): expected a valid value …\n at @1, column: 2]"
        );
    }

    #[test]
    fn reads_only_the_first_value() {
        assert_eq!(read("{} []").unwrap().to_json(), "{}");
        assert_eq!(read("-0").unwrap().to_json(), "0");
        assert!(read("12x").is_err());
    }
}

//! JSON text as `$string` writes it.

use jsonata_core::evaluator::EvaluatorError;
use jsonata_core::value::JValue;

use super::environment::Environment;
use crate::expr::jsonata::limits::{MAX_TEXT, memory};
use crate::expr::jsonata::number_text;

/// The text of a value other than a string: `pretty` is whether it is indented by two blanks. A function is an empty
/// string, and only the characters that JSON requires to be escaped are.
pub(super) fn stringify(
    value: &JValue,
    pretty: bool,
    environment: &Environment,
) -> Result<String, EvaluatorError> {
    let mut writer = Writer {
        out: String::new(),
        pretty,
        environment,
    };
    writer.value(value, 0)?;
    Ok(writer.out)
}

/// The maximum nesting of a value that is written.
const MAX_DEPTH: usize = 5_000;

struct Writer<'e> {
    out: String,
    pretty: bool,
    environment: &'e Environment,
}

impl Writer<'_> {
    fn value(&mut self, value: &JValue, depth: usize) -> Result<(), EvaluatorError> {
        if self.out.len() > MAX_TEXT || depth > MAX_DEPTH {
            return Err(memory());
        }
        match value {
            JValue::Undefined | JValue::Null => self.out.push_str("null"),
            JValue::Bool(truth) => self.out.push_str(if *truth { "true" } else { "false" }),
            JValue::Number(number) if !number.is_finite() => self.out.push_str("null"),
            JValue::Number(number) => self.number(*number),
            JValue::String(text) => self.text(text),
            JValue::Lambda(_) | JValue::Builtin { .. } | JValue::Regex { .. } => self.out.push_str("\"\""),
            JValue::Array(items) => {
                return self.nested(['[', ']'], items.iter().map(|item| (None, item)), depth);
            }
            JValue::Object(members) => {
                let members = members.iter().map(|(key, member)| (Some(key.as_str()), member));
                let members = members.filter(|(_, member)| !matches!(member, JValue::Undefined));
                return self.nested(['{', '}'], members, depth);
            }
        }
        Ok(())
    }

    fn number(&mut self, number: f64) {
        match self.environment.exact_text(number) {
            Some(text) => self.out.push_str(text),
            None => number_text::write(number, &mut self.out),
        }
    }

    fn nested<'v>(
        &mut self,
        [open, close]: [char; 2],
        parts: impl Iterator<Item = (Option<&'v str>, &'v JValue)>,
        depth: usize,
    ) -> Result<(), EvaluatorError> {
        self.out.push(open);
        let mut is_empty = true;
        for (key, part) in parts {
            self.out.push_str(if is_empty { "" } else { "," });
            is_empty = false;
            self.line(depth + 1);
            if let Some(key) = key {
                self.text(key);
                self.out.push_str(if self.pretty { ": " } else { ":" });
            }
            jsonata_core::value::with_stack(|| self.value(part, depth + 1))?;
        }
        if !is_empty {
            self.line(depth);
        }
        self.out.push(close);
        Ok(())
    }

    fn line(&mut self, depth: usize) {
        if self.pretty {
            self.out.push('\n');
            self.out.extend(std::iter::repeat_n("  ", depth));
        }
    }

    fn text(&mut self, text: &str) {
        self.out.push('"');
        for c in text.chars() {
            match c {
                '"' => self.out.push_str("\\\""),
                '\\' => self.out.push_str("\\\\"),
                '\u{8}' => self.out.push_str("\\b"),
                '\u{c}' => self.out.push_str("\\f"),
                '\n' => self.out.push_str("\\n"),
                '\r' => self.out.push_str("\\r"),
                '\t' => self.out.push_str("\\t"),
                _ => self.out.push(c),
            }
        }
        self.out.push('"');
    }
}

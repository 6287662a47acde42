//! Finds the argument that does not match a signature, like the reference implementation.
//!
//! It converts a signature to a regular expression over one letter per argument, and finds the first parameter up to which
//! the arguments do not match. The crate also checks arguments, but numbers and words its errors differently.

use std::ops::Range;

use jsonata_core::value::JValue;
use regex::Regex;

/// A parameter of a signature.
struct Parameter {
    pattern: String,
    /// For an array: the letter of its required item type.
    item_type: Option<char>,
    is_array: bool,
    context: bool,
}

/// How the arguments differ from the signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Mismatch {
    /// T0410: the argument with this number.
    Argument(usize),
    /// T0411: the context, which replaces the argument with this number.
    Context(usize),
    /// T0412: the argument with this number, which must contain only these.
    Items(usize, &'static str),
}

/// The letter of a value in a signature; `m` for a missing one.
fn letter(value: &JValue) -> char {
    match value {
        JValue::String(_) => 's',
        JValue::Number(_) => 'n',
        JValue::Bool(_) => 'b',
        JValue::Null => 'l',
        JValue::Array(_) => 'a',
        JValue::Object(_) => 'o',
        JValue::Lambda(_) | JValue::Builtin { .. } | JValue::Regex { .. } => 'f',
        JValue::Undefined => 'm',
    }
}

/// The type of the items of an array of values with this letter.
fn plural(letter: char) -> &'static str {
    match letter {
        'a' => "arrays",
        'b' => "booleans",
        'f' => "functions",
        'n' => "numbers",
        'o' => "objects",
        _ => "strings",
    }
}

fn parameters(signature: &str) -> Vec<Parameter> {
    let mut parameters: Vec<Parameter> = Vec::new();
    let mut rest = signature.trim_start_matches('<').chars();
    while let Some(symbol) = rest.next() {
        let pattern = match symbol {
            's' | 'n' | 'b' | 'l' | 'o' => format!("[{symbol}m]"),
            'a' | 'x' => "[asnblfom]".to_owned(),
            'f' => "f".to_owned(),
            'j' => "[asnblom]".to_owned(),
            '(' => format!(
                "[{}m]",
                rest.by_ref().take_while(|c| *c != ')').collect::<String>()
            ),
            '-' | '?' | '+' => {
                if let Some(last) = parameters.last_mut() {
                    last.pattern.push(if symbol == '-' { '?' } else { symbol });
                    last.context |= symbol == '-';
                }
                continue;
            }
            '<' => {
                let inside: String = rest.by_ref().take_while(|c| *c != '>').collect();
                let item_type = inside.chars().next();
                if let Some(last) = parameters.last_mut() {
                    last.item_type = item_type.filter(|_| last.is_array);
                }
                continue;
            }
            _ => break,
        };
        parameters.push(Parameter {
            pattern,
            item_type: None,
            is_array: symbol == 'a',
            context: false,
        });
    }
    parameters
}

/// The first mismatch of `arguments`; `None` if the signature accepts them. The context is assumed to match nowhere, so
/// call this only for arguments that were rejected.
pub(super) fn check(signature: &str, arguments: &[JValue]) -> Option<Mismatch> {
    let parameters = parameters(signature);
    let letters: String = arguments.iter().map(letter).collect();
    let groups: Vec<String> = parameters
        .iter()
        .map(|parameter| format!("({})", parameter.pattern))
        .collect();
    let whole = Regex::new(&format!("^{}$", groups.concat())).ok()?;
    let Some(captures) = whole.captures(&letters) else {
        return Some(Mismatch::Argument(first_unfit(&parameters, &letters) + 1));
    };
    let mut next = 0;
    for (index, parameter) in parameters.iter().enumerate() {
        let taken: Range<usize> = captures.get(index + 1).map_or(0..0, |group| group.range());
        if taken.is_empty() && parameter.context {
            return Some(Mismatch::Context(next + 1));
        }
        for argument in arguments.get(taken.clone()).unwrap_or_default() {
            if let Some(wanted) = parameter.item_type
                && !holds_only(argument, wanted)
            {
                return Some(Mismatch::Items(next + 1, plural(wanted)));
            }
            next += 1;
        }
        next += usize::from(taken.is_empty());
    }
    None
}

fn holds_only(argument: &JValue, wanted: char) -> bool {
    match argument {
        JValue::Undefined => true,
        JValue::Array(items) => items.iter().all(|item| letter(item) == wanted),
        other => letter(other) == wanted,
    }
}

/// How many arguments match before the first parameter that does not.
fn first_unfit(parameters: &[Parameter], letters: &str) -> usize {
    let mut pattern = "^".to_owned();
    let mut matched = 0;
    for parameter in parameters {
        pattern.push_str(&parameter.pattern);
        match Regex::new(&pattern)
            .ok()
            .and_then(|regex| regex.find(letters).map(|found| found.len()))
        {
            Some(length) => matched = length,
            None => break,
        }
    }
    matched
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mismatch(signature: &str, arguments: &str) -> Option<Mismatch> {
        let arguments = JValue::from_json_str(arguments).unwrap();
        check(signature, arguments.as_array().unwrap())
    }

    #[test]
    fn finds_the_same_argument_as_the_reference_implementation() {
        assert_eq!(mismatch("<s-:s>", "[20]"), Some(Mismatch::Argument(1)));
        assert_eq!(
            mismatch("<s-nn?:s>", r#"["a", "b"]"#),
            Some(Mismatch::Argument(2))
        );
        assert_eq!(mismatch("<a<n>:n>", "[[1], []]"), Some(Mismatch::Argument(2)));
        assert_eq!(mismatch("<a<n>:n>", "[]"), Some(Mismatch::Argument(1)));
        assert_eq!(
            mismatch("<a<n>:n>", r#"[[1, "2"]]"#),
            Some(Mismatch::Items(1, "numbers"))
        );
        assert_eq!(
            mismatch("<a<s>s?:s>", "[true]"),
            Some(Mismatch::Items(1, "strings"))
        );
        assert_eq!(
            mismatch("<a<s>s?:s>", r#"[true, ","]"#),
            Some(Mismatch::Items(1, "strings"))
        );
        assert_eq!(mismatch("<s-:n>", "[]"), Some(Mismatch::Context(1)));
        assert_eq!(mismatch("<s-s:s>", r#"["x"]"#), Some(Mismatch::Context(1)));
        assert_eq!(mismatch("<a<n>:n>", "[[1, 2]]"), None);
    }
}

//! Resolution of plain scalars to values.

use crate::document::json::is_number;
use crate::document::node::NodeKind;
use crate::spec::placeholder;
use compact_str::{CompactString, format_compact};

/// The schema by which plain scalars are resolved. Keys are never resolved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::document) enum Scalars {
    /// YAML 1.2's core schema (section 10.3.2): `Yes` is a string.
    Core,
    /// YAML 1.1's types: `Yes` is true, `010` is eight.
    Yaml11,
}

/// The value of a plain scalar; `None` for a string.
pub(super) fn resolve(text: &str, scalars: Scalars) -> Option<NodeKind> {
    if is_of_unknown_type(text) {
        return Some(NodeKind::Unknown);
    }
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Some(NodeKind::Null),
        "true" | "True" | "TRUE" => return Some(NodeKind::Bool(true)),
        "false" | "False" | "FALSE" => return Some(NodeKind::Bool(false)),
        "yes" | "Yes" | "YES" | "on" | "On" | "ON" if scalars == Scalars::Yaml11 => {
            return Some(NodeKind::Bool(true));
        }
        "no" | "No" | "NO" | "off" | "Off" | "OFF" if scalars == Scalars::Yaml11 => {
            return Some(NodeKind::Bool(false));
        }
        _ => {}
    }
    if !text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.')) {
        return None;
    }
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN") {
        // JSON has no such number, so its value after conversion is unknown.
        return Some(NodeKind::Unknown);
    }
    let sign = if text.starts_with('-') { "-" } else { "" };
    let number = match scalars {
        Scalars::Core => core_number(text, unsigned, sign),
        Scalars::Yaml11 => yaml11_number(unsigned, sign),
    };
    number.map(NodeKind::Number)
}

/// Whether the text is one `${Name}`, or a number that contains one: its type is unknown until the template is rendered.
fn is_of_unknown_type(text: &str) -> bool {
    if !text.contains("${") {
        return false;
    }
    let (mut at, mut placeholders) = (0, 0);
    while at < text.len() {
        if let Some(length) = placeholder::expression(&text.as_bytes()[at..]) {
            at += length;
            placeholders += 1;
        } else if matches!(text.as_bytes()[at], b'0'..=b'9' | b'.') {
            at += 1;
        } else {
            return false;
        }
    }
    placeholders == 1
}

fn core_number(text: &str, unsigned: &str, sign: &str) -> Option<CompactString> {
    // Only texts without a sign may be octal or hexadecimal.
    if let Some(digits) = text.strip_prefix("0o") {
        return integer(digits, 8, "");
    }
    if let Some(digits) = text.strip_prefix("0x") {
        return integer(digits, 16, "");
    }
    decimal(unsigned, sign)
}

fn yaml11_number(unsigned: &str, sign: &str) -> Option<CompactString> {
    let digits = unsigned.replace('_', "");
    if let Some(digits) = digits.strip_prefix("0b") {
        return integer(digits, 2, sign);
    }
    if let Some(digits) = digits.strip_prefix("0x") {
        return integer(digits, 16, sign);
    }
    if digits.len() > 1 && digits.starts_with('0') && digits.bytes().all(|b| b.is_ascii_digit()) {
        return integer(&digits, 8, sign);
    }
    if digits.contains(':') {
        return sexagesimal(&digits, sign);
    }
    // An exponent requires a decimal point before it and a sign after it.
    if let Some((mantissa, exponent)) = digits.split_once(['e', 'E'])
        && !(mantissa.contains('.') && exponent.starts_with(['+', '-']))
    {
        return None;
    }
    decimal(&digits, sign)
}

/// `190:20:30`: minutes and seconds in base 60.
fn sexagesimal(digits: &str, sign: &str) -> Option<CompactString> {
    let mut parts = digits.split(':');
    let first = parts.next()?;
    if !first.starts_with(|c: char| matches!(c, '1'..='9')) {
        return None;
    }
    let mut total: i64 = first.parse().ok()?;
    for part in parts {
        if part.is_empty() || part.len() > 2 || !part.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let part: i64 = part.parse().ok().filter(|n| *n < 60)?;
        total = total.checked_mul(60)?.checked_add(part)?;
    }
    Some(format_compact!("{sign}{total}"))
}

fn integer(digits: &str, radix: u32, sign: &str) -> Option<CompactString> {
    if digits.is_empty() || !digits.chars().all(|c| c.is_digit(radix)) {
        return None;
    }
    match u128::from_str_radix(digits, radix) {
        Ok(n) => Some(format_compact!("{sign}{n}")),
        Err(_) => None,
    }
}

/// `[0-9]+` or a float of the core schema, as JSON would write it.
fn decimal(unsigned: &str, sign: &str) -> Option<CompactString> {
    let (mantissa, exponent) = match unsigned.find(['e', 'E']) {
        Some(i) => unsigned.split_at(i),
        None => (unsigned, ""),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    if whole.is_empty() && fraction.is_none_or(str::is_empty) {
        return None;
    }
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let number = match fraction {
        None => format_compact!("{sign}{whole}{exponent}"),
        Some("") => format_compact!("{sign}{whole}.0{exponent}"),
        Some(fraction) => format_compact!("{sign}{whole}.{fraction}{exponent}"),
    };
    is_number(&number).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, scalars: Scalars) -> String {
        match resolve(text, scalars) {
            None => "string".into(),
            Some(NodeKind::Null) => "null".into(),
            Some(NodeKind::Bool(b)) => b.to_string(),
            Some(NodeKind::Number(n)) => n.into(),
            Some(_) => "unknown".into(),
        }
    }

    #[test]
    fn core_schema() {
        for (text, value) in [
            ("Yes", "string"),
            ("no", "string"),
            ("~", "null"),
            ("", "null"),
            ("True", "true"),
            ("tRUE", "string"),
            ("0", "0"),
            ("+12", "12"),
            ("-007", "-7"),
            ("0o17", "15"),
            ("0x1F", "31"),
            ("-0x1F", "string"),
            ("1.", "1.0"),
            (".5", "0.5"),
            ("-.5e3", "-0.5e3"),
            ("1e3", "1e3"),
            ("1_000", "string"),
            (".", "string"),
            ("-", "string"),
            ("1:30", "string"),
            (".inf", "unknown"),
            ("1.2.3", "string"),
            ("2024-01-01", "string"),
            ("${Name}", "unknown"),
            ("${Name}0", "unknown"),
            ("${A}${B}", "string"),
            ("a${B}", "string"),
        ] {
            assert_eq!(shown(text, Scalars::Core), value, "{text:?}");
        }
    }

    #[test]
    fn types_of_yaml_1_1() {
        for (text, value) in [
            ("Yes", "true"),
            ("off", "false"),
            ("y", "string"),
            ("010", "8"),
            ("08", "string"),
            ("0b101", "5"),
            ("1_000", "1000"),
            ("190:20:30", "685230"),
            ("1:70", "string"),
            ("1e3", "string"),
            ("1.5e+3", "1.5e+3"),
            ("12", "12"),
            ("-1.5", "-1.5"),
            ("0o17", "string"),
        ] {
            assert_eq!(shown(text, Scalars::Yaml11), value, "{text:?}");
        }
    }
}

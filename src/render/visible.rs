//! Makes untrusted text safe to print: control characters that would move the cursor, change colors, or reorder a line
//! are replaced with visible symbols.

use std::borrow::Cow;

/// Replaces control characters with visible symbols, except tabs and newlines.
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hidden) {
        return Cow::Borrowed(text);
    }
    text.chars()
        .map(|c| if is_hidden(c) { picture(c) } else { c })
        .collect::<String>()
        .into()
}

/// Like [`visible`], on one line: newlines, carriage returns, and tabs become `\n`, `\r`, and `\t`.
pub(super) fn one_line(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| c.is_control() || is_hidden(c)) {
        return Cow::Borrowed(text);
    }
    let mut line = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\n' => line.push_str("\\n"),
            '\r' => line.push_str("\\r"),
            '\t' => line.push_str("\\t"),
            c if is_hidden(c) => line.push(picture(c)),
            c => line.push(c),
        }
    }
    line.into()
}

/// Like [`visible`], for a message that may quote a file: tabs, whose width is unknown, become blanks.
pub(super) fn message(text: &str) -> String {
    visible(&text.replace("\r\n", "\n")).replace('\t', " ")
}

/// Control characters, line separators, and bidirectional formatting characters.
fn is_hidden(c: char) -> bool {
    changes_layout(c) || (c.is_control() && !matches!(c, '\n' | '\t'))
}

/// Line separators and bidirectional formatting characters, which change how the text around them is displayed.
pub(super) const fn changes_layout(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn picture(c: char) -> char {
    match u32::from(c) {
        code @ 0..0x20 => char::from_u32(0x2400 + code).unwrap_or('\u{fffd}'),
        0x7f => '\u{2421}',
        _ => '\u{fffd}',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_are_shown_and_plain_text_is_borrowed() {
        assert_eq!(
            visible("a\x1b[31mb\x7f\u{9b}\u{202e}\t\n"),
            "a␛[31mb␡\u{fffd}\u{fffd}\t\n"
        );
        assert!(matches!(visible("naïve 🦀\n"), Cow::Borrowed(_)));
    }

    #[test]
    fn one_line_has_no_line_break() {
        assert_eq!(one_line("a\r\nb\tc\u{85}"), "a\\r\\nb\\tc\u{fffd}");
    }
}

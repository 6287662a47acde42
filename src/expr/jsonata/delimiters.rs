//! The delimiters of expressions in definitions, `{%` and `%}`.

/// Which of the delimiters `{%` and `%}` a string has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delimiters {
    /// Neither: plain text.
    None,
    /// Both: an expression.
    Both,
    /// Only the opening one.
    OnlyOpening,
    /// Only the closing one.
    OnlyClosing,
}

/// Which delimiters `text` has.
pub fn delimiters(text: &str) -> Delimiters {
    match (text.starts_with("{%"), text.ends_with("%}")) {
        (true, true) if text.len() >= 4 => Delimiters::Both,
        (true, _) => Delimiters::OnlyOpening,
        (false, true) => Delimiters::OnlyClosing,
        (false, false) => Delimiters::None,
    }
}

/// The text between `{%` and `%}` without surrounding whitespace, and its byte offset. `None` unless the whole string is
/// delimited.
pub fn strip(text: &str) -> Option<(&str, usize)> {
    if delimiters(text) != Delimiters::Both {
        return None;
    }
    let inside = &text[2..text.len() - 2];
    let start = inside.len() - inside.trim_start().len();
    Some((inside.trim(), 2 + start))
}

//! The delimiters of expressions in definitions, `{%` and `%}`.

/// How a string stands to the delimiters `{%` and `%}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delimiters {
    /// Neither: plain text.
    None,
    /// Both: an expression.
    Both,
    /// It opens and does not close.
    OnlyOpening,
    /// It closes and does not open.
    OnlyClosing,
}

/// How `text` stands to the delimiters.
pub fn delimiters(text: &str) -> Delimiters {
    match (text.starts_with("{%"), text.ends_with("%}")) {
        (true, true) if text.len() >= 4 => Delimiters::Both,
        (true, _) => Delimiters::OnlyOpening,
        (false, true) => Delimiters::OnlyClosing,
        (false, false) => Delimiters::None,
    }
}

/// What stands between `{%` and `%}`, without the blanks around it, and the byte it begins at. `None` unless
/// the whole string is delimited.
pub fn strip(text: &str) -> Option<(&str, usize)> {
    if delimiters(text) != Delimiters::Both {
        return None;
    }
    let inside = &text[2..text.len() - 2];
    let start = inside.len() - inside.trim_start().len();
    Some((inside.trim(), 2 + start))
}

//! Comma-separated values as an `ItemReader` reads them.
//!
//! Source: developer guide, "`ItemReader` (Map)": every value is a string; a missing cell is empty, a surplus one is
//! dropped; `""` within quotes is a quote; a backslash escapes the next character.

/// The rows of a string. Empty lines are skipped.
pub(super) fn rows(text: &str, delimiter: char) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let mut row: Vec<String> = Vec::new();
    let mut cell = String::new();
    let mut is_quoted = false;
    let mut is_blank = true;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if is_quoted && chars.peek() == Some(&'"') => {
                chars.next();
                cell.push('"');
            }
            '"' if is_quoted => is_quoted = false,
            '"' if cell.is_empty() => (is_quoted, is_blank) = (true, false),
            '\\' => cell.extend(chars.next()),
            '\r' if !is_quoted && chars.peek() == Some(&'\n') => {}
            '\n' if !is_quoted => {
                if !is_blank {
                    row.push(std::mem::take(&mut cell));
                    rows.push(std::mem::take(&mut row));
                }
                is_blank = true;
            }
            c if c == delimiter && !is_quoted => {
                row.push(std::mem::take(&mut cell));
                is_blank = false;
            }
            c => {
                cell.push(c);
                is_blank = false;
            }
        }
    }
    if !is_blank {
        row.push(cell);
        rows.push(row);
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::rows;

    #[test]
    fn quotes_hold_delimiters_and_line_ends() {
        assert_eq!(
            rows("a,\"b,\n\"\"c\"\"\"\r\n1,\\,2\n\n,\n", ','),
            [vec!["a", "b,\n\"c\""], vec!["1", ",2"], vec!["", ""]]
        );
        assert_eq!(rows("x|y\n   ", '|'), [vec!["x", "y"], vec!["   "]]);
        assert_eq!(rows("", ','), Vec::<Vec<String>>::new());
    }
}

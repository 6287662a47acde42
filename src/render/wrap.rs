//! Text in lines of limited width.

/// Wraps text into lines of at most `columns` characters, between words where possible.
pub(super) fn wrap(text: &str, columns: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut width = 0;
    for word in text.split(' ').flat_map(|word| pieces(word, columns)) {
        let length = word.chars().count();
        match lines.last_mut() {
            Some(line) if width + 1 + length <= columns => {
                line.push(' ');
                line.push_str(word);
                width += 1 + length;
            }
            _ => {
                lines.push(word.to_owned());
                width = length;
            }
        }
    }
    lines
}

/// Splits a long word into parts of at most `columns` characters, preferably between its own words: `some_long_|name`,
/// `some|Name`.
fn pieces(word: &str, columns: usize) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = word;
    while let Some((limit, _)) = rest.char_indices().nth(columns.max(1)) {
        let (head, at) = (&rest[..limit], last_word_end(&rest[..limit]));
        let end = at.filter(|&at| at * 3 > head.len()).unwrap_or(limit);
        pieces.push(&rest[..end]);
        rest = &rest[end..];
    }
    pieces.push(rest);
    pieces
}

/// The last position in an identifier at which one of its words ends.
fn last_word_end(word: &str) -> Option<usize> {
    let chars = word.char_indices().zip(word.char_indices().skip(1));
    chars
        .filter(|((_, a), (_, b))| {
            matches!(a, '_' | '-' | '.' | '/' | ':' | ',') || (a.is_lowercase() && b.is_uppercase())
        })
        .map(|(_, (i, _))| i)
        .last()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_wrapped_between_words_and_inside_long_ones() {
        assert_eq!(wrap("one two three", 8), ["one two", "three"]);
        assert_eq!(wrap("abcdefghij k", 4), ["abcd", "efgh", "ij k"]);
        assert_eq!(wrap("is_export_complete", 14), ["is_export_", "complete"]);
        assert_eq!(wrap("TellTheCustomer", 10), ["TellThe", "Customer"]);
        assert_eq!(wrap("", 4), [""]);
    }
}

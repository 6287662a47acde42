//! The patterns of `StringMatches`: `*` stands for any characters, `\*` and `\\` for themselves.

/// A piece of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece {
    /// Any characters, or none.
    Any,
    /// This one.
    Char(char),
}

/// A pattern, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pattern(Vec<Piece>);

impl Pattern {
    /// Reads a pattern; the error is the byte of a backslash that escapes neither `*` nor `\`.
    pub(super) fn parse(text: &str) -> Result<Self, usize> {
        let mut pieces = Vec::new();
        let mut chars = text.char_indices();
        while let Some((at, c)) = chars.next() {
            pieces.push(match c {
                '*' => Piece::Any,
                '\\' => match chars.next() {
                    Some((_, c @ ('*' | '\\'))) => Piece::Char(c),
                    _ => return Err(at),
                },
                c => Piece::Char(c),
            });
        }
        pieces.dedup_by(|a, b| *a == Piece::Any && *b == Piece::Any);
        Ok(Self(pieces))
    }

    /// The one string it matches, where it has no wildcard.
    pub(super) fn literal(&self) -> Option<String> {
        self.0
            .iter()
            .map(|piece| match piece {
                Piece::Any => None,
                Piece::Char(c) => Some(*c),
            })
            .collect()
    }

    /// Whether it matches every string.
    pub(super) fn is_everything(&self) -> bool {
        self.0 == [Piece::Any]
    }

    /// Whether it matches a string as a whole.
    pub(super) fn matches(&self, text: &str) -> bool {
        // `ends[i]`: the pieces so far match the first i characters.
        let chars: Vec<char> = text.chars().collect();
        let mut ends = vec![false; chars.len() + 1];
        ends[0] = true;
        for piece in &self.0 {
            let mut next = vec![false; ends.len()];
            let mut reached = false;
            for i in 0..ends.len() {
                match piece {
                    Piece::Any => {
                        reached |= ends[i];
                        next[i] = reached;
                    }
                    Piece::Char(c) => next[i] = i > 0 && ends[i - 1] && chars[i - 1] == *c,
                }
            }
            ends = next;
        }
        ends.last().copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    fn matches(pattern: &str, text: &str) -> bool {
        Pattern::parse(pattern).unwrap().matches(text)
    }

    #[test]
    fn stars_stand_for_any_characters() {
        assert!(matches("a*", "a") && matches("a*", "abc") && !matches("a*", "ba"));
        assert!(matches("*.log", "x.log") && !matches("*.log", "x.log.gz"));
        assert!(matches("a*b*c", "a-b-c") && matches("**", "") && !matches("", "x"));
    }

    #[test]
    fn a_backslash_escapes_a_star_or_itself() {
        assert!(matches(r"a\*", "a*") && !matches(r"a\*", "ab") && matches(r"\\*", r"\x"));
        assert_eq!(Pattern::parse(r"ab\c"), Err(2));
        assert_eq!(Pattern::parse("é\\"), Err(2));
        assert_eq!(Pattern::parse(r"a\*").unwrap().literal().as_deref(), Some("a*"));
        assert_eq!(Pattern::parse("a*").unwrap().literal(), None);
        assert!(Pattern::parse("**").unwrap().is_everything());
    }
}

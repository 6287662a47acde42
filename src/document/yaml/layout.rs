//! Lines with a changed indentation: maps bytes of the patched text to bytes of the user's text.

use std::collections::HashMap;

/// Patches preserve every line end and, except for the indentation, the length of every line.
#[derive(Debug, Default)]
pub(super) struct Layout {
    source_lines: Vec<usize>,
    patched_lines: Vec<usize>,
    /// By line number, from 0: the length of the indentation now, and in the user's text.
    changed: HashMap<usize, (usize, usize)>,
}

impl Layout {
    /// Indents each line for which `indent` (given its number from 0 and its text) returns a width by that many spaces.
    pub(super) fn reindent(
        &mut self,
        source: &str,
        text: &str,
        mut indent: impl FnMut(usize, &str) -> Option<usize>,
    ) -> String {
        let mut altered = String::with_capacity(text.len());
        for (i, line) in text.split('\n').enumerate() {
            let own = blanks(line);
            match indent(i, line) {
                Some(wanted) => {
                    let users = match self.changed.get(&i) {
                        Some(&(new, users)) => (own + users).saturating_sub(new),
                        None => own,
                    };
                    altered.extend(std::iter::repeat_n(' ', wanted));
                    altered.push_str(&line[own..]);
                    self.changed.insert(i, (wanted, users));
                }
                None => altered.push_str(line),
            }
            altered.push('\n');
        }
        altered.pop();
        self.source_lines = starts(source);
        self.patched_lines = starts(&altered);
        altered
    }

    /// Whether the indentation of a line was changed.
    pub(super) fn has_changed(&self, line: usize) -> bool {
        self.changed.contains_key(&line)
    }

    /// The offset in the user's text.
    pub(super) fn to_source(&self, at: usize) -> usize {
        if self.changed.is_empty() {
            return at;
        }
        let line = self.patched_lines.partition_point(|&s| s <= at).max(1) - 1;
        let column = at - self.patched_lines[line];
        let column = match self.changed.get(&line) {
            Some(&(new, users)) if column >= new => column - new + users,
            Some(&(_, users)) => column.min(users),
            None => column,
        };
        self.source_lines.get(line).map_or(at, |start| start + column)
    }
}

/// The number of spaces and tabs at the start of a line.
pub(super) fn blanks(line: &str) -> usize {
    line.bytes().take_while(|b| matches!(b, b' ' | b'\t')).count()
}

fn starts(text: &str) -> Vec<usize> {
    std::iter::once(0)
        .chain(text.match_indices('\n').map(|(i, _)| i + 1))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn maps_locations_back_to_the_source() {
        let source = "a:\n\tb: 1\n    c: 2\n";
        let mut layout = Layout::default();
        let widths = [None, Some(2), Some(2), None];
        let text = layout.reindent(source, source, |line, _| widths[line]);
        assert_eq!(text, "a:\n  b: 1\n  c: 2\n");
        for (i, c) in text.char_indices().filter(|(_, c)| !c.is_whitespace()) {
            assert_eq!(source[layout.to_source(i)..].chars().next(), Some(c), "{i}");
        }
        assert_eq!(
            (layout.to_source(3), layout.to_source(text.len())),
            (3, source.len())
        );
    }
}

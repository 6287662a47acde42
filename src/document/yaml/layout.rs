//! Lines that were indented anew: which byte of the user's text a byte of the altered one is.

use std::collections::HashMap;

/// Alterations keep every line end and, but for their indentation, the length of every line.
#[derive(Debug, Default)]
pub(super) struct Layout {
    source_lines: Vec<usize>,
    scratch_lines: Vec<usize>,
    /// By line, from 0: how long its indentation is now, and how long the user's is.
    changed: HashMap<usize, (usize, usize)>,
}

impl Layout {
    /// Gives each line of `text` that `indent` names (by its number from 0 and what it has) that many spaces.
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
        self.scratch_lines = starts(&altered);
        altered
    }

    /// Whether a line was indented anew.
    pub(super) fn has_changed(&self, line: usize) -> bool {
        self.changed.contains_key(&line)
    }

    /// The byte of the user's text.
    pub(super) fn to_source(&self, at: usize) -> usize {
        if self.changed.is_empty() {
            return at;
        }
        let line = self.scratch_lines.partition_point(|&s| s <= at).max(1) - 1;
        let column = at - self.scratch_lines[line];
        let column = match self.changed.get(&line) {
            Some(&(new, users)) if column >= new => column - new + users,
            Some(&(_, users)) => column.min(users),
            None => column,
        };
        self.source_lines.get(line).map_or(at, |start| start + column)
    }
}

/// How many blanks begin a line.
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
    fn places_are_found_again() {
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

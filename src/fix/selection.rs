//! Which fixes are applied together.

use super::edits::overlap;
use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::source::{SourceFile, Span};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Which fixes may be applied.
#[derive(Clone, Copy)]
pub struct Policy<'a> {
    /// Whether guesses may be applied, too.
    pub includes_guesses: bool,
    /// Whether the fixes of a rule may be applied.
    pub allows: &'a dyn Fn(&str) -> bool,
}

impl Policy<'_> {
    /// The edits of a finding's fix, if it may be applied.
    fn edits<'d>(&self, diagnostic: &'d Diagnostic) -> Option<&'d [Edit]> {
        let fix = diagnostic.fix.as_ref()?;
        let may_apply = (fix.is_safe || self.includes_guesses) && (self.allows)(diagnostic.rule);
        fix.applicable()
            .ok()
            .filter(|edits| may_apply && !edits.is_empty())
    }

    /// Whether a finding's fix may be applied.
    pub fn permits(&self, diagnostic: &Diagnostic) -> bool {
        self.edits(diagnostic).is_some()
    }
}

/// Fixes that can be applied together.
#[derive(Debug, Default)]
pub struct Selection {
    /// The indexes of the findings whose fixes these are.
    pub findings: Vec<usize>,
    /// The edits of each file, by its name.
    pub files: BTreeMap<String, FileEdits>,
}

/// The edits of a file.
#[derive(Debug)]
pub struct FileEdits {
    /// The file that the edits refer to.
    pub file: Arc<SourceFile>,
    /// The edits, which do not overlap.
    pub edits: Vec<Edit>,
    /// The indexes in `edits` by span.
    by_span: BTreeMap<Span, Vec<usize>>,
}

impl FileEdits {
    fn contains(&self, edit: &Edit) -> bool {
        let same = self.by_span.get(&edit.span);
        same.is_some_and(|same| same.iter().any(|&i| self.edits[i] == *edit))
    }

    /// Whether an edit is not present and overlaps none that is.
    fn is_free(&self, edit: &Edit) -> bool {
        let Span { start, end } = edit.span;
        // Spans that do not overlap are in the order of their starts and of their ends.
        let before = self.by_span.range(..Span::new(start, 0)).next_back();
        let after = self.by_span.range(Span::new(start, 0)..=Span::new(end, u32::MAX));
        let mut near = before.into_iter().chain(after);
        near.all(|(span, _)| !overlap(*span, edit.span)) && !self.contains(edit)
    }
}

impl Selection {
    /// Adds the fix of a finding, unless it overlaps another one. An alias of YAML and several uses of one file give the
    /// same fix more than once.
    fn add(&mut self, index: usize, file: &Arc<SourceFile>, edits: &[Edit]) {
        let of_file = self
            .files
            .entry(file.name().to_owned())
            .or_insert_with(|| FileEdits {
                file: Arc::clone(file),
                edits: Vec::new(),
                by_span: BTreeMap::new(),
            });
        if edits.iter().all(|edit| of_file.contains(edit)) {
            self.findings.push(index);
        } else if edits.iter().all(|edit| of_file.is_free(edit)) {
            self.findings.push(index);
            for edit in edits {
                of_file
                    .by_span
                    .entry(edit.span)
                    .or_default()
                    .push(of_file.edits.len());
                of_file.edits.push(edit.clone());
            }
        }
    }
}

/// The fixes of the findings in `main` and other files that can be applied together, except for those that `skips`
/// excludes by index or content. Fixes that add or remove states are selected only if there are no others.
pub fn select(
    main: &Arc<SourceFile>,
    diagnostics: &[Diagnostic],
    policy: &Policy<'_>,
    skips: &dyn Fn(usize, &Diagnostic) -> bool,
) -> Selection {
    let of_kind = |changes_states: bool| {
        let mut selection = Selection::default();
        for (index, diagnostic) in diagnostics.iter().enumerate() {
            let is_kind = |fix: &Fix| fix.changes_states == changes_states;
            if !diagnostic.fix.as_ref().is_some_and(is_kind) || skips(index, diagnostic) {
                continue;
            }
            if let Some(edits) = policy.edits(diagnostic) {
                selection.add(index, diagnostic.source.as_ref().unwrap_or(main), edits);
            }
        }
        selection
    };
    let others = of_kind(false);
    if others.findings.is_empty() {
        of_kind(true)
    } else {
        others
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Severity;

    /// The indexes of the selected fixes, given whether each changes states, and its edits.
    /// Whether a fix is safe, and the start, end, and text of its edits.
    type SelectionKey<'s> = (bool, &'s [(u32, u32, &'s str)]);

    fn selected(fixes: &[SelectionKey<'_>]) -> Vec<usize> {
        let file = Arc::new(SourceFile::new("a", "0123456789"));
        let finding = |(changes_states, edits): &(bool, &[(u32, u32, &str)])| {
            let edits = edits
                .iter()
                .map(|(start, end, text)| Edit::new(Span::new(*start, *end), *text));
            let mut found = Diagnostic::new("a-rule", Severity::Error, "", Span::new(0, 0));
            found.fix = Some(Fix {
                changes_states: *changes_states,
                ..Fix::safe("", edits.collect::<Vec<_>>())
            });
            found
        };
        let found: Vec<_> = fixes.iter().map(finding).collect();
        let policy = Policy {
            includes_guesses: false,
            allows: &|_| true,
        };
        select(&file, &found, &policy, &|_, _| false).findings
    }

    #[test]
    fn selects_fixes_that_do_not_overlap() {
        for (fixes, expected) in [
            (
                &[
                    (false, &[(0, 2, "a")][..]),
                    (false, &[(1, 3, "b")]),
                    (false, &[(2, 3, "c")]),
                ][..],
                vec![0, 2],
            ),
            (&[(false, &[(4, 6, "a")][..]), (false, &[(0, 9, "b")])], vec![0]),
            (
                &[(false, &[(4, 4, "a")][..]), (false, &[(4, 4, "b")])],
                vec![0, 1],
            ),
            // The same fix of an alias.
            (
                &[(false, &[(4, 6, "a")][..]), (false, &[(4, 6, "a")])],
                vec![0, 1],
            ),
            (
                &[
                    (false, &[(1, 1, ","), (2, 2, "a")][..]),
                    (false, &[(1, 1, ","), (2, 2, "b")]),
                ],
                vec![0],
            ),
            // States change after everything else.
            (&[(true, &[(0, 1, "")][..]), (false, &[(4, 6, "a")])], vec![1]),
            (&[(true, &[(0, 1, "")][..]), (true, &[(4, 6, "")])], vec![0, 1]),
        ] {
            assert_eq!(selected(fixes), expected, "{fixes:?}");
        }
    }
}

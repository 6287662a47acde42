//! Repeated passes over a file, until nothing changes.

use super::edits::{apply, moved};
use super::selection::{Policy, Selection, select};
use super::texts::Texts;
use crate::diagnostic::Diagnostic;
use crate::source::SourceFile;
use std::collections::HashSet;
use std::sync::Arc;

/// The maximum number of passes.
const MAX_PASSES: usize = 10;

/// The maximum number of checks: a change after which a file does not read is taken back and divided.
const MAX_CHECKS: usize = 64;

/// What a check found.
#[derive(Debug)]
pub struct Checked {
    /// The findings in the file and in the files that it references.
    pub diagnostics: Vec<Diagnostic>,
    /// The number of syntax errors in all texts.
    pub syntax_errors: usize,
    /// The number of state machines.
    pub machines: usize,
}

/// The result of [`run`].
#[derive(Debug, Default)]
pub struct Outcome {
    /// The texts of the changed files.
    pub texts: Texts,
    /// The rules of the findings that were fixed, one for each.
    pub fixed: Vec<&'static str>,
    /// The rules whose fixes did not remove their finding, or made a source text unreadable: defects of asl.
    pub defects: Vec<&'static str>,
}

/// The identity of a finding: file, rule, message, and pointer.
type Key = (Option<String>, &'static str, String, String);

fn key(diagnostic: &Diagnostic) -> Key {
    (
        diagnostic.source.as_ref().map(|source| source.name().to_owned()),
        diagnostic.rule,
        diagnostic.message.clone().into_owned(),
        diagnostic.pointer.clone(),
    )
}

/// Applies the fixes of a file, and of files that it references, in passes. `check` checks it with changed texts.
pub fn run<E>(
    main: &Arc<SourceFile>,
    policy: &Policy<'_>,
    mut check: impl FnMut(&Texts) -> Result<Checked, E>,
) -> Result<Outcome, E> {
    let mut outcome = Outcome::default();
    let mut checked = check(&outcome.texts)?;
    let mut checks = 1;
    let mut failed: HashSet<Key> = HashSet::new();
    let mut passes = 0;
    while passes < MAX_PASSES && checks < MAX_CHECKS {
        let current = Arc::clone(outcome.texts.current(main));
        let skips = |_, d: &Diagnostic| !failed.is_empty() && failed.contains(&key(d));
        let mut selection = select(&current, &checked.diagnostics, policy, &skips);
        // A pass that makes a source text unreadable is repeated with half of its fixes.
        loop {
            let Some(texts) = changed(&outcome.texts, &selection).filter(|_| !selection.findings.is_empty())
            else {
                return Ok(outcome);
            };
            let next = check(&texts)?;
            checks += 1;
            let is_readable =
                next.syntax_errors <= checked.syntax_errors && next.machines >= checked.machines;
            if is_readable {
                passes += 1;
                let before = std::mem::replace(&mut checked, next);
                outcome.texts = texts;
                outcome.count(main, &before, &selection, &checked, &mut failed);
                break;
            }
            if let [only] = selection.findings[..] {
                let diagnostic = &checked.diagnostics[only];
                outcome.defects.push(diagnostic.rule);
                failed.insert(key(diagnostic));
                break;
            }
            if checks >= MAX_CHECKS {
                return Ok(outcome);
            }
            let half: HashSet<usize> = selection.findings[..selection.findings.len() / 2]
                .iter()
                .copied()
                .collect();
            selection = select(&current, &checked.diagnostics, policy, &|i, _| !half.contains(&i));
        }
    }
    Ok(outcome)
}

/// The texts after the edits of a selection.
fn changed(texts: &Texts, selection: &Selection) -> Option<Texts> {
    let mut texts = texts.clone();
    for of_file in selection.files.values() {
        let text = apply(texts.current(&of_file.file).text(), &of_file.edits)?;
        texts.set(&of_file.file, text);
    }
    Some(texts)
}

impl Outcome {
    /// Records which of the selected findings are gone.
    fn count(
        &mut self,
        main: &Arc<SourceFile>,
        before: &Checked,
        selection: &Selection,
        after: &Checked,
        failed: &mut HashSet<Key>,
    ) {
        for diagnostic in selection.findings.iter().map(|&i| &before.diagnostics[i]) {
            let file = diagnostic.source.as_ref().unwrap_or(main).name();
            let edits = selection.files.get(file).map_or(&[][..], |f| &f.edits);
            let place = moved(diagnostic.span.start, edits);
            let is_left = |other: &&Diagnostic| {
                Some(other.span.start) == place
                    && other.rule == diagnostic.rule
                    && other.message == diagnostic.message
                    && other.source.as_ref().unwrap_or(main).name() == file
            };
            if let Some(left) = after.diagnostics.iter().find(is_left) {
                self.defects.push(diagnostic.rule);
                failed.insert(key(left));
            } else {
                self.fixed.push(diagnostic.rule);
            }
        }
    }
}

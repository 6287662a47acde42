//! Applying fixes: what is left, what still reads, and what a definition does afterwards.
//!
//! `ASL_FIX_FOLDERS=a:b cargo test --test integration fixing -- --ignored --nocapture` checks every file of other folders in
//! the same way, and prints the errors that a fix has uncovered. A folder whose name is `valid` contains valid files.

mod files;

use aslkit::diagnostic::{Diagnostic, Severity};
use aslkit::document::{Syntax, SyntaxErrorKind};
use aslkit::fix::{self, Checked, Outcome, Overlay, Policy, Texts};
use aslkit::lint::{self, Settings};
use aslkit::source::SourceFile;
use aslkit::template::{self, Expectation, NoFiles};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A text with its name and syntax.
#[derive(Debug, Clone)]
pub(crate) struct Subject {
    source: Arc<SourceFile>,
    syntax: Syntax,
}

/// The name of a text that is not a file's.
pub(crate) const CHANGED: &str = "changed";

const ALL: &dyn Fn(&str) -> bool = &|_| true;

impl Subject {
    pub(crate) fn new(name: &str, text: &str, syntax: Syntax) -> Self {
        Self {
            source: Arc::new(SourceFile::new(name, text)),
            syntax,
        }
    }

    fn read(path: &Path) -> Option<Self> {
        let text = std::fs::read_to_string(path).ok()?;
        let syntax = Syntax::from_path(path).unwrap_or_else(|| Syntax::sniff(&text));
        Some(Self::new(&path.display().to_string(), &text, syntax))
    }

    fn check(&self, texts: &Texts) -> Checked {
        let source = Arc::clone(texts.current(&self.source));
        let document = template::read_file(source, self.syntax);
        let files = Overlay::new(&NoFiles, texts);
        let is_definition = self.source.name().contains(".asl") || self.source.name() == CHANGED;
        let expectation = if is_definition {
            Expectation::Definition
        } else {
            Expectation::MayBeDefinition
        };
        let contents = template::contents(&document, expectation, &files);
        let external = contents.machines.iter().filter(|found| found.is_external());
        let errors = external.flat_map(|found| &found.document().errors);
        let syntax_errors = document
            .errors
            .iter()
            .chain(errors)
            .filter(|error| error.kind != SyntaxErrorKind::DuplicateKey)
            .count();
        Checked {
            diagnostics: lint::check_contents(&document, &contents, &Settings::default()).diagnostics,
            syntax_errors,
            machines: contents.machines.len(),
        }
    }

    /// Fixes never add a syntax error or remove a state machine, in any text.
    pub(crate) fn assert_that_fixes_keep_it_readable(&self) {
        let before = self.check(&Texts::default());
        for includes_guesses in [false, true] {
            let after = self.fixed(includes_guesses);
            assert!(
                after.left.syntax_errors <= before.syntax_errors && after.left.machines >= before.machines,
                "{}",
                after.subject.source.text()
            );
        }
    }

    /// The text after all fixes, and the findings that are left.
    fn fixed(&self, includes_guesses: bool) -> Fixed {
        let policy = Policy {
            includes_guesses,
            allows: ALL,
        };
        let outcome = fix::run(&self.source, &policy, |texts| Ok::<_, ()>(self.check(texts))).unwrap();
        let left = self.check(&outcome.texts);
        let text = outcome.texts.current(&self.source).text().to_owned();
        Fixed {
            subject: Self::new(self.source.name(), &text, self.syntax),
            outcome,
            left,
        }
    }
}

struct Fixed {
    subject: Subject,
    outcome: Outcome,
    left: Checked,
}

/// What must be so after the fixes of a text: a list of what is not.
fn faults(subject: &Subject, includes_guesses: bool) -> Vec<String> {
    let mut faults = Vec::new();
    let before = subject.check(&Texts::default());
    let after = subject.fixed(includes_guesses);
    if !after.outcome.defects.is_empty() {
        faults.push(format!("fixes without an effect: {:?}", after.outcome.defects));
    }
    if after.left.syntax_errors > before.syntax_errors {
        faults.push("the text no longer reads".to_owned());
    }
    let policy = Policy {
        includes_guesses,
        allows: ALL,
    };
    for left in after.left.diagnostics.iter().filter(|d| policy.permits(d)) {
        faults.push(format!("left: {} {}", left.rule, left.message));
    }
    let again = after.subject.fixed(includes_guesses);
    if again.subject.source.text() != after.subject.source.text() {
        faults.push("a second run changes the text".to_owned());
    }
    faults
}

fn errors(checked: &Checked) -> BTreeMap<(&'static str, String), usize> {
    let mut errors = BTreeMap::new();
    let is_error = |d: &&Diagnostic| d.severity == Severity::Error;
    for error in checked.diagnostics.iter().filter(is_error) {
        *errors.entry((error.rule, error.message.to_string())).or_default() += 1;
    }
    errors
}

/// The errors after the fixes that were not there before.
fn uncovered(subject: &Subject) -> Vec<String> {
    let before = errors(&subject.check(&Texts::default()));
    let after = errors(&subject.fixed(true).left);
    let is_new = |(key, count): &(&(&str, String), &usize)| before.get(*key).copied().unwrap_or(0) < **count;
    let new = after.iter().filter(is_new);
    new.map(|((rule, message), _)| format!("{rule}: {message}"))
        .collect()
}

/// How an execution without mocks ends; `None` if it cannot start.
fn execution(subject: &Subject) -> Option<String> {
    let simulator = aslkit::Simulator::new(subject.source.name(), subject.source.text()).ok()?;
    let input = serde_json::json!({"id": 7, "items": [1, 2], "name": "x", "flag": true});
    Some(match simulator.run(&input) {
        Ok(execution) => format!(
            "{:?} {:?} {:?}",
            execution.status, execution.output, execution.states
        ),
        Err(error) => format!("{error}"),
    })
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut folders = vec![folder.to_owned()];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if Syntax::from_path(&path).is_some() || path.extension().is_some_and(|e| e == "asl") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

/// Checks every file below a folder. Returns how many there are.
fn check_folder(folder: &Path, is_valid: bool) -> usize {
    let mut all = Vec::new();
    let files = files_below(folder);
    for path in &files {
        let Some(subject) = Subject::read(path) else {
            continue;
        };
        for includes_guesses in [false, true] {
            let of_run = faults(&subject, includes_guesses);
            all.extend(of_run.into_iter().map(|f| format!("{}: {f}", path.display())));
        }
        let new = uncovered(&subject);
        let had_errors = !errors(&subject.check(&Texts::default())).is_empty();
        if had_errors && !is_valid {
            for error in new {
                println!("uncovered in {}: {error}", path.display());
            }
        } else {
            all.extend(
                new.into_iter()
                    .map(|error| format!("{}: new {error}", path.display())),
            );
            let fixed = subject.fixed(false);
            if fixed.subject.source.text() != subject.source.text()
                && execution(&subject) != execution(&fixed.subject)
            {
                all.push(format!("{}: behaves differently", path.display()));
            }
        }
    }
    assert!(all.is_empty(), "{}", all.join("\n"));
    files.len()
}

#[test]
fn fixtures_are_fixed_in_one_run() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    for folder in ["lint", "definitions", "template"] {
        assert!(check_folder(&fixtures.join(folder), false) > 0);
    }
}

#[test]
#[ignore = "needs folders in ASL_FIX_FOLDERS"]
fn files_of_other_folders_are_fixed_in_one_run() {
    let folders = std::env::var_os("ASL_FIX_FOLDERS")
        .unwrap()
        .into_string()
        .unwrap();
    for folder in folders.split(':').map(Path::new) {
        let is_valid = folder.file_name().is_some_and(|name| name == "valid");
        let count = check_folder(folder, is_valid);
        println!("{}: {count} files", folder.display());
    }
}

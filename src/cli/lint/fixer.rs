//! `--fix`: applies the fixes of one input after another.

use super::args::Args;
use super::check::{self, Checked};
use super::settings::Resolved;
use crate::cli::input::{Disk, Input};
use crate::cli::{CliError, exit, output};
use crate::fix::{self, Outcome, Overlay, Policy, Texts};
use crate::isolation::isolated;
use crate::render::diagnostics::{Fixes, write_patch};
use crate::render::style::Style;
use crate::source::SourceFile;
use crate::template;
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

/// Applies fixes.
pub(super) struct Fixer<'a> {
    args: &'a Args,
    style: Style,
    /// The names of the files that have changed.
    changed: BTreeSet<String>,
    /// The totals.
    pub(super) fixes: Fixes,
}

impl<'a> Fixer<'a> {
    /// Applies fixes as the arguments say.
    pub(super) fn new(args: &'a Args, style: Style) -> Self {
        Self {
            args,
            style,
            changed: BTreeSet::new(),
            fixes: Fixes::default(),
        }
    }

    /// Whether a file changed, or would have.
    pub(super) fn has_changed(&self) -> bool {
        !self.changed.is_empty()
    }

    /// Fixes an input, and the files that it references. Returns what is left to report. A diff is written to `out`.
    pub(super) fn fix(
        &mut self,
        input: &Input,
        resolved: &Resolved,
        checked: Checked,
        out: &mut dyn Write,
    ) -> Result<Checked, CliError> {
        let allows = |rule: &str| resolved.allows_fix(rule);
        let policy = Policy {
            includes_guesses: self.args.unsafe_fixes,
            allows: &allows,
        };
        let findings = &checked.report.diagnostics;
        let is_outdated = |source: &Arc<SourceFile>| self.changed.contains(source.name());
        let is_current = !findings.iter().filter_map(|d| d.source.as_ref()).any(is_outdated);
        if is_current && !findings.iter().any(|d| policy.permits(d)) {
            self.count(&policy, &checked);
            if input.is_stdin() && !self.args.diff {
                print(checked.report.source.text())?;
            }
            return Ok(checked);
        }
        let main = if input.is_stdin() {
            Arc::clone(&checked.report.source)
        } else {
            input.read()?
        };
        // Files that were read before may have changed since.
        let disk =
            Disk::new(&self.args.paths, self.args.allow_outside).with_s3_root(self.args.s3_root.as_deref());
        let settings = resolved.settings_for(input.path());
        let check = |texts: &Texts| {
            let source = Arc::clone(texts.current(&main));
            let syntax = input.syntax(&source);
            let document = template::read_file(source, syntax);
            check::check_document(
                document,
                input,
                self.args.format,
                &settings,
                &Overlay::new(&disk, texts),
            )
        };
        let outcome = fix::run(&main, &policy, |texts| {
            let Checked {
                report,
                syntax_errors,
                ..
            } = isolated(|| check(texts)).map_err(|panic| {
                let message = format!("cannot fix `{}`: asl panicked: {panic}", input.name());
                CliError::new(message).help("this is a bug in asl; please report it")
            })?;
            Ok::<_, CliError>(fix::Checked {
                machines: report.machines.len(),
                diagnostics: report.diagnostics,
                syntax_errors,
            })
        })?;
        for rule in outcome.defects.iter().collect::<BTreeSet<_>>() {
            exit::warn(&format!(
                "the fix of `{rule}` in `{}` did not remove its finding; this is a bug in asl",
                input.name()
            ));
        }
        let left = check(&outcome.texts);
        if self.write(input, &main, &outcome, out)? {
            self.fixes.fixed += outcome.fixed.len();
            self.count(&policy, &left);
            return Ok(left);
        }
        let unchanged = check(&Texts::default());
        self.count(&policy, &unchanged);
        Ok(unchanged)
    }

    /// Counts the findings that only guesses would fix.
    fn count(&mut self, policy: &Policy<'_>, checked: &Checked) {
        let all = Policy {
            includes_guesses: true,
            ..*policy
        };
        let is_guess = |d: &&crate::diagnostic::Diagnostic| all.permits(d) && !policy.permits(d);
        self.fixes.unsafe_fixable += checked.report.diagnostics.iter().filter(is_guess).count();
    }

    /// Writes or prints the changed texts. Returns whether all could be written.
    fn write(
        &mut self,
        input: &Input,
        main: &Arc<SourceFile>,
        outcome: &Outcome,
        out: &mut dyn Write,
    ) -> Result<bool, CliError> {
        let mut is_written = true;
        let is_main = |file: &SourceFile| file.name() == main.name();
        for (before, now) in outcome.texts.changed() {
            if self.args.diff {
                write_patch(before.name(), before.text(), now, self.style, out)?;
            } else if !(is_main(before) && input.is_stdin()) {
                let path = if is_main(before) {
                    input.path()
                } else {
                    Path::new(before.name())
                };
                if !output::replace(path, before.text(), now)? {
                    let name = before.name();
                    exit::warn(&format!(
                        "`{name}` has changed since it was read, so it was not fixed"
                    ));
                    is_written = false;
                    continue;
                }
            }
            self.changed.insert(before.name().to_owned());
        }
        if input.is_stdin() && !self.args.diff {
            print(outcome.texts.current(main).text())?;
        }
        Ok(is_written)
    }
}

/// Prints the text of standard input after its fixes.
fn print(text: &str) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(text.as_bytes())?;
    stdout.flush()
}

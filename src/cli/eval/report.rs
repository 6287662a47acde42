//! What an evaluation prints besides its result: warnings, and errors at their place in the expression.

use crate::cli::{CliError, exit, report};
use crate::diagnostic::{Diagnostic, Severity};
use crate::render::evaluation::{Failure, Outcome};
use crate::render::style::ColorChoice;
use crate::source::{SourceFile, Span, to_offset};
use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

/// The code of errors for expressions that only Step Functions rejects.
pub(super) const REFUSED: &str = "refused";

/// Collects warnings, and prints them before the error.
pub(super) struct Report {
    color: ColorChoice,
    /// The name of the text under report.
    name: String,
    warnings: Vec<(String, Diagnostic)>,
}

impl Report {
    pub(super) fn new(color: ColorChoice) -> Self {
        Self {
            color,
            name: "expression".to_owned(),
            warnings: Vec::new(),
        }
    }

    /// Sets the name of the text under report.
    pub(super) fn name(&mut self, name: &str) {
        name.clone_into(&mut self.name);
    }

    pub(super) fn warn(&mut self, text: &str, range: Range<usize>, message: &str, help: Option<String>) {
        let diagnostic = Diagnostic {
            help: help.map(Cow::from),
            ..Diagnostic::new(REFUSED, Severity::Warning, message.to_owned(), span(range))
        };
        self.warnings.push((text.to_owned(), diagnostic));
    }

    /// Prints the warnings on standard error.
    pub(super) fn print_warnings(&mut self) {
        for (text, diagnostic) in std::mem::take(&mut self.warnings) {
            self.point(&text, diagnostic);
        }
    }

    /// Prints the reason for a missing value to standard error.
    pub(super) fn print_error(&self, outcome: &Outcome) {
        match outcome {
            Outcome::Value(_) => {}
            Outcome::Undefined => {
                exit::warn("the expression returned undefined, which fails a state in Step Functions");
            }
            Outcome::Failed(failure) => self.print_failure(failure),
        }
    }

    fn print_failure(&self, failure: &Failure) {
        let Some((text, range)) = &failure.place else {
            exit::report_error(&sentence(failure));
            return;
        };
        let rule = if failure.code == REFUSED {
            REFUSED
        } else {
            "syntax"
        };
        let diagnostic = Diagnostic {
            help: failure.help.clone().map(Cow::from),
            ..Diagnostic::new(
                rule,
                Severity::Error,
                failure.message.clone(),
                span(range.clone()),
            )
        };
        self.point(text, diagnostic);
    }

    /// Underlines the place in the text, on standard error.
    fn point(&self, text: &str, diagnostic: Diagnostic) {
        let source = Arc::new(SourceFile::new(self.name.clone(), text));
        report::print_colored(self.color, &source, vec![diagnostic]);
    }
}

fn span(range: Range<usize>) -> Span {
    Span::new(to_offset(range.start), to_offset(range.end))
}

/// A failure as a sentence. It includes codes of JSONata and of Step Functions, but none of asl's own.
fn sentence(failure: &Failure) -> CliError {
    let is_own = failure.code.starts_with(|c: char| c.is_ascii_lowercase());
    let message = if is_own {
        failure.message.clone()
    } else {
        format!("{}: {}", failure.code, failure.message)
    };
    let error = CliError::new(message);
    match &failure.help {
        Some(help) => error.help(help.as_str()),
        None => error,
    }
}

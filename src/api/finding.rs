//! A finding with its place in lines and columns.

use crate::diagnostic::{Diagnostic, Severity};
use crate::source::SourceFile;
use std::fmt;

/// What is wrong at one place of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// The rule's name, in kebab case; `asl explain RULE` prints its manual.
    pub rule: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// What is wrong: a sentence without a final period.
    pub message: String,
    /// What to do next.
    pub help: Option<String>,
    /// The name of the file.
    pub file: String,
    /// The line, counted from 1.
    pub line: u32,
    /// The column in characters, counted from 1.
    pub column: u32,
    /// The place as a JSON pointer into the file; empty for the root.
    pub pointer: String,
}

impl Finding {
    pub(super) fn new(diagnostic: Diagnostic, file: &SourceFile) -> Self {
        let file = diagnostic.source.as_deref().unwrap_or(file);
        let start = file.position(diagnostic.span.start);
        Self {
            rule: diagnostic.rule,
            severity: diagnostic.severity,
            message: diagnostic.message.into_owned(),
            help: diagnostic.help.map(std::borrow::Cow::into_owned),
            file: file.name().to_owned(),
            line: start.line,
            column: start.column,
            pointer: diagnostic.pointer,
        }
    }
}

/// `file:line:column: severity[rule]: message`
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            rule,
            message,
            file,
            line,
            column,
            ..
        } = self;
        let severity = self.severity.as_str();
        write!(f, "{file}:{line}:{column}: {severity}[{rule}]: {message}")
    }
}

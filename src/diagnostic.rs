//! What asl has to say about a place in a file: data only; colour and output live in `render`.

use crate::source::{SourceFile, Span};
use std::borrow::Cow;
use std::sync::Arc;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Advice.
    Info,
    /// Deploys, but will surprise.
    Warning,
    /// AWS refuses the definition, or a state is certain to fail whenever it runs.
    Error,
}

impl Severity {
    /// The word that reports print.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A second place that explains the first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Bytes of the same file as the diagnostic's.
    pub span: Span,
    /// What is there, a few words: "first defined here".
    pub message: String,
}

/// Replace some bytes by others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What goes.
    pub span: Span,
    /// What comes.
    pub replacement: String,
}

/// A change that mends the fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// In the imperative: "Rename the key to `a.$`".
    pub title: String,
    /// The edits, in no special order, none overlapping another.
    pub edits: Vec<Edit>,
}

/// What `ValidateStateMachineDefinition` answers for the same fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AwsDiagnostic {
    /// AWS's code, such as `MISSING_TRANSITION_TARGET`.
    pub code: &'static str,
    /// AWS's wording.
    pub message: String,
    /// AWS's location, such as `/States/A/Next`; some answers have none.
    pub location: Option<String>,
}

/// One finding.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    /// The rule's name, kebab-case.
    pub rule: &'static str,
    /// After settings have been applied.
    pub severity: Severity,
    /// What is wrong, one sentence without a full stop.
    pub message: Cow<'static, str>,
    /// Where, as a JSON pointer into the file's data; empty for the root or where there is none.
    pub pointer: String,
    /// Where, in bytes of [`Diagnostic::source`], or of the file under report where that is `None`.
    pub span: Span,
    /// The file the place lies in, where it is not the file under report.
    pub source: Option<Arc<SourceFile>>,
    /// A few words that stand at the underlined place; empty where the message says all.
    pub label: String,
    /// Further places.
    pub related: Vec<Label>,
    /// What to do next.
    pub help: Option<Cow<'static, str>>,
    /// How to mend it by machine.
    pub fix: Option<Fix>,
    /// AWS's own words, where AWS reports it too.
    pub aws: Option<AwsDiagnostic>,
}

impl Diagnostic {
    /// A finding of `rule` at `span`, with nothing else said.
    pub fn new(
        rule: &'static str,
        severity: Severity,
        message: impl Into<Cow<'static, str>>,
        span: Span,
    ) -> Self {
        Self {
            rule,
            severity,
            message: message.into(),
            pointer: String::new(),
            span,
            source: None,
            label: String::new(),
            related: Vec::new(),
            help: None,
            fix: None,
            aws: None,
        }
    }
}

//! Diagnostics as data; colors and output formats are in `render`.

use crate::source::{SourceFile, Span};
use std::borrow::Cow;
use std::sync::Arc;

/// The severity of a diagnostic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Advice.
    Info,
    /// The definition can be deployed, but may behave unexpectedly.
    Warning,
    /// AWS rejects the definition, or a state fails whenever it runs.
    Error,
}

impl Severity {
    /// The name as printed in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A related location.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The span in the same file as the diagnostic.
    pub span: Span,
    /// A short description: "first defined here".
    pub message: String,
}

/// A replacement of some bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The bytes to replace; empty for an insertion.
    pub span: Span,
    /// The new text.
    pub replacement: String,
}

impl Edit {
    /// Replaces the bytes of a span.
    pub fn new(span: Span, replacement: impl Into<String>) -> Self {
        Self {
            span,
            replacement: replacement.into(),
        }
    }

    /// Inserts a source text at an offset.
    pub fn insert(at: u32, text: impl Into<String>) -> Self {
        Self::new(Span::new(at, at), text)
    }

    /// Removes the bytes of a span.
    pub fn remove(span: Span) -> Self {
        Self::new(span, "")
    }
}

/// A change that fixes the problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// A title in the imperative: "rename the key to `a.$`".
    pub title: Cow<'static, str>,
    /// The edits, in any order, not overlapping.
    pub edits: Vec<Edit>,
    /// Whether the fix preserves the meaning or is the only possible repair. A guess may turn a definition that AWS
    /// rejects into one that it accepts and that is wrong.
    pub is_safe: bool,
    /// Whether it adds or removes a state, so that other fixes are applied first.
    pub changes_states: bool,
    /// Why the edits cannot be applied, as a clause: "a template inserts this text".
    pub obstacle: Option<&'static str>,
}

/// The edits of a fix, or why there are none, as a clause.
#[derive(Debug)]
pub struct FixEdits(Result<Vec<Edit>, &'static str>);

impl From<Vec<Edit>> for FixEdits {
    fn from(edits: Vec<Edit>) -> Self {
        Self(Ok(edits))
    }
}

impl From<Result<Vec<Edit>, &'static str>> for FixEdits {
    fn from(edits: Result<Vec<Edit>, &'static str>) -> Self {
        Self(edits)
    }
}

impl Fix {
    /// A fix that preserves the meaning or is the only possible repair.
    pub fn safe(title: impl Into<Cow<'static, str>>, edits: impl Into<FixEdits>) -> Self {
        let FixEdits(edits) = edits.into();
        let obstacle = edits.as_ref().err().copied();
        Self {
            title: title.into(),
            edits: edits.unwrap_or_default(),
            is_safe: true,
            changes_states: false,
            obstacle,
        }
    }

    /// A fix that is a guess.
    pub fn guess(title: impl Into<Cow<'static, str>>, edits: impl Into<FixEdits>) -> Self {
        Self {
            is_safe: false,
            ..Self::safe(title, edits)
        }
    }

    /// Replaces the word `written` at a span by the one that was probably meant; safe if only the case of letters differs.
    pub fn spelling(span: Span, written: &str, meant: &str) -> Self {
        Self {
            is_safe: written.eq_ignore_ascii_case(meant),
            ..Self::safe(format!("replace it with `{meant}`"), vec![Edit::new(span, meant)])
        }
    }

    /// The fix under another title.
    #[must_use]
    pub fn titled(mut self, title: impl Into<Cow<'static, str>>) -> Self {
        self.title = title.into();
        self
    }

    /// The fix, which adds or removes a state.
    #[must_use]
    pub const fn changing_states(mut self) -> Self {
        self.changes_states = true;
        self
    }

    /// The edits, or why they cannot be applied.
    pub fn applicable(&self) -> Result<&[Edit], &'static str> {
        self.obstacle.map_or(Ok(&self.edits), Err)
    }
}

/// The diagnostic that `ValidateStateMachineDefinition` reports for the same problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AwsDiagnostic {
    /// AWS's code, such as `MISSING_TRANSITION_TARGET`.
    pub code: &'static str,
    /// AWS rejects the definition with an error, and accepts it with a warning.
    pub severity: Severity,
    /// AWS's message.
    pub message: String,
    /// AWS's location, such as `/States/A/Next`, if it reports one.
    pub location: Option<String>,
}

/// A diagnostic.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    /// The name of the rule, in kebab case.
    pub rule: &'static str,
    /// The severity after settings have been applied.
    pub severity: Severity,
    /// What is wrong: lowercase, without a final period.
    pub message: Cow<'static, str>,
    /// The location as a JSON pointer into the file's data; empty for the root or if there is none.
    pub pointer: String,
    /// The location in [`Diagnostic::source`], or in the checked file if that is `None`.
    pub span: Span,
    /// The file of the location, if it is not the checked file.
    pub source: Option<Arc<SourceFile>>,
    /// A short label at the underlined location; empty if the message suffices.
    pub label: String,
    /// Related locations.
    pub related: Vec<Label>,
    /// Other locations with the same problem, which are not reported separately.
    pub similar: Vec<Label>,
    /// What to do next.
    pub help: Option<Cow<'static, str>>,
    /// An automatic fix.
    pub fix: Option<Fix>,
    /// AWS's own diagnostic, if AWS reports the problem too.
    pub aws: Option<AwsDiagnostic>,
}

impl Diagnostic {
    /// Moves the diagnostic from a source text joined from several files to the file that contains it. Related locations in
    /// other files are left out.
    pub fn move_to_part(&mut self, joined: &SourceFile) {
        let Some(part) = joined.part_at(self.span.start) else {
            return;
        };
        let is_here = |span: Span| {
            joined
                .part_at(span.start)
                .is_some_and(|other| other.start == part.start)
        };
        self.span = self.span.within(part.start);
        self.related.retain(|label| is_here(label.span));
        for label in &mut self.related {
            label.span = label.span.within(part.start);
        }
        if let Some(fix) = &mut self.fix
            && !fix.edits.iter().all(|edit| is_here(edit.span))
        {
            fix.edits.clear();
            fix.obstacle = Some("it changes several files");
        }
        for edit in self.fix.iter_mut().flat_map(|fix| &mut fix.edits) {
            edit.span = edit.span.within(part.start);
        }
        self.source = Some(Arc::clone(&part.file));
    }

    /// Creates a diagnostic without optional parts.
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
            similar: Vec::new(),
            help: None,
            fix: None,
            aws: None,
        }
    }
}

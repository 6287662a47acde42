//! The linter's settings, and its findings in a source text.

use super::definition;
use super::error::{Error, findings};
use super::finding::Finding;
use crate::diagnostic::Severity;
use crate::lint::{self, Level, Settings, registry};
use crate::spec::WorkflowType;

/// Checks definitions as `asl lint` does.
///
/// ```
/// let definition = r#"{
///   "StartAt": "Charge",
///   "States": {"Charge": {"Type": "Pass", "Next": "Shpi"}, "Ship": {"Type": "Succeed"}}
/// }"#;
/// let findings = aslkit::Linter::new().lint("order.asl.json", definition);
/// let missing = findings.iter().find(|f| f.rule == "missing-target");
/// assert_eq!(missing.map(|f| (f.line, f.column)), Some((3, 49)));
/// ```
#[derive(Debug, Clone, Default)]
pub struct Linter {
    settings: Settings,
}

impl Linter {
    /// A linter with the default settings.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the type of the state machines whose file does not specify it.
    #[must_use]
    pub fn workflow_type(mut self, workflow_type: WorkflowType) -> Self {
        self.settings.workflow_type = workflow_type;
        self
    }

    /// Reports a rule at this severity, or with `None` not at all. Fails where no rule has this name.
    ///
    /// ```
    /// # fn main() -> Result<(), aslkit::Error> {
    /// let linter = aslkit::Linter::new().rule("task-without-timeout", None)?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn rule(mut self, name: &str, severity: Option<Severity>) -> Result<Self, Error> {
        let rule = registry::find(name).ok_or_else(|| Error::UnknownRule(name.to_owned()))?;
        self.settings
            .set(rule, severity.map_or(Level::Allow, Level::Report));
        Ok(self)
    }

    /// The findings in a definition, or in a template that contains definitions. The extension of `name` determines
    /// the syntax; other files that the template names are not read.
    pub fn lint(&self, name: &str, text: &str) -> Vec<Finding> {
        let document = definition::read(name, text);
        let contents = definition::contents(&document);
        let diagnostics = lint::check_contents(&document, &contents, &self.settings).diagnostics;
        findings(diagnostics, &document.source)
    }
}

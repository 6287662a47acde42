//! The level of each rule, and the default workflow type.

use super::registry;
use super::rule::{Check, Rule};
use crate::diagnostic::Severity;
use crate::document::SyntaxErrorKind;
use crate::shape::Declarations;
use crate::spec::WorkflowType;
use crate::template::IssueKind;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// What to do with the findings of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Do not report them.
    Allow,
    /// Report them at a severity.
    Report(Severity),
}

/// The settings of a run.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The type of the machines, unless the template or the file specifies it.
    pub workflow_type: WorkflowType,
    /// Whether to report findings that only follow from another error, too, as AWS does.
    pub report_cascading: bool,
    /// Whether findings also contain AWS's diagnostic.
    pub aws_answers: bool,
    /// When set, the check ends before the next rule, and its report is incomplete.
    pub interrupt: Option<Arc<AtomicBool>>,
    /// What is declared about the data of the machines.
    pub declarations: Declarations,
    levels: Vec<Level>,
}

impl Default for Settings {
    fn default() -> Self {
        let default = |rule: &&Rule| {
            if rule.is_optional {
                Level::Allow
            } else {
                Level::Report(rule.severity)
            }
        };
        Self {
            workflow_type: WorkflowType::Standard,
            report_cascading: false,
            aws_answers: false,
            interrupt: None,
            declarations: Declarations::default(),
            levels: registry::rules().iter().map(default).collect(),
        }
    }
}

impl Settings {
    /// Only the rules whose findings make AWS reject a definition.
    pub(super) fn rejections() -> Self {
        let mut settings = Self::default();
        for (rule, level) in registry::rules().iter().zip(&mut settings.levels) {
            if !rule.is_rejection() {
                *level = Level::Allow;
            }
        }
        settings
    }

    /// Whether the check is to end.
    pub(super) fn is_interrupted(&self) -> bool {
        let interrupt = self.interrupt.as_ref();
        interrupt.is_some_and(|interrupt| interrupt.load(Ordering::Relaxed))
    }

    /// Sets a rule's level.
    pub fn set(&mut self, rule: &'static Rule, level: Level) {
        if let Some(i) = registry::index_of(rule.name) {
            self.levels[i] = level;
        }
    }

    /// A rule's level.
    pub fn level(&self, rule: &Rule) -> Level {
        registry::index_of(rule.name).map_or(Level::Allow, |i| self.levels[i])
    }

    /// The rule that reports syntax errors of a kind, and its severity; `None` if it is off.
    pub(super) fn for_syntax(&self, kind: SyntaxErrorKind) -> Option<(&'static Rule, Severity)> {
        // The correction of a superfluous text is certain; otherwise it is an error like any other.
        let kind = match kind {
            SyntaxErrorKind::Superfluous => SyntaxErrorKind::Malformed,
            kind => kind,
        };
        let reports = |rule: &Rule| matches!(rule.check, Check::Syntax(reported) if reported == kind);
        self.enabled().find(|(rule, _)| reports(rule))
    }

    /// The rule that reports issues of a kind, and its severity; `None` if it is off.
    pub(super) fn for_issue(&self, kind: IssueKind) -> Option<(&'static Rule, Severity)> {
        if kind == IssueKind::NotText {
            return self.for_syntax(SyntaxErrorKind::Malformed);
        }
        let reports = |rule: &Rule| matches!(rule.check, Check::Template(reported) if reported == kind);
        self.enabled().find(|(rule, _)| reports(rule))
    }

    /// The rules that are on, by name, each with the severity it reports at.
    pub(super) fn enabled(&self) -> impl Iterator<Item = (&'static Rule, Severity)> + use<'_> {
        let is_on = |(rule, level): (&&'static Rule, &Level)| match level {
            Level::Report(severity) => Some((*rule, *severity)),
            Level::Allow => None,
        };
        registry::rules().iter().zip(&self.levels).filter_map(is_on)
    }
}

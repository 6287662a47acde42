//! The state of one run over one machine.

use super::context::Context;
use super::finding::{Findings, Target};
use super::rule::Rule;
use super::settings::{Level, Settings};
use super::tainted_fields::TaintedFields;
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::{Document, Node};

/// One run over one machine.
pub(crate) struct Run<'a, 'd> {
    pub(crate) cx: &'a Context<'a, 'd>,
    pub(super) target: Target<'a>,
    pub(super) settings: &'a Settings,
    /// The fields in which [`super::schema`] found an error, for the rules that run after it.
    pub(crate) tainted: TaintedFields,
    pub(super) out: Vec<Diagnostic>,
}

impl Run<'_, '_> {
    /// Collects the findings of a rule; `None` if it is off.
    pub(crate) fn findings(&mut self, rule: &'static Rule) -> Option<Findings<'_>> {
        let Level::Report(level) = self.settings.level(rule) else {
            return None;
        };
        Some(self.collector(rule, level))
    }

    /// Collects the findings of a rule at a level.
    pub(super) fn collector(&mut self, rule: &'static Rule, level: Severity) -> Findings<'_> {
        collector(rule, level, &self.target, &self.tainted, &mut self.out)
    }
}

/// A machine in a document; `root` is the tree that contains it.
pub(super) const fn target<'a>(
    root: &'a Node,
    machine: &'a Node,
    document: &Document,
    settings: &Settings,
) -> Target<'a> {
    Target {
        root,
        machine,
        is_whole: document.is_whole,
        report_cascading: settings.report_cascading,
        aws_answers: settings.aws_answers,
    }
}

/// Collects the findings of a rule at a level.
pub(super) fn collector<'a>(
    rule: &'static Rule,
    level: Severity,
    target: &'a Target<'a>,
    tainted: &'a TaintedFields,
    out: &'a mut Vec<Diagnostic>,
) -> Findings<'a> {
    Findings {
        rule: rule.name,
        aws: rule.aws,
        level,
        is_fixed: level != rule.severity,
        target,
        tainted,
        out,
    }
}

//! The state of one run over one machine.

use super::context::Context;
use super::finding::Findings;
use super::rule::Rule;
use super::settings::{Level, Settings};
use super::tainted_fields::TaintedFields;
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::Node;

/// One run over one machine.
pub(crate) struct Run<'a, 'd> {
    pub(crate) cx: &'a Context<'a, 'd>,
    pub(super) root: &'a Node,
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
        Findings {
            rule,
            level,
            root: self.root,
            machine: self.cx.machine.node,
            is_whole: self.cx.document.is_whole,
            settings: self.settings,
            tainted: &self.tainted,
            out: &mut self.out,
        }
    }
}

//! The state of one run over one machine.

use super::context::Context;
use super::doubt::Doubts;
use super::finding::Findings;
use super::rule::Rule;
use super::settings::{Level, Settings};
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::Node;

/// One run over one machine.
pub(crate) struct Run<'a, 'd> {
    pub(crate) cx: &'a Context<'a, 'd>,
    pub(super) root: &'a Node,
    pub(super) settings: &'a Settings,
    /// What [`super::schema`] found at fault, for the rules that come after it.
    pub(crate) doubts: Doubts,
    pub(super) out: Vec<Diagnostic>,
}

impl Run<'_, '_> {
    /// Where a rule hands in, or `None` where it is off.
    pub(crate) fn findings(&mut self, rule: &'static Rule) -> Option<Findings<'_>> {
        let Level::Report(level) = self.settings.level(rule) else {
            return None;
        };
        Some(self.handing_in(rule, level))
    }

    /// Where a rule hands in that is on at a level.
    pub(super) fn handing_in(&mut self, rule: &'static Rule, level: Severity) -> Findings<'_> {
        Findings {
            rule: rule.name,
            aws: rule.aws,
            level,
            is_fixed: level != rule.severity,
            root: self.root,
            machine: self.cx.machine.node,
            is_whole: self.cx.document.is_whole,
            with_consequences: self.settings.with_consequences,
            doubts: &self.doubts,
            out: &mut self.out,
        }
    }
}

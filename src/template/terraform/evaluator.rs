//! The state of an evaluation.

use super::sources::Sources;
use super::value;
use crate::document::Node;
use crate::source::Span;
use crate::template::issue::TemplateIssue;
use std::cell::{Cell, RefCell};

/// The maximum number of issues of a resource.
const MAX_ISSUES: usize = 1000;

/// Evaluates expressions for one resource.
pub(super) struct Evaluator<'e> {
    pub(super) sources: &'e Sources<'e>,
    /// The name of the resource, for messages.
    pub(super) owner: String,
    pub(super) issues: RefCell<Vec<TemplateIssue>>,
    /// The names in a template that are not among its variables.
    pub(super) undefined: RefCell<Vec<(String, Span)>>,
    /// What is assumed of conditions of directives that are unknown.
    pub(super) assumed: RefCell<Vec<(String, bool)>>,
    pub(super) depth: Cell<usize>,
    /// Whether an expression was nested too deeply, which is reported once.
    pub(super) is_too_deep: Cell<bool>,
    /// Whether the default of a variable that a user may set has been used.
    pub(super) is_changeable: Cell<bool>,
}

impl<'e> Evaluator<'e> {
    pub(super) fn new(sources: &'e Sources<'e>, owner: &str) -> Self {
        Self {
            sources,
            owner: owner.to_owned(),
            issues: RefCell::default(),
            undefined: RefCell::default(),
            assumed: RefCell::default(),
            depth: Cell::new(0),
            is_too_deep: Cell::new(false),
            is_changeable: Cell::new(false),
        }
    }

    pub(super) fn report(&self, issue: TemplateIssue) {
        let mut issues = self.issues.borrow_mut();
        let is_same = |other: &TemplateIssue| other.span == issue.span && other.message == issue.message;
        if issues.len() < MAX_ISSUES && !issues.iter().any(is_same) {
            issues.push(issue);
        }
    }

    /// The value that `read` finds in a value, or in each of its alternatives.
    #[expect(clippy::unused_self, reason = "it belongs to the evaluator")]
    pub(super) fn each_alternative(
        &self,
        value: &Node,
        span: Span,
        read: &dyn Fn(&Node) -> Option<Node>,
    ) -> Option<Node> {
        match value::alternatives(value) {
            None => read(value),
            Some(values) => {
                let each = |value: &Node| read(value).unwrap_or_else(|| value::unknown(span));
                Some(value::either(values.iter().map(each).collect(), span))
            }
        }
    }
}

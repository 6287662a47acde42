//! The state of an evaluation.

use super::sources::Sources;
use super::value;
use crate::document::Node;
use crate::source::Span;
use crate::template::issue::TemplateIssue;
use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

/// The maximum number of issues of a resource.
const MAX_ISSUES: usize = 1000;

/// Names of variables.
pub(super) type Variables = BTreeSet<String>;

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
    /// The variables that a user may set, and whose defaults have been used.
    pub(super) defaults: RefCell<Variables>,
    /// Those that the collections of the current iterations depend on: what depends only on them holds for these items.
    pub(super) fixed: RefCell<Variables>,
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
            defaults: RefCell::default(),
            fixed: RefCell::default(),
        }
    }

    /// Calls `read`, and also returns the variables whose defaults it has used.
    pub(super) fn with_defaults<T>(&self, read: impl FnOnce() -> T) -> (T, Variables) {
        let outer = self.defaults.take();
        let found = read();
        (found, self.defaults.replace(outer))
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

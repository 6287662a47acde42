//! Reading the definition of a resource, and reporting why it cannot be read.

use super::contents::Contents;
use super::files::{Base, syntax_of};
use super::issue::{IssueKind, TemplateIssue};
use super::machine::{EmbeddedMachine, Origin};
use super::read_budget::{MAX_OUTCOMES, ReadBudget};
use super::resource::Resource;
use crate::document::{Document, read};
use crate::source::Span;

/// A definition that was read.
pub(super) struct Definition {
    pub(super) document: Document,
    /// Whether it is in a string of the file.
    pub(super) is_text: bool,
    /// Whether it is another outcome of the conditions of the previous one.
    pub(super) is_alternative: bool,
    /// The value that contains or references it.
    pub(super) span: Span,
    /// The JSON pointer of that value in the data of the checked file.
    pub(super) pointer: String,
    /// Its JSON pointer in the other file that it is in, if any.
    pub(super) inner: String,
}

impl Resource {
    /// Stores a definition of this resource, unless the budget is spent.
    pub(super) fn add_definition(
        &mut self,
        definition: Definition,
        budget: &ReadBudget<'_>,
        contents: &mut Contents<'_>,
    ) {
        let Definition {
            document,
            is_text,
            is_alternative,
            span,
            pointer,
            inner,
        } = definition;
        if !budget.take_definition() {
            self.issues.extend(budget.issue(span));
            return;
        }
        contents.machines.push(EmbeddedMachine {
            name: Some(self.name.clone()),
            container: self.container,
            workflow_type: self.configuration.workflow_type,
            pointer,
            inner,
            is_text,
            is_alternative,
            origin: Origin::owned(document, span),
        });
    }

    /// Reports that a definition is unknown until deployment.
    pub(super) fn cannot_read(&mut self, span: Span, message: impl Into<String>) {
        self.issues
            .push(TemplateIssue::new(IssueKind::Unreadable, span, message));
    }

    /// Reports that a definition has more outcomes than are checked.
    pub(super) fn has_more_outcomes(&mut self, span: Span) {
        self.cannot_read(
            span,
            format!("conditions of this definition have more than {MAX_OUTCOMES} outcomes; the others were not read"),
        );
    }

    /// Reads the file that is the definition of the resource and is referenced at `span`; reports why if it cannot be read.
    pub(super) fn open(
        &mut self,
        path: &str,
        span: Span,
        base: Base,
        budget: &ReadBudget<'_>,
    ) -> Option<Document> {
        let document = self.open_any(path, span, base, budget)?;
        if document.source.text() == self.source.text() {
            self.cannot_read(
                span,
                format!("`{path}` refers to this file, which is not a definition"),
            );
            return None;
        }
        Some(document)
    }

    /// Reads a file that the resource references at `span`; reports why if it cannot be read.
    pub(super) fn open_any(
        &mut self,
        path: &str,
        span: Span,
        base: Base,
        budget: &ReadBudget<'_>,
    ) -> Option<Document> {
        let from = self.source.name();
        let source = budget.open_at(from, path, span, base, &mut self.issues)?;
        let syntax = syntax_of(&source);
        Some(read(source, syntax))
    }
}

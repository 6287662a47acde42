//! Reading the definition of a resource, and reporting why it cannot be read.

use super::contents::Contents;
use super::files::{Base, OpenError, OpenedFile, syntax_of};
use super::issue::{IssueKind, TemplateIssue};
use super::machine::{EmbeddedMachine, Origin};
use super::read_budget::{MAX_OUTCOMES, ReadBudget};
use super::resource::Resource;
use crate::document::{Document, Node, NodeKind, read};
use crate::prose;
use crate::source::Span;

/// A definition that was read.
pub(super) struct Definition {
    pub(super) document: Document,
    /// Whether it is in a string of the file.
    pub(super) is_text: bool,
    /// The value that contains or references it.
    pub(super) span: Span,
    /// The JSON pointer of that value in the data of the checked file.
    pub(super) pointer: String,
    /// Its JSON pointer in the other file that it is in, if any.
    pub(super) inner: String,
}

impl Resource {
    /// Stores a definition of this resource, unless the budget is spent.
    pub(super) fn hold(
        &mut self,
        definition: Definition,
        budget: &ReadBudget<'_>,
        contents: &mut Contents<'_>,
    ) {
        let Definition {
            document,
            is_text,
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
            origin: Origin::Owned {
                document: Box::new(document),
                nothing: Node::new(NodeKind::Unknown, span),
            },
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
        if path.trim().is_empty() {
            self.cannot_read(span, "definition path is empty");
            return None;
        }
        let issue = match budget.open(self.source.name(), path, base) {
            Ok(OpenedFile { source, spelling }) => {
                if let Some(real) = spelling {
                    let message = format!("`{path}` is spelled `{real}` on disk");
                    let issue = TemplateIssue::new(IssueKind::MisspeltFile, span, message);
                    self.issues
                        .push(issue.help("case-sensitive file systems will not find it"));
                }
                let syntax = syntax_of(&source);
                return Some(read(source, syntax));
            }
            Err(OpenError::Missing { close }) => {
                let message = format!("file not found: `{path}`");
                let issue = TemplateIssue::new(IssueKind::MissingFile, span, message);
                match close {
                    Some(close) => issue.help(prose::similar_name("file", close)),
                    None => issue.help("the path is relative to the template's directory"),
                }
            }
            Err(OpenError::Outside) => TemplateIssue::new(
                IssueKind::Unreadable,
                span,
                format!("`{path}` was not read because it is outside the checked directory"),
            )
            .help("check a directory that contains both, or pass `--allow-outside`"),
            Err(OpenError::Failed(why)) => TemplateIssue::new(IssueKind::Unreadable, span, why),
            Err(OpenError::NotText { message, help }) => {
                TemplateIssue::new(IssueKind::NotText, span, message).help(help)
            }
        };
        self.issues.push(issue);
        None
    }
}

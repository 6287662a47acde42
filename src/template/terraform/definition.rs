//! From the value of an expression to the definitions that it may be.

use super::evaluator::Evaluator;
use super::sources::Sources;
use super::value;
use crate::document::{Document, JoinedText, Node, NodeKind, Syntax, read};
use crate::template::read_budget::MAX_OUTCOMES;
use std::sync::Arc;

/// A definition that was found.
pub(super) struct Candidate {
    pub(super) document: Document,
    /// Whether it is in a string of a Terraform file.
    pub(super) is_text: bool,
    /// Its JSON pointer in the other file of the configuration that contains it.
    pub(super) inner: String,
}

impl Candidate {
    /// Whether it is at the same place as another one.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        let root = |candidate: &Self| candidate.document.roots.first().map(|root| root.span);
        self.document.source.name() == other.document.source.name() && root(self) == root(other)
    }
}

impl Evaluator<'_> {
    /// The definitions that a value may be: one, or one per alternative. An empty value is the default of a variable
    /// that is meant to be set.
    pub(super) fn candidates(&self, value: &Node, found: &mut Vec<Candidate>) {
        if let Some(values) = value::alternatives(value) {
            for value in values {
                self.candidates(value, found);
            }
            return;
        }
        if let Some(value) = value::decoded(value) {
            return self.candidates(value, found);
        }
        let candidate = match &value.kind {
            NodeKind::Object(members) if !members.is_empty() => {
                let states = members.iter().position(|m| m.key.as_str() == "States");
                let states = states.and_then(|at| Some((at, value::alternatives(&members[at].value)?)));
                if let Some((at, states)) = states {
                    for states in states.iter().take(MAX_OUTCOMES) {
                        let mut members = self.sources.budget.copy(value);
                        if let NodeKind::Object(members) = &mut members.kind {
                            members[at].value = states.clone();
                        }
                        found.extend(self.object_definition(&members));
                    }
                    return;
                }
                self.object_definition(value)
            }
            NodeKind::String(text) if !Sources::is_blank(text) && text.trim() != "{}" => {
                self.text_definition(value)
            }
            _ => None,
        };
        found.extend(candidate);
    }

    /// The template of CloudFormation that a value is, if it is written in a Terraform file.
    pub(super) fn stack_template(&self, value: &Node) -> Option<Document> {
        let value = value::decoded(value).unwrap_or(value);
        let document = match &value.kind {
            NodeKind::Object(_) if !self.sources.budget.is_spent() => Document {
                source: self.sources.main_file(),
                syntax: Syntax::Hcl,
                roots: vec![self.sources.budget.copy(value)],
                errors: Vec::new(),
                is_whole: true,
            },
            NodeKind::String(text)
                if self.sources.is_terraform(value.span) && self.sources.budget.take(text.len()) =>
            {
                let mut joined = JoinedText::default();
                self.sources.append(&mut joined, text);
                self.sources.parse(joined, Syntax::Yaml11, value.span)
            }
            _ => return None,
        };
        Some(self.sources.relocate(document))
    }

    fn object_definition(&self, value: &Node) -> Option<Candidate> {
        if self.sources.budget.is_spent() {
            return None;
        }
        let document = Document {
            source: self.sources.main_file(),
            syntax: Syntax::Hcl,
            roots: vec![self.sources.budget.copy(value)],
            errors: Vec::new(),
            is_whole: true,
        };
        Some(self.candidate(document, value, false))
    }

    fn text_definition(&self, value: &Node) -> Option<Candidate> {
        let text = value.as_text()?;
        if let Some((part, syntax)) = self.sources.syntax_of(value)
            && text.len() == part.file.text().len()
            && text.as_str() == part.file.text()
        {
            return Some(Candidate {
                document: read(Arc::clone(&part.file), syntax),
                is_text: false,
                inner: String::new(),
            });
        }
        let mut joined = JoinedText::default();
        if !self.sources.budget.take(text.len()) {
            return None;
        }
        self.sources.append(&mut joined, text);
        let document = self.sources.parse(joined, Syntax::Json, value.span);
        Some(self.candidate(document, value, true))
    }

    fn candidate(&self, document: Document, value: &Node, is_text: bool) -> Candidate {
        Candidate {
            document: self.sources.relocate(document),
            is_text: is_text && self.sources.is_terraform(value.span),
            inner: self.sources.pointer_to_other(value.span),
        }
    }
}

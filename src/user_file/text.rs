//! JSON and YAML as a tree, every syntax error in its place.

use super::errors::{Errors, invalid};
use crate::diagnostic::{Diagnostic, Label};
use crate::document::{self, Node, NodeKind, Syntax};
use crate::source::{SourceFile, Span};
use std::borrow::Cow;
use std::sync::Arc;

/// Reads a JSON or YAML file of one document; else everything that is wrong with its text.
pub fn read(source: Arc<SourceFile>, syntax: Syntax) -> Result<Node, Vec<Diagnostic>> {
    let root = read_value(source, syntax)?;
    if root.is_null() {
        return Err(vec![invalid(root.span, "the file is empty")]);
    }
    Ok(root)
}

/// Reads a text of one JSON or YAML value, which may be `null`.
pub fn read_value(source: Arc<SourceFile>, syntax: Syntax) -> Result<Node, Vec<Diagnostic>> {
    let mut document = document::read(source, syntax);
    let mut errors = Errors::default();
    errors.extend(document.errors.drain(..).map(|fault| {
        Diagnostic {
            help: fault.help.map(Cow::from),
            related: fault
                .first
                .map(|span| Label {
                    span,
                    message: "first here".into(),
                })
                .into_iter()
                .collect(),
            ..invalid(fault.span, fault.message)
        }
    }));
    if let Some(second) = document.roots.get(1) {
        errors.add(second.span, "expected a single document, found a second one");
    }
    let root = document.roots.drain(..).next();
    errors.into_result(root.unwrap_or(Node::new(NodeKind::Null, Span::default())))
}

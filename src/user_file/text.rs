//! JSON and YAML as a tree, every syntax error in its place.

use super::errors::{Errors, invalid};
use crate::diagnostic::{Diagnostic, Label};
use crate::document::{self, Node, NodeKind, Syntax};
use crate::source::{SourceFile, Span};
use std::sync::Arc;

/// Reads a JSON or YAML file of one document; otherwise returns all errors in its text.
pub fn read(source: Arc<SourceFile>, syntax: Syntax) -> Result<Node, Vec<Diagnostic>> {
    let root = read_value(source, syntax)?;
    if root.is_null() {
        return Err(vec![invalid(root.span, "the file is empty")]);
    }
    Ok(root)
}

/// Reads a source text of one JSON or YAML value, which may be `null`.
pub fn read_value(source: Arc<SourceFile>, syntax: Syntax) -> Result<Node, Vec<Diagnostic>> {
    let mut document = document::read(source, syntax);
    let mut errors = Errors::default();
    errors.extend(document.errors.drain(..).map(|fault| {
        let first = fault.first.map(|span| Label {
            span,
            message: "first here".into(),
        });
        Diagnostic {
            help: fault.help_for_data().map(|help| help.to_owned().into()),
            related: first.into_iter().collect(),
            ..invalid(fault.span, fault.message)
        }
    }));
    if let Some(second) = document.roots.get(1) {
        errors.add(second.span, "expected a single document, found a second one");
    }
    let root = document.roots.drain(..).next();
    if syntax == Syntax::Yaml
        && let Some(root) = &root
    {
        unknown_tags(root, &mut errors);
    }
    errors.into_result(root.unwrap_or(Node::new(NodeKind::Null, Span::default())))
}

/// Reports tags, which user files do not support; their values would be read as `null`.
fn unknown_tags(node: &Node, errors: &mut Errors) {
    match &node.kind {
        NodeKind::Array(items) => items.iter().for_each(|item| unknown_tags(item, errors)),
        NodeKind::Object(members) => members.iter().for_each(|m| unknown_tags(&m.value, errors)),
        NodeKind::Tagged(tagged) => errors.add_with_help(
            tagged.tag_span,
            format!("unknown tag `{}`", tagged.tag),
            "remove the tag; put the value in quotes if it begins with `!`",
        ),
        _ => {}
    }
}

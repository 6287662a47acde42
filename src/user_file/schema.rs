//! A file held to its JSON schema, every violation in its place.

use super::errors::{Errors, described, invalid, unknown_name};
use super::text;
use crate::diagnostic::Diagnostic;
use crate::document::{Node, NodeKind, Syntax};
use crate::source::{SourceFile, Span};
use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind;
use serde_json::Value;
use std::sync::Arc;

/// Reads a JSON or YAML file and validates it; else everything that is wrong with it. The tree has the shape of its
/// schema, so a typed reader may rely on that shape.
pub fn read_valid(source: Arc<SourceFile>, syntax: Syntax, schema: &Value) -> Result<Node, Vec<Diagnostic>> {
    let root = text::read(source, syntax)?;
    let mut errors = Errors::default();
    errors.extend(violations(&root, schema));
    errors.into_result(root)
}

/// What of a tree its schema does not allow.
fn violations(root: &Node, schema: &Value) -> Vec<Diagnostic> {
    let value = root.to_json();
    // A schema that does not compile allows everything; a test compiles each.
    let Ok(validator) = jsonschema::validator_for(schema) else {
        return Vec::new();
    };
    let errors = validator.iter_errors(&value);
    errors.flat_map(|error| errors_of(root, schema, &error)).collect()
}

fn errors_of(root: &Node, schema: &Value, error: &ValidationError<'_>) -> Vec<Diagnostic> {
    let path = error.instance_path().as_str();
    let node = at(root, path).unwrap_or(root);
    let keyword = error.schema_path().as_str();
    let parent = keyword
        .rsplit_once('/')
        .and_then(|(parent, _)| schema.pointer(parent));
    let name = path.rsplit_once('/').map_or("", |(_, name)| name);
    match error.kind() {
        ValidationErrorKind::AdditionalProperties { unexpected } => {
            let known = parent.and_then(|p| p["properties"].as_object());
            let known = known.into_iter().flat_map(|p| p.keys().map(String::as_str));
            let of = |key: &String| {
                let span = node.member(key).map_or(node.span, |m| m.key_span);
                unknown_name(span, "key", format!("unknown key `{key}`"), key, known.clone())
            };
            unexpected.iter().map(of).collect()
        }
        ValidationErrorKind::Required { property } => {
            let property = property.as_str().unwrap_or_default();
            vec![invalid(first_line(node), format!("missing key `{property}`"))]
        }
        _ => {
            let wanted = parent.and_then(|p| p["title"].as_str());
            let message = match wanted {
                Some(_) if name.is_empty() => format!("expected an object, found {}", described(node)),
                Some(wanted) => format!("`{}` is not {wanted}", unescape(name)),
                None => error.to_string(),
            };
            vec![invalid(first_line(node), message)]
        }
    }
}

/// What to underline of a value: an object may be as long as the file.
fn first_line(node: &Node) -> Span {
    match node.kind {
        NodeKind::Object(_) | NodeKind::Array(_) => Span::new(node.span.start, node.span.start + 1),
        _ => node.span,
    }
}

/// The node at a JSON pointer.
fn at<'d>(root: &'d Node, pointer: &str) -> Option<&'d Node> {
    pointer
        .split('/')
        .skip(1)
        .try_fold(root, |node, part| match &node.kind {
            NodeKind::Array(items) => items.get(part.parse::<usize>().ok()?),
            _ => node.get(&unescape(part)),
        })
}

fn unescape(part: &str) -> String {
    part.replace("~1", "/").replace("~0", "~")
}

//! Files that a user writes for this command: read, and held to their schema, every fault in its place.
//!
//! After [`read`] a file has the shape of its schema, so what is made of it may trust that shape.

use crate::diagnostic::{Diagnostic, Severity};
use crate::document::{self, Document, Node, NodeKind, Syntax};
use crate::source::{SourceFile, Span};
use crate::spelling::closest;
use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind;
use serde_json::{Map, Number, Value};
use std::borrow::Cow;
use std::sync::Arc;

/// The name that faults of such a file are reported under.
const FAULT: &str = "invalid-file";

/// Names that help lists where none is close.
const NAMED: usize = 12;

/// A file that has the shape of its schema.
#[derive(Debug)]
pub struct Checked {
    /// The file.
    pub document: Document,
}

impl Checked {
    /// The tree.
    pub fn root(&self) -> Option<&Node> {
        self.document.roots.first()
    }
}

/// Reads a text and holds it to a schema; else all that is wrong with it.
pub fn read(source: Arc<SourceFile>, syntax: Syntax, schema: &Value) -> Result<Checked, Vec<Diagnostic>> {
    let document = document::read(source, syntax);
    let of_text = |fault: &document::Fault| {
        let mut found = self::fault(fault.span, fault.message.clone());
        found.help = fault.help.clone().map(Cow::from);
        found
    };
    let mut faults: Vec<Diagnostic> = document.faults.iter().map(of_text).collect();
    match document.roots.as_slice() {
        [] if faults.is_empty() => faults.push(fault(Span::default(), "The file is empty")),
        [root] if faults.is_empty() => faults.extend(shape(root, schema)),
        [_, second, ..] => faults.push(fault(second.span, "The file holds a second document")),
        _ => {}
    }
    if faults.is_empty() {
        return Ok(Checked { document });
    }
    faults.sort_by_key(|fault| fault.span);
    Err(faults)
}

/// A fault at a place.
pub fn fault(span: Span, message: impl Into<Cow<'static, str>>) -> Diagnostic {
    Diagnostic::new(FAULT, Severity::Error, message, span)
}

/// A fault of a name that is not among those there are.
pub fn unknown<'n>(
    span: Span,
    message: String,
    name: &str,
    names: impl Iterator<Item = &'n str> + Clone,
) -> Diagnostic {
    let mut fault = fault(span, message);
    let help = closest(name, names.clone()).map_or_else(
        || {
            let (count, first): (usize, Vec<&str>) = (names.clone().count(), names.take(NAMED).collect());
            let more = if count > NAMED {
                format!(" and {} more", count - NAMED)
            } else {
                String::new()
            };
            format!("there are {}{more}", first.join(", "))
        },
        |close| format!("did you mean `{close}`?"),
    );
    fault.help = Some(help.into());
    fault
}

/// What of a tree its schema does not allow.
fn shape(root: &Node, schema: &Value) -> Vec<Diagnostic> {
    let value = to_value(root);
    // A schema that does not compile allows everything; a test compiles each.
    let Ok(validator) = jsonschema::validator_for(schema) else {
        return Vec::new();
    };
    let errors = validator.iter_errors(&value);
    errors.flat_map(|error| faults_of(root, schema, &error)).collect()
}

fn faults_of(root: &Node, schema: &Value, error: &ValidationError<'_>) -> Vec<Diagnostic> {
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
                unknown(span, format!("There is no `{key}` here"), key, known.clone())
            };
            unexpected.iter().map(of).collect()
        }
        ValidationErrorKind::Required { property } => {
            let property = property.as_str().unwrap_or_default();
            vec![fault(first_line(node), format!("`{property}` is missing"))]
        }
        _ => {
            let wanted = parent.and_then(|p| p["title"].as_str());
            let message = match wanted {
                Some(wanted) if name.is_empty() => format!("The file is not {wanted}"),
                Some(wanted) => format!("`{}` is not {wanted}", unescape(name)),
                None => error.to_string(),
            };
            vec![fault(first_line(node), message)]
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

/// The tree as plain JSON. A number that JSON cannot hold becomes `null`, which no schema here allows.
pub fn to_value(node: &Node) -> Value {
    match &node.kind {
        NodeKind::Null | NodeKind::Unknown | NodeKind::Tagged(_) => Value::Null,
        NodeKind::Bool(b) => Value::Bool(*b),
        NodeKind::Number(text) => {
            let whole = text.parse::<u64>().ok().map(Number::from);
            let float = || text.parse::<f64>().ok().and_then(Number::from_f64);
            whole.or_else(float).map_or(Value::Null, Value::Number)
        }
        NodeKind::String(text) => Value::String(text.as_str().to_owned()),
        NodeKind::Array(items) => items.iter().map(to_value).collect(),
        NodeKind::Object(members) => {
            let members = members
                .iter()
                .map(|m| (m.key.as_str().to_owned(), to_value(&m.value)));
            Value::Object(members.collect::<Map<_, _>>())
        }
    }
}

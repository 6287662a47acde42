//! The text of shapes, which reads like a TypeScript type.

use super::constants::Constants;
use super::types::Array;
use super::types::Object;
use super::types::{Shape, Union};
use crate::prose;
use crate::value::Value;
use std::fmt::{self, Display, Write as _};

/// The maximum number of fields of an object in a short text.
const MAX_FIELDS: usize = 8;

/// The maximum number of characters of a value in a short text.
const MAX_VALUE: usize = 40;

impl Display for Shape {
    /// On one line: `{ id: string; lines?: { sku: string }[] } | null`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any => f.write_str("any"),
            Self::Union(union) => write_union(f, union),
        }
    }
}

fn write_union(f: &mut fmt::Formatter<'_>, union: &Union) -> fmt::Result {
    let parts = parts(union);
    if parts.is_empty() {
        return f.write_str("never");
    }
    f.write_str(&parts.join(" | "))
}

fn parts(union: &Union) -> Vec<String> {
    let mut parts = Vec::new();
    if let Some(object) = &union.object {
        parts.push(object_text(object));
    }
    if let Some(array) = &union.array {
        parts.push(array_text(array));
    }
    push_constants(&mut parts, &union.strings, "string", |text| {
        Value::String(text.clone()).to_json()
    });
    push_constants(&mut parts, &union.numbers, "number", ToString::to_string);
    push_constants(&mut parts, &union.booleans, "boolean", ToString::to_string);
    if union.null {
        parts.push("null".to_owned());
    }
    parts
}

fn push_constants<T: Clone + PartialEq>(
    parts: &mut Vec<String>,
    values: &Constants<T>,
    name: &str,
    text: impl Fn(&T) -> String,
) {
    match values.known() {
        Some(known) => parts.extend(known.iter().map(text)),
        None => parts.push(name.to_owned()),
    }
}

fn object_text(object: &Object) -> String {
    let mut text = String::from("{");
    for (name, field) in &object.fields {
        let mark = if field.is_certain { "" } else { "?" };
        let key = field_key(name);
        let _ = write!(text, " {key}{mark}: {};", field.shape);
    }
    if !object.is_closed() {
        let _ = write!(text, " [key: string]: {};", object.rest);
    }
    if text.len() > 1 {
        text.pop();
        text.push(' ');
    }
    text.push('}');
    text
}

/// A field's name, in quotes unless it is an identifier.
pub fn field_key(name: &str) -> String {
    let mut chars = name.chars();
    let starts = chars
        .next()
        .is_some_and(|first| first.is_ascii_alphabetic() || first == '_' || first == '$');
    if starts && chars.all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '$') {
        name.to_owned()
    } else {
        Value::from(name).to_json()
    }
}

fn array_text(array: &Array) -> String {
    if array.max == Some(0) {
        return "[]".to_owned();
    }
    if array.exact_len() == Some(array.leading.len()) {
        let items: Vec<String> = array.leading.iter().map(ToString::to_string).collect();
        return format!("[{}]", items.join(", "));
    }
    let types = match array.items() {
        Shape::Any => return "any[]".to_owned(),
        Shape::Union(union) => parts(&union),
    };
    match types.as_slice() {
        [] => "never[]".to_owned(),
        [only] => format!("{only}[]"),
        several => format!("({})[]", several.join(" | ")),
    }
}

impl Shape {
    /// The JSON types of its values, as words: `a string or null`.
    pub fn types(&self) -> String {
        let Self::Union(union) = self else {
            return "any value".to_owned();
        };
        let types = [
            (union.object.is_some(), "an object"),
            (union.array.is_some(), "an array"),
            (!union.strings.is_never(), "a string"),
            (!union.numbers.is_never(), "a number"),
            (!union.booleans.is_never(), "a boolean"),
            (union.null, "null"),
        ];
        let names: Vec<&str> = types
            .into_iter()
            .filter(|(has, _)| *has)
            .map(|(_, name)| name)
            .collect();
        if names.is_empty() {
            "nothing".to_owned()
        } else {
            names.join(" or ")
        }
    }

    /// The only value, or the JSON types of its values, as words.
    pub fn value_or_types(&self) -> String {
        match self.constants().as_deref() {
            Some([value]) => format!("`{}`", prose::truncate(&value.to_json(), MAX_VALUE)),
            _ => self.types(),
        }
    }

    /// A short text for messages: an object's field names, or the JSON types.
    pub fn summary(&self) -> String {
        let union = self.union();
        let Some(object) = union.object.as_ref().filter(|_| !self.is_any()) else {
            return self.types();
        };
        if object.fields.is_empty() {
            return if object.is_closed() {
                "an empty object".to_owned()
            } else {
                "an object".to_owned()
            };
        }
        let names: Vec<&str> = object.fields.keys().map(AsRef::as_ref).collect();
        prose::abridged_list(&names, MAX_FIELDS)
    }
}

//! Types as TypeScript declarations.

use super::listing::Listing;
use super::names::named;
use super::point::Point;
use crate::render::visible::one_line;
use crate::shape::{Array, Constants, Object, Shape, Union, field_key};
use crate::value::Value;
use std::io::{self, Write};

pub(super) fn write(listing: &Listing, point: Option<Point>, out: &mut dyn Write) -> io::Result<()> {
    for (i, one) in named(listing, &Point::selected(point)).iter().enumerate() {
        if i > 0 {
            writeln!(out)?;
        }
        // Otherwise, a state's name may end the comment.
        let title = one.title().replace("*/", "*\\/");
        writeln!(out, "/** {} */", one_line(&title))?;
        let text = type_text(&one.row.shape(one.point), 0);
        // Only the text of a single object begins and ends with braces.
        if text.starts_with('{') && text.ends_with('}') {
            writeln!(out, "export interface {} {text}", one.name)?;
        } else {
            writeln!(out, "export type {} = {text};", one.name)?;
        }
    }
    Ok(())
}

/// A type; its lines after the first one are indented by this many levels.
fn type_text(shape: &Shape, level: usize) -> String {
    match shape {
        Shape::Any => "any".to_owned(),
        Shape::Union(union) => {
            let alternatives = alternatives(union, level);
            if alternatives.is_empty() {
                "never".to_owned()
            } else {
                alternatives.join(" | ")
            }
        }
    }
}

fn alternatives(union: &Union, level: usize) -> Vec<String> {
    let mut types = Vec::new();
    types.extend(union.object.as_ref().map(|object| object_text(object, level)));
    types.extend(union.array.as_ref().map(|array| array_text(array, level)));
    push_constants(&mut types, &union.strings, "string", |text| {
        Value::String(text.clone()).to_json()
    });
    push_constants(&mut types, &union.numbers, "number", ToString::to_string);
    push_constants(&mut types, &union.booleans, "boolean", ToString::to_string);
    types.extend(union.null.then(|| "null".to_owned()));
    types
}

fn push_constants<T: Clone + PartialEq>(
    types: &mut Vec<String>,
    values: &Constants<T>,
    name: &str,
    text: impl Fn(&T) -> String,
) {
    match values.known() {
        Some(known) => types.extend(known.iter().map(text)),
        None => types.push(name.to_owned()),
    }
}

fn object_text(object: &Object, level: usize) -> String {
    if object.fields.is_empty() {
        return if object.is_closed() {
            "Record<string, never>".to_owned()
        } else {
            format!("{{ [key: string]: {} }}", type_text(&object.rest, level))
        };
    }
    let indent = "  ".repeat(level + 1);
    let mut text = String::from("{\n");
    for (name, field) in &object.fields {
        let mark = if field.is_certain { "" } else { "?" };
        let field_type = type_text(&field.shape, level + 1);
        push_fmt!(text, "{indent}{}{mark}: {field_type};\n", field_key(name));
    }
    if !object.is_closed() {
        push_fmt!(
            text,
            "{indent}[key: string]: {};\n",
            other_fields(object, level + 1)
        );
    }
    text.push_str(&"  ".repeat(level));
    text.push('}');
    text
}

/// The type of an index signature, which TypeScript requires to include the types of all properties.
fn other_fields(object: &Object, level: usize) -> String {
    let fields = object.fields.values();
    let all = fields.fold(object.rest.clone(), |all, field| all.join(&field.shape));
    let text = type_text(&all, level);
    if all.is_any() || object.fields.values().all(|field| field.is_certain) {
        text
    } else {
        format!("{text} | undefined")
    }
}

fn array_text(array: &Array, level: usize) -> String {
    if array.max == Some(0) {
        return "[]".to_owned();
    }
    if array.exact_len() == Some(array.leading.len()) {
        let items = array.leading.iter().map(|item| type_text(item, level));
        return format!("[{}]", items.collect::<Vec<_>>().join(", "));
    }
    let types = match array.items() {
        Shape::Any => return "any[]".to_owned(),
        Shape::Union(union) => alternatives(&union, level),
    };
    match types.as_slice() {
        [] => "never[]".to_owned(),
        [only] => format!("{only}[]"),
        several => format!("({})[]", several.join(" | ")),
    }
}

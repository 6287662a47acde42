//! Shapes and JSON Schema.

use super::constants::Constants;
use super::types::Array;
use super::types::{Field, Object};
use super::types::{Shape, Union};
use crate::value::Value;
use serde_json::Value as Json;

/// The nesting depth of a schema below which a shape is any value; schemas may refer to themselves.
const MAX_DEPTH: usize = 10;

/// The shape of the values that a schema allows, or of more values where a shape cannot express the schema.
pub fn shape(schema: &Json) -> Shape {
    Reader { root: schema }.read(schema, 0)
}

struct Reader<'s> {
    root: &'s Json,
}

impl Reader<'_> {
    fn read(&self, schema: &Json, depth: usize) -> Shape {
        let Json::Object(keywords) = schema else {
            return if *schema == Json::Bool(false) {
                Shape::never()
            } else {
                Shape::Any
            };
        };
        if depth > MAX_DEPTH {
            return Shape::Any;
        }
        if let Some(reference) = keywords.get("$ref").and_then(Json::as_str) {
            let target = reference
                .strip_prefix('#')
                .and_then(|pointer| self.root.pointer(pointer));
            return target.map_or(Shape::Any, |target| self.read(target, depth + 1));
        }
        if let Some(value) = keywords.get("const") {
            return Shape::from_value(&Value::from(value));
        }
        if let Some(Json::Array(values)) = keywords.get("enum") {
            let values = values.iter().map(|value| Shape::from_value(&Value::from(value)));
            return values.fold(Shape::never(), |all, value| all.join(&value));
        }
        let mut shape = self.typed(schema, depth);
        for keyword in ["anyOf", "oneOf"] {
            if let Some(Json::Array(alternatives)) = keywords.get(keyword) {
                let alternatives = alternatives.iter().map(|schema| self.read(schema, depth + 1));
                shape = shape.meet(&alternatives.fold(Shape::never(), |all, one| all.join(&one)));
            }
        }
        if let Some(Json::Array(all)) = keywords.get("allOf") {
            for schema in all {
                shape = shape.meet(&self.read(schema, depth + 1));
            }
        }
        shape
    }

    fn typed(&self, schema: &Json, depth: usize) -> Shape {
        let mut types: Vec<&str> = match &schema["type"] {
            Json::String(name) => vec![name],
            Json::Array(names) => names.iter().filter_map(Json::as_str).collect(),
            // A schema without a type whose keywords are those of one type describes that type.
            _ if schema.get("properties").is_some() || schema.get("required").is_some() => vec!["object"],
            _ if schema.get("items").is_some() => vec!["array"],
            _ => return Shape::Any,
        };
        if schema["nullable"] == Json::Bool(true) {
            types.push("null");
        }
        let mut union = Union::default();
        for name in types {
            match name {
                "null" => union.null = true,
                "boolean" => union.booleans = Constants::All,
                "number" | "integer" => union.numbers = Constants::All,
                "string" => union.strings = Constants::All,
                "array" => union.array = Some(self.array(schema, depth)),
                "object" => union.object = Some(self.object(schema, depth)),
                _ => return Shape::Any,
            }
        }
        union.into()
    }

    fn array(&self, schema: &Json, depth: usize) -> Array {
        let items = |schema: &Json| self.read(schema, depth + 1);
        let size = |keyword: &str| {
            schema[keyword]
                .as_u64()
                .and_then(|size| usize::try_from(size).ok())
        };
        let prefix = schema
            .get("prefixItems")
            .or_else(|| schema.get("items").filter(|items| items.is_array()));
        let leading: Vec<Shape> = prefix
            .and_then(Json::as_array)
            .map(|schemas| schemas.iter().map(items).collect())
            .unwrap_or_default();
        let rest = match schema.get("items") {
            Some(Json::Array(_)) | None => schema.get("additionalItems").map_or(Shape::Any, items),
            Some(rest) => items(rest),
        };
        Array {
            max: if rest.is_never() {
                Some(leading.len())
            } else {
                size("maxItems")
            },
            leading,
            rest,
            min: size("minItems").unwrap_or(0),
        }
    }

    fn object(&self, schema: &Json, depth: usize) -> Object {
        let required: Vec<&str> = schema["required"]
            .as_array()
            .map(|names| names.iter().filter_map(Json::as_str).collect())
            .unwrap_or_default();
        let has_patterns = schema.get("patternProperties").is_some();
        let mut object = Object::of(match schema.get("additionalProperties") {
            Some(_) if has_patterns => Shape::Any,
            Some(rest) => self.read(rest, depth + 1),
            None => Shape::Any,
        });
        for (name, property) in schema["properties"].as_object().into_iter().flatten() {
            let field = Field {
                shape: self.read(property, depth + 1),
                is_certain: required.contains(&name.as_str()),
            };
            object.fields.insert(name.as_str().into(), field);
        }
        for name in required {
            if !object.fields.contains_key(name) {
                object
                    .fields
                    .insert(name.into(), Field::certain(object.rest.clone()));
            }
        }
        object
    }
}

/// The JSON Schema of a shape.
pub fn schema(shape: &Shape) -> Json {
    let Shape::Union(union) = shape else {
        return Json::Bool(true);
    };
    if let Some(values) = shape
        .constants()
        .filter(|values| !values.is_empty() && !is_all_booleans(values))
    {
        let values: Vec<Json> = values.iter().map(Json::from).collect();
        return match values.as_slice() {
            [value] => serde_json::json!({ "const": value }),
            values => serde_json::json!({ "enum": values }),
        };
    }
    let mut alternatives = Vec::new();
    if let Some(object) = &union.object {
        alternatives.push(object_schema(object));
    }
    if let Some(array) = &union.array {
        alternatives.push(array_schema(array));
    }
    let mut constants: Vec<Json> = Vec::new();
    match union.strings.known() {
        Some(known) => constants.extend(known.iter().map(|text| Json::from(text.as_ref()))),
        None => alternatives.push(serde_json::json!({ "type": "string" })),
    }
    match union.numbers.known() {
        Some(known) => constants.extend(known.iter().map(Json::from)),
        None => alternatives.push(serde_json::json!({ "type": "number" })),
    }
    match union.booleans.known() {
        Some(known) => constants.extend(known.iter().map(|truth| Json::Bool(*truth))),
        None => alternatives.push(serde_json::json!({ "type": "boolean" })),
    }
    if !constants.is_empty() {
        alternatives.push(serde_json::json!({ "enum": constants }));
    }
    if union.null {
        alternatives.push(serde_json::json!({ "type": "null" }));
    }
    if alternatives.len() > 1 {
        return serde_json::json!({ "anyOf": alternatives });
    }
    alternatives.pop().unwrap_or(Json::Bool(false))
}

fn is_all_booleans(values: &[Value]) -> bool {
    values.len() == 2 && values.iter().all(|value| value.as_bool().is_some())
}

fn object_schema(object: &Object) -> Json {
    let properties = object.fields.iter();
    let properties: serde_json::Map<String, Json> = properties
        .map(|(name, field)| (name.to_string(), schema(&field.shape)))
        .collect();
    let required: Vec<&str> = object
        .fields
        .iter()
        .filter(|(_, field)| field.is_certain)
        .map(|(name, _)| name.as_ref())
        .collect();
    let mut text = serde_json::json!({ "type": "object" });
    if !properties.is_empty() {
        text["properties"] = properties.into();
    }
    if !required.is_empty() {
        text["required"] = required.into();
    }
    if !object.rest.is_any() {
        text["additionalProperties"] = schema(&object.rest);
    }
    text
}

fn array_schema(array: &Array) -> Json {
    let mut text = serde_json::json!({ "type": "array" });
    if !array.leading.is_empty() {
        let leading: Vec<Json> = array.leading.iter().map(schema).collect();
        text["prefixItems"] = Json::Array(leading);
    }
    if !array.rest.is_any() {
        text["items"] = schema(&array.rest);
    }
    if array.min > 0 {
        text["minItems"] = array.min.into();
    }
    if let Some(max) = array.max {
        text["maxItems"] = max.into();
    }
    text
}

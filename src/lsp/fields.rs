//! The fields of the language with their documentation, from the JSON schema.

use crate::schemas;
use crate::spec::{QueryLanguage, StateType};
use serde_json::Value;
use std::sync::LazyLock;

/// The schema of the language; `Null` if it cannot be read, which a test rules out.
static SCHEMA: LazyLock<Value> = LazyLock::new(|| serde_json::from_str(schemas::ASL).unwrap_or_default());

/// An object of the language.
#[derive(Debug, Clone, Copy)]
pub(super) struct Definition(&'static Value);

/// A field of an object.
#[derive(Debug, Clone, Copy)]
pub(super) struct Field {
    pub(super) name: &'static str,
    schema: &'static Value,
    pub(super) is_required: bool,
}

/// What a field's value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Text,
    Number,
    Bool,
    List,
    Object,
    Any,
}

/// The definition with a name.
fn named(name: &str) -> Option<Definition> {
    SCHEMA["$defs"].get(name).map(Definition)
}

/// The state machine itself.
pub(super) fn machine_definition() -> Option<Definition> {
    named("StateMachine")
}

/// A state.
pub(super) fn state_definition(state_type: StateType, language: QueryLanguage) -> Option<Definition> {
    named(&format!("{}.{}", state_type.as_str(), language.as_str()))
}

/// The documentation of a state type.
pub(super) fn type_documentation(state_type: StateType) -> &'static str {
    let state = state_definition(state_type, QueryLanguage::Jsonata);
    state
        .and_then(|state| state.field("Type"))
        .map(Field::documentation)
        .unwrap_or_default()
}

impl Definition {
    /// The fields, in the order of the schema.
    pub(super) fn fields(self) -> Vec<Field> {
        let mut fields = Vec::new();
        collect(self.0, &mut fields);
        let required = self.required();
        for field in &mut fields {
            field.is_required = required.contains(&field.name);
        }
        fields
    }

    /// The fields that the object must have; of a group of which one is needed, the first.
    fn required(self) -> Vec<&'static str> {
        let texts = |key: &str| self.0[key].as_array().into_iter().flatten();
        let single = texts("required").filter_map(Value::as_str);
        let groups = texts("x-exactlyOne").chain(texts("x-atLeastOne"));
        single
            .chain(groups.filter_map(|group| group.get(0)?.as_str()))
            .collect()
    }

    pub(super) fn field(self, name: &str) -> Option<Field> {
        self.fields().into_iter().find(|field| field.name == name)
    }

    /// The object that the keys lead to, through arrays.
    pub(super) fn at(self, keys: &[&str]) -> Option<Self> {
        keys.iter()
            .try_fold(self, |object, key| object.field(key)?.object())
    }
}

fn collect(schema: &'static Value, fields: &mut Vec<Field>) {
    let schema = resolved(schema);
    for (name, schema) in schema["properties"].as_object().into_iter().flatten() {
        if schema.is_object() && !fields.iter().any(|field| field.name == name) {
            fields.push(Field {
                name,
                schema,
                is_required: false,
            });
        }
    }
    for part in schema["allOf"].as_array().into_iter().flatten() {
        collect(part, fields);
    }
}

/// The definition that a schema refers to, unless it has properties of its own.
fn resolved(schema: &'static Value) -> &'static Value {
    let mut schema = schema;
    for _ in 0..8 {
        if schema.get("properties").is_some() || schema.get("items").is_some() {
            return schema;
        }
        let reference = schema["$ref"].as_str().and_then(|text| text.strip_prefix('#'));
        match reference.and_then(|pointer| SCHEMA.pointer(pointer)) {
            Some(next) => schema = next,
            None => return schema,
        }
    }
    schema
}

impl Field {
    /// What it does.
    pub(super) fn documentation(self) -> &'static str {
        let own = self.schema["description"].as_str();
        own.or_else(|| self.target()["description"].as_str())
            .unwrap_or_default()
    }

    fn target(self) -> &'static Value {
        let reference = self.schema["$ref"]
            .as_str()
            .and_then(|text| text.strip_prefix('#'));
        reference
            .and_then(|pointer| SCHEMA.pointer(pointer))
            .unwrap_or(self.schema)
    }

    /// A keyword of the field's own schema, or of the one that it refers to.
    fn keyword(self, name: &str) -> Option<&'static Value> {
        self.schema.get(name).or_else(|| self.target().get(name))
    }

    /// The texts that it may be, if only some are allowed.
    pub(super) fn values(self) -> Vec<&'static str> {
        let all = self
            .keyword("enum")
            .and_then(Value::as_array)
            .into_iter()
            .flatten();
        let only = self.keyword("const").into_iter();
        all.chain(only).filter_map(Value::as_str).collect()
    }

    /// The object that is its value, or an item of its value.
    pub(super) fn object(self) -> Option<Definition> {
        let mut schema = resolved(self.schema);
        if let Some(items) = schema.get("items") {
            schema = resolved(items);
        }
        schema.get("properties").is_some().then_some(Definition(schema))
    }

    /// Whether its value is a payload template.
    pub(super) fn is_payload(self) -> bool {
        let format = self.keyword("format").and_then(Value::as_str);
        matches!(format, Some("x-payload")) || format == Some("x-jsonata") && self.keyword("type").is_none()
    }

    pub(super) fn shape(self) -> Shape {
        let kind = self.keyword("type");
        let kind = kind.and_then(|kind| kind.as_str().or_else(|| kind.get(0)?.as_str()));
        match kind {
            Some("string") => Shape::Text,
            Some("integer" | "number") => Shape::Number,
            Some("boolean") => Shape::Bool,
            Some("array") => Shape::List,
            Some("object") => Shape::Object,
            _ if self.keyword("enum").is_some() || self.keyword("const").is_some() => Shape::Text,
            _ if self.is_payload() => Shape::Object,
            _ => Shape::Any,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_have_documentation_and_types() {
        let task = state_definition(StateType::Task, QueryLanguage::JsonPath).unwrap();
        let field = |name| task.field(name).unwrap();
        assert!(field("Resource").is_required && field("Next").is_required && !field("Retry").is_required);
        for (name, shape) in [
            ("Resource", Shape::Text),
            ("TimeoutSeconds", Shape::Number),
            ("End", Shape::Bool),
            ("Retry", Shape::List),
            ("Parameters", Shape::Object),
        ] {
            assert_eq!(field(name).shape(), shape, "{name}");
        }
        for state_type in StateType::ALL {
            for language in [QueryLanguage::JsonPath, QueryLanguage::Jsonata] {
                for field in state_definition(state_type, language).unwrap().fields() {
                    assert!(
                        !field.documentation().is_empty(),
                        "{} of {state_type}",
                        field.name
                    );
                }
            }
            assert!(!type_documentation(state_type).is_empty());
        }
    }

    #[test]
    fn nested_objects_have_fields() {
        let of = |state_type, language, keys: &[&str]| -> Vec<&str> {
            let object = state_definition(state_type, language).and_then(|state| state.at(keys));
            object
                .map(|object| object.fields().iter().map(|field| field.name).collect())
                .unwrap_or_default()
        };
        let (jsonpath, jsonata) = (QueryLanguage::JsonPath, QueryLanguage::Jsonata);
        assert!(of(StateType::Task, jsonpath, &["Retry"]).contains(&"BackoffRate"));
        assert!(of(StateType::Task, jsonata, &["Catch"]).contains(&"Output"));
        assert!(of(StateType::Choice, jsonata, &["Choices"]).contains(&"Condition"));
        assert!(of(StateType::Choice, jsonpath, &["Choices", "And"]).contains(&"StringEquals"));
        assert!(of(StateType::Map, jsonpath, &["ItemProcessor", "ProcessorConfig"]).contains(&"Mode"));
        assert!(of(StateType::Map, jsonata, &["ItemReader", "ReaderConfig"]).contains(&"InputType"));
        assert!(of(StateType::Parallel, jsonata, &["Branches"]).contains(&"StartAt"));
    }
}

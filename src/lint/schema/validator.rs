//! Quick validation: accepts the objects that are valid for certain.
//!
//! Compiling a validator of the `jsonschema` crate takes longer than everything else that is done with a small file, and
//! nearly every state is valid. So the common keywords are checked here first. The answer is "valid" or "unknown", never
//! "invalid": the crate decides about everything that is not accepted, and about every keyword that is unsupported here.

use super::group::Field;
use super::instance;
use super::violation::is_present;
use crate::document::{Node, NodeKind};
use crate::expr::jsonata::{self, Delimiters};
use schema::{Conditional, LazySchema, Members, Schema, Types};
use serde_json::Value;

mod schema;
#[cfg(test)]
mod tests;
mod text;

/// A definition, and the definitions that it refers to.
#[derive(Default)]
pub(super) struct Validator {
    /// By name; the definition itself comes first.
    definitions: Members,
}

impl Validator {
    /// Parses the text of the `$defs` of a schema. The validator of a malformed text accepts nothing.
    pub(super) fn parse(definitions: &'static str) -> Self {
        Self {
            definitions: Members::read(definitions).unwrap_or_default(),
        }
    }

    /// Whether an object is valid for certain.
    pub(super) fn accepts(&self, node: &Node) -> bool {
        let definition = self.definitions.0.first();
        definition.is_some_and(|(_, schema)| self.accepts_as(node, schema.get()))
    }

    fn accepts_as(&self, node: &Node, schema: &Schema) -> bool {
        !schema.is_unsupported
            && schema.types.is_none_or(|types| includes(types, node))
            && (schema.is_plain || self.accepts_as_typed(node, schema))
    }

    /// Whether a value of one of the schema's types is valid for certain.
    fn accepts_as_typed(&self, node: &Node, schema: &Schema) -> bool {
        let accepts_reference = |name: &&str| {
            let definition = self.definitions.get(name);
            definition.is_some_and(|schema| self.accepts_as(node, schema))
        };
        accepts_scalar(schema, node)
            && self.accepts_contents(node, schema)
            && schema
                .all_of
                .iter()
                .all(|schema| self.accepts_as(node, schema.get()))
            && schema.conditional.iter().all(|Conditional { texts, then }| {
                let has_text = |(key, text): &(String, String)| {
                    node.get(key).and_then(Node::as_str) == Some(text.as_str())
                };
                !texts.iter().all(has_text) || self.accepts_as(node, then.get())
            })
            && schema.reference.iter().all(accepts_reference)
    }

    fn accepts_contents(&self, node: &Node, schema: &Schema) -> bool {
        if let Some(items) = node.as_array() {
            let expected = schema.items.as_ref().map(LazySchema::get);
            return items.len() >= schema.min_items
                && expected.is_none_or(|schema| items.iter().all(|item| self.accepts_as(item, schema)));
        }
        let Some(members) = node.as_object() else {
            return true;
        };
        let accepts_key = |key: &str| {
            schema.key_lengths.is_none_or(|(min, max)| {
                let length = key.chars().count();
                (min..=max).contains(&length)
            })
        };
        let accepts_member = |key: &str, value: &Node| {
            let other = || schema.additional_properties.as_ref().map(LazySchema::get);
            let expected = schema.properties.get(key).or_else(other);
            expected.is_none_or(|schema| self.accepts_as(value, schema))
        };
        let accepts_dependent = |(key, schema): &(&str, LazySchema)| {
            node.get(key).is_none() || self.accepts_as(node, schema.get())
        };
        let has_present = |field: &Field| is_present(node, field);
        members.len() >= schema.min_items
            && members
                .iter()
                .all(|m| accepts_key(m.key.as_str()) && accepts_member(m.key.as_str(), &m.value))
            && schema.required.iter().all(|key| node.get(key).is_some())
            && schema
                .groups
                .iter()
                .all(|groups| groups.breaches(has_present).next().is_none())
            && schema.dependent_schemas.0.iter().all(accepts_dependent)
    }
}

/// Whether a value is one of the schema's values, is delimited as its pattern requires, and is in its range.
fn accepts_scalar(schema: &Schema, node: &Node) -> bool {
    let is = |value: &Value| instance::is_outlined_as(node, value);
    let is_in_range = |number: f64| {
        schema.minimum.is_none_or(|minimum| number >= minimum)
            && schema.maximum.is_none_or(|maximum| number <= maximum)
    };
    let has_range = schema.minimum.is_some() || schema.maximum.is_some();
    let is_delimited = |text: &str| jsonata::delimiters(text) == Delimiters::Both;
    schema.values.as_ref().is_none_or(|values| values.iter().any(is))
        && (!schema.is_expression || node.as_str().is_none_or(is_delimited))
        && (!has_range
            || node
                .as_number()
                .is_none_or(|text| text.parse().is_ok_and(is_in_range)))
}

/// Whether a value is for certain of one of the types. `1.0` is an integer as well, but is left to the crate.
fn includes(types: Types, node: &Node) -> bool {
    types.intersects(match &node.kind {
        NodeKind::Object(_) => Types::OBJECT,
        NodeKind::Array(_) => Types::ARRAY,
        NodeKind::String(_) => Types::STRING,
        NodeKind::Bool(_) => Types::BOOLEAN,
        NodeKind::Null => Types::NULL,
        NodeKind::Number(text) if !types.intersects(Types::NUMBER) && text.parse::<i64>().is_ok() => {
            Types::INTEGER
        }
        NodeKind::Number(_) => Types::NUMBER,
        NodeKind::Unknown | NodeKind::Tagged(_) => return false,
    })
}

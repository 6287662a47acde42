//! Which objects plainly fit their definition.
//!
//! To compile a validator takes longer than all else that is done with a small file, and nearly every state fits. So
//! the common keywords are looked at here first. The answer is "yes" or "perhaps not", and never "no": the validator
//! has the say on whatever does not plainly fit, and on every keyword that is not known here.

use super::group::{self, Field, Groups};
use super::instance;
use crate::document::Node;
use crate::expr::jsonata::{self, Delimiters};
use serde_json::{Map, Value};

/// The pattern of strings that must be JSONata. The only one that is common, and dear to compile.
const EXPRESSION: &str = r"^\{%[\s\S]*%\}$";

/// A definition, and the definitions that it refers to.
pub(super) struct Plain {
    /// By name; the definition itself comes first.
    definitions: Vec<(String, Schema)>,
}

/// What the keywords of a schema ask for.
#[derive(Default)]
struct Schema {
    /// Something beyond what is known here, so that nothing plainly fits.
    is_beyond: bool,
    /// The types of which the value must have one; none where any will do.
    types: Vec<String>,
    /// The values of which it must be one.
    values: Option<Vec<Value>>,
    /// A string must be delimited as JSONata.
    is_expression: bool,
    minimum: Option<f64>,
    maximum: Option<f64>,
    /// The fewest items or members.
    least: usize,
    /// The lengths of keys, in characters.
    key_lengths: Option<(usize, usize)>,
    required: Vec<String>,
    members: Vec<(String, Schema)>,
    others: Option<Box<Schema>>,
    items: Option<Box<Schema>>,
    groups: Vec<Groups>,
    /// What the object must fit as well when it has the member.
    dependent: Vec<(String, Schema)>,
    /// What the value must fit as well.
    also: Vec<Schema>,
    conditional: Option<Conditional>,
    /// The name of a definition that the value must fit as well.
    reference: Option<String>,
}

/// What an object must fit as well when its members have certain texts.
struct Conditional {
    texts: Vec<(String, String)>,
    then: Box<Schema>,
}

impl Plain {
    /// From the definition's document: its `$defs`.
    pub(super) fn of(document: &Value) -> Self {
        let definitions = document.get("$defs").and_then(Value::as_object);
        Self {
            definitions: definitions
                .into_iter()
                .flatten()
                .map(|(name, schema)| (name.clone(), Schema::of(schema)))
                .collect(),
        }
    }

    /// Whether an object fits for certain.
    pub(super) fn fits(&self, node: &Node) -> bool {
        self.definitions
            .first()
            .is_some_and(|(_, schema)| self.fits_schema(node, schema))
    }

    fn fits_schema(&self, node: &Node, schema: &Schema) -> bool {
        let fits_definition = |name: &String| {
            let found = self.definitions.iter().find(|(known, _)| known == name);
            found.is_some_and(|(_, schema)| self.fits_schema(node, schema))
        };
        !schema.is_beyond
            && (schema.types.is_empty() || schema.types.iter().any(|name| is_of_type(node, name)))
            && schema.takes_value(node)
            && self.fits_inside(node, schema)
            && schema.also.iter().all(|schema| self.fits_schema(node, schema))
            && schema.conditional.iter().all(|Conditional { texts, then }| {
                let holds = |(key, text): &(String, String)| {
                    node.get(key).and_then(Node::as_str) == Some(text.as_str())
                };
                !texts.iter().all(holds) || self.fits_schema(node, then)
            })
            && schema.reference.iter().all(fits_definition)
    }

    fn fits_inside(&self, node: &Node, schema: &Schema) -> bool {
        if let Some(items) = node.as_array() {
            let inside = schema.items.as_deref();
            return items.len() >= schema.least
                && inside.is_none_or(|schema| items.iter().all(|item| self.fits_schema(item, schema)));
        }
        let Some(members) = node.as_object() else {
            return true;
        };
        let length_fits = |key: &str| {
            schema.key_lengths.is_none_or(|(least, most)| {
                let length = key.chars().count();
                (least..=most).contains(&length)
            })
        };
        let member_fits = |key: &str, value: &Node| {
            let known = schema.members.iter().find(|(known, _)| known == key);
            let inside = known.map(|(_, schema)| schema).or(schema.others.as_deref());
            inside.is_none_or(|schema| self.fits_schema(value, schema))
        };
        let is_there = |field: &Field| {
            let value = node.get(&field.name);
            value.is_some_and(|value| field.exempt != Some(instance::scalar(value)))
        };
        let dependent_fits =
            |(key, schema): &(String, Schema)| node.get(key).is_none() || self.fits_schema(node, schema);
        members.len() >= schema.least
            && members
                .iter()
                .all(|m| length_fits(m.key.as_str()) && member_fits(m.key.as_str(), &m.value))
            && schema.required.iter().all(|key| node.get(key).is_some())
            && schema
                .groups
                .iter()
                .all(|groups| groups.faults(is_there).next().is_none())
            && schema.dependent.iter().all(dependent_fits)
    }
}

impl Schema {
    fn of(schema: &Value) -> Self {
        let mut out = Self::default();
        match schema {
            Value::Object(keywords) => {
                let has_else = keywords.contains_key("else");
                for (keyword, value) in keywords {
                    let is_known = match keyword.as_str() {
                        "if" => !has_else,
                        "then" => {
                            out.read_then(keywords.get("if"), value);
                            true
                        }
                        _ => out.read(keyword, value).is_some(),
                    };
                    out.is_beyond |= !is_known;
                }
            }
            other => out.is_beyond = *other != Value::Bool(true),
        }
        out
    }

    /// Takes a `then` in. Where it is not plain when its condition holds, the `then` is asked for anyway: a condition
    /// that does not hold asks for nothing, so what fits both fits.
    fn read_then(&mut self, condition: Option<&Value>, then: &Value) {
        match condition.and_then(texts_of_members) {
            Some(texts) => {
                let then = Box::new(Self::of(then));
                self.conditional = Some(Conditional { texts, then });
            }
            None => self.also.push(Self::of(then)),
        }
    }

    /// Takes a keyword in; `None` where it is not known.
    fn read(&mut self, keyword: &str, value: &Value) -> Option<()> {
        let schemas = |members: &Map<String, Value>| {
            let schema = |(name, schema): (&String, &Value)| (name.clone(), Self::of(schema));
            members.iter().map(schema).collect()
        };
        match keyword {
            "type" => self.types = strings(value)?,
            "const" => self.values = Some(vec![value.clone()]),
            "enum" => self.values = Some(value.as_array()?.clone()),
            "pattern" if value == EXPRESSION => self.is_expression = true,
            "minimum" => self.minimum = Some(value.as_f64()?),
            "maximum" => self.maximum = Some(value.as_f64()?),
            "minItems" | "minProperties" => self.least = usize::try_from(value.as_u64()?).ok()?,
            "propertyNames" => self.key_lengths = Some(key_lengths(value)?),
            "required" => self.required = strings(value)?,
            "properties" => self.members = schemas(value.as_object()?),
            "additionalProperties" => self.others = Some(Box::new(Self::of(value))),
            "items" => self.items = Some(Box::new(Self::of(value))),
            "dependentSchemas" => self.dependent = schemas(value.as_object()?),
            "allOf" => self.also.extend(value.as_array()?.iter().map(Self::of)),
            "$ref" => self.reference = Some(value.as_str()?.strip_prefix("#/$defs/")?.to_owned()),
            "deprecated" => {}
            // The other formats are for lint's own rules.
            "format" if value != "x-rfc3339" => {}
            _ => {
                let keyword = group::KEYWORDS.into_iter().find(|known| *known == keyword)?;
                self.groups.push(Groups::of(keyword, value)?);
            }
        }
        Some(())
    }

    fn takes_value(&self, node: &Node) -> bool {
        let is_one = |values: &Vec<Value>| values.contains(&instance::scalar(node));
        let is_in_range = |number: f64| {
            self.minimum.is_none_or(|least| number >= least) && self.maximum.is_none_or(|most| number <= most)
        };
        let is_delimited = |text: &str| jsonata::delimiters(text) == Delimiters::Both;
        self.values.as_ref().is_none_or(is_one)
            && (!self.is_expression || node.as_str().is_none_or(is_delimited))
            && node
                .as_number()
                .is_none_or(|text| text.parse().is_ok_and(is_in_range))
    }
}

/// A string, or a list of them.
fn strings(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::String(one) => Some(vec![one.clone()]),
        Value::Array(several) => several.iter().map(|v| v.as_str().map(str::to_owned)).collect(),
        _ => None,
    }
}

/// The members that a condition wants, with their texts; `None` where it asks for anything else.
fn texts_of_members(condition: &Value) -> Option<Vec<(String, String)>> {
    let keywords = condition.as_object()?;
    let required = strings(keywords.get("required")?)?;
    let members = keywords.get("properties")?.as_object()?;
    if keywords.len() != 2 || members.len() != required.len() {
        return None;
    }
    let text = |name: String| {
        let wanted = members.get(&name)?.as_object()?;
        let text = wanted.get("const")?.as_str()?;
        (wanted.len() == 1).then(|| (name, text.to_owned()))
    };
    required.into_iter().map(text).collect()
}

/// What a schema of keys asks of their lengths; `None` where it asks for more.
fn key_lengths(schema: &Value) -> Option<(usize, usize)> {
    let mut lengths = (0, usize::MAX);
    for (keyword, value) in schema.as_object()? {
        let bound = match keyword.as_str() {
            "minLength" => &mut lengths.0,
            "maxLength" => &mut lengths.1,
            _ => return None,
        };
        *bound = usize::try_from(value.as_u64()?).ok()?;
    }
    Some(lengths)
}

fn is_of_type(node: &Node, name: &str) -> bool {
    match name {
        "object" => node.as_object().is_some(),
        "array" => node.as_array().is_some(),
        "string" => node.as_str().is_some(),
        "boolean" => node.as_bool().is_some(),
        "null" => node.is_null(),
        "number" => node.as_number().is_some(),
        // `1.0` is whole as well, but not plainly.
        "integer" => node.as_number().is_some_and(|text| text.parse::<i64>().is_ok()),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{definition, instance};
    use crate::document::{Document, Syntax};
    use crate::source::SourceFile;
    use proptest::prelude::*;
    use std::sync::Arc;

    const NAMES: [&str; 17] = [
        "StateMachine",
        "Task.JSONPath",
        "Task.JSONata",
        "Parallel.JSONPath",
        "Parallel.JSONata",
        "Map.JSONPath",
        "Map.JSONata",
        "Pass.JSONPath",
        "Pass.JSONata",
        "Wait.JSONPath",
        "Wait.JSONata",
        "Choice.JSONPath",
        "Choice.JSONata",
        "Succeed.JSONPath",
        "Succeed.JSONata",
        "Fail.JSONPath",
        "Fail.JSONata",
    ];

    fn read(text: &str) -> Document {
        let source = Arc::new(SourceFile::new("sample.json", text.to_owned()));
        crate::document::read(source, Syntax::Json)
    }

    /// Whether it plainly fits, and whether the validator takes it.
    fn verdicts(name: &'static str, text: &str) -> (bool, bool) {
        let document = read(text);
        let definition = definition(name).unwrap();
        let fits = definition.plain.fits(&document.roots[0]);
        let is_valid = definition
            .validator()
            .unwrap()
            .is_valid(&instance::of(&document.roots[0]));
        (fits, is_valid)
    }

    #[test]
    fn samples_fit_plainly_or_are_left_to_the_validator() {
        let mut plain = 0;
        for line in include_str!("../../../fixtures/schemas/asl.txt").lines() {
            let (name, rest) = line.split_once(' ').unwrap_or_default();
            let Some(name) = NAMES.into_iter().find(|known| *known == name) else {
                continue;
            };
            let (text, errors) = rest.split_once(" => ").unwrap_or((rest, ""));
            let (fits, is_valid) = verdicts(name, text);
            assert_eq!(is_valid, errors.is_empty(), "{line}");
            assert!(is_valid || !fits, "{line}");
            plain += usize::from(fits);
        }
        assert!(plain > 20, "{plain} samples fit plainly");
    }

    fn value(name: &'static str) -> impl Strategy<Value = serde_json::Value> {
        let definition = definition(name).unwrap();
        let mut keys = vec!["Nonsense".to_owned()];
        collect_keys(&definition.document, &mut keys);
        let kind = name.split('.').next().unwrap();
        let leaf = prop_oneof![
            Just(serde_json::Value::Null),
            any::<bool>().prop_map(Into::into),
            prop::sample::select(vec![0i64, 1, 2, -1, 100, 100_000_000]).prop_map(Into::into),
            Just(1.5.into()),
            prop::sample::select(vec![
                "$.a",
                "{% 1 %}",
                "A",
                "FULL",
                "JSONata",
                "DISTRIBUTED",
                kind
            ])
            .prop_map(Into::into),
        ];
        let inner = leaf.prop_recursive(4, 40, 6, move |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..3).prop_map(Into::into),
                prop::collection::btree_map(prop::sample::select(keys.clone()), inner, 0..6)
                    .prop_map(|members| members.into_iter().collect()),
            ]
        });
        inner.prop_map(move |mut value| {
            if let Some(members) = value.as_object_mut().filter(|_| name != "StateMachine") {
                members.insert("Type".to_owned(), kind.into());
            }
            value
        })
    }

    /// The names of the fields that a schema has anywhere.
    fn collect_keys(schema: &serde_json::Value, keys: &mut Vec<String>) {
        match schema {
            serde_json::Value::Object(members) => {
                let properties = members.get("properties").and_then(|p| p.as_object());
                keys.extend(properties.into_iter().flatten().map(|(key, _)| key.clone()));
                members.values().for_each(|schema| collect_keys(schema, keys));
            }
            serde_json::Value::Array(items) => items.iter().for_each(|item| collect_keys(item, keys)),
            _ => {}
        }
    }

    fn sample() -> impl Strategy<Value = (&'static str, serde_json::Value)> {
        prop::sample::select(NAMES.to_vec())
            .prop_flat_map(|name| value(name).prop_map(move |value| (name, value)))
    }

    proptest! {
        #[test]
        fn what_plainly_fits_is_valid((name, value) in sample()) {
            let (fits, is_valid) = verdicts(name, &value.to_string());
            prop_assert!(is_valid || !fits, "{name}: {value}");
        }
    }
}

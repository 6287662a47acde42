//! Which objects plainly fit their definition.
//!
//! To compile a validator takes longer than all else that is done with a small file, and nearly every state fits. So
//! the common keywords are looked at here first. The answer is "yes" or "perhaps not", and never "no": the validator
//! has the say on whatever does not plainly fit, and on every keyword that is not known here.

use super::group::{self, Field, Groups};
use super::instance;
use crate::document::{Node, NodeKind};
use crate::expr::jsonata::{self, Delimiters};
use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use std::fmt;
use std::marker::PhantomData;

/// The pattern of strings that must be JSONata. The only one that is common, and dear to compile.
const EXPRESSION: &str = r"^\{%[\s\S]*%\}$";

/// A definition, and the definitions that it refers to.
#[derive(Default, serde::Deserialize)]
#[serde(bound = "'de: 'static")]
pub(super) struct Plain {
    /// By name; the definition itself comes first.
    #[serde(rename = "$defs")]
    definitions: Members<Schema>,
}

/// What the keywords of a schema ask for, read straight from its text.
#[derive(Default)]
struct Schema {
    /// Something beyond what is known here, so that nothing plainly fits.
    is_beyond: bool,
    /// The types of which the value must have one; none where any will do.
    types: Option<Types>,
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
    required: Vec<&'static str>,
    members: Members<Schema>,
    others: Option<Box<Schema>>,
    items: Option<Box<Schema>>,
    groups: Vec<Groups>,
    /// What the object must fit as well when it has the member.
    dependent: Members<Schema>,
    /// What the value must fit as well.
    also: Vec<Schema>,
    conditional: Option<Conditional>,
    /// The name of a definition that the value must fit as well.
    reference: Option<&'static str>,
}

/// What an object must fit as well when its members have certain texts.
struct Conditional {
    texts: Vec<(String, String)>,
    then: Box<Schema>,
}

/// The members of an object of the schema, in order.
struct Members<T>(Vec<(&'static str, T)>);

/// Types of JSON values, a bit each.
#[derive(Clone, Copy)]
struct Types(u8);

impl Plain {
    /// From the text of the definition's document: its `$defs`.
    pub(super) fn of(document: &'static str) -> Self {
        // Of what cannot be read nothing plainly fits.
        serde_json::from_str(document).unwrap_or_default()
    }

    /// Whether an object fits for certain.
    pub(super) fn fits(&self, node: &Node) -> bool {
        let definition = self.definitions.0.first();
        definition.is_some_and(|(_, schema)| self.fits_schema(node, schema))
    }

    fn fits_schema(&self, node: &Node, schema: &Schema) -> bool {
        let fits_definition = |name: &&str| {
            let found = self.definitions.get(name);
            found.is_some_and(|schema| self.fits_schema(node, schema))
        };
        !schema.is_beyond
            && schema.types.is_none_or(|types| types.includes(node))
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
            let inside = schema.members.get(key).or(schema.others.as_deref());
            inside.is_none_or(|schema| self.fits_schema(value, schema))
        };
        let is_there = |field: &Field| {
            let value = node.get(&field.name);
            value.is_some_and(|value| field.exempt != Some(instance::scalar(value)))
        };
        let dependent_fits =
            |(key, schema): &(&str, Schema)| node.get(key).is_none() || self.fits_schema(node, schema);
        members.len() >= schema.least
            && members
                .iter()
                .all(|m| length_fits(m.key.as_str()) && member_fits(m.key.as_str(), &m.value))
            && schema.required.iter().all(|key| node.get(key).is_some())
            && schema
                .groups
                .iter()
                .all(|groups| groups.faults(is_there).next().is_none())
            && schema.dependent.0.iter().all(dependent_fits)
    }
}

impl Schema {
    fn takes_value(&self, node: &Node) -> bool {
        let is = |value: &Value| match value {
            Value::String(text) => node.as_str() == Some(text),
            value => instance::scalar(node) == *value,
        };
        let is_in_range = |number: f64| {
            self.minimum.is_none_or(|least| number >= least) && self.maximum.is_none_or(|most| number <= most)
        };
        let is_delimited = |text: &str| jsonata::delimiters(text) == Delimiters::Both;
        self.values.as_ref().is_none_or(|values| values.iter().any(is))
            && (!self.is_expression || node.as_str().is_none_or(is_delimited))
            && node
                .as_number()
                .is_none_or(|text| text.parse().is_ok_and(is_in_range))
    }
}

impl Deserialize<'static> for Schema {
    fn deserialize<D: Deserializer<'static>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Keywords)
    }
}

/// Reads the keywords of a schema.
struct Keywords;

impl Visitor<'static> for Keywords {
    type Value = Schema;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a schema")
    }

    fn visit_bool<E>(self, takes_all: bool) -> Result<Schema, E> {
        Ok(Schema {
            is_beyond: !takes_all,
            ..Schema::default()
        })
    }

    fn visit_map<A: MapAccess<'static>>(self, mut keywords: A) -> Result<Schema, A::Error> {
        let mut out = Schema::default();
        let (mut condition, mut then): (Option<Value>, Option<Schema>) = (None, None);
        while let Some(keyword) = keywords.next_key()? {
            let mut is_known = true;
            match keyword {
                "type" => out.types = Some(keywords.next_value()?),
                "const" => out.values = Some(vec![keywords.next_value()?]),
                "enum" => out.values = Some(keywords.next_value()?),
                "pattern" => {
                    is_known = keywords.next_value::<String>()? == EXPRESSION;
                    out.is_expression = is_known;
                }
                "minimum" => out.minimum = Some(keywords.next_value()?),
                "maximum" => out.maximum = Some(keywords.next_value()?),
                "minItems" | "minProperties" => out.least = keywords.next_value()?,
                "propertyNames" => {
                    out.key_lengths = key_lengths(&keywords.next_value()?);
                    is_known = out.key_lengths.is_some();
                }
                "required" => out.required = keywords.next_value()?,
                "properties" => out.members = keywords.next_value()?,
                "additionalProperties" => out.others = Some(keywords.next_value()?),
                "items" => out.items = Some(keywords.next_value()?),
                "dependentSchemas" => out.dependent = keywords.next_value()?,
                "allOf" => out.also.append(&mut keywords.next_value()?),
                "$ref" => {
                    out.reference = keywords.next_value::<&str>()?.strip_prefix("#/$defs/");
                    is_known = out.reference.is_some();
                }
                "deprecated" => _ = keywords.next_value::<IgnoredAny>()?,
                // The other formats are for lint's own rules.
                "format" => is_known = keywords.next_value::<&str>()? != "x-rfc3339",
                "if" => condition = Some(keywords.next_value()?),
                "then" => then = Some(keywords.next_value()?),
                _ => {
                    let value = keywords.next_value()?;
                    let own = group::KEYWORDS.into_iter().find(|known| *known == keyword);
                    let groups = own.and_then(|keyword| Groups::of(keyword, &value));
                    is_known = groups.is_some();
                    out.groups.extend(groups);
                }
            }
            out.is_beyond |= !is_known;
        }
        if let Some(then) = then {
            // Where it is not plain when the condition holds, the `then` is asked for anyway: a condition that does not
            // hold asks for nothing, so what fits both fits.
            match condition.as_ref().and_then(texts_of_members) {
                Some(texts) => {
                    let then = Box::new(then);
                    out.conditional = Some(Conditional { texts, then });
                }
                None => out.also.push(then),
            }
        }
        Ok(out)
    }
}

impl<T> Default for Members<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Members<T> {
    fn get(&self, name: &str) -> Option<&T> {
        let found = self.0.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| value)
    }
}

impl<T: Deserialize<'static>> Deserialize<'static> for Members<T> {
    fn deserialize<D: Deserializer<'static>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object<T>(PhantomData<T>);
        impl<T: Deserialize<'static>> Visitor<'static> for Object<T> {
            type Value = Members<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'static>>(self, mut map: A) -> Result<Members<T>, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Object(PhantomData))
    }
}

impl Types {
    const OBJECT: u8 = 1;
    const ARRAY: u8 = 1 << 1;
    const STRING: u8 = 1 << 2;
    const BOOLEAN: u8 = 1 << 3;
    const NULL: u8 = 1 << 4;
    const NUMBER: u8 = 1 << 5;
    const INTEGER: u8 = 1 << 6;

    fn bit(name: &str) -> Option<u8> {
        Some(match name {
            "object" => Self::OBJECT,
            "array" => Self::ARRAY,
            "string" => Self::STRING,
            "boolean" => Self::BOOLEAN,
            "null" => Self::NULL,
            "number" => Self::NUMBER,
            "integer" => Self::INTEGER,
            _ => return None,
        })
    }

    /// Whether a value is plainly of one of the types. `1.0` is an integer as well, but not plainly.
    fn includes(self, node: &Node) -> bool {
        let bits = match &node.kind {
            NodeKind::Object(_) => Self::OBJECT,
            NodeKind::Array(_) => Self::ARRAY,
            NodeKind::String(_) => Self::STRING,
            NodeKind::Bool(_) => Self::BOOLEAN,
            NodeKind::Null => Self::NULL,
            NodeKind::Number(text) if text.parse::<i64>().is_ok() => Self::NUMBER | Self::INTEGER,
            NodeKind::Number(_) => Self::NUMBER,
            NodeKind::Unknown | NodeKind::Tagged(_) => 0,
        };
        self.0 & bits != 0
    }
}

impl Deserialize<'static> for Types {
    fn deserialize<D: Deserializer<'static>>(deserializer: D) -> Result<Self, D::Error> {
        struct Names;
        impl Visitor<'static> for Names {
            type Value = Types;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("names of types")
            }

            fn visit_str<E: Error>(self, name: &str) -> Result<Types, E> {
                Types::bit(name)
                    .map(Types)
                    .ok_or_else(|| E::custom("no type of JSON"))
            }

            fn visit_seq<A: SeqAccess<'static>>(self, mut names: A) -> Result<Types, A::Error> {
                let mut types = Types(0);
                while let Some(Types(bit)) = names.next_element()? {
                    types.0 |= bit;
                }
                Ok(types)
            }
        }
        deserializer.deserialize_any(Names)
    }
}

/// The members that a condition wants, with their texts; `None` where it asks for anything else.
fn texts_of_members(condition: &Value) -> Option<Vec<(String, String)>> {
    let keywords = condition.as_object()?;
    let required = keywords.get("required")?.as_array()?;
    let members = keywords.get("properties")?.as_object()?;
    if keywords.len() != 2 || members.len() != required.len() {
        return None;
    }
    let text = |name: &Value| {
        let name = name.as_str()?;
        let wanted = members.get(name)?.as_object()?;
        let text = wanted.get("const")?.as_str()?;
        (wanted.len() == 1).then(|| (name.to_owned(), text.to_owned()))
    };
    required.iter().map(text).collect()
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
        let document: serde_json::Value = serde_json::from_str(definition.document).unwrap();
        collect_keys(&document, &mut keys);
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

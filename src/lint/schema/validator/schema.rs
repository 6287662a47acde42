//! The keywords of a schema that the quick validator supports, deserialized from the schema's text.

use crate::lint::schema::group::Groups;
use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use std::fmt;
use std::marker::PhantomData;
use std::ops::BitOr;

/// A schema.
#[derive(Default)]
pub(super) struct Schema {
    /// The schema has a keyword that is not supported here, or rejects everything: no value is accepted.
    pub(super) is_unsupported: bool,
    /// The types of which the value must have one; `None` if any type is valid.
    pub(super) types: Option<Types>,
    /// The values of which it must be one.
    pub(super) values: Option<Vec<Value>>,
    /// A string must be delimited as JSONata.
    pub(super) is_expression: bool,
    pub(super) minimum: Option<f64>,
    pub(super) maximum: Option<f64>,
    /// The minimum number of items or members.
    pub(super) min_items: usize,
    /// The minimum and maximum length of keys, in characters.
    pub(super) key_lengths: Option<(usize, usize)>,
    pub(super) required: Vec<&'static str>,
    pub(super) properties: Members<Schema>,
    pub(super) additional_properties: Option<Box<Schema>>,
    pub(super) items: Option<Box<Schema>>,
    pub(super) groups: Vec<Groups>,
    /// What must accept the object as well if it has the member.
    pub(super) dependent_schemas: Members<Schema>,
    /// What must accept the value as well.
    pub(super) all_of: Vec<Schema>,
    pub(super) conditional: Option<Conditional>,
    /// The name of a definition that must accept the value as well.
    pub(super) reference: Option<&'static str>,
}

/// What must accept an object as well if its members have certain texts.
pub(super) struct Conditional {
    pub(super) texts: Vec<(String, String)>,
    pub(super) then: Box<Schema>,
}

/// The members of an object of the schema, in order.
pub(super) struct Members<T>(pub(super) Vec<(&'static str, T)>);

/// Types of JSON values, a bit each.
#[derive(Clone, Copy)]
pub(super) struct Types(u8);

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

    fn visit_bool<E>(self, accepts_all: bool) -> Result<Schema, E> {
        Ok(Schema {
            is_unsupported: !accepts_all,
            ..Schema::default()
        })
    }

    fn visit_map<A: MapAccess<'static>>(self, mut keywords: A) -> Result<Schema, A::Error> {
        let mut out = Schema::default();
        let (mut condition, mut then): (Option<Value>, Option<Schema>) = (None, None);
        let (mut has_pattern, mut format) = (false, "");
        while let Some(keyword) = keywords.next_key()? {
            let mut is_known = true;
            match keyword {
                "type" => out.types = Some(keywords.next_value()?),
                "const" => out.values = Some(vec![keywords.next_value()?]),
                "enum" => out.values = Some(keywords.next_value()?),
                "pattern" => {
                    keywords.next_value::<IgnoredAny>()?;
                    has_pattern = true;
                }
                "minimum" => out.minimum = Some(keywords.next_value()?),
                "maximum" => out.maximum = Some(keywords.next_value()?),
                "minItems" | "minProperties" => out.min_items = keywords.next_value()?,
                "propertyNames" => {
                    out.key_lengths = key_lengths(&keywords.next_value()?);
                    is_known = out.key_lengths.is_some();
                }
                "required" => out.required = keywords.next_value()?,
                "properties" => out.properties = keywords.next_value()?,
                "additionalProperties" => out.additional_properties = Some(keywords.next_value()?),
                "items" => out.items = Some(keywords.next_value()?),
                "dependentSchemas" => out.dependent_schemas = keywords.next_value()?,
                "allOf" => out.all_of.append(&mut keywords.next_value()?),
                "$ref" => {
                    out.reference = keywords.next_value::<&str>()?.strip_prefix("#/$defs/");
                    is_known = out.reference.is_some();
                }
                "deprecated" => _ = keywords.next_value::<IgnoredAny>()?,
                "format" => format = keywords.next_value()?,
                "if" => condition = Some(keywords.next_value()?),
                "then" => then = Some(keywords.next_value()?),
                _ => {
                    let value = keywords.next_value()?;
                    let groups = Groups::parse(keyword, &value);
                    is_known = groups.is_some();
                    out.groups.extend(groups);
                }
            }
            out.is_unsupported |= !is_known;
        }
        // The pattern of an expression is the only common one, and expensive to compile. Apart from timestamps, formats
        // are checked by other rules.
        out.is_expression = has_pattern && format == "x-jsonata";
        out.is_unsupported |= format == "x-rfc3339" || has_pattern && !out.is_expression;
        if let Some(then) = then {
            // If the condition is not supported, `then` must accept the value whether or not the condition is true.
            match condition.as_ref().and_then(texts_of_members) {
                Some(texts) => {
                    let then = Box::new(then);
                    out.conditional = Some(Conditional { texts, then });
                }
                None => out.all_of.push(then),
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
    pub(super) fn get(&self, name: &str) -> Option<&T> {
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
    pub(super) const OBJECT: Self = Self(1);
    pub(super) const ARRAY: Self = Self(1 << 1);
    pub(super) const STRING: Self = Self(1 << 2);
    pub(super) const BOOLEAN: Self = Self(1 << 3);
    pub(super) const NULL: Self = Self(1 << 4);
    pub(super) const NUMBER: Self = Self(1 << 5);
    pub(super) const INTEGER: Self = Self(1 << 6);

    /// Whether the two have a type in common.
    pub(super) const fn intersects(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    fn from_name(name: &str) -> Option<Self> {
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
}

impl BitOr for Types {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
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
                Types::from_name(name).ok_or_else(|| E::custom("unknown JSON type"))
            }

            fn visit_seq<A: SeqAccess<'static>>(self, mut names: A) -> Result<Types, A::Error> {
                let mut types = Types(0);
                while let Some(one) = names.next_element()? {
                    types = types | one;
                }
                Ok(types)
            }
        }
        deserializer.deserialize_any(Names)
    }
}

/// The members that a condition requires, with their texts; `None` if it requires anything else.
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

/// The minimum and maximum length in a schema of keys; `None` if it has other keywords.
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

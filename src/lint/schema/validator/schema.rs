//! The keywords of a schema that the quick validator supports, read from the schema's text.
//!
//! A file needs few parts of the schema, so a part is read when a value is first compared with it.

use super::text;
use crate::lint::schema::group::Groups;
use serde_json::Value;
use std::ops::BitOr;
use std::sync::OnceLock;

/// A schema.
#[derive(Default)]
pub(super) struct Schema {
    /// The schema has a keyword that is not supported here, or rejects everything: no value is accepted.
    pub(super) is_unsupported: bool,
    /// Whatever has one of the types is accepted: the schema has no other keywords.
    pub(super) is_plain: bool,
    /// The allowed types; `None` if any type is valid.
    pub(super) types: Option<Types>,
    /// The allowed values.
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
    pub(super) properties: Members,
    pub(super) additional_properties: Option<LazySchema>,
    pub(super) items: Option<LazySchema>,
    pub(super) groups: Vec<Groups>,
    /// What must accept the object as well if it has the member.
    pub(super) dependent_schemas: Members,
    /// What must accept the value as well.
    pub(super) all_of: Vec<LazySchema>,
    pub(super) conditional: Option<Conditional>,
    /// The name of a definition that must accept the value as well.
    pub(super) reference: Option<&'static str>,
}

/// A schema that is read when it is first needed.
pub(super) struct LazySchema {
    text: &'static str,
    schema: OnceLock<Box<Schema>>,
}

/// What must accept an object as well if its members have certain strings.
pub(super) struct Conditional {
    pub(super) texts: Vec<(String, String)>,
    pub(super) then: LazySchema,
}

/// Schemas by name, in order.
#[derive(Default)]
pub(super) struct Members(pub(super) Vec<(&'static str, LazySchema)>);

/// Types of JSON values, a bit each.
#[derive(Clone, Copy)]
pub(super) struct Types(u8);

impl LazySchema {
    fn new(text: &'static str) -> Self {
        Self {
            text,
            schema: OnceLock::new(),
        }
    }

    /// The schema. That of a malformed text accepts nothing.
    pub(super) fn get(&self) -> &Schema {
        self.schema.get_or_init(|| {
            let schema = Schema::read(self.text).unwrap_or(Schema {
                is_unsupported: true,
                ..Schema::default()
            });
            Box::new(schema)
        })
    }
}

impl Schema {
    /// `None` if the schema accepts nothing, or is malformed.
    fn read(schema: &'static str) -> Option<Self> {
        let mut out = Self {
            is_plain: true,
            ..Self::default()
        };
        if schema == "true" {
            return Some(out);
        }
        let (mut condition, mut then): (Option<Value>, Option<LazySchema>) = (None, None);
        let (mut has_pattern, mut format) = (false, "");
        for (keyword, text) in text::members(schema)? {
            let mut is_known = true;
            match keyword {
                "type" => out.types = Some(Types::read(text)?),
                "const" => out.values = Some(vec![serde_json::from_str(text).ok()?]),
                "enum" => out.values = Some(serde_json::from_str(text).ok()?),
                "pattern" => has_pattern = true,
                "minimum" => out.minimum = Some(text.parse().ok()?),
                "maximum" => out.maximum = Some(text.parse().ok()?),
                "minItems" | "minProperties" => out.min_items = text.parse().ok()?,
                "propertyNames" => {
                    out.key_lengths = key_lengths(&serde_json::from_str(text).ok()?);
                    is_known = out.key_lengths.is_some();
                }
                "required" => {
                    out.required = text::items(text)?
                        .into_iter()
                        .map(text::string)
                        .collect::<Option<_>>()?;
                }
                "properties" => out.properties = Members::read(text)?,
                "additionalProperties" => out.additional_properties = Some(LazySchema::new(text)),
                "items" => out.items = Some(LazySchema::new(text)),
                "dependentSchemas" => out.dependent_schemas = Members::read(text)?,
                "allOf" => out
                    .all_of
                    .extend(text::items(text)?.into_iter().map(LazySchema::new)),
                "$ref" => {
                    out.reference = text::string(text)?.strip_prefix("#/$defs/");
                    is_known = out.reference.is_some();
                }
                "deprecated" => {}
                "format" => format = text::string(text)?,
                "if" => condition = Some(serde_json::from_str(text).ok()?),
                "then" => then = Some(LazySchema::new(text)),
                _ => {
                    let groups = Groups::parse(keyword, &serde_json::from_str(text).ok()?);
                    is_known = groups.is_some();
                    out.groups.extend(groups);
                }
            }
            out.is_unsupported |= !is_known;
            out.is_plain &= matches!(keyword, "type" | "format" | "deprecated");
        }
        // The pattern of an expression is the only common one, and expensive to compile. Apart from timestamps, formats
        // are checked by other rules.
        out.is_expression = has_pattern && format == "x-jsonata";
        out.is_unsupported |= format == "x-rfc3339" || has_pattern && !out.is_expression;
        if let Some(then) = then {
            // If the condition is not supported, `then` must accept the value whether or not the condition is true.
            match condition.as_ref().and_then(texts_of_members) {
                Some(texts) => out.conditional = Some(Conditional { texts, then }),
                None => out.all_of.push(then),
            }
        }
        Some(out)
    }
}

impl Members {
    /// Reads an object of schemas.
    pub(super) fn read(object: &'static str) -> Option<Self> {
        let members = text::members(object)?.into_iter();
        Some(Self(
            members
                .map(|(name, schema)| (name, LazySchema::new(schema)))
                .collect(),
        ))
    }

    pub(super) fn get(&self, name: &str) -> Option<&Schema> {
        let found = self.0.iter().find(|(known, _)| *known == name);
        found.map(|(_, schema)| schema.get())
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

    /// Reads a name, or an array of names.
    fn read(text: &'static str) -> Option<Self> {
        if text.starts_with('"') {
            return Self::from_name(text::string(text)?);
        }
        let mut types = Self(0);
        for name in text::items(text)? {
            types = types | Self::from_name(text::string(name)?)?;
        }
        Some(types)
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

/// The members that a condition requires, with their strings; `None` if it requires anything else.
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

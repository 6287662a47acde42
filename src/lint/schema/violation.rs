//! What a definition violates: the validator's errors as typed values.
//!
//! Nothing else reads the validator's errors. A violation follows from the keyword, from the schema that contains the
//! keyword (found by the error's schema location), and from the instance location. A pattern is identified by the
//! `format` of its schema, a group of fields by the value of the keyword.

use super::group::{Field, GroupViolation, Groups};
use super::instance;
use super::location::InstanceLocation;
use crate::asl::state::choice::Operator;
use crate::document::Node;
use crate::lint::limit::MAX_PER_OBJECT;
use crate::prose;
use foldhash::HashMap;
use jsonschema::error::{TypeKind, ValidationErrorKind};
use jsonschema::paths::Location;
use jsonschema::{JsonType, ValidationError};
use serde_json::{Map, Value};

/// One violation at one place.
#[derive(Debug)]
pub(super) struct Violation<'e, 'd> {
    pub(super) kind: Kind<'e>,
    pub(super) location: InstanceLocation<'d>,
}

/// What is violated.
#[derive(Debug)]
pub(super) enum Kind<'e> {
    /// Required fields that the object does not have, in the order of the schema.
    Missing(Vec<&'e str>),
    /// Fields that the object must not have.
    Unexpected(UnexpectedFields<'e>),
    /// A field that is not allowed together with others of the object.
    Excluded,
    /// The object has none, or several, of a group of fields.
    Group {
        group: FieldGroup,
        breach: GroupViolation,
    },
    /// The value has none of these types.
    Type(Vec<JsonType>),
    /// The value is not one of these.
    Options(Vec<&'e str>),
    /// The number is below this one.
    Minimum(&'e Value),
    /// The number is above this one, which is an integer unless `is_float`.
    Maximum { limit: &'e Value, is_float: bool },
    /// The array, object, or string is empty.
    Empty,
    /// The string has more characters than this.
    TooLong(u64),
    /// The string does not have the syntax of its format.
    Syntax(Format),
    /// The string does not match a pattern without a known format.
    Pattern,
    /// A key is too long or empty, which the rule `invalid-state-name` reports at every depth.
    Key,
    /// Any other keyword.
    Other(&'e str),
}

/// Fields that an object must not have.
#[derive(Debug)]
pub(super) struct UnexpectedFields<'e> {
    names: &'e [String],
    /// The fields that the object may have.
    allowed: &'e Map<String, Value>,
    /// How many there are, `names` and those that were not converted.
    count: usize,
}

impl<'e> UnexpectedFields<'e> {
    /// The names to report; the others are only counted.
    pub(super) fn listed(&self) -> &'e [String] {
        &self.names[..self.names.len().min(MAX_PER_OBJECT)]
    }

    /// How many names are not listed.
    pub(super) const fn unlisted(&self) -> usize {
        self.count.saturating_sub(MAX_PER_OBJECT)
    }

    /// The first name that is not listed.
    pub(super) fn first_unlisted(&self) -> Option<&'e str> {
        self.names.get(MAX_PER_OBJECT).map(String::as_str)
    }

    /// The allowed field that a name is closest to, unless the object has it.
    pub(super) fn closest_allowed(&self, name: &str, object: &Node) -> Option<&'e str> {
        let close = prose::closest(name, self.allowed.keys().map(String::as_str));
        close.filter(|close| object.get(close).is_none())
    }
}

/// The names of a group of fields.
#[derive(Debug)]
pub(super) struct FieldGroup(Vec<String>);

impl FieldGroup {
    pub(super) fn names(&self) -> Vec<&str> {
        self.0.iter().map(String::as_str).collect()
    }

    /// Whether the group is that of a Choice rule's comparisons.
    pub(super) fn is_comparisons(&self) -> bool {
        self.0
            .first()
            .is_some_and(|name| Operator::from_name(name).is_some())
    }
}

/// The formats of the schema whose syntax a pattern defines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// `x-rfc3339`
    Timestamp,
    /// `x-jsonata`
    Jsonata,
    /// `x-json-pointer`
    JsonPointer,
    /// `x-label`
    Label,
}

impl Format {
    /// The format that a schema's `format` names.
    fn from_annotation(format: &Value) -> Option<Self> {
        Some(match format.as_str()? {
            "x-rfc3339" => Self::Timestamp,
            "x-jsonata" => Self::Jsonata,
            "x-json-pointer" => Self::JsonPointer,
            "x-label" => Self::Label,
            _ => return None,
        })
    }
}

/// The violations behind the errors of one object, in the order of the errors; missing fields come last, in one
/// violation for each object that lacks some. `document` is the schema that the validator was compiled from.
pub(super) fn derive<'e, 'd>(
    document: &'e Value,
    root: &'d Node,
    errors: &'e [ValidationError<'_>],
) -> Vec<Violation<'e, 'd>> {
    let (mut found, mut missing) = (Vec::new(), Vec::<Violation<'e, 'd>>::new());
    // The index in `missing` of each object that lacks fields.
    let mut lacking: HashMap<*const Node, usize> = HashMap::default();
    for error in errors {
        let Some(location) = InstanceLocation::resolve(root, error.instance_path()) else {
            continue;
        };
        let keyword = Keyword::locate(document, error.schema_path());
        match error.kind() {
            ValidationErrorKind::Required { property } => {
                let name = property.as_str().unwrap_or_default();
                let known = lacking.get(&std::ptr::from_ref(location.node));
                if let Some(Kind::Missing(names)) = known
                    .and_then(|&i| missing.get_mut(i))
                    .map(|known| &mut known.kind)
                {
                    names.push(name);
                } else {
                    lacking.insert(location.node, missing.len());
                    missing.push(Violation {
                        kind: Kind::Missing(vec![name]),
                        location,
                    });
                }
            }
            ValidationErrorKind::Custom { .. } => {
                let breaches = keyword.breaches(location.node);
                found.extend(breaches.into_iter().map(|kind| Violation {
                    kind,
                    location: location.clone(),
                }));
            }
            kind => found.push(Violation {
                kind: keyword.violation(kind, location.node),
                location,
            }),
        }
    }
    found.append(&mut missing);
    found
}

/// A keyword of the schema that an error names.
struct Keyword<'e> {
    name: &'e str,
    /// The schema that contains the keyword.
    schema: Option<&'e Map<String, Value>>,
}

impl<'e> Keyword<'e> {
    fn locate(document: &'e Value, location: &'e Location) -> Self {
        let (schema, name) = location.as_str().rsplit_once('/').unwrap_or_default();
        let schema = document.pointer(schema).and_then(Value::as_object);
        Self { name, schema }
    }

    /// The value of a keyword of the same schema.
    fn sibling(&self, name: &str) -> Option<&'e Value> {
        self.schema?.get(name)
    }

    /// The groups of the keyword that an object breaks.
    fn breaches(&self, object: &Node) -> Vec<Kind<'e>> {
        let value = self.sibling(self.name);
        let Some(groups) = value.and_then(|value| Groups::parse(self.name, value)) else {
            return Vec::new();
        };
        let breaches = groups.breaches(|field| is_present(object, field));
        let violation = |(group, breach): (&[Field], GroupViolation)| Kind::Group {
            group: FieldGroup(group.iter().map(|field| field.name.clone()).collect()),
            breach,
        };
        breaches.map(violation).collect()
    }

    fn violation(&self, kind: &'e ValidationErrorKind, node: &Node) -> Kind<'e> {
        use ValidationErrorKind as K;
        let format = self.sibling("format").and_then(Format::from_annotation);
        match kind {
            K::AdditionalProperties { unexpected } => {
                match self.sibling("properties").and_then(Value::as_object) {
                    Some(allowed) => Kind::Unexpected(UnexpectedFields {
                        names: unexpected,
                        allowed,
                        count: count_unexpected(node, allowed),
                    }),
                    None => Kind::Other(self.name),
                }
            }
            K::FalseSchema => Kind::Excluded,
            K::Type { kind } => Kind::Type(match kind {
                TypeKind::Single(one) => vec![*one],
                TypeKind::Multiple(set) => set.iter().collect(),
            }),
            K::Enum { options } => {
                let options = options.as_array().map_or(&[][..], Vec::as_slice);
                Kind::Options(options.iter().filter_map(Value::as_str).collect())
            }
            K::Constant { expected_value } => Kind::Options(expected_value.as_str().into_iter().collect()),
            K::Minimum { limit } => Kind::Minimum(limit),
            K::Maximum { limit } => Kind::Maximum {
                limit,
                is_float: self.has_type("number"),
            },
            K::MinLength { .. } | K::MaxLength { .. } if format == Some(Format::Label) => {
                Kind::Syntax(Format::Label)
            }
            K::MinItems { .. } | K::MinProperties { .. } | K::MinLength { .. } => Kind::Empty,
            K::MaxLength { limit } => Kind::TooLong(*limit),
            K::Pattern { .. } | K::Format { .. } => format.map_or(Kind::Pattern, Kind::Syntax),
            K::PropertyNames { .. } => Kind::Key,
            other => Kind::Other(other.keyword()),
        }
    }

    /// Whether the schema's `type` is, or includes, a type.
    fn has_type(&self, name: &str) -> bool {
        match self.sibling("type") {
            Some(Value::Array(names)) => names.iter().any(|known| known == name),
            Some(known) => known == name,
            None => false,
        }
    }
}

/// Whether an object has a field of a group with a value that counts.
pub(super) fn is_present(object: &Node, field: &Field) -> bool {
    let value = object.get(&field.name);
    value.is_some_and(|value| {
        field
            .exempt
            .as_ref()
            .is_none_or(|exempt| !instance::is_outlined_as(value, exempt))
    })
}

fn count_unexpected(object: &Node, allowed: &Map<String, Value>) -> usize {
    let allowed = instance::names(allowed);
    let members = object.as_object().unwrap_or_default().iter();
    members
        .filter(|member| !allowed.contains(member.key.as_str()))
        .count()
}

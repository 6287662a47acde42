//! The schema's own keywords: how many of a group of fields an object may have.

use jsonschema::paths::Location;
use jsonschema::{Keyword, ValidationError};
use serde_json::{Map, Value};

/// `x-exactlyOne`, `x-atMostOne`, `x-atLeastOne`.
pub(super) const KEYWORDS: [&str; 3] = [EXACTLY_ONE, AT_MOST_ONE, AT_LEAST_ONE];
pub(super) const EXACTLY_ONE: &str = "x-exactlyOne";
pub(super) const AT_MOST_ONE: &str = "x-atMostOne";
pub(super) const AT_LEAST_ONE: &str = "x-atLeastOne";

/// What begins the message of an error: too many fields of the group are there, or none.
pub(super) const MANY: &str = "many:";
pub(super) const NONE: &str = "none:";

/// The groups of one keyword.
pub(super) struct Groups {
    keyword: &'static str,
    groups: Vec<Vec<Field>>,
}

/// A field of a group.
pub(super) struct Field {
    pub(super) name: String,
    /// With this value it does not count.
    pub(super) exempt: Option<Value>,
}

impl Groups {
    /// The groups that a keyword's value lists; `None` where it is no such list.
    pub(super) fn of(keyword: &'static str, value: &Value) -> Option<Self> {
        let field = |v: &Value| match v {
            Value::String(name) => Some(Field {
                name: name.clone(),
                exempt: None,
            }),
            Value::Object(members) => members.iter().next().map(|(name, value)| Field {
                name: name.clone(),
                exempt: Some(value.clone()),
            }),
            _ => None,
        };
        let group = |v: &Value| v.as_array()?.iter().map(field).collect();
        Some(Self {
            keyword,
            groups: value.as_array()?.iter().map(group).collect::<Option<_>>()?,
        })
    }

    /// What is wrong with each group of which too many fields are there or too few, as an error's message.
    pub(super) fn faults<'s>(
        &'s self,
        is_there: impl Fn(&Field) -> bool + 's,
    ) -> impl Iterator<Item = String> + 's {
        self.groups.iter().filter_map(move |group| {
            let there = group.iter().filter(|&field| is_there(field)).count();
            let word = match there {
                0 if self.keyword != AT_MOST_ONE => NONE,
                2.. if self.keyword != AT_LEAST_ONE => MANY,
                _ => return None,
            };
            let names: Vec<&str> = group.iter().map(|field| field.name.as_str()).collect();
            Some(format!("{word}{}", names.join(", ")))
        })
    }

    fn faults_of<'s>(&'s self, instance: &'s Value) -> impl Iterator<Item = String> + 's {
        let object = instance.as_object();
        let is_there = |field: &Field, object: &Map<String, Value>| {
            let value = object.get(&field.name);
            value.is_some_and(|value| field.exempt.as_ref() != Some(value))
        };
        object
            .into_iter()
            .flat_map(move |object| self.faults(move |field| is_there(field, object)))
    }
}

/// A keyword's validator, or why its value in the schema is no list of groups.
type Made<'a> = Result<Box<dyn for<'i> Keyword<'i>>, ValidationError<'a>>;

/// Makes the validator of a keyword's value.
pub(super) fn factory(
    keyword: &'static str,
) -> impl for<'a> Fn(&'a Map<String, Value>, &'a Value, Location) -> Made<'a> + Send + Sync + 'static {
    move |_, value, _| match Groups::of(keyword, value) {
        Some(groups) => Ok(Box::new(groups)),
        None => Err(ValidationError::schema(
            "a list of groups of field names is wanted",
        )),
    }
}

impl<'i> Keyword<'i> for Groups {
    fn validate(&self, instance: &'i Value) -> Result<(), ValidationError<'i>> {
        self.faults_of(instance)
            .next()
            .map_or(Ok(()), |message| Err(ValidationError::custom(message)))
    }

    fn is_valid(&self, instance: &'i Value) -> bool {
        self.faults_of(instance).next().is_none()
    }

    fn iter_errors(&self, instance: &'i Value) -> Box<dyn Iterator<Item = ValidationError<'i>> + 'i> {
        let errors: Vec<_> = self.faults_of(instance).map(ValidationError::custom).collect();
        Box::new(errors.into_iter())
    }
}

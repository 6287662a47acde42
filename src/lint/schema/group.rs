//! The schema's own keywords: how many fields of a group an object may have.

use jsonschema::paths::Location;
use jsonschema::{Keyword, ValidationError};
use serde_json::{Map, Value};

/// Exactly one field of each group, at most one, at least one.
pub(super) const KEYWORDS: [&str; 3] = [EXACTLY_ONE, AT_MOST_ONE, AT_LEAST_ONE];
const EXACTLY_ONE: &str = "x-exactlyOne";
const AT_MOST_ONE: &str = "x-atMostOne";
const AT_LEAST_ONE: &str = "x-atLeastOne";

/// The groups of one keyword.
pub(super) struct Groups {
    keyword: &'static str,
    groups: Vec<Vec<Field>>,
}

/// A field of a group.
pub(super) struct Field {
    pub(super) name: String,
    /// With this value the field does not count.
    pub(super) exempt: Option<Value>,
}

/// How an object breaks a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum GroupViolation {
    /// It has none of the fields.
    None,
    /// It has more than one of the fields.
    Several,
}

impl Groups {
    /// The groups that a keyword's value lists; `None` if the keyword is not one of [`KEYWORDS`] or the value is not a
    /// list of groups.
    pub(super) fn parse(keyword: &str, value: &Value) -> Option<Self> {
        let keyword = KEYWORDS.into_iter().find(|known| *known == keyword)?;
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

    /// The groups that an object breaks. `is_present` is whether the object has a field that counts.
    pub(super) fn breaches<'s>(
        &'s self,
        is_present: impl Fn(&Field) -> bool + 's,
    ) -> impl Iterator<Item = (&'s [Field], GroupViolation)> {
        self.groups.iter().filter_map(move |group| {
            let present = group.iter().filter(|&field| is_present(field)).count();
            let breach = match present {
                0 if self.keyword != AT_MOST_ONE => GroupViolation::None,
                2.. if self.keyword != AT_LEAST_ONE => GroupViolation::Several,
                _ => return None,
            };
            Some((group.as_slice(), breach))
        })
    }
}

/// A keyword's validator, or why its value in the schema is not a list of groups.
type KeywordResult<'a> = Result<Box<dyn for<'i> Keyword<'i>>, ValidationError<'a>>;

/// Makes the validator of a keyword's value.
pub(super) fn factory(
    keyword: &'static str,
) -> impl for<'a> Fn(&'a Map<String, Value>, &'a Value, Location) -> KeywordResult<'a> + Send + Sync + 'static
{
    move |_, value, _| match Groups::parse(keyword, value) {
        Some(groups) => Ok(Box::new(groups)),
        None => Err(ValidationError::schema(
            "expected a list of groups of field names",
        )),
    }
}

impl<'i> Keyword<'i> for Groups {
    /// One error for all groups: which of them are broken is derived from the keyword's value, see `violation`.
    fn validate(&self, instance: &'i Value) -> Result<(), ValidationError<'i>> {
        if Keyword::is_valid(self, instance) {
            Ok(())
        } else {
            Err(ValidationError::custom("wrong number of fields"))
        }
    }

    fn is_valid(&self, instance: &'i Value) -> bool {
        instance.as_object().is_none_or(|object| {
            let is_present = |field: &Field| {
                let value = object.get(&field.name);
                value.is_some_and(|value| field.exempt.as_ref() != Some(value))
            };
            self.breaches(is_present).next().is_none()
        })
    }
}

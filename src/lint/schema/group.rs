//! The schema's own keywords: how many of a group of fields an object may have.

use super::instance::Tree;
use crate::document::Node;
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

struct Group {
    keyword: &'static str,
    /// Each group's fields; a field with a value does not count when it has that value.
    groups: Vec<Vec<(String, Option<Value>)>>,
}

/// A keyword's validator, or why its value in the schema is no list of groups.
type Made<'a> = Result<Box<dyn for<'i> Keyword<'i, Tree>>, ValidationError<'a>>;

/// Makes the validator of a keyword's value.
pub(super) fn factory(
    keyword: &'static str,
) -> impl for<'a> Fn(&'a Map<String, Value>, &'a Value, Location) -> Made<'a> + Send + Sync + 'static {
    move |_, value, _| {
        let field = |v: &Value| match v {
            Value::String(name) => Some((name.clone(), None)),
            Value::Object(members) => members
                .iter()
                .next()
                .map(|(name, v)| (name.clone(), Some(v.clone()))),
            _ => None,
        };
        let group = |v: &Value| {
            v.as_array()
                .map(|fields| fields.iter().filter_map(field).collect())
        };
        let groups = value
            .as_array()
            .map(|groups| groups.iter().filter_map(group).collect());
        let groups =
            groups.ok_or_else(|| ValidationError::schema("a list of groups of field names is wanted"))?;
        Ok(Box::new(Group { keyword, groups }))
    }
}

impl Group {
    /// What is wrong with a group in an object, as an error's message.
    fn fault(&self, group: &[(String, Option<Value>)], object: &Node) -> Option<String> {
        let counts = |(name, exempt): &&(String, Option<Value>)| {
            let Some(value) = object.get(name) else {
                return false;
            };
            exempt
                .as_ref()
                .is_none_or(|exempt| !jsonschema::json::Node::<Tree>::equals_value(&value, exempt))
        };
        let there = group.iter().filter(counts).count();
        let word = match there {
            0 if self.keyword != AT_MOST_ONE => NONE,
            2.. if self.keyword != AT_LEAST_ONE => MANY,
            _ => return None,
        };
        let names: Vec<&str> = group.iter().map(|(name, _)| name.as_str()).collect();
        Some(format!("{word}{}", names.join(", ")))
    }

    fn faults<'s>(&'s self, instance: &'s Node) -> impl Iterator<Item = String> + 's {
        let is_object = instance.as_object().is_some();
        self.groups
            .iter()
            .filter(move |_| is_object)
            .filter_map(|group| self.fault(group, instance))
    }
}

impl<'i> Keyword<'i, Tree> for Group {
    fn validate(&self, instance: &'i Node) -> Result<(), ValidationError<'i>> {
        self.faults(instance)
            .next()
            .map_or(Ok(()), |message| Err(ValidationError::custom(message)))
    }

    fn is_valid(&self, instance: &'i Node) -> bool {
        self.faults(instance).next().is_none()
    }

    fn iter_errors(&self, instance: &'i Node) -> Box<dyn Iterator<Item = ValidationError<'i>> + 'i> {
        let errors: Vec<_> = self.faults(instance).map(ValidationError::custom).collect();
        Box::new(errors.into_iter())
    }
}

//! The schema's own keywords, read as its `$comment` defines them.

use jsonschema::paths::Location;
use jsonschema::{Keyword, ValidationError, Validator};
use serde_json::{Map, Value, json};

/// `x-exactlyOne`, `x-atMostOne`, `x-atLeastOne` as the schema's `$comment` defines them.
struct Groups {
    of: Vec<Vec<(String, Option<Value>)>>,
    least: usize,
    most: usize,
}

impl Groups {
    fn new(groups: &Value, least: usize, most: usize) -> Self {
        let member = |m: &Value| match m {
            Value::String(name) => (name.clone(), None),
            other => {
                let (name, without) = other.as_object().unwrap().iter().next().unwrap();
                (name.clone(), Some(without.clone()))
            }
        };
        let group = |g: &Value| g.as_array().unwrap().iter().map(member).collect();
        let groups = groups.as_array().unwrap().iter().map(group).collect();
        Self {
            of: groups,
            least,
            most,
        }
    }

    fn failures(&self, instance: &Value) -> usize {
        let Some(object) = instance.as_object() else {
            return 0;
        };
        let counts = |(name, without): &&(String, Option<Value>)| {
            object
                .get(name)
                .is_some_and(|value| without.as_ref() != Some(value))
        };
        let fails = |group: &&Vec<_>| {
            let there = group.iter().filter(counts).count();
            there < self.least || there > self.most
        };
        self.of.iter().filter(fails).count()
    }
}

impl<'i> Keyword<'i> for Groups {
    fn validate(&self, instance: &'i Value) -> Result<(), ValidationError<'i>> {
        if self.is_valid(instance) {
            return Ok(());
        }
        Err(ValidationError::custom("the wrong number of fields of a group"))
    }

    fn is_valid(&self, instance: &'i Value) -> bool {
        self.failures(instance) == 0
    }

    fn iter_errors(&self, instance: &'i Value) -> Box<dyn Iterator<Item = ValidationError<'i>> + 'i> {
        let error = |_| ValidationError::custom("the wrong number of fields of a group");
        Box::new((0..self.failures(instance)).map(error))
    }
}

type Factory = for<'a> fn(
    &'a Map<String, Value>,
    &'a Value,
    Location,
) -> Result<Box<dyn for<'i> Keyword<'i>>, ValidationError<'a>>;

/// The validator of one definition of the table, as the linter has it.
pub(super) fn validator(schema: &Value, def: &str) -> Validator {
    let exactly: Factory = |_, groups, _| Ok(Box::new(Groups::new(groups, 1, 1)));
    let most: Factory = |_, groups, _| Ok(Box::new(Groups::new(groups, 0, 1)));
    let least: Factory = |_, groups, _| Ok(Box::new(Groups::new(groups, 1, usize::MAX)));
    jsonschema::options()
        .with_keyword("x-exactlyOne", exactly)
        .with_keyword("x-atMostOne", most)
        .with_keyword("x-atLeastOne", least)
        .build(&json!({
            "$schema": schema["$schema"],
            "$ref": format!("#/$defs/{def}"),
            "$defs": schema["$defs"],
        }))
        .unwrap()
}

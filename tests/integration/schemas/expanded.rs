//! `src/lint/schema/expanded.jsonl`: the linter's definitions of the schema, each a schema of its own.
//!
//! Parsing and indexing the whole schema and resolving its references would dominate the time of linting a small file.
//! `UPDATE=1 cargo test expanded` regenerates the file.

use super::{LANGUAGES, schema};
use crate::completions::assert_fresh;
use aslkit::spec::StateType;
use serde_json::{Map, Value, json};

#[test]
fn expanded_definitions_are_current() {
    let schema = schema();
    let states = StateType::ALL
        .iter()
        .flat_map(|state_type| LANGUAGES.map(|language| format!("{}.{language}", state_type.as_str())));
    let lines = states
        .chain(std::iter::once("StateMachine".to_owned()))
        .map(|name| expand(&schema["$defs"], &name).to_string() + "\n");
    assert_fresh("src/lint/schema/expanded.jsonl", &lines.collect::<String>());
}

/// A schema whose `$defs` contain first the definition with its references resolved, and then the definitions that are
/// recursive or long, whose references are kept.
fn expand(definitions: &Value, name: &str) -> Value {
    let mut expansion = Expansion {
        definitions,
        open: Vec::new(),
        shared: Map::new(),
    };
    let expanded = expansion.definition(name);
    let mut parts = Map::from_iter([(name.to_owned(), expanded)]);
    parts.extend(expansion.shared);
    json!({ "$schema": "https://json-schema.org/draft/2020-12/schema", "$defs": parts })
}

struct Expansion<'a> {
    definitions: &'a Value,
    /// The names of the definitions that are being expanded.
    open: Vec<&'a str>,
    /// The definitions that are recursive or long.
    shared: Map<String, Value>,
}

impl<'a> Expansion<'a> {
    fn definition(&mut self, name: &str) -> Value {
        let (name, definition) = self.definitions.as_object().unwrap().get_key_value(name).unwrap();
        self.open.push(name);
        let expanded = self.schema(definition);
        self.open.pop();
        expanded
    }

    fn schema(&mut self, schema: &'a Value) -> Value {
        match schema {
            Value::Object(members) => self.object(members),
            Value::Array(items) => items.iter().map(|item| self.schema(item)).collect(),
            other => other.clone(),
        }
    }

    fn object(&mut self, members: &'a Map<String, Value>) -> Value {
        let mut expanded = Map::new();
        let mut target = None;
        for (key, value) in members {
            match (key.as_str(), value) {
                // For people and editors only.
                ("description" | "$comment", Value::String(_)) => {}
                ("default", value) if !value.is_object() => {}
                ("$ref", Value::String(reference)) => target = Some(self.target(reference)),
                (_, value) => {
                    expanded.insert(key.clone(), self.schema(value));
                }
            }
        }
        match target {
            None => {}
            Some(Value::Object(target)) if target.keys().all(|key| !expanded.contains_key(key)) => {
                expanded.extend(target);
            }
            Some(target) => {
                expanded.insert("allOf".to_owned(), Value::Array(vec![target]));
            }
        }
        Value::Object(expanded)
    }

    /// The expanded target of a reference: a definition or a part of one.
    fn target(&mut self, reference: &str) -> Value {
        let path = reference.strip_prefix("#/$defs/").unwrap();
        if path.contains('/') {
            return self.schema(self.definitions.pointer(&format!("/{path}")).unwrap());
        }
        if self.open.contains(&path) {
            // It is inserted when its own expansion is complete.
            self.shared.entry(path).or_insert(Value::Null);
        } else if !self.shared.contains_key(path) {
            let expanded = self.definition(path);
            let is_long = self.definitions[path].to_string().len() > 1000;
            if !is_long && !self.shared.contains_key(path) {
                return expanded;
            }
            self.shared.insert(path.to_owned(), expanded);
        }
        json!({ "$ref": reference })
    }
}

//! The definitions of the schema that the linter validates with, read and compiled when a file first needs them.

use super::group;
use super::validator::Validator;
use crate::document::Node;
use crate::spec::QueryLanguage;
use crate::spec::StateType;
use jsonschema::{Draft, PatternOptions, Registry};
use serde_json::{Map, Value};
use std::sync::OnceLock;

/// The definitions as schemas of their own, generated from the whole schema: parsing and indexing the whole for the few
/// definitions that a file needs would dominate the time that linting a small file takes. In the order of
/// [`Definition::index_of`], the machine's last.
static TEXTS: [&str; Definition::STATES + 1] = lines(include_str!("expanded.jsonl"));

/// The definitions that were requested, each read once.
static DEFINITIONS: [OnceLock<Definition>; Definition::STATES + 1] =
    [const { OnceLock::new() }; Definition::STATES + 1];

/// The lines of a text, split when the program is compiled.
const fn lines<const N: usize>(text: &str) -> [&str; N] {
    let mut lines = [""; N];
    let (mut rest, mut line, mut at) = (text, 0, 0);
    while at < rest.len() {
        if rest.as_bytes()[at] == b'\n' {
            let (before, after) = rest.split_at(at);
            (lines[line], rest) = (before, after.split_at(1).1);
            (line, at) = (line + 1, 0);
        } else {
            at += 1;
        }
    }
    lines
}

/// The name of the document that a validator is compiled from. With this scheme, which the crate uses for documents
/// without a name, the crate does not compute an absolute address for every keyword.
const ADDRESS: &str = "json-schema:///asl";

/// A definition of the schema.
pub(super) struct Definition {
    name: &'static str,
    /// The text of the schema that contains the definition and what it refers to.
    text: &'static str,
    quick: Validator,
    /// The text as a tree; `Null` if it is malformed, which a test rules out.
    tree: OnceLock<Value>,
    /// Compiled when the quick validator does not accept an object; `None` if that fails, which a test rules out.
    compiled: OnceLock<Option<jsonschema::Validator>>,
}

impl Definition {
    /// The number of definitions of states.
    pub(super) const STATES: usize = 16;

    /// The number of a state's definition, below [`Self::STATES`].
    pub(super) fn index_of(state_type: StateType, language: QueryLanguage) -> usize {
        state_type as usize * 2 + usize::from(language == QueryLanguage::Jsonata)
    }

    /// The definition of a state type in a query language.
    pub(super) fn for_state(state_type: StateType, language: QueryLanguage) -> &'static Self {
        Self::at(Self::index_of(state_type, language))
    }

    /// The definition of the state machine itself, without its states.
    pub(super) fn for_machine() -> &'static Self {
        Self::at(Self::STATES)
    }

    fn at(index: usize) -> &'static Self {
        DEFINITIONS[index].get_or_init(|| Self::read(TEXTS[index]))
    }

    fn read(text: &'static str) -> Self {
        let definitions = text
            .split_once(r#""$defs":"#)
            .and_then(|(_, rest)| rest.strip_suffix('}'));
        let definitions = definitions.unwrap_or_default();
        let name = definitions.split('"').nth(1);
        Self {
            name: name.unwrap_or_default(),
            text,
            quick: Validator::parse(definitions),
            tree: OnceLock::new(),
            compiled: OnceLock::new(),
        }
    }

    /// The schema that contains the definition, under `$defs`.
    pub(super) fn tree(&self) -> &Value {
        self.tree
            .get_or_init(|| serde_json::from_str(self.text).unwrap_or_default())
    }

    /// Whether an object is valid for certain, which is decided without compiling anything.
    pub(super) fn accepts(&self, node: &Node) -> bool {
        self.quick.accepts(node)
    }

    /// The validator that decides about, and explains, what [`Self::accepts`] does not accept.
    pub(super) fn validator(&self) -> Option<&jsonschema::Validator> {
        self.compiled.get_or_init(|| self.compile()).as_ref()
    }

    fn compile(&self) -> Option<jsonschema::Validator> {
        let registry = Registry::new().add(ADDRESS, self.tree()).ok()?.prepare().ok()?;
        let mut options = jsonschema::options()
            // Only the reference below is of this draft, which has a small schema to check it by; the document that it
            // refers to declares 2020-12.
            .with_draft(Draft::Draft4)
            .with_registry(&registry)
            .with_pattern_options(PatternOptions::regex())
            .should_validate_formats(true)
            .with_format("x-rfc3339", is_day_of_its_month);
        for keyword in group::KEYWORDS {
            options = options.with_keyword(keyword, group::factory(keyword));
        }
        let wrapper = serde_json::json!({ "$ref": format!("{ADDRESS}#/$defs/{}", self.name) });
        options.build(&wrapper).ok()
    }

    /// The fields of the object that `keys` lead to, through references, arrays, and nested objects.
    pub(super) fn properties_at(&self, keys: &[&str]) -> Option<&Map<String, Value>> {
        let mut schema = self.tree()["$defs"].get(self.name)?;
        let mut properties = self.properties(schema)?;
        for key in keys {
            schema = properties.get(*key)?;
            properties = self.properties(schema)?;
        }
        Some(properties)
    }

    fn properties<'s>(&'s self, schema: &'s Value) -> Option<&'s Map<String, Value>> {
        if let Some(properties) = schema.get("properties") {
            return properties.as_object();
        }
        if let Some(items) = schema.get("items") {
            return self.properties(items);
        }
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            return self.properties(self.tree().pointer(reference.strip_prefix('#')?)?);
        }
        let parts = schema.get("allOf")?.as_array()?;
        parts.iter().find_map(|part| self.properties(part))
    }
}

/// Whether the date of a timestamp exists, which 2026-02-30 does not. The pattern of the same schema checks the form.
fn is_day_of_its_month(timestamp: &str) -> bool {
    let is_expression = timestamp.starts_with("{%");
    is_expression
        || timestamp
            .get(..10)
            .is_some_and(|date| date.parse::<jiff::civil::Date>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_definition_compiles() {
        for state_type in StateType::ALL {
            for language in [QueryLanguage::JsonPath, QueryLanguage::Jsonata] {
                let definition = Definition::for_state(state_type, language);
                assert_eq!(definition.name, format!("{}.{language}", state_type.as_str()));
                assert!(definition.validator().is_some());
            }
        }
        assert_eq!(Definition::for_machine().name, "StateMachine");
        assert!(Definition::for_machine().validator().is_some());
    }
}

//! The JSON Schema as the table of fields: each of its errors becomes a rule's finding.
//!
//! `schemas/asl.schema.json` has a definition per state type and language. The linter picks it, so an error is one
//! keyword at one place; `report` turns (keyword, place) into a rule, a sentence and AWS's words.

use super::Run;
use crate::asl::{QueryLanguage, State};
use crate::document::Node;
use crate::spec::StateType;
use jsonschema::{Draft, PatternOptions, Registry, Validator};
use plain::Plain;
use serde_json::Value;
use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, OnceLock, PoisonError};

mod group;
mod instance;
mod place;
mod plain;
mod report;
mod words;

/// The text of the schema.
pub const TEXT: &str = include_str!("../../schemas/asl.schema.json");

/// The whole schema, parsed when a finding first wants to say what could stand in a place.
static SCHEMA: LazyLock<Value> = LazyLock::new(|| {
    // The text is part of the binary and a test parses it, so `Null` never comes out.
    serde_json::from_str(TEXT).unwrap_or(Value::Null)
});

/// A definition of the schema.
struct Definition {
    name: &'static str,
    /// The text of the schema that holds it, and what it refers to.
    document: &'static str,
    plain: Plain,
    /// Compiled when something does not plainly fit; `None` where that fails, which a test rules out.
    validator: OnceLock<Option<Validator>>,
}

/// The definitions that were asked for, read once each.
static DEFINITIONS: LazyLock<Mutex<HashMap<&'static str, &'static Definition>>> =
    LazyLock::new(Mutex::default);

/// Validates the machine and every state with the definition of its type and language.
pub(super) fn check(run: &mut Run<'_, '_>) {
    let cx = run.cx;
    if let Some(definition) = definition("StateMachine") {
        let object = Subject {
            node: cx.machine.node,
            state: None,
            definition: "StateMachine",
        };
        validate(run, definition, &object);
    }
    let mut known: [Option<&'static Definition>; 16] = [None; 16];
    for state in cx.scopes.iter().flat_map(|scope| &scope.machine.states) {
        let Some(state_type) = state.state_type() else {
            report::type_of(run, state);
            continue;
        };
        let (index, name) = definition_of(state_type, state.language);
        if known[index].is_none() {
            known[index] = definition(name);
        }
        if let Some(definition) = known[index] {
            validate(
                run,
                definition,
                &Subject {
                    node: state.node,
                    state: Some(state),
                    definition: name,
                },
            );
        }
    }
}

/// An object under validation.
pub(super) struct Subject<'a, 'd> {
    pub(super) node: &'d Node,
    /// The state, unless it is the machine itself.
    pub(super) state: Option<&'a State<'d>>,
    pub(super) definition: &'static str,
}

fn validate(run: &mut Run<'_, '_>, definition: &Definition, subject: &Subject<'_, '_>) {
    if definition.plain.fits(subject.node) {
        return;
    }
    let Some(validator) = definition.validator() else {
        return;
    };
    let instance = instance::of(subject.node);
    if !validator.is_valid(&instance) {
        let errors: Vec<_> = validator.iter_errors(&instance).collect();
        report::errors(run, subject, &errors);
    }
}

/// The definition of a type in a language, and its number from 0 to 15.
fn definition_of(state_type: StateType, language: QueryLanguage) -> (usize, &'static str) {
    const NAMES: [[&str; 2]; 8] = [
        ["Task.JSONPath", "Task.JSONata"],
        ["Wait.JSONPath", "Wait.JSONata"],
        ["Pass.JSONPath", "Pass.JSONata"],
        ["Succeed.JSONPath", "Succeed.JSONata"],
        ["Fail.JSONPath", "Fail.JSONata"],
        ["Choice.JSONPath", "Choice.JSONata"],
        ["Parallel.JSONPath", "Parallel.JSONata"],
        ["Map.JSONPath", "Map.JSONata"],
    ];
    let (row, column) = (
        state_type as usize,
        usize::from(language == QueryLanguage::Jsonata),
    );
    (row * 2 + column, NAMES[row][column])
}

/// A definition by its name, read when a file first asks for it.
fn definition(name: &'static str) -> Option<&'static Definition> {
    let mut known = DEFINITIONS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(definition) = known.get(name) {
        return Some(definition);
    }
    let definition: &'static Definition = Box::leak(Box::new(Definition::read(name)?));
    known.insert(name, definition);
    Some(definition)
}

/// The definitions that the linter needs, each a schema of its own on a line of its own, generated from the whole: to
/// parse and index the whole for the few that a file needs would be most of what linting a small file takes.
const EXPANDED: &str = include_str!("schema/expanded.jsonl");

/// What a validator calls the document it is compiled from. With this scheme, the crate's own for documents without a
/// name, it leaves out an absolute address for every keyword, which nobody reads.
const ADDRESS: &str = "json-schema:///asl";

impl Definition {
    fn read(name: &'static str) -> Option<Self> {
        let start = format!("{{\"$defs\":{{\"{name}\":");
        let at = memchr::memmem::find(EXPANDED.as_bytes(), start.as_bytes())?;
        let document = EXPANDED[at..].lines().next()?;
        Some(Self {
            name,
            plain: Plain::of(document),
            document,
            validator: OnceLock::new(),
        })
    }

    fn validator(&self) -> Option<&Validator> {
        self.validator.get_or_init(|| self.compile()).as_ref()
    }

    fn compile(&self) -> Option<Validator> {
        let document: Value = serde_json::from_str(self.document).ok()?;
        let registry = Registry::new().add(ADDRESS, &document).ok()?.prepare().ok()?;
        let mut options = jsonschema::options()
            // Only the reference below is of this draft, whose own schema is a small one to check it by; the document
            // it leads to says of itself that it is 2020-12.
            .with_draft(Draft::Draft4)
            .with_registry(&registry)
            .with_pattern_options(PatternOptions::regex())
            .should_validate_formats(true)
            .with_format("x-rfc3339", report::is_day_of_its_month);
        for keyword in group::KEYWORDS {
            options = options.with_keyword(keyword, group::factory(keyword));
        }
        let wrapper = serde_json::json!({ "$ref": format!("{ADDRESS}#/$defs/{}", self.name) });
        options.build(&wrapper).ok()
    }
}

/// The properties of a definition, by name.
fn properties(definition: &str) -> Option<&'static serde_json::Map<String, Value>> {
    SCHEMA["$defs"].get(definition)?.get("properties")?.as_object()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_definition_compiles() {
        for state_type in StateType::ALL {
            for language in [QueryLanguage::JsonPath, QueryLanguage::Jsonata] {
                let (_, name) = definition_of(state_type, language);
                assert_eq!(name, format!("{}.{language}", state_type.as_str()));
                assert!(definition(name).unwrap().validator().is_some());
            }
        }
        assert!(definition("StateMachine").unwrap().validator().is_some());
    }
}

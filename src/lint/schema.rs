//! The JSON Schema as the table of fields: each of its errors becomes a rule's finding.
//!
//! `schemas/asl.schema.json` has a definition per state type and language. The linter picks it, so an error is one
//! keyword at one place; [`report`] turns (keyword, place) into a rule, a sentence and AWS's words.

use super::Run;
use crate::asl::{QueryLanguage, State, StateType};
use crate::document::Node;
use instance::Tree;
use jsonschema::{Draft, PatternOptions, Registry, Validator};
use serde_json::Value;
use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};

mod group;
mod instance;
mod report;
mod words;

/// The text of the schema.
pub const TEXT: &str = include_str!("../../schemas/asl.schema.json");

/// The whole schema, parsed when a finding first wants to say what could stand in a place.
static SCHEMA: LazyLock<Value> = LazyLock::new(|| {
    // The text is part of the binary and a test parses it, so `Null` never comes out.
    serde_json::from_str(TEXT).unwrap_or(Value::Null)
});

/// The validators that were asked for, compiled once each.
static VALIDATORS: LazyLock<Mutex<HashMap<&'static str, &'static Validator<Tree>>>> =
    LazyLock::new(Mutex::default);

/// Validates the machine and every state with the definition of its type and language.
pub(super) fn check(run: &mut Run<'_, '_>) {
    let cx = run.cx;
    if let Some(validator) = validator("StateMachine") {
        let object = Subject {
            node: cx.machine.node,
            state: None,
            definition: "StateMachine",
        };
        validate(run, validator, &object);
    }
    let mut known: [Option<&'static Validator<Tree>>; 16] = [None; 16];
    for state in cx.scopes.iter().flat_map(|scope| &scope.machine.states) {
        let Some(state_type) = state.state_type() else {
            report::type_of(run, state);
            continue;
        };
        let (index, definition) = definition_of(state_type, state.language);
        if known[index].is_none() {
            known[index] = validator(definition);
        }
        if let Some(validator) = known[index] {
            validate(
                run,
                validator,
                &Subject {
                    node: state.node,
                    state: Some(state),
                    definition,
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

fn validate(run: &mut Run<'_, '_>, validator: &Validator<Tree>, subject: &Subject<'_, '_>) {
    if !validator.is_valid(subject.node) {
        let errors: Vec<_> = validator.iter_errors(subject.node).collect();
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

/// The validator of a definition, compiled when a file first asks for it.
fn validator(definition: &'static str) -> Option<&'static Validator<Tree>> {
    let mut cache = VALIDATORS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(validator) = cache.get(definition) {
        return Some(validator);
    }
    let validator: &'static Validator<Tree> = Box::leak(Box::new(compile(definition)?));
    cache.insert(definition, validator);
    Some(validator)
}

/// The definitions that validators are compiled from, each a schema of its own on a line of its own, generated from the
/// whole: to parse and index the whole for the few that a file needs would be most of what linting a small file takes.
const EXPANDED: &str = include_str!("schema/expanded.jsonl");

/// The schema that holds a definition.
fn expanded(definition: &str) -> Option<Value> {
    let start = format!("{{\"$defs\":{{\"{definition}\":");
    let line = EXPANDED.lines().find(|line| line.starts_with(&start))?;
    serde_json::from_str(line).ok()
}

/// What a validator calls the document it is compiled from. With this scheme, the crate's own for documents without a
/// name, it leaves out an absolute address for every keyword, which nobody reads.
const ADDRESS: &str = "json-schema:///asl";

fn compile(definition: &str) -> Option<Validator<Tree>> {
    let document = expanded(definition)?;
    let registry = Registry::new().add(ADDRESS, &document).ok()?.prepare().ok()?;
    let mut options = jsonschema::options_for::<Tree>()
        // Only the reference below is of this draft, whose own schema is a small one to check it by; the document it
        // leads to says of itself that it is 2020-12.
        .with_draft(Draft::Draft4)
        .with_registry(&registry)
        .with_pattern_options(PatternOptions::regex())
        .should_validate_formats(true)
        .with_format("x-rfc3339", report::is_day_of_its_month);
    for keyword in group::KEYWORDS {
        options = options.with_keyword(keyword, group::factory(keyword));
    }
    let wrapper = serde_json::json!({ "$ref": format!("{ADDRESS}#/$defs/{definition}") });
    options.build(&wrapper).ok()
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
                compile(name).unwrap();
            }
        }
        compile("StateMachine").unwrap();
    }
}

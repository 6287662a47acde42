//! `[[inputs]]` and `[[results]]`: what is declared about the data of state machines.
//!
//! ```toml
//! [[inputs]]
//! definitions = ["orders/*.asl.json"]  # files, relative to this file's folder; all of them by default
//! schema = "orders.schema.json"        # or: examples = ["examples/*.json"], strict = true
//!
//! [[results]]
//! state = "Charge"                     # or: resource = "arn:aws:states:::lambda:invoke"
//! examples = ["examples/charge.json"]
//! ```

use super::globs;
use crate::document::Node;
use crate::user_file::Errors;

/// What is declared about the input of executions, or about the results of some tasks.
#[derive(Debug)]
pub struct DataDeclaration {
    /// The definitions that it applies to, relative to the file's folder; all if `None`.
    pub definitions: Option<globset::GlobSet>,
    /// The name of the state with the result; every state if `None`.
    pub state: Option<String>,
    /// The `Resource` of the task with the result; every resource if `None`.
    pub resource: Option<String>,
    /// Where the declaration is.
    pub source: DataSource,
}

/// Where the shape of data is declared; paths are relative to the file's folder.
#[derive(Debug)]
pub enum DataSource {
    /// `schema`: a file with a JSON Schema.
    Schema(String),
    /// `examples`: files with examples, and `strict`: whether other values have no other fields.
    Examples {
        /// The globs of the files.
        globs: Vec<String>,
        /// `strict`
        is_strict: bool,
    },
}

impl DataDeclaration {
    /// Reads an array of tables; `names_results` if they may have `state` and `resource`.
    pub(super) fn read_all(errors: &mut Errors, value: &Node, names_results: bool) -> Vec<Self> {
        let Some(tables) = value.as_array() else {
            errors.expected("an array of tables", value);
            return Vec::new();
        };
        let read = |table| Self::read(errors, table, names_results);
        tables.iter().filter_map(read).collect()
    }

    fn read(errors: &mut Errors, table: &Node, names_results: bool) -> Option<Self> {
        const INPUT_KEYS: [&str; 4] = ["definitions", "examples", "schema", "strict"];
        const RESULT_KEYS: [&str; 6] = ["definitions", "examples", "resource", "schema", "state", "strict"];
        let (mut schema, mut examples, mut is_strict) = (None, None, false);
        let mut declaration = (None, None, None);
        for member in errors.members("a table", table) {
            let value = &member.value;
            match member.key.as_str() {
                "definitions" => declaration.0 = globs::read(errors, value),
                "state" if names_results => declaration.1 = text(errors, value),
                "resource" if names_results => declaration.2 = text(errors, value),
                "schema" => schema = text(errors, value),
                "examples" => examples = texts(errors, value),
                "strict" => match value.as_bool() {
                    Some(strict) => is_strict = strict,
                    None => errors.expected("true or false", value),
                },
                _ if names_results => errors.unknown_key(member, &RESULT_KEYS),
                _ => errors.unknown_key(member, &INPUT_KEYS),
            }
        }
        let source = match (schema, examples) {
            (Some(schema), None) => DataSource::Schema(schema),
            (None, Some(globs)) => DataSource::Examples { globs, is_strict },
            (Some(_), Some(_)) => {
                errors.add(table.span, "`schema` and `examples` are mutually exclusive");
                return None;
            }
            (None, None) => {
                errors.add(table.span, "missing `schema` or `examples`");
                return None;
            }
        };
        let (definitions, state, resource) = declaration;
        Some(Self {
            definitions,
            state,
            resource,
            source,
        })
    }
}

fn text(errors: &mut Errors, value: &Node) -> Option<String> {
    let text = value.as_str().map(str::to_owned);
    if text.is_none() {
        errors.expected("a string", value);
    }
    text
}

pub(super) fn texts(errors: &mut Errors, value: &Node) -> Option<Vec<String>> {
    let Some(items) = value.as_array() else {
        errors.expected("an array of strings", value);
        return None;
    };
    items.iter().map(|item| text(errors, item)).collect()
}

//! The reader of suites.

mod case;
mod expect;
mod expect_state;
mod fields;

use super::model::{Case, Entry, MachineRef, Suite};
use super::spanned::Spanned;
use crate::diagnostic::Diagnostic;
use crate::document::{Member, Node};
use crate::source::Span;
use crate::user_file::Errors;
use std::collections::HashMap;

const KEYS: [&str; 8] = [
    "version",
    "machine",
    "substitutions",
    "mocks",
    "mock-machine",
    "role",
    "defaults",
    "cases",
];

/// Reads a tree as a suite. All errors are reported.
pub fn read(root: &Node) -> Result<Suite, Vec<Diagnostic>> {
    let mut errors = Errors::default();
    let suite = suite(root, &mut errors);
    errors.into_result(suite)
}

/// Reads the file of a case: an object with `input`, and perhaps `mocks` and `expect`, or else the input itself. What the
/// file does not have comes from the template.
pub fn read_case_file(root: &Node, name: &str, template: &Case) -> Result<Case, Vec<Diagnostic>> {
    let mut errors = Errors::default();
    let mut case = case::read_file(root, template, &mut errors);
    case.name = Spanned::new(name.to_owned(), fields::first_line(root));
    errors.into_result(case)
}

fn suite(root: &Node, errors: &mut Errors) -> Suite {
    let mut suite = Suite::default();
    let mut has_cases = false;
    for member in errors.members("a suite", root) {
        let value = &member.value;
        match member.key.as_str() {
            "version" => {
                if value.as_i64() != Some(1) {
                    errors.add(value.span, "unsupported version: expected 1");
                }
            }
            // Editors use this key in JSON, as they use a comment in YAML.
            "$schema" => {}
            "machine" => {
                if let Some(text) = fields::text(value, errors) {
                    suite.machine = Spanned::new(MachineRef::parse(&text), value.span);
                }
            }
            "substitutions" => suite.substitutions = substitutions(value, errors),
            "mocks" => suite.mocks = fields::mocks(value, errors),
            "mock-machine" => suite.mock_machine = fields::text(value, errors),
            "role" => suite.role = fields::text(value, errors),
            "defaults" => suite.defaults = case::defaults(value, errors),
            "cases" => {
                has_cases = true;
                suite.entries = entries(value, errors);
            }
            _ => errors.unknown_key(member, &KEYS),
        }
    }
    if root.as_object().is_some() {
        for (key, is_there) in [("machine", root.get("machine").is_some()), ("cases", has_cases)] {
            if !is_there {
                errors.add(fields::first_line(root), format!("missing key `{key}`"));
            }
        }
    }
    suite
}

fn substitutions(node: &Node, errors: &mut Errors) -> Vec<(Spanned<String>, Node)> {
    let members = errors.members("an object with the values of `${Name}`", node);
    let pair = |member: &Member| (fields::name(member), member.value.clone());
    let mut pairs = Vec::with_capacity(members.len());
    for member in members {
        let value = &member.value;
        if value.as_object().is_some() || value.as_array().is_some() || value.is_unknown() {
            errors.expected("a string, a number, or a boolean", value);
        } else {
            pairs.push(pair(member));
        }
    }
    pairs
}

fn entries(node: &Node, errors: &mut Errors) -> Vec<Entry> {
    let Some(items) = node.as_array() else {
        if !node.is_null() {
            errors.expected("a list of cases", node);
        }
        return Vec::new();
    };
    let mut names: HashMap<&str, Span> = HashMap::with_capacity(items.len());
    let mut entries = Vec::with_capacity(items.len());
    for item in items {
        let Some(entry) = case::entry(item, errors) else {
            continue;
        };
        if let Entry::Case(case) = &entry
            && let Some(name) = item.get("name").and_then(Node::as_str)
            && let Some(first) = names.insert(name, case.name.span)
        {
            errors.extend([duplicate(case, first)]);
        }
        entries.push(entry);
    }
    entries
}

fn duplicate(case: &Case, first: Span) -> Diagnostic {
    Diagnostic {
        related: vec![crate::diagnostic::Label {
            span: first,
            message: "first here".to_owned(),
        }],
        help: Some("give each case of a suite its own name".into()),
        ..crate::user_file::invalid(case.name.span, format!("duplicate case `{}`", case.name.value))
    }
}

//! The quick validator accepts only what the `jsonschema` crate finds valid.

use crate::document::{Document, Syntax};
use crate::lint::schema::definition::Definition;
use crate::lint::schema::instance;
use crate::source::SourceFile;
use crate::spec::QueryLanguage;
use crate::spec::StateType;
use proptest::prelude::*;
use std::sync::Arc;

const NAMES: [&str; 17] = [
    "StateMachine",
    "Task.JSONPath",
    "Task.JSONata",
    "Parallel.JSONPath",
    "Parallel.JSONata",
    "Map.JSONPath",
    "Map.JSONata",
    "Pass.JSONPath",
    "Pass.JSONata",
    "Wait.JSONPath",
    "Wait.JSONata",
    "Choice.JSONPath",
    "Choice.JSONata",
    "Succeed.JSONPath",
    "Succeed.JSONata",
    "Fail.JSONPath",
    "Fail.JSONata",
];

fn read(text: &str) -> Document {
    let source = Arc::new(SourceFile::new("sample.json", text.to_owned()));
    crate::document::read(source, Syntax::Json)
}

/// The definition of a name in [`NAMES`].
fn definition(name: &str) -> &'static Definition {
    let Some((state_type, language)) = name.split_once('.') else {
        return Definition::for_machine();
    };
    let language = match language {
        "JSONata" => QueryLanguage::Jsonata,
        _ => QueryLanguage::JsonPath,
    };
    Definition::for_state(StateType::from_name(state_type).unwrap(), language)
}

/// Whether the quick validator accepts a value, and whether the crate finds it valid.
fn verdicts(name: &str, text: &str) -> (bool, bool) {
    let document = read(text);
    let definition = definition(name);
    let accepts = definition.accepts(&document.roots[0]);
    let instance = instance::to_json(&document.roots[0], None);
    (accepts, definition.validator().unwrap().is_valid(&instance))
}

#[test]
fn accepts_only_valid_samples() {
    let mut accepted = 0;
    for line in include_str!("../../../../fixtures/schemas/asl.txt").lines() {
        let (name, rest) = line.split_once(' ').unwrap_or_default();
        let Some(name) = NAMES.into_iter().find(|known| *known == name) else {
            continue;
        };
        let (text, errors) = rest.split_once(" => ").unwrap_or((rest, ""));
        let (accepts, is_valid) = verdicts(name, text);
        assert_eq!(is_valid, errors.is_empty(), "{line}");
        assert!(is_valid || !accepts, "{line}");
        accepted += usize::from(accepts);
    }
    assert!(accepted > 20, "{accepted} samples were accepted");
}

fn value(name: &'static str) -> impl Strategy<Value = serde_json::Value> {
    let mut keys = vec!["Nonsense".to_owned()];
    collect_keys(definition(name).tree(), &mut keys);
    let kind = name.split('.').next().unwrap();
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        prop::sample::select(vec![0i64, 1, 2, -1, 100, 100_000_000]).prop_map(Into::into),
        Just(1.5.into()),
        prop::sample::select(vec![
            "$.a",
            "{% 1 %}",
            "A",
            "FULL",
            "JSONata",
            "DISTRIBUTED",
            kind
        ])
        .prop_map(Into::into),
    ];
    let inner = leaf.prop_recursive(4, 40, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Into::into),
            prop::collection::btree_map(prop::sample::select(keys.clone()), inner, 0..6)
                .prop_map(|members| members.into_iter().collect()),
        ]
    });
    inner.prop_map(move |mut value| {
        if let Some(members) = value.as_object_mut().filter(|_| name != "StateMachine") {
            members.insert("Type".to_owned(), kind.into());
        }
        value
    })
}

/// The names of the fields that a schema has anywhere.
fn collect_keys(schema: &serde_json::Value, keys: &mut Vec<String>) {
    match schema {
        serde_json::Value::Object(members) => {
            let properties = members.get("properties").and_then(|p| p.as_object());
            keys.extend(properties.into_iter().flatten().map(|(key, _)| key.clone()));
            members.values().for_each(|schema| collect_keys(schema, keys));
        }
        serde_json::Value::Array(items) => items.iter().for_each(|item| collect_keys(item, keys)),
        _ => {}
    }
}

fn sample() -> impl Strategy<Value = (&'static str, serde_json::Value)> {
    prop::sample::select(NAMES.to_vec())
        .prop_flat_map(|name| value(name).prop_map(move |value| (name, value)))
}

proptest! {
    #[test]
    fn accepts_only_valid_values((name, value) in sample()) {
        let (accepts, is_valid) = verdicts(name, &value.to_string());
        prop_assert!(is_valid || !accepts, "{name}: {value}");
    }
}

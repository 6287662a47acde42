//! The layer for editors, which selects by type and query language, validates nested states, and agrees with the table.

use super::{LANGUAGES, TYPES, errors, samples, schema, walk};
use aslkit::document::{self, Node, NodeKind, Syntax};
use aslkit::source::SourceFile;
use serde_json::{Value, json};
use std::path::Path;
use std::sync::Arc;

/// A state machine around a sample of a definition, for the root schema.
fn machine_around(def: &str, sample: &Value) -> Value {
    let (name, language) = def.split_once('.').unwrap_or((def, "JSONPath"));
    let rule = |tested: Value| match tested {
        Value::Object(mut rule) => {
            rule.insert("Next".into(), json!("A"));
            Value::Object(rule)
        }
        other => other,
    };
    let task =
        |field: &str, value: Value| json!({"Type": "Task", "Resource": "r", "End": true, field: value});
    let inner = json!({"StartAt": "B", "States": {"B": {"Type": "Succeed"}}});
    let map = |field: &str, value: &Value| {
        let mut map = json!({"Type": "Map", "ItemProcessor": inner, "End": true});
        map[field] = value.clone();
        map
    };
    let state = match name {
        "StateMachine" => return sample.clone(),
        "Branch" => json!({"Type": "Parallel", "Branches": [sample], "End": true}),
        "Iterator" => json!({"Type": "Map", "Iterator": sample, "End": true}),
        "ItemProcessor" | "ItemReader" | "ItemBatcher" | "ResultWriter" => map(name, sample),
        "ProcessorConfig" => {
            let mut inner = inner.clone();
            inner["ProcessorConfig"] = sample.clone();
            map("ItemProcessor", &inner)
        }
        "ReaderConfig" => map(
            "ItemReader",
            &json!({"Resource": "arn:aws:states:::s3:listObjectsV2", "ReaderConfig": sample}),
        ),
        "WriterConfig" => map("ResultWriter", &json!({"WriterConfig": sample})),
        "Credentials" => task("Credentials", sample.clone()),
        "Retrier" => task("Retry", json!([sample])),
        "Catcher" => task("Catch", json!([sample])),
        "ChoiceRule" => json!({"Type": "Choice", "Choices": [sample]}),
        "NestedChoiceRule" => json!({"Type": "Choice", "Choices": [rule(json!({"Not": sample}))]}),
        _ => sample.clone(),
    };
    json!({"QueryLanguage": language, "StartAt": "A", "States": {"A": state}})
}

#[test]
fn root_schema_accepts_the_same_samples_as_the_table() {
    let root = jsonschema::validator_for(&schema()).unwrap();
    let mut wrong = Vec::new();
    for sample in samples() {
        let machine = machine_around(sample.def, &sample.value);
        if root.is_valid(&machine) != sample.errors.is_empty() {
            wrong.push(format!(
                "{} {}: {}",
                sample.def,
                sample.value,
                errors(&root, &machine)
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn root_schema_validates_nested_states_in_the_inherited_language() {
    let root = jsonschema::validator_for(&schema()).unwrap();
    let machine = |language: &str, state: Value| json!({"QueryLanguage": language, "StartAt": "A", "States": {"A": state}});
    let frames = |own: &Value, inner: &Value| {
        let sub = json!({"StartAt": "B", "States": {"B": inner}});
        ["Branches", "ItemProcessor", "Iterator"].map(|field| {
            let parallel = field == "Branches";
            let mut state = json!({"Type": if parallel { "Parallel" } else { "Map" }, "End": true});
            state[field] = if parallel { json!([sub]) } else { sub.clone() };
            if !own.is_null() {
                state["QueryLanguage"] = own.clone();
            }
            state
        })
    };
    let jsonpath = json!({"Type": "Pass", "InputPath": "$.a", "End": true});
    let jsonata = json!({"Type": "Pass", "Output": "{% 1 %}", "End": true});
    let switched = json!({"Type": "Pass", "QueryLanguage": "JSONata", "Output": 1, "End": true});
    let refused = json!({"Type": "Pass", "Foo": 1, "End": true});
    let back = json!({"Type": "Pass", "QueryLanguage": "JSONPath", "InputPath": "$.a", "End": true});
    let cases = [
        ("JSONPath", json!(null), &jsonpath, true),
        ("JSONPath", json!(null), &jsonata, false),
        ("JSONPath", json!(null), &switched, true),
        ("JSONPath", json!(null), &refused, false),
        // The containing state is JSONata; nested states still inherit the language of the machine.
        ("JSONPath", json!("JSONata"), &jsonpath, true),
        ("JSONPath", json!("JSONata"), &jsonata, false),
        ("JSONata", json!(null), &jsonata, true),
        ("JSONata", json!(null), &jsonpath, false),
        ("JSONata", json!(null), &back, false),
        ("JSONata", json!("JSONPath"), &jsonata, false),
    ];
    for (language, own, inner, valid) in cases {
        for state in frames(&own, inner) {
            // Once at the top, once more inside a branch.
            let deeper = json!({"Type": "Parallel", "Branches": [{"StartAt": "A", "States": {"A": state}}], "End": true});
            for state in [state, deeper] {
                let machine = machine(language, state);
                assert_eq!(
                    root.is_valid(&machine),
                    valid,
                    "{machine}\n{:?}",
                    errors(&root, &machine)
                );
            }
        }
    }
}

#[test]
fn root_schema_selects_every_type_in_both_languages() {
    let schema = schema();
    for language in LANGUAGES {
        let rules = schema["$defs"][format!("editor.Fields.{language}")]["allOf"]
            .as_array()
            .unwrap();
        let chosen: Vec<_> = rules
            .iter()
            .map(|r| r["if"]["properties"]["Type"]["const"].as_str().unwrap())
            .collect();
        assert_eq!(chosen, TYPES);
        for (rule, name) in rules.iter().zip(TYPES) {
            let mut targets = Vec::new();
            walk(&rule["then"], "", &mut |_, s| targets.extend(s["$ref"].as_str()));
            let wanted = format!("#/$defs/{name}.{language}");
            assert!(targets.contains(&wanted.as_str()), "{name}: {targets:?}");
        }
    }
    assert_eq!(schema["$defs"]["Type"]["enum"], json!(TYPES));
}

/// A parsed node as a JSON value.
fn json_of(node: &Node) -> Value {
    match &node.kind {
        NodeKind::Null | NodeKind::Unknown | NodeKind::Tagged(_) => Value::Null,
        NodeKind::Bool(b) => Value::Bool(*b),
        NodeKind::Number(n) => serde_json::from_str(n).unwrap(),
        NodeKind::String(text) => Value::String(text.as_str().to_owned()),
        NodeKind::Array(items) => items.iter().map(json_of).collect(),
        NodeKind::Object(members) => members
            .iter()
            .map(|m| (m.key.as_str().to_owned(), json_of(&m.value)))
            .collect(),
    }
}

#[test]
fn fixture_definitions_are_valid() {
    let root = jsonschema::validator_for(&schema()).unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/definitions");
    let mut definitions = 0;
    for entry in ignore::Walk::new(folder).flatten() {
        let name = entry.path().to_string_lossy().into_owned();
        let syntax = match name.rsplit_once(".asl.") {
            Some((_, "json")) => Syntax::Json,
            Some((_, "yaml")) => Syntax::Yaml,
            _ => continue,
        };
        let source = SourceFile::new(&name, std::fs::read_to_string(entry.path()).unwrap());
        let document = document::read(Arc::new(source), syntax);
        assert!(document.errors.is_empty(), "{name}: {:?}", document.errors);
        let [definition] = document.roots.as_slice() else {
            panic!("{name} contains {} definitions", document.roots.len());
        };
        assert_eq!(errors(&root, &json_of(definition)), "", "{name}");
        definitions += 1;
    }
    assert!(definitions >= 12, "only {definitions} definitions were read");
}

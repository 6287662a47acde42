//! The layer for the linter: one definition for each kind of object, which rejects unknown fields; every rule is one
//! keyword at one location.

use super::groups::validator;
use super::{LANGUAGES, errors, resolve, samples, schema, walk};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Every keyword of the table that can fail, and that the linter must therefore have a message for.
const ASSERTIONS: [&str; 17] = [
    "additionalProperties",
    "const",
    "enum",
    "format",
    "maxLength",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "pattern",
    "propertyNames",
    "required",
    "type",
    "x-atLeastOne",
    "x-atMostOne",
    "x-exactlyOne",
];

/// Keywords that refer to other schemas or do not restrict a value.
const STRUCTURE: [&str; 12] = [
    "$ref",
    "allOf",
    "default",
    "dependentRequired",
    "dependentSchemas",
    "deprecated",
    "description",
    "if",
    "items",
    "properties",
    "then",
    // `false` in `properties` under a condition: the field is not allowed.
    "false",
];

/// Fields of only one query language: the definition without its language, the JSONPath fields, and the JSONata fields.
const ONE_LANGUAGE: [(&str, &[&str], &[&str]); 14] = [
    (
        "Task",
        &[
            "InputPath",
            "Parameters",
            "TimeoutSecondsPath",
            "HeartbeatSecondsPath",
            "ResultSelector",
            "ResultPath",
            "OutputPath",
        ],
        &["Arguments", "Output"],
    ),
    (
        "Parallel",
        &[
            "InputPath",
            "Parameters",
            "ResultSelector",
            "ResultPath",
            "OutputPath",
        ],
        &["Arguments", "Output"],
    ),
    (
        "Map",
        &[
            "InputPath",
            "ItemsPath",
            "Parameters",
            "MaxConcurrencyPath",
            "ToleratedFailurePercentagePath",
            "ToleratedFailureCountPath",
            "ResultSelector",
            "ResultPath",
            "OutputPath",
        ],
        &["Items", "Output"],
    ),
    (
        "Pass",
        &["InputPath", "Parameters", "Result", "ResultPath", "OutputPath"],
        &["Output"],
    ),
    (
        "Wait",
        &["InputPath", "SecondsPath", "TimestampPath", "OutputPath"],
        &["Output"],
    ),
    ("Choice", &["InputPath", "OutputPath"], &["Output"]),
    ("Succeed", &["InputPath", "OutputPath"], &["Output"]),
    ("Fail", &["ErrorPath", "CausePath"], &[]),
    ("Catcher", &["ResultPath"], &["Output"]),
    ("ItemReader", &["Parameters"], &["Arguments"]),
    ("ReaderConfig", &["MaxItemsPath"], &[]),
    (
        "ItemBatcher",
        &["MaxItemsPerBatchPath", "MaxInputBytesPerBatchPath"],
        &[],
    ),
    ("ResultWriter", &["Parameters"], &["Arguments"]),
    ("Credentials", &["RoleArn.$"], &[]),
];

/// The definitions the linter validates with, by name.
fn table(schema: &Value) -> BTreeMap<String, Value> {
    let defs = schema["$defs"].as_object().unwrap();
    defs.iter()
        .filter(|(name, _)| !name.starts_with("editor.") && *name != "Type")
        .map(|(name, def)| (name.clone(), def.clone()))
        .collect()
}

fn properties(schema: &Value, def: &str) -> BTreeSet<String> {
    let properties = schema["$defs"][def]["properties"].as_object().unwrap();
    properties.keys().cloned().collect()
}

#[test]
fn every_field_is_described() {
    let schema = schema();
    let mut seen = 0;
    for (name, def) in table(&schema) {
        walk(&def, &name, &mut |place, s| {
            let conditional = ["/then", "/if", "dependentSchemas", "NoComparison"];
            let field = place.rsplit('/').nth(1) == Some("properties");
            if !field || conditional.iter().any(|c| place.contains(c)) {
                return;
            }
            let own = |s: &Value| s["description"].as_str().map(str::to_owned);
            let description = own(s).or_else(|| resolve(&schema, s).and_then(own));
            let description = description.unwrap_or_else(|| panic!("{place} has no description"));
            let sentence =
                description.ends_with('.') && !description.contains('\n') && description.len() > 10;
            assert!(sentence, "{place}: {description:?} is not a sentence on one line");
            seen += 1;
        });
    }
    assert!(seen > 300, "only {seen} fields were looked at");
}

#[test]
fn table_rejects_unknown_fields_and_uses_known_keywords() {
    let known: BTreeSet<_> = ASSERTIONS.iter().chain(&STRUCTURE).copied().collect();
    let (mut used, mut open) = (BTreeSet::new(), BTreeSet::new());
    for (name, def) in table(&schema()) {
        let fields = def.get("properties").is_some() && name != "NoComparison";
        if fields && def["additionalProperties"] != json!(false) {
            open.insert(name.clone());
        }
        walk(&def, &name, &mut |_, s| match s {
            Value::Bool(b) => drop(used.insert(b.to_string())),
            s => used.extend(s.as_object().unwrap().keys().cloned()),
        });
        walk(&def, &name, &mut |place, s| {
            let target = s["$ref"].as_str().unwrap_or_default();
            assert!(
                !target.contains("editor."),
                "{place} refers to the layer for editors"
            );
        });
    }
    assert_eq!(open, BTreeSet::new(), "definitions that allow unknown fields");
    assert_eq!(used.iter().map(String::as_str).collect::<BTreeSet<_>>(), known);
}

#[test]
fn fields_belong_to_their_query_language() {
    let schema = schema();
    for (name, in_jsonpath, in_jsonata) in ONE_LANGUAGE {
        let [jsonpath, jsonata] = LANGUAGES.map(|l| properties(&schema, &format!("{name}.{l}")));
        let only =
            |a: &BTreeSet<String>, b: &BTreeSet<String>| a.difference(b).cloned().collect::<BTreeSet<_>>();
        let want = |names: &[&str]| names.iter().map(|&n| n.to_owned()).collect::<BTreeSet<_>>();
        assert_eq!(
            only(&jsonpath, &jsonata),
            want(in_jsonpath),
            "{name}, JSONPath only"
        );
        assert_eq!(
            only(&jsonata, &jsonpath),
            want(in_jsonata),
            "{name}, JSONata only"
        );
    }
    let with_language: BTreeSet<_> = table(&schema)
        .into_keys()
        .filter(|n| n.ends_with(".JSONata"))
        .collect();
    let covered = ONE_LANGUAGE
        .map(|(name, ..)| format!("{name}.JSONata"))
        .into_iter();
    // Definitions of a single field or without shared fields need no row.
    let others = ["Assign.JSONata", "Catch.JSONata", "ChoiceRule.JSONata"].map(str::to_owned);
    assert_eq!(with_language, covered.chain(others).collect());
}

#[test]
fn lists_all_39_comparisons() {
    let schema = schema();
    let relations = [
        "Equals",
        "LessThan",
        "GreaterThan",
        "LessThanEquals",
        "GreaterThanEquals",
    ];
    let mut operators: BTreeSet<String> = ["String", "Numeric", "Timestamp"]
        .iter()
        .flat_map(|family| relations.map(|r| format!("{family}{r}")))
        .chain(["BooleanEquals".to_owned()])
        .flat_map(|op| [format!("{op}Path"), op])
        .collect();
    let tests = [
        "IsNull",
        "IsPresent",
        "IsNumeric",
        "IsString",
        "IsBoolean",
        "IsTimestamp",
        "StringMatches",
    ];
    operators.extend(tests.map(str::to_owned));
    assert_eq!(operators.len(), 39);

    assert_eq!(properties(&schema, "NoComparison"), operators);
    for def in ["ChoiceRule.JSONPath", "NestedChoiceRule"] {
        let variable = &schema["$defs"][def]["then"]["dependentSchemas"]["Variable"]["x-exactlyOne"][0];
        let group = variable
            .as_array()
            .unwrap()
            .iter()
            .map(|o| o.as_str().unwrap().to_owned());
        assert_eq!(group.collect::<BTreeSet<_>>(), operators, "{def}");
    }
    let mut rule = operators;
    rule.extend(["Comment", "And", "Or", "Not", "Variable"].map(str::to_owned));
    assert_eq!(properties(&schema, "NestedChoiceRule"), rule);
    rule.extend(["Assign", "Next"].map(str::to_owned));
    assert_eq!(properties(&schema, "ChoiceRule.JSONPath"), rule);
}

#[test]
fn samples_are_accepted_or_rejected_at_one_location() {
    let schema = schema();
    let mut validators = BTreeMap::new();
    let mut wrong = Vec::new();
    for sample in samples() {
        let validator = validators
            .entry(sample.def)
            .or_insert_with(|| validator(&schema, sample.def));
        let got = errors(validator, &sample.value);
        if got != sample.errors {
            wrong.push(format!(
                "{} {}: {got}, not {}",
                sample.def, sample.value, sample.errors
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));

    let closed = |def: &Value| def["additionalProperties"] == json!(false);
    let sampled = |name: &str| validators.contains_key(name);
    let table = table(&schema).into_iter();
    let missing: Vec<_> = table
        .filter(|(name, def)| closed(def) && !sampled(name))
        .collect();
    assert!(missing.is_empty(), "no sample for {missing:?}");
}

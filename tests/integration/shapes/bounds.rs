//! The analysis of large and hostile definitions ends quickly.

use aslkit::asl::lower;
use aslkit::document::{self, Syntax};
use aslkit::shape::{Declarations, Detail, analyze};
use aslkit::source::SourceFile;
use serde_json::{Map, Value, json};
use std::time::{Duration, Instant};

/// The limit of each definition; without optimizations, and next to other tests, the same work takes up to 60 times as long.
const LIMIT: Duration = if cfg!(debug_assertions) {
    Duration::from_secs(60)
} else {
    Duration::from_secs(1)
};

fn analyzed(name: &str, definition: &Value) {
    let document = document::read(SourceFile::new(name, definition.to_string()).into(), Syntax::Json);
    let machine = lower::machine(&document.roots[0]);
    for detail in [Detail::Faults, Detail::Shapes] {
        let began = Instant::now();
        analyze(&machine, &Declarations::default(), detail);
        let took = began.elapsed();
        assert!(took < LIMIT, "{name} took {took:?}");
    }
}

fn machine(states: &Map<String, Value>) -> Value {
    json!({"StartAt": "S0", "States": states})
}

/// A chain of states, each of which the function makes with the name of the next one.
fn chain(count: usize, state: impl Fn(usize, &str) -> Value) -> Value {
    let next = |index: usize| format!("S{}", index + 1);
    let mut states: Map<String, Value> = (0..count)
        .map(|index| (format!("S{index}"), state(index, &next(index))))
        .collect();
    states.insert(format!("S{count}"), json!({"Type": "Succeed"}));
    machine(&states)
}

#[test]
fn ten_thousand_states() {
    let passes = chain(
        10_000,
        |index, next| json!({"Type": "Pass", "Parameters": {"old.$": "$.a", "a": index}, "ResultPath": "$.r", "Next": next}),
    );
    analyzed("passes", &passes);
    let tasks = chain(10_000, |index, next| {
        json!({
            "Type": "Task", "Resource": "arn:aws:states:::aws-sdk:s3:listObjectsV2", "Parameters": {},
            "ResultPath": format!("$.r{}", index % 20), "Next": next,
            "Catch": [{"ErrorEquals": ["States.ALL"], "ResultPath": "$.error", "Next": "S10000"}]
        })
    });
    analyzed("tasks", &tasks);
}

#[test]
fn a_loop_of_a_thousand_states() {
    let mut looped = chain(
        1_000,
        |index, next| json!({"Type": "Pass", "Parameters": {"n.$": "States.MathAdd($.n, 1)", "all.$": "$", "i": index}, "Next": next}),
    );
    looped["States"]["S1000"] = json!({
        "Type": "Choice", "Choices": [{"Variable": "$.n", "NumericLessThan": 5, "Next": "S0"}], "Default": "Done"
    });
    looped["States"]["Done"] = json!({"Type": "Succeed"});
    analyzed("loop", &looped);
    // Each Choice goes back to any state before it.
    let mut tangled = chain(1_000, |index, next| {
        let back = format!("S{}", index / 2);
        json!({
            "Type": "Choice",
            "Choices": [{"Variable": "$.n", "NumericEquals": index, "Next": back}], "Default": next
        })
    });
    tangled["States"]["S1000"] = json!({"Type": "Succeed"});
    analyzed("tangle", &tangled);
}

#[test]
fn maps_in_maps() {
    let mut inner =
        json!({"Type": "Pass", "Parameters": {"x.$": "$", "i.$": "$$.Map.Item.Value"}, "End": true});
    for _ in 0..12 {
        let processor = json!({
            "StartAt": "C",
            "States": {
                "C": {"Type": "Choice", "Choices": [{"Variable": "$.x", "IsPresent": true, "Next": "M"}], "Default": "P"},
                "P": {"Type": "Pass", "Parameters": {"x": [{}], "y": 1}, "Next": "M"},
                "M": inner
            }
        });
        inner = json!({"Type": "Map", "ItemsPath": "$.x", "ItemProcessor": processor, "ResultPath": "$.x", "End": true});
    }
    analyzed("maps", &json!({"StartAt": "M", "States": {"M": inner}}));
}

#[test]
fn unions_that_explode() {
    // Each step doubles the number of combinations of fields, and nests the payload.
    let choices = chain(400, |index, next| {
        if index % 2 == 0 {
            return json!({
                "Type": "Choice",
                "Choices": [{"Variable": format!("$.a{index}"), "IsPresent": true, "Next": next}],
                "Default": format!("S{}", (index + 2).min(400))
            });
        }
        let field = format!("f{index}");
        json!({"Type": "Pass", "Parameters": {field: index, "l.$": "$", "r.$": "$"}, "Next": next})
    });
    analyzed("choices", &choices);
    let constants: Vec<Value> = (0..2_000)
        .map(|index| json!({"Variable": "$.kind", "StringEquals": format!("k{index}"), "Next": format!("P{index}")}))
        .collect();
    let mut states: Map<String, Value> = (0..2_000)
        .map(|index| {
            let state = json!({"Type": "Pass", "Result": {format!("x{index}"): index}, "Next": "End"});
            (format!("P{index}"), state)
        })
        .collect();
    states.insert("S0".to_owned(), json!({"Type": "Choice", "Choices": constants}));
    states.insert(
        "End".to_owned(),
        json!({"Type": "Pass", "Parameters": {"y.$": "$.x1"}, "End": true}),
    );
    analyzed("constants", &machine(&states));
    // An expression whose value doubles with each binding.
    let bindings: Vec<String> = (1..60)
        .map(|index| format!("$v{index} := {{'a': $v{0}, 'b': $v{0}}}; ", index - 1))
        .collect();
    let bindings = bindings.concat();
    let expression = format!("{{% ($v0 := $states.input; {bindings} $v59) %}}");
    let doubled = json!({"StartAt": "S", "QueryLanguage": "JSONata", "States": {"S": {"Type": "Pass", "Output": expression, "End": true}}});
    analyzed("bindings", &doubled);
}

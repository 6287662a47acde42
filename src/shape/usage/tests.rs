//! Samples of what state machines read.

use super::{Sampler, Usages};
use crate::asl::lower;
use crate::document::{self, Syntax};
use crate::source::SourceFile;

/// Samples of the input of a state machine, and of the first and second result of its state `T`.
fn samples(states: &str) -> [String; 3] {
    let text = if states.starts_with('{') {
        format!(r#"{{"StartAt": "T", "States": {states}}}"#)
    } else {
        format!(r#"{{"QueryLanguage": "JSONata", "StartAt": "T", "States": {{{states}}}}}"#)
    };
    let document = document::read(SourceFile::new("test.json", text).into(), Syntax::Json);
    let machine = lower::machine(&document.roots[0]);
    let usages = Usages::new(&machine);
    let task = usages.state("T");
    let result = |repeats| {
        task.map(|task| Sampler { repeats }.value(&task.result, None, None).to_json())
            .unwrap_or_default()
    };
    [
        Sampler::default().value(usages.input(), None, None).to_json(),
        result(task.and_then(|task| task.cycle)),
        result(None),
    ]
}

/// Tasks named `T` whose results later states read, and samples of these results.
#[test]
fn sampled_results_contain_the_fields_that_later_states_read() {
    let task = r#""T": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Next": "N"}"#;
    let cases: &[(&str, &str)] = &[
        (
            r#"{TASK, "N": {"Type": "Pass", "InputPath": "$.a.b", "End": true}}"#,
            r#"{"a":{"b":"sample"}}"#,
        ),
        (
            r#"{TASK, "N": {"Type": "Wait", "SecondsPath": "$.pause", "End": true}}"#,
            r#"{"pause":1}"#,
        ),
        (
            r#"{TASK, "N": {"Type": "Wait", "TimestampPath": "$.at", "End": true}}"#,
            r#"{"at":"2030-01-01T00:00:00Z"}"#,
        ),
        (
            r#"{TASK, "N": {"Type": "Pass", "Parameters": {"x.$": "States.MathAdd($.n, 1)", "y.$": "States.StringToJson($.text)"}, "ResultPath": "$.p", "Next": "M"},
                "M": {"Type": "Pass", "InputPath": "$.p.y.deep", "End": true}}"#,
            r#"{"n":1,"text":"{\"deep\":\"sample\"}"}"#,
        ),
        (
            r#"{TASK, "N": {"Type": "Map", "ItemsPath": "$.list", "ItemProcessor": {"StartAt": "I", "States": {"I": {"Type": "Pass", "InputPath": "$.id", "End": true}}}, "End": true}}"#,
            r#"{"list":[{"id":"sample"}]}"#,
        ),
        (
            r#"{TASK, "N": {"Type": "Map", "ItemSelector": {"v.$": "$$.Map.Item.Value.name"}, "ItemProcessor": {"StartAt": "I", "States": {"I": {"Type": "Succeed"}}}, "End": true}}"#,
            r#"[{"name":"sample"}]"#,
        ),
        (
            r#"{TASK, "N": {"Type": "Choice", "Choices": [{"Variable": "$.ok", "BooleanEquals": false, "Next": "F"}], "Default": "S"}, "F": {"Type": "Fail"}, "S": {"Type": "Succeed"}}"#,
            r#"{"ok":true}"#,
        ),
        (
            r#"{TASK, "N": {"Type": "Choice", "Choices": [{"And": [{"Variable": "$.n", "NumericGreaterThan": 5}, {"Variable": "$.s", "StringMatches": "a*z"}], "Next": "S"}], "Default": "F"}, "F": {"Type": "Fail"}, "S": {"Type": "Succeed"}}"#,
            r#"{"n":6,"s":"asamplez"}"#,
        ),
        (
            r#"{TASK, "N": {"Type": "Choice", "Choices": [{"Variable": "$.error", "IsPresent": true, "Next": "F"}], "Default": "S"}, "F": {"Type": "Fail"}, "S": {"Type": "Succeed"}}"#,
            "{}",
        ),
        (
            r#"TASK, "N": {"Type": "Pass", "Output": {"total": "{% $sum($states.input.lines.price) %}", "first": "{% $states.input.lines[1].sku %}"}, "End": true}"#,
            r#"{"lines":[{"price":1,"sku":"sample"},{"price":1,"sku":"sample"}]}"#,
        ),
        (
            r#"TASK, "N": {"Type": "Pass", "Output": "{% $map($states.input.rows, function($row) { $uppercase($row.name) }) %}", "End": true}"#,
            r#"{"rows":[{"name":"sample"}]}"#,
        ),
        (
            r#"TASK, "N": {"Type": "Pass", "Output": "{% $parse($states.input.body).id %}", "End": true}"#,
            r#"{"body":"{\"id\":\"sample\"}"}"#,
        ),
        (
            r#"TASK, "N": {"Type": "Choice", "Choices": [{"Condition": "{% $states.input.status = 'DONE' and $states.input.n < 3 %}", "Next": "S"}], "Default": "F"}, "F": {"Type": "Fail"}, "S": {"Type": "Succeed"}"#,
            r#"{"status":"DONE","n":2}"#,
        ),
    ];
    let mut wrong = Vec::new();
    for (states, expected) in cases {
        let [_, _, result] = samples(&states.replace("TASK", task));
        if result != *expected {
            wrong.push(format!("{states}\n  {result}\n  {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// State machines without a task that provides data, and samples of their input.
#[test]
fn sampled_inputs_contain_the_fields_that_states_read() {
    let cases: &[(&str, &str)] = &[
        (
            r#"{"T": {"Type": "Task", "Resource": "r", "Parameters": {"id.$": "$.order.id"}, "ResultPath": "$.r", "Next": "N"}, "N": {"Type": "Pass", "InputPath": "$.order.total", "End": true}}"#,
            r#"{"order":{"total":1,"id":"sample"}}"#,
        ),
        (
            r#"{"T": {"Type": "Parallel", "Branches": [{"StartAt": "A", "States": {"A": {"Type": "Pass", "InputPath": "$.a", "End": true}}}], "Parameters": {"a.$": "$.x.y"}, "End": true}}"#,
            r#"{"x":{"y":"sample"}}"#,
        ),
        (
            r#""T": {"Type": "Pass", "Assign": {"v": "{% $states.input.w %}"}, "Next": "N"}, "N": {"Type": "Pass", "Output": "{% $v.z %}", "End": true}"#,
            r#"{"w":{"z":"sample"}}"#,
        ),
        (
            r#"{"T": {"Type": "Task", "Resource": "r", "ResultPath": "$.r", "Catch": [{"ErrorEquals": ["States.ALL"], "ResultPath": "$.error", "Next": "H"}], "End": true}, "H": {"Type": "Pass", "Parameters": {"e.$": "$.error.Cause", "k.$": "$.key"}, "End": true}}"#,
            r#"{"key":"sample"}"#,
        ),
    ];
    let mut wrong = Vec::new();
    for (states, expected) in cases {
        let [input, ..] = samples(states);
        if input != *expected {
            wrong.push(format!("{states}\n  {input}\n  {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_first_result_of_a_polled_task_repeats_the_loop() {
    let [_, first, second] = samples(
        r#"{"T": {"Type": "Task", "Resource": "r", "Next": "C"},
            "C": {"Type": "Choice", "Choices": [{"Variable": "$.s", "StringEquals": "FAILED", "Next": "F"}, {"Variable": "$.s", "StringEquals": "DONE", "Next": "S"}], "Default": "W"},
            "W": {"Type": "Wait", "Seconds": 1, "Next": "T"}, "F": {"Type": "Fail"}, "S": {"Type": "Succeed"}}"#,
    );
    assert_eq!(
        (first.as_str(), second.as_str()),
        (r#"{"s":"other"}"#, r#"{"s":"DONE"}"#)
    );
}

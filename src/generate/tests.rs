//! Generated cases of small machines.

use super::{Case, Generated, Settings, generate};
use crate::asl::lower;
use crate::coverage::Kind;
use crate::document::{self, Syntax};
use crate::source::SourceFile;
use std::sync::Arc;

/// The cases of a machine with these states, the first of which is `A`.
fn generated(language: &str, states: &str) -> Generated {
    let text = format!(r#"{{"QueryLanguage": "{language}", "StartAt": "A", "States": {{{states}}}}}"#);
    let document = document::read(Arc::new(SourceFile::new("machine.json", text)), Syntax::Json);
    assert_eq!(document.errors, []);
    let machine = lower::machine(&document.roots[0]);
    let settings = Settings::default();
    generate(
        &machine,
        "machine.json",
        &document.source,
        &settings,
        &mut |_, _| {},
    )
}

fn names(generated: &Generated) -> Vec<&str> {
    generated.cases.iter().map(|case| case.name.as_str()).collect()
}

/// The items that are neither covered nor proved unreachable.
fn missing(generated: &Generated) -> Vec<&str> {
    let missing = Kind::ALL
        .into_iter()
        .flat_map(|kind| generated.coverage.tally(kind).missing);
    missing.map(|item| item.name.as_str()).collect()
}

fn case<'g>(generated: &'g Generated, name: &str) -> &'g Case {
    let found = generated.cases.iter().find(|case| case.name == name);
    found.unwrap_or_else(|| panic!("{:?}", names(generated)))
}

const END: &str = r#""Yes": {"Type": "Succeed"}, "No": {"Type": "Fail", "Error": "Refused"}"#;

/// A Choice between `Yes` and `No` by a field of the input.
fn choice(rule: &str) -> String {
    format!(r#""C": {{"Type": "Choice", "Choices": [{{{rule}, "Next": "Yes"}}], "Default": "No"}}, {END}"#)
}

fn task(fields: &str) -> String {
    format!(r#""Type": "Task", "Resource": "arn:aws:lambda:us-east-1:111111111111:function:f", {fields}"#)
}

#[test]
fn follows_conditions_back_to_inputs_and_results() {
    let equals = |path: &str| format!(r#""Variable": "{path}", "StringEquals": "yes""#);
    for (a, rule) in [
        // Through ResultSelector and ResultPath.
        (
            task(r#""ResultSelector": {"s.$": "$.Payload.status"}, "ResultPath": "$.r", "Next": "C""#),
            equals("$.r.s"),
        ),
        // Past a result, through OutputPath.
        (
            task(r#""ResultPath": "$.x.r", "OutputPath": "$.x", "Next": "C""#),
            equals("$.given"),
        ),
        // Through a template, InputPath, and intrinsic functions.
        (
            r#""Type": "Pass", "InputPath": "$.in", "Parameters": {"s.$": "States.ArrayGetItem(States.StringSplit($.list, ','), 1)"}, "Next": "C""#.to_owned(),
            equals("$.s"),
        ),
        // Through JSON text and a variable.
        (
            task(r#""Assign": {"body.$": "States.StringToJson($.body)"}, "ResultPath": null, "Next": "C""#),
            equals("$body.status"),
        ),
        // A number that is added to, and two values that are compared.
        (
            r#""Type": "Pass", "Parameters": {"n.$": "States.MathAdd($.n, 1)", "most.$": "$.most"}, "Next": "C""#.to_owned(),
            r#""Variable": "$.n", "NumericGreaterThanPath": "$.most""#.to_owned(),
        ),
    ] {
        let generated = generated("JSONPath", &format!(r#""A": {{{a}}}, {}"#, choice(&rule)));
        assert_eq!(missing(&generated), [""; 0], "{rule}");
    }
}

#[test]
fn follows_jsonata() {
    for (a, condition) in [
        (
            task(r#""Output": {"s": "{% $parse($states.result.body).status %}"}, "Next": "C""#),
            "$states.input.s = 'yes'",
        ),
        (
            task(r#""Assign": {"n": "{% $count($states.result.items) %}"}, "Next": "C""#),
            "$n > 2",
        ),
        (
            r#""Type": "Pass", "Output": {"all": "{% $states.input.a + 1 %}"}, "Next": "C""#.to_owned(),
            "$states.input.all >= 10 and $exists($states.input.all)",
        ),
    ] {
        let rule = format!(r#""Condition": "{{% {condition} %}}""#);
        let generated = generated("JSONata", &format!(r#""A": {{{a}}}, {}"#, choice(&rule)));
        assert_eq!(missing(&generated), [""; 0], "{condition}");
    }
}

#[test]
fn generated_names_describe_the_cases() {
    let charge = task(
        r#""TimeoutSeconds": 5, "Retry": [{"ErrorEquals": ["Busy"], "MaxAttempts": 2}],
        "Catch": [{"ErrorEquals": ["Card.Declined"], "Next": "Yes"}], "Next": "Yes""#,
    );
    let generated = generated(
        "JSONPath",
        &format!(r#""A": {{{charge}}}, "Yes": {{"Type": "Succeed"}}"#),
    );
    assert_eq!(missing(&generated), [""; 0]);
    assert_eq!(
        names(&generated),
        [
            "runs from A to Yes",
            "A fails with Card.Declined and continues with Yes",
            "A fails with Busy once, then succeeds",
            "A fails with Busy until its retries are exhausted",
            "A times out",
        ]
    );
    let declined = case(&generated, "A fails with Card.Declined and continues with Yes");
    assert_eq!(
        declined.mocks.to_json(),
        r#"{"states":{"A":{"throw":{"error":"Card.Declined","cause":"sample"}}}}"#
    );
    assert_eq!(
        declined.path.iter().map(|name| &**name).collect::<Vec<_>>(),
        ["A", "Yes"]
    );
}

#[test]
fn varies_the_items_of_maps() {
    let work = task(r#""Next": "End""#);
    let generated = generated(
        "JSONPath",
        &format!(
            r#""A": {{"Type": "Map", "ItemsPath": "$.orders", "End": true,
            "Retry": [{{"ErrorEquals": ["States.TaskFailed"], "MaxAttempts": 1}}],
            "ItemProcessor": {{"StartAt": "W", "States": {{"W": {{{work}}},
            "End": {{"Type": "Choice", "Choices": [{{"Variable": "$.kind", "NumericLessThan": 3, "Next": "P"}}], "Default": "P"}},
            "P": {{"Type": "Pass", "End": true}}}}}}}}"#
        ),
    );
    assert_eq!(missing(&generated), [""; 0]);
    assert_eq!(
        case(&generated, "A has no items").input.to_json(),
        r#"{"orders":[]}"#
    );
    case(
        &generated,
        "A is repeated after W has failed with States.TaskFailed",
    );
}

#[test]
fn leaves_loops_and_runs_through_them() {
    let poll = task(r#""Next": "C""#);
    let generated = generated(
        "JSONPath",
        &format!(
            r#""A": {{{poll}}}, "Wait": {{"Type": "Wait", "Seconds": 30, "Next": "A"}},
            "C": {{"Type": "Choice", "Choices": [{{"Variable": "$.status", "StringEquals": "DONE", "Next": "Yes"}},
            {{"Variable": "$.status", "StringEquals": "FAILED", "Next": "No"}}], "Default": "Wait"}}, {END}"#
        ),
    );
    assert_eq!(missing(&generated), [""; 0]);
    assert!(generated.cases.iter().all(|case| case.path.len() < 10));
}

#[test]
fn gives_the_reason_for_uncovered_items() {
    let rules =
        r#""Variable": "$.n", "IsPresent": true, "Next": "Yes"}, {"Variable": "$.n", "IsPresent": false"#;
    let generated = generated(
        "JSONPath",
        &format!(r#""A": {{"Type": "Pass", "Next": "C"}}, {}"#, choice(rules)),
    );
    assert_eq!(missing(&generated), [""; 0]);
    let unreachable = generated.coverage.tally(Kind::Transitions).unreachable;
    let unreachable: Vec<_> = unreachable
        .iter()
        .map(|(item, reason)| (item.name.as_str(), *reason))
        .collect();
    assert_eq!(unreachable, [("C → No (Default)", "a rule matches every value")]);
}

#[test]
fn is_deterministic() {
    let states = format!(
        r#""A": {{{}}}, {}"#,
        task(r#""Catch": [{"ErrorEquals": ["States.ALL"], "Next": "No"}], "Next": "C""#),
        choice(r#""Variable": "$.n", "NumericLessThan": 3"#)
    );
    let texts = |generated: &Generated| {
        let cases = generated.cases.iter();
        cases
            .map(|case| format!("{} {} {}", case.name, case.input, case.mocks))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        texts(&generated("JSONPath", &states)),
        texts(&generated("JSONPath", &states))
    );
}

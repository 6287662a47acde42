//! The analysis of rules, with one letter for the reachability of each.

use super::{Decision, decide};
use crate::asl::{Kind, lower};
use crate::decision::Reachability;
use crate::document::{Syntax, read};
use crate::source::SourceFile;
use std::sync::Arc;

fn decision_of(language: &str, rules: &[&str]) -> Decision {
    let rules: Vec<_> = rules.iter().map(|rule| format!("{{{rule}}}")).collect();
    let text = format!(
        r#"{{"QueryLanguage": "{language}", "States": {{"A": {{"Type": "Choice", "Choices": [{}]}}}}}}"#,
        rules.join(",")
    );
    let document = read(Arc::new(SourceFile::new("a.json", text)), Syntax::Json);
    assert_eq!(document.errors, []);
    let machine = lower::machine(&document.roots[0]);
    let Kind::Choice(choice) = &machine.states[0].kind else {
        panic!("not a Choice")
    };
    decide(choice).unwrap()
}

/// A letter for each rule: o for reachable, always, never, shadowed (by one, by several), preempted; and `+` if values
/// match no rule, `?` if only unexpected ones do, `-` if it is not known.
fn letters(decision: &Decision) -> String {
    let letters = decision.rules.iter().map(|reachability| match reachability {
        Reachability::Reachable => 'o',
        Reachability::Always => 'a',
        Reachability::Never => 'n',
        Reachability::Shadowed(Some(_)) => 's',
        Reachability::Shadowed(None) => 'S',
        Reachability::Preempted(_) => 'p',
    });
    let past = match (decision.has_unmatched, decision.has_unmatched_expected) {
        (Some(true), Some(true)) => "+",
        (Some(true), Some(false)) => "?",
        (None, None) => "-",
        _ => "",
    };
    letters.collect::<String>() + past
}

fn letters_of_tests(tests: &[&str]) -> String {
    let rules: Vec<_> = tests
        .iter()
        .map(|test| format!(r#""Variable": "$.x", {test}"#))
        .collect();
    letters(&decision_of(
        "JSONPath",
        &rules.iter().map(String::as_str).collect::<Vec<_>>(),
    ))
}

fn letters_of_conditions(conditions: &[&str]) -> String {
    let rules: Vec<_> = conditions
        .iter()
        .map(|c| format!(r#""Condition": "{{% {} %}}""#, c.replace('"', "\\\"")))
        .collect();
    letters(&decision_of(
        "JSONata",
        &rules.iter().map(String::as_str).collect::<Vec<_>>(),
    ))
}

#[test]
fn wide_ranges_shadow_narrow_ones() {
    assert_eq!(
        letters_of_tests(&[r#""NumericGreaterThan": 5"#, r#""NumericGreaterThan": 10"#]),
        "os+"
    );
    assert_eq!(
        letters_of_tests(&[r#""NumericGreaterThan": 10"#, r#""NumericGreaterThan": 5"#]),
        "oo+"
    );
    assert_eq!(
        letters_of_tests(&[r#""NumericLessThan": 5"#, r#""NumericGreaterThanEquals": 5"#]),
        "oo?"
    );
    assert_eq!(
        letters_of_tests(&[
            r#""NumericLessThan": 5"#,
            r#""NumericGreaterThan": 3"#,
            r#""NumericEquals": 4"#
        ]),
        "oos?"
    );
    assert_eq!(
        letters_of_tests(&[
            r#""NumericLessThan": 5"#,
            r#""NumericGreaterThan": 5"#,
            r#""NumericLessThan": 9"#,
            r#""NumericLessThanEquals": 5"#
        ]),
        "oooS?"
    );
    assert_eq!(
        letters_of_tests(&[
            r#""TimestampLessThan": "2030-01-01T00:00:00Z""#,
            r#""TimestampLessThan": "2029-12-31T23:00:00-02:00""#
        ]),
        "oo+"
    );
    assert_eq!(
        letters_of_tests(&[
            r#""TimestampLessThan": "2030-01-01T00:00:00Z""#,
            r#""TimestampLessThan": "2029-12-31T23:00:00Z""#
        ]),
        "os+"
    );
}

#[test]
fn distinguishes_strings() {
    assert_eq!(
        letters_of_tests(&[r#""StringEquals": "a""#, r#""StringEquals": "b""#]),
        "oo+"
    );
    assert_eq!(
        letters_of_tests(&[r#""StringEquals": "a""#, r#""StringEquals": "a""#]),
        "os+"
    );
    assert_eq!(
        letters_of_tests(&[r#""StringMatches": "a*""#, r#""StringEquals": "ab""#]),
        "os+"
    );
    assert_eq!(
        letters_of_tests(&[r#""StringMatches": "a*""#, r#""StringEquals": "ba""#]),
        "oo+"
    );
    assert_eq!(
        letters_of_tests(&[r#""StringMatches": "*""#, r#""IsString": true"#]),
        "os+"
    );
    assert_eq!(
        letters_of_tests(&[r#""StringLessThan": "b""#, r#""StringEquals": "a""#]),
        "os+"
    );
    assert_eq!(
        letters_of_tests(&[r#""IsTimestamp": true"#, r#""IsString": true"#]),
        "oo+"
    );
    assert_eq!(
        letters_of_tests(&[
            r#""IsString": true"#,
            r#""TimestampEquals": "2030-01-01T00:00:00Z""#
        ]),
        "os+"
    );
}

#[test]
fn distinguishes_types_and_presence() {
    assert_eq!(
        letters_of_tests(&[r#""BooleanEquals": true"#, r#""BooleanEquals": false"#]),
        "oo?"
    );
    assert_eq!(letters_of_tests(&[r#""BooleanEquals": true"#]), "o+");
    assert_eq!(
        letters_of_tests(&[r#""IsPresent": true"#, r#""IsPresent": false"#]),
        "oo"
    );
    assert_eq!(
        letters_of_tests(&[r#""IsPresent": true"#, r#""IsNull": true"#]),
        "os"
    );
    assert_eq!(
        letters_of_tests(&[r#""IsNull": true"#, r#""IsPresent": false"#]),
        "op+"
    );
    assert_eq!(
        letters_of_tests(&[r#""IsPresent": false"#, r#""IsNull": true"#]),
        "oo+"
    );
    assert_eq!(
        letters_of_tests(&[r#""NumericEquals": 1"#, r#""StringEquals": "1""#]),
        "oo+"
    );
}

#[test]
fn reads_and_or_not() {
    let rule = |json: &str| letters(&decision_of("JSONPath", &[json]));
    assert_eq!(
        rule(
            r#""And": [{"Variable": "$.x", "NumericLessThan": 3}, {"Variable": "$.x", "NumericGreaterThan": 4}]"#
        ),
        "n+"
    );
    assert_eq!(
        rule(
            r#""And": [{"Variable": "$.x", "NumericLessThan": 3}, {"Variable": "$.y", "NumericGreaterThan": 4}]"#
        ),
        "o+"
    );
    assert_eq!(
        rule(r#""Or": [{"Variable": "$.x", "IsNull": true}, {"Not": {"Variable": "$.x", "IsNull": true}}]"#),
        "a"
    );
    assert_eq!(
        rule(
            r#""And": [{"Variable": "$.x", "NumericEqualsPath": "$.y"}, {"Not": {"Variable": "$.x", "NumericEqualsPath": "$.y"}}]"#
        ),
        "n+"
    );
    assert_eq!(rule(r#""Variable": "$.x", "StringEquals": "${Word}""#), "o+");
}

#[test]
fn reads_simple_jsonata() {
    assert_eq!(letters_of_conditions(&["true", "$x > 5"]), "as");
    assert_eq!(letters_of_conditions(&["false"]), "n+");
    assert_eq!(letters_of_conditions(&["$x.n > 5", "10 < $x.n"]), "os+");
    assert_eq!(letters_of_conditions(&["$x.n > 5", "$x.n <= 5"]), "oo");
    assert_eq!(letters_of_conditions(&["$s = 'a'", "$s = \"a\""]), "os+");
    assert_eq!(
        letters_of_conditions(&["$s = 'a' or $s = 'b'", "$s = 'b' and $n = 1"]),
        "os+"
    );
    assert_eq!(letters_of_conditions(&["$ok", "$not($ok)"]), "oo");
    assert_eq!(letters_of_conditions(&["$x > 5", "$not($exists($x))"]), "op+");
    assert_eq!(
        letters_of_conditions(&["$count($x)  > 5", "$count($x) > 5"]),
        "os+"
    );
    assert_eq!(
        letters_of_conditions(&["$random() > 0.5", "$random() > 0.5"]),
        "oo+"
    );
    assert_eq!(letters_of_conditions(&["$x + 1 > 5", "$x + 1 > 6"]), "oo+");
}

#[test]
fn compares_rules_about_many_variables_in_pairs() {
    let rules: Vec<String> = (0..40)
        .map(|i| format!(r#""Variable": "$.v{}", "NumericLessThan": {i}"#, i % 8))
        .collect();
    let decision = decision_of("JSONPath", &rules.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(decision.has_unmatched, None);
    assert!(
        decision
            .rules
            .iter()
            .all(|reachability| *reachability == Reachability::Reachable)
    );
    let reversed: Vec<&str> = rules.iter().rev().map(String::as_str).collect();
    let decision = decision_of("JSONPath", &reversed);
    let shadows = (8..40).map(|i| Reachability::Shadowed(Some(i % 8)));
    assert!(decision.rules[8..].iter().copied().eq(shadows));
}

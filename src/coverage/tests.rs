//! Coverage of small machines, measured and proved.

use super::{Catalog, Counts, Coverage, Kind, Proofs, Recorder};
use crate::asl::lower;
use crate::document::{self, Syntax};
use crate::history::Time;
use crate::shape::Declarations;
use crate::simulate::mocks::{self, MockedWorld, Settings, Unmocked};
use crate::simulate::{Options, Plan, run_observed};
use crate::source::SourceFile;
use crate::value::Value;
use std::rc::Rc;
use std::sync::Arc;

const ORDER: &str = r#"{
  "StartAt": "Charge", "TimeoutSeconds": 600,
  "States": {
    "Charge": {
      "Type": "Task", "Resource": "arn:aws:lambda:us-east-1:111111111111:function:charge", "TimeoutSeconds": 5,
      "Retry": [{"ErrorEquals": ["Busy"], "MaxAttempts": 1}, {"ErrorEquals": ["Never"], "MaxAttempts": 0}],
      "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Tell"}, {"ErrorEquals": ["Late"], "Next": "Tell"}],
      "ResultPath": "$.paid", "Next": "Choose"
    },
    "Choose": {
      "Type": "Choice",
      "Choices": [
        {"Variable": "$.kind", "StringEquals": "many", "Next": "Each"},
        {"Variable": "$.kind", "StringEquals": "many", "Next": "Tell"}
      ],
      "Default": "Tell"
    },
    "Each": {
      "Type": "Map", "ItemsPath": "$.items", "End": true,
      "ItemProcessor": {"StartAt": "Pack", "States": {"Pack": {"Type": "Pass", "End": true}}}
    },
    "Tell": {
      "Type": "Parallel", "End": true,
      "Branches": [{"StartAt": "Mail", "States": {"Mail": {"Type": "Pass", "End": true}}}]
    },
    "Lost": {"Type": "Succeed"}
  }
}"#;

/// The coverage of the machine above by cases of an input and mocks, by kind.
fn covered(cases: &[(&str, &str)]) -> Coverage {
    let document = document::read(Arc::new(SourceFile::new("order.json", ORDER)), Syntax::Json);
    let machine = lower::machine(&document.roots[0]);
    let plan = Rc::new(Plan::new(&machine));
    let catalog = Catalog::new(&machine);
    let proofs = Proofs::new(&machine, &catalog, &Declarations::default());
    let mut coverage = Coverage::new("order.json".into(), Arc::clone(&document.source), catalog, proofs);
    for (number, (input, outcomes)) in cases.iter().enumerate() {
        let text = format!(r#"{{"version": 1, "states": {{"Charge": {outcomes}}}}}"#);
        let mocks = document::read(Arc::new(SourceFile::new("mocks.json", text)), Syntax::Json);
        let mocks = mocks::read(&mocks.roots[0], &mut |_| Err(String::new())).unwrap();
        let start = Time::parse(mocks::DEFAULT_START).unwrap();
        let settings = Settings { seed: 0, start };
        let mut world = MockedWorld::new(&mocks, settings, Unmocked::Error);
        let mut recorder = Recorder::new(&coverage.catalog, &plan);
        let input = Value::parse(input).unwrap();
        let execution = run_observed(&plan, input, &mut world, &Options::default(), &mut recorder).unwrap();
        let counts: Counts = recorder.finish(Some(&execution));
        coverage.add(&format!("case {number}"), &counts);
    }
    coverage
}

fn missing(coverage: &Coverage, kind: Kind) -> Vec<&str> {
    coverage
        .tally(kind)
        .missing
        .iter()
        .map(|item| item.name.as_str())
        .collect()
}

fn unreachable(coverage: &Coverage, kind: Kind) -> Vec<(&str, &str)> {
    let unreachable = coverage.tally(kind).unreachable;
    unreachable
        .into_iter()
        .map(|(item, reason)| (item.name.as_str(), reason))
        .collect()
}

#[test]
fn counts_what_executions_use() {
    let coverage = covered(&[
        (r#"{"kind": "one"}"#, r#"{"return": 1}"#),
        (
            r#"{"kind": "many", "items": [1, 2]}"#,
            r#"[{"throw": {"error": "Busy"}}, {"return": 1}]"#,
        ),
        ("{}", r#"{"timeout": true}"#),
    ]);
    let figures = Kind::ALL.map(|kind| {
        let tally = coverage.tally(kind);
        (tally.covered, tally.total)
    });
    assert_eq!(figures, [(6, 6), (4, 4), (1, 3), (1, 3), (1, 1), (1, 2)]);
    assert_eq!(
        missing(&coverage, Kind::Retries),
        ["Charge Retry[0] exhausted", "Charge Retry[1] exhausted"]
    );
    assert_eq!(
        missing(&coverage, Kind::Maps),
        ["Each with no items", "Each with one item"]
    );
    assert_eq!(missing(&coverage, Kind::Timeouts), ["the execution times out"]);
    let mail = coverage
        .catalog
        .items()
        .iter()
        .find(|item| item.name == "Mail")
        .unwrap();
    assert_eq!(coverage.cases_by_state()[&mail.state], ["case 0", "case 2"]);
    assert_eq!(coverage.location(mail.span).1.line, 24);
}

#[test]
fn proves_items_unreachable() {
    let coverage = covered(&[]);
    assert_eq!(
        unreachable(&coverage, Kind::States),
        [("Lost", "no path from StartAt reaches it")]
    );
    assert_eq!(
        unreachable(&coverage, Kind::Transitions),
        [
            (
                "Charge → Tell (Catch[1])",
                "an earlier handler matches all its errors"
            ),
            (
                "Choose → Tell (Choices[1])",
                "Choices[0] is taken whenever its condition is true"
            ),
        ]
    );
    assert_eq!(
        unreachable(&coverage, Kind::Retries),
        [("Charge Retry[1] used", "MaxAttempts is 0")]
    );
}

//! How fast texts are read, against `serde_json` reading the same bytes to a `Value` without any places.

use aslkit::document::{self, Syntax};
use aslkit::source::SourceFile;
use divan::Bencher;
use divan::counter::BytesCount;
use std::fmt::Write;
use std::sync::Arc;

fn main() {
    divan::main();
}

/// A definition of about 1 MB that looks like those people write.
fn json() -> String {
    let mut text = String::from("{\n  \"StartAt\": \"Step 0\",\n  \"States\": {\n");
    let mut i = 0;
    while text.len() < 1_000_000 {
        writeln!(
            text,
            r#"    "Step {i}": {{
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke",
      "Comment": "Charges the card; \"retries\" where the bank is slow",
      "Parameters": {{
        "FunctionName": "arn:aws:lambda:${{AWS::Region}}:123456789012:function:charge-{i}",
        "Payload": {{ "order.$": "$.order.id", "attempt.$": "$$.State.RetryCount", "limit": {i}.5, "dry": false }}
      }},
      "ResultPath": "$.results.charge",
      "TimeoutSeconds": 60,
      "Retry": [
        {{ "ErrorEquals": ["Lambda.ServiceException", "Lambda.SdkClientException"], "IntervalSeconds": 2, "BackoffRate": 1.5 }}
      ],
      "Catch": [{{ "ErrorEquals": ["States.ALL"], "ResultPath": "$.error", "Next": "Refund" }}],
      "Next": "Step {}"
    }},"#,
            i + 1
        )
        .unwrap_or_default();
        i += 1;
    }
    text.push_str("    \"Refund\": { \"Type\": \"Fail\", \"Error\": \"Refunded\" }\n  }\n}\n");
    text
}

/// The same as YAML.
fn yaml() -> String {
    let mut text = String::from("StartAt: Step 0\nStates:\n");
    let mut i = 0;
    while text.len() < 1_000_000 {
        writeln!(
            text,
            r"  Step {i}:
    Type: Task
    Resource: arn:aws:states:::lambda:invoke
    Comment: >-
      Charges the card;
      retries where the bank is slow
    Parameters:
      FunctionName: arn:aws:lambda:${{AWS::Region}}:123456789012:function:charge-{i}
      Payload: {{ order.$: $.order.id, attempt.$: $$.State.RetryCount, limit: {i}.5, dry: false }}
    ResultPath: $.results.charge
    TimeoutSeconds: 60
    Retry:
      - ErrorEquals: [Lambda.ServiceException, Lambda.SdkClientException]
        IntervalSeconds: 2
        BackoffRate: 1.5
    Catch:
      - ErrorEquals: ['States.ALL']
        ResultPath: $.error
        Next: Refund
    Next: Step {}",
            i + 1
        )
        .unwrap_or_default();
        i += 1;
    }
    text.push_str("  Refund:\n    Type: Fail\n    Error: Refunded\n");
    text
}

fn bench(bencher: Bencher<'_, '_>, text: String, syntax: Syntax) {
    let bytes = text.len();
    let source = Arc::new(SourceFile::new("bench", text));
    bencher
        .counter(BytesCount::new(bytes))
        .bench(|| document::read(Arc::clone(&source), syntax));
}

#[divan::bench]
fn json_to_nodes(bencher: Bencher<'_, '_>) {
    bench(bencher, json(), Syntax::Json);
}

#[divan::bench]
fn yaml_to_nodes(bencher: Bencher<'_, '_>) {
    bench(bencher, yaml(), Syntax::Yaml);
}

/// Every line holds a fault.
#[divan::bench]
fn broken_json_to_nodes(bencher: Bencher<'_, '_>) {
    bench(bencher, json().replace(",\n", "\n"), Syntax::Json);
}

#[divan::bench]
fn serde_json_to_value(bencher: Bencher<'_, '_>) {
    let text = json();
    bencher
        .counter(BytesCount::new(text.len()))
        .bench(|| serde_json::from_str::<serde_json::Value>(&text));
}

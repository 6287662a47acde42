//! Reading and writing of whole suites.

use super::{read, write};
use crate::document::Syntax;
use crate::source::SourceFile;
use crate::user_file;
use std::sync::Arc;

fn errors(text: &str) -> Vec<(String, String)> {
    let source = Arc::new(SourceFile::new("orders.asl-test.yaml", text));
    let root = user_file::read(source, Syntax::Yaml);
    let errors = root.and_then(|root| read(&root)).map(|_| ()).unwrap_err();
    let shown = |d: crate::diagnostic::Diagnostic| {
        let help = d.help.map(|help| format!(" ({help})")).unwrap_or_default();
        (text[d.span.range()].to_owned(), format!("{}{help}", d.message))
    };
    errors.into_iter().map(shown).collect()
}

const FULL: &str = r#"# yaml-language-server: $schema=suite.schema.json
version: 1
machine: "../template.yaml#Orders"
substitutions:
  TableName: orders
mocks: mocks.yaml
defaults:
  type: STANDARD
  seed: 7
  start-time: "2030-01-01T00:00:00.000Z"
  unmocked: error
cases:
  - name: a declined card tells the customer
    tags: [payment, "two words:"]
    input: { order: { id: 7, note: "yes" } }
    mocks: { states: { Charge: { throw: { error: Card.Declined } } } }
    expect:
      status: SUCCEEDED
      error: "Card.*"
      cause: "/rotten/"
      failed-state: Charge
      caught-by: Charge
      path: [Charge, Tell the customer]
      visits:
        Charge: 3
        Tell the customer: ">= 1"
      never: [Ship]
      output: { id: { $match: uuid } }
      match: []
      assert: ["$output.id != 7"]
      calls:
        Charge: [{ Payload: { id: 7 } }]
      duration: "<= 30s"
      transitions: "< 12"
      cost: "< 0.0004"
  - name: "7: one state alone"
    state: Charge
    variables: { a: 1 }
    mock: { errorOutput: { error: Gateway.Busy } }
    retries: 1
    expect:
      status: RETRIABLE
      retrier: 0
      backoff: 4s
  - each: "cases/*.json"
    skip: later
    expect:
      status: FAILED
  - replay: "histories/*.json"
  - name: the whole story
    input: "\"text\""
    snapshot: true
"#;

#[test]
fn a_suite_is_written_as_it_was_read() {
    let source = Arc::new(SourceFile::new("orders.asl-test.yaml", FULL));
    let suite = user_file::read(source, Syntax::Yaml)
        .and_then(|root| read(&root))
        .unwrap();
    let text = write(&suite);
    // `$match` is a key that needs quotes when asl writes it.
    assert_eq!(text.replace("\"$match\"", "$match"), FULL);
}

#[test]
fn every_error_is_reported_at_its_place() {
    for (text, place, message) in [
        ("version: 2", "2", "unsupported version: expected 1"),
        ("machine: [a]", "[a]", "expected a string, found an array"),
        (
            "mocsk: a",
            "mocsk",
            "unknown key `mocsk` (a key with a similar name exists: `mocks`)",
        ),
        (
            "defaults: {sed: 1}",
            "sed",
            "unknown key `sed` (a key with a similar name exists: `seed`)",
        ),
        (
            "defaults: {unmocked: sampel}",
            "sampel",
            "invalid value `sampel` (a value with a similar name exists: `sample`)",
        ),
        (
            "defaults: {seed: -1}",
            "-1",
            "expected a non-negative integer, found the number `-1`",
        ),
        (
            "cases: [{name: a}, {name: a}]",
            "a",
            "duplicate case `a` (give each case of a suite its own name)",
        ),
        (
            "cases: [{input: {}}]",
            "{",
            "missing key `name` (give the case a name)",
        ),
        (
            "cases: [{name: a, expect: {staus: FAILED}}]",
            "staus",
            "unknown key `staus` (a key with a similar name exists: `status`)",
        ),
        (
            "cases: [{name: a, expect: {output: {$match: uid}}}]",
            "uid",
            "unknown matcher `uid` (a matcher with a similar name exists: `uuid`)",
        ),
        (
            "cases: [{name: a, expect: {duration: soon}}]",
            "soon",
            "invalid bound (use a number of seconds, or a string such as `250ms`, `2s`, or `1h 30m`)",
        ),
        (
            "cases: [{name: a, state: B, unmocked: sample}]",
            "unmocked",
            "unknown key `unmocked`",
        ),
        (
            "cases: [{name: a, state: B, role: r.json}]",
            "role",
            "a single state runs without a role",
        ),
    ] {
        let full = format!(
            "{text}\n{}{}",
            if text.starts_with("machine") {
                ""
            } else {
                "machine: m\n"
            },
            if text.starts_with("cases") {
                ""
            } else {
                "cases: []\n"
            }
        );
        let found = errors(&full);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        assert_eq!(found[0].0, place, "{text}");
        assert!(found[0].1.starts_with(message), "{text}: {}", found[0].1);
    }
}

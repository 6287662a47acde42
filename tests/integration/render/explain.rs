//! The manual of a rule and the lists of rules.

use super::{RULES, UNICODE};
use aslkit::render::rules;

fn printed(write: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) -> String {
    let mut out = Vec::new();
    write(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn manual() {
    insta::assert_snapshot!(printed(|out| rules::manual(&RULES[0], UNICODE, out)));
}

#[test]
fn manual_json() {
    insta::assert_snapshot!(printed(|out| rules::manual_json(&RULES[0], out)));
}

#[test]
fn list() {
    insta::assert_snapshot!(printed(|out| rules::list(RULES, UNICODE, out)));
}

#[test]
fn list_json() {
    let list: serde_json::Value = serde_json::from_str(&printed(|out| rules::list_json(RULES, out))).unwrap();
    let names: Vec<_> = list["rules"]
        .as_array()
        .unwrap()
        .iter()
        .map(|r| r["name"].as_str().unwrap())
        .collect();
    assert_eq!(list["version"], 1);
    assert_eq!(
        names,
        ["missing-transition-target", "unused-variable", "odd-name"]
    );
}

#[test]
fn list_markdown() {
    insta::assert_snapshot!(printed(|out| rules::list_markdown(RULES, out)));
}

//! The manual of a rule and the lists of rules.

use super::{RULES, UNICODE};
use aslkit::render::rules::Format;

fn printed(write: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) -> String {
    let mut out = Vec::new();
    write(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn manual() {
    insta::assert_snapshot!(printed(|out| Format::Text.write_manual(&RULES[0], UNICODE, out)));
}

#[test]
fn manual_json() {
    insta::assert_snapshot!(printed(|out| Format::Json.write_manual(&RULES[0], UNICODE, out)));
}

#[test]
fn list() {
    insta::assert_snapshot!(printed(|out| Format::Text.write_list(RULES, UNICODE, out)));
}

#[test]
fn list_json() {
    let list: serde_json::Value =
        serde_json::from_str(&printed(|out| Format::Json.write_list(RULES, UNICODE, out))).unwrap();
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
    insta::assert_snapshot!(printed(|out| Format::Markdown.write_list(RULES, UNICODE, out)));
}

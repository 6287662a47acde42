//! Tests of parsing and printing values.

use super::*;

fn round_trip(text: &str) -> String {
    Value::parse(text).unwrap().to_json()
}

#[test]
fn preserves_the_text_of_values() {
    for text in [
        "12345678901234567890",
        "1.0",
        "1e3",
        "-0",
        "-0.0",
        "0.1",
        "1E+400",
        "9223372036854775807",
        "9223372036854775808",
        r#"{"b":1,"a":[true,false,null,"é\"\\\n\u0001"]}"#,
    ] {
        assert_eq!(round_trip(text), text);
    }
}

#[test]
fn drops_whitespace_and_keeps_the_last_duplicate() {
    assert_eq!(
        round_trip(" {\"a\" : 1 ,\n\"b\":2, \"a\":3} "),
        r#"{"a":3,"b":2}"#
    );
}

#[test]
fn compares_numbers_by_value() {
    let same = |a: &str, b: &str| Value::parse(a).unwrap() == Value::parse(b).unwrap();
    assert!(same("1", "1.0") && same("1e3", "1000") && same("-0", "0") && same("0.10", "1e-1"));
    assert!(!same("12345678901234567890", "12345678901234567891") && !same("1", "1.0000000000000000001"));
}

#[test]
fn locates_errors() {
    let at = |text: &str| Value::parse(text).unwrap_err().offset;
    assert_eq!(
        (at("{bad}"), at("[1,]"), at("nul"), at(""), at("01"), at("1 2")),
        (1, 3, 0, 0, 1, 2)
    );
    assert_eq!(at(&"[".repeat(600)), MAX_DEPTH);
}

#[test]
fn decodes_escapes() {
    assert_eq!(round_trip(r#""\u00e9\ud83d\ude00\/\ud800""#), "\"é😀/\u{fffd}\"");
}

#[test]
fn changes_a_shared_value_only_in_one_place() {
    let a = Value::parse(r#"{"x":{"y":1}}"#).unwrap();
    let mut b = a.clone();
    b.as_object_mut().unwrap().insert("z".into(), true.into());
    assert_eq!(
        (a.to_json().as_str(), b.to_json().as_str()),
        (r#"{"x":{"y":1}}"#, r#"{"x":{"y":1},"z":true}"#)
    );
}

#[test]
fn computes_the_length_of_the_json_text() {
    let v = Value::parse(r#"{"a":[1.50,"é\u0001\n",{}],"b":[],"c":null}"#).unwrap();
    assert_eq!(v.json_len(), Ok(v.to_json().len()));
}

#[test]
fn prints_indented_text_that_parses_again() {
    let v = Value::parse(r#"{"a":[1,{"b":[]}],"c":{}}"#).unwrap();
    assert_eq!(
        v.to_json_pretty(),
        "{\n  \"a\": [\n    1,\n    {\n      \"b\": []\n    }\n  ],\n  \"c\": {}\n}"
    );
    assert_eq!(Value::parse(&v.to_json_pretty()).unwrap(), v);
}

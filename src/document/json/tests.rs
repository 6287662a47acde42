//! Tests of the JSON reader.

use super::read;
use crate::document::parsed::Reading;
use crate::document::testing::shape;
use crate::document::{MAX_DEPTH, SyntaxError, SyntaxErrorKind};
use crate::source::{SourceFile, Span};

fn file(text: &str) -> SourceFile {
    SourceFile::new("a.json", text)
}

fn sorted(mut errors: Vec<SyntaxError>) -> Vec<SyntaxError> {
    errors.sort_by_key(|f| f.span.start);
    errors
}

fn tree_of(text: &str, is_json5: bool) -> String {
    shape(&read(&file(text), is_json5).roots)
}

/// The tree, and each error as `start..end message`.
fn recovered(text: &str) -> (String, Vec<String>) {
    let errors = sorted(read(&file(text), false).errors);
    let show = |f: &SyntaxError| format!("{}..{} {}", f.span.start, f.span.end, f.message);
    (tree_of(text, false), errors.iter().map(show).collect())
}

#[track_caller]
fn recovers(text: &str, tree: &str, errors: &[&str]) {
    let (t, f) = recovered(text);
    assert_eq!(
        (t.as_str(), f),
        (tree, errors.iter().map(ToString::to_string).collect()),
        "{text}"
    );
}

#[test]
fn reads_valid_json() {
    for text in [
        "null",
        "true",
        "-0",
        "1.50e+3",
        "\"\"",
        "[]",
        "{}",
        r#"{"a":[1,{"b":"é"},[]],"c":{}}"#,
    ] {
        recovers(text, text, &[]);
    }
    recovers("\u{feff} {\r\n \"a\" : 1 } \n", r#"{"a":1}"#, &[]);
}

#[test]
fn reads_placeholders_for_several_members_or_items() {
    recovers(r#"{"a": 1, ${b}}"#, r#"{"a":1,"${b}":?}"#, &[]);
    recovers(
        r#"{${a} "b": 1 ${c} "d": 2, ${e}, "f": 3}"#,
        r#"{"${a}":?,"b":1,"${c}":?,"d":2,"${e}":?,"f":3}"#,
        &[],
    );
    recovers(r"[1 ${b} 2, ${c}]", r"[1,?,2,?]", &[]);
    assert!(!read(&file(r#"{"a": 1, ${b}}"#), false).is_whole);
}

#[test]
fn reads_bare_placeholders_as_unknown_values() {
    recovers(
        r#"{"a": ${Name}, "b": [${A}1, 2${B}.5, "${C}"]}"#,
        r#"{"a":?,"b":[?,?,"${C}"]}"#,
        &[],
    );
    recovers(r#"{"a": ${jsonencode({"x": "}"})}}"#, r#"{"a":?}"#, &[]);
}

#[test]
fn recovers_from_punctuation_errors_in_place() {
    recovers("[1,2,]", "[1,2]", &["4..5 trailing comma"]);
    recovers(r#"{"a":1,}"#, r#"{"a":1}"#, &["6..7 trailing comma"]);
    recovers("[1 2]", "[1,2]", &["2..2 missing comma between items"]);
    recovers(
        "{\"a\":1\n\"b\":2}",
        r#"{"a":1,"b":2}"#,
        &["6..6 missing comma between members"],
    );
    recovers("[1,,2]", "[1,2]", &["3..4 unexpected `,`"]);
    recovers(
        r#"{"a" 1, "b": 2}"#,
        r#"{"a":1,"b":2}"#,
        &["4..4 missing `:` after key `a`"],
    );
    recovers(
        r#"{"a" = 1}"#,
        r#"{"a":1}"#,
        &["5..6 expected `:` between key and value"],
    );
    recovers(
        r#"{"a":, "b":2}"#,
        r#"{"a":?,"b":2}"#,
        &["4..5 missing value for key `a`"],
    );
    recovers(
        r#"{"a", "b":2}"#,
        r#"{"b":2}"#,
        &["1..4 missing value for key `a`"],
    );
    recovers(
        r#"{"M": "M.$": "$.M"}"#,
        r#"{"M.$":"$.M"}"#,
        &["11..12 unexpected `:` after a value"],
    );
}

#[test]
fn closes_brackets_by_the_indentation_of_their_lines() {
    recovers(
        "{\"a\":[1,{\"b\":2}",
        r#"{"a":[1,{"b":2}]}"#,
        &["14..15 unexpected end of input: array opened on line 1 is not closed"],
    );
    recovers(
        "{\"a\":[1,2}",
        r#"{"a":[1,2]}"#,
        &["9..10 unclosed array opened on line 1"],
    );
    recovers(
        "{\"a\":[1,\"b\":2}",
        r#"{"a":[1],"b":2}"#,
        &["8..11 unclosed array opened on line 1"],
    );
    recovers(
        "{\n \"a\": [\n  1\n }\n}",
        r#"{"a":[1]}"#,
        &["15..16 mismatched `}`: expected `]` to close the bracket opened on line 2"],
    );
    recovers(
        "[1}",
        "[1]",
        &["2..3 mismatched `}`: expected `]` to close the bracket opened on line 1"],
    );
    recovers("{}}", "{}", &["2..3 unmatched `}`"]);
    recovers(
        r#"{"a":1}, "b":2}"#,
        r#"{"a":1,"b":2}"#,
        &["6..7 `}` closes the definition, but more members follow"],
    );
    recovers(r#""a":1}"#, r#"{"a":1}"#, &["0..0 missing opening `{`"]);
    recovers(
        "{} {}",
        "{}",
        &["3..4 unexpected text after the end of the definition"],
    );
}

#[test]
fn recovers_from_quoting_errors() {
    recovers(
        "['a']",
        r#"["a"]"#,
        &["1..4 string must be enclosed in double quotes"],
    );
    recovers(
        "{a: 1}",
        r#"{"a":1}"#,
        &["1..2 key must be enclosed in double quotes"],
    );
    recovers(
        "{\"a\": “b”}",
        r#"{"a":"b"}"#,
        &["6..13 typographic quotes are not allowed in JSON"],
    );
    recovers(
        "{\"a\":\"b,\n\"c\":1}",
        r#"{"a":"b","c":1}"#,
        &["5..8 unterminated string"],
    );
    recovers(
        r#"{"a: "b"}"#,
        r#"{"a":"b"}"#,
        &["3..4 missing closing quote of key"],
    );
    recovers(
        r#"{"a": b", "c":1}"#,
        r#"{"a":"b","c":1}"#,
        &["6..8 missing opening quote"],
    );
    recovers(r#"{a": "b"}"#, r#"{"a":"b"}"#, &["1..3 missing opening quote"]);
    recovers(
        "[\"a\nb\"]",
        r#"["a\nb"]"#,
        &["3..4 unescaped line break in string"],
    );
    recovers("[\"a\tb\"]", r#"["a\tb"]"#, &["3..4 unescaped tab in string"]);
    recovers(r#"["\q"]"#, r#"["q"]"#, &["2..4 invalid JSON escape `\\q`"]);
    recovers(
        r#"{"a": "{% $x = "y" %}", "b": 1}"#,
        r#"{"a":"{% $x = \"y\" %}","b":1}"#,
        &["15..16 unescaped quote in string"],
    );
}

#[test]
fn replaces_literals_of_other_languages() {
    recovers("[True]", "[true]", &["1..5 `True` is not a valid JSON value"]);
    recovers("[None]", "[null]", &["1..5 `None` is not a valid JSON value"]);
    recovers("[NaN]", "[?]", &["1..4 `NaN` is not a valid JSON value"]);
    recovers("[007]", "[7]", &["1..4 `007` is not a valid JSON number"]);
    recovers("[+1]", "[1]", &["1..3 `+1` is not a valid JSON number"]);
    recovers("[.5]", "[0.5]", &["1..3 `.5` is not a valid JSON number"]);
    recovers("[5.]", "[5]", &["1..3 `5.` is not a valid JSON number"]);
    recovers("[0x1F]", "[31]", &["1..5 `0x1F` is not a valid JSON number"]);
    recovers("[1.2.3]", "[?]", &["1..6 `1.2.3` is not a valid JSON number"]);
    recovers(
        "{\"a\": Hello there,\n\"b\":1}",
        r#"{"a":"Hello there","b":1}"#,
        &["6..17 string must be enclosed in double quotes"],
    );
    recovers("[1 // one\n]", "[1]", &["3..9 comments are not allowed in JSON"]);
}

#[test]
fn rejects_text_that_is_not_json_with_one_error_and_no_tree() {
    recovers("not json", "", &["0..3 invalid JSON"]);
    recovers("StartAt: A\nStates: {}", "", &["0..7 invalid JSON"]);
    recovers("\0\u{1}", "", &["0..1 file contains binary data, not JSON"]);
    recovers("", "", &["0..0 file is empty"]);
}

#[test]
fn accepts_json5_where_allowed() {
    let text = "{a: 'it\\'s', /* c */ b: [+1, .5, 0x10, NaN, '\\x41\\\n'],}";
    assert_eq!(tree_of(text, true), r#"{"a":"it's","b":[1,0.5,16,?,"A"]}"#);
    assert_eq!(read(&file(text), true).errors, []);
}

#[test]
fn keeps_and_reports_duplicate_keys() {
    let Reading { roots, errors, .. } = read(&file(r#"{"a":1,"b":2,"a":3}"#), false);
    assert_eq!(roots[0].as_object().unwrap().len(), 3);
    assert_eq!(roots[0].get("a").unwrap().as_i64(), Some(3));
    assert_eq!(
        (errors[0].kind, errors[0].span.start),
        (SyntaxErrorKind::DuplicateKey, 13)
    );
    assert_eq!(errors[0].first, Some(Span::new(1, 4)));
}

#[test]
fn limits_depth_before_building_a_tree() {
    let nested = |n: usize| "[".repeat(n) + &"]".repeat(n);
    assert!(read(&file(&nested(MAX_DEPTH)), false).errors.is_empty());
    let Reading { roots, errors, .. } = read(&file(&"[".repeat(10_000)), false);
    assert!(roots.is_empty());
    assert_eq!(
        errors.iter().map(|f| f.kind).collect::<Vec<_>>(),
        [SyntaxErrorKind::TooDeep]
    );
}

#[test]
fn marks_a_tree_from_which_text_was_skipped() {
    let is_whole = |text| read(&file(text), false).is_whole;
    assert!(is_whole("{}") && is_whole(r#"{"a": 'b',}"#) && is_whole(r#"{"a": 007 "b": 1}"#));
    assert!(!is_whole("{") && !is_whole(r#"{"a": "b"#) && !is_whole("{} x") && !is_whole(r#"{"a" "b", 1}"#));
}

#[test]
fn treats_an_unterminated_string_as_unknown() {
    recovers(
        r#"{"a": "b"#,
        r#"{"a":?}"#,
        &["6..8 unexpected end of input inside a string"],
    );
    recovers(
        r#"{"a": 1, "b"#,
        r#"{"a":1}"#,
        &["9..11 unexpected end of input inside a string"],
    );
}

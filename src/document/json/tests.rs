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
fn mends(text: &str, tree: &str, errors: &[&str]) {
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
        mends(text, text, &[]);
    }
    mends("\u{feff} {\r\n \"a\" : 1 } \n", r#"{"a":1}"#, &[]);
}

#[test]
fn reads_bare_placeholders_as_unknown_values() {
    mends(
        r#"{"a": ${Name}, "b": [${A}1, 2${B}.5, "${C}"]}"#,
        r#"{"a":?,"b":[?,?,"${C}"]}"#,
        &[],
    );
    mends(r#"{"a": ${jsonencode({"x": "}"})}}"#, r#"{"a":?}"#, &[]);
}

#[test]
fn recovers_from_punctuation_errors_in_place() {
    mends(
        "[1,2,]",
        "[1,2]",
        &["4..5 A comma stands after the last one of a list"],
    );
    mends(
        r#"{"a":1,}"#,
        r#"{"a":1}"#,
        &["6..7 A comma stands after the last one of a list"],
    );
    mends("[1 2]", "[1,2]", &["2..2 A comma is missing between two items"]);
    mends(
        "{\"a\":1\n\"b\":2}",
        r#"{"a":1,"b":2}"#,
        &["6..6 A comma is missing between two members"],
    );
    mends("[1,,2]", "[1,2]", &["3..4 There is a comma too many"]);
    mends(
        r#"{"a" 1, "b": 2}"#,
        r#"{"a":1,"b":2}"#,
        &["4..4 A colon is missing after the key `a`"],
    );
    mends(
        r#"{"a" = 1}"#,
        r#"{"a":1}"#,
        &["5..6 A key and its value are parted by a colon"],
    );
    mends(
        r#"{"a":, "b":2}"#,
        r#"{"a":?,"b":2}"#,
        &["4..5 The value of `a` is missing"],
    );
    mends(
        r#"{"a", "b":2}"#,
        r#"{"b":2}"#,
        &["1..4 The key `a` has no value"],
    );
    mends(
        r#"{"M": "M.$": "$.M"}"#,
        r#"{"M.$":"$.M"}"#,
        &["11..12 A second colon follows a value"],
    );
}

#[test]
fn closes_brackets_by_the_indentation_of_their_lines() {
    mends(
        "{\"a\":[1,{\"b\":2}",
        r#"{"a":[1,{"b":2}]}"#,
        &["14..15 The text ends inside the array that line 1 opens"],
    );
    mends(
        "{\"a\":[1,2}",
        r#"{"a":[1,2]}"#,
        &["9..10 The array that line 1 opens is not closed before this"],
    );
    mends(
        "{\"a\":[1,\"b\":2}",
        r#"{"a":[1],"b":2}"#,
        &["8..11 The array that line 1 opens is not closed before this"],
    );
    mends(
        "{\n \"a\": [\n  1\n }\n}",
        r#"{"a":[1]}"#,
        &["15..16 `}` stands where `]` closes what line 2 opens"],
    );
    mends(
        "[1}",
        "[1]",
        &["2..3 `}` stands where `]` closes what line 1 opens"],
    );
    mends(
        "{}}",
        "{}",
        &["2..3 `}` closes nothing: every bracket is closed before it"],
    );
    mends(
        r#"{"a":1}, "b":2}"#,
        r#"{"a":1,"b":2}"#,
        &["6..7 This `}` closes the whole definition, yet more members follow"],
    );
    mends(r#""a":1}"#, r#"{"a":1}"#, &["0..0 The opening `{` is missing"]);
    mends(
        "{} {}",
        "{}",
        &["3..4 More text follows the end of the definition"],
    );
}

#[test]
fn recovers_from_quoting_errors() {
    mends("['a']", r#"["a"]"#, &["1..4 A string takes double quotes"]);
    mends("{a: 1}", r#"{"a":1}"#, &["1..2 A key takes double quotes"]);
    mends(
        "{\"a\": “b”}",
        r#"{"a":"b"}"#,
        &["6..13 These are not the quotes of JSON"],
    );
    mends(
        "{\"a\":\"b,\n\"c\":1}",
        r#"{"a":"b","c":1}"#,
        &["5..8 The string is not closed on its line"],
    );
    mends(
        r#"{"a: "b"}"#,
        r#"{"a":"b"}"#,
        &["3..4 The closing quote of this key is missing"],
    );
    mends(
        r#"{"a": b", "c":1}"#,
        r#"{"a":"b","c":1}"#,
        &["6..8 The opening quote of this string is missing"],
    );
    mends(
        r#"{a": "b"}"#,
        r#"{"a":"b"}"#,
        &["1..3 The opening quote of this string is missing"],
    );
    mends(
        "[\"a\nb\"]",
        r#"["a\nb"]"#,
        &["3..4 A string cannot run over a line end"],
    );
    mends(
        "[\"a\tb\"]",
        r#"["a\tb"]"#,
        &["3..4 A tab stands inside a string"],
    );
    mends(r#"["\q"]"#, r#"["q"]"#, &["2..4 `\\q` is not an escape of JSON"]);
    mends(
        r#"{"a": "{% $x = "y" %}", "b": 1}"#,
        r#"{"a":"{% $x = \"y\" %}","b":1}"#,
        &["15..16 A quote inside a string must be escaped"],
    );
}

#[test]
fn replaces_literals_of_other_languages() {
    mends("[True]", "[true]", &["1..5 JSON has no `True`"]);
    mends("[None]", "[null]", &["1..5 JSON has no `None`"]);
    mends("[NaN]", "[?]", &["1..4 JSON has no `NaN`"]);
    mends("[007]", "[7]", &["1..4 `007` is not a number of JSON"]);
    mends("[+1]", "[1]", &["1..3 `+1` is not a number of JSON"]);
    mends("[.5]", "[0.5]", &["1..3 `.5` is not a number of JSON"]);
    mends("[5.]", "[5]", &["1..3 `5.` is not a number of JSON"]);
    mends("[0x1F]", "[31]", &["1..5 `0x1F` is not a number of JSON"]);
    mends("[1.2.3]", "[?]", &["1..6 `1.2.3` is not a number of JSON"]);
    mends(
        "{\"a\": Hello there,\n\"b\":1}",
        r#"{"a":"Hello there","b":1}"#,
        &["6..17 Text takes double quotes"],
    );
    mends("[1 // one\n]", "[1]", &["3..9 Comments are not JSON"]);
}

#[test]
fn rejects_text_that_is_not_json_with_one_error_and_no_tree() {
    mends("not json", "", &["0..3 This is not JSON"]);
    mends("StartAt: A\nStates: {}", "", &["0..7 This is not JSON"]);
    mends("\0\u{1}", "", &["0..1 This is binary data, not JSON"]);
    mends("", "", &["0..0 The text is empty"]);
}

#[test]
fn json5_is_taken_where_it_may() {
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
    mends(
        r#"{"a": "b"#,
        r#"{"a":?}"#,
        &["6..8 The text ends inside a string"],
    );
    mends(
        r#"{"a": 1, "b"#,
        r#"{"a":1}"#,
        &["9..11 The text ends inside a string"],
    );
}

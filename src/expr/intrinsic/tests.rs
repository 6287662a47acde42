//! Tests of calls and their results.

use super::{Call, is_intrinsic, table};
use crate::expr::{Scope, Seeded};
use crate::value::Value;

const INPUT: &str = r#"{
    "n": 3, "half": 2.5, "neg": -2.5, "t": "a,b;c", "nil": null, "list": [1, 2, 3], "none": [], "s": "1",
    "o": {"x": 1, "y": [true, "q"]}, "p": {"y": null, "z": 2}, "odd": "{\"k\": 1.50}", "braces": "<{}>"
}"#;

/// The result of a call: JSON text, or the part of the cause after the sentence that quotes the call.
fn eval(text: &str) -> String {
    let input = Value::parse(INPUT).unwrap();
    let context = Value::parse(r#"{"State":{"Name":"S"}}"#).unwrap();
    let call = Call::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    match call.eval(&Scope::new(&input, &context, &()), &mut Seeded::new(1)) {
        Ok(value) => value.to_json(),
        Err(fault) => {
            assert_eq!(fault.error, "States.Runtime");
            let quoted = format!("There was an error while evaluating the intrinsic function: {text}. ");
            fault
                .cause
                .strip_prefix(&quoted)
                .unwrap_or(&fault.cause)
                .to_owned()
        }
    }
}

fn all(truths: &[(&str, &str)]) {
    for (text, wanted) in truths {
        assert_eq!(eval(text), *wanted, "{text}");
    }
}

#[test]
fn evaluates_array_functions() {
    all(&[
        ("States.Array()", "[]"),
        (
            "States.Array( $.n , 'x', null, true, -1.50 )",
            r#"[3,"x",null,true,-1.50]"#,
        ),
        ("States.ArrayContains($.list, 2)", "true"),
        ("States.ArrayContains($.list, $.s)", "true"),
        ("States.ArrayContains(States.Array($.o), $.p)", "false"),
        ("States.ArrayGetItem($.list, 1.9)", "2"),
        ("States.ArrayGetItem($.none, 9)", "null"),
        (
            "States.ArrayGetItem($.list, 3)",
            "Invalid arguments in States.ArrayGetItem",
        ),
        (
            "States.ArrayGetItem($.list, -1)",
            "Invalid arguments in States.ArrayGetItem",
        ),
        ("States.ArrayLength($.list)", "3"),
        (
            "States.ArrayLength('x')",
            "Invalid arguments in States.ArrayLength",
        ),
        ("States.ArrayPartition($.list, $.half)", "[[1,2],[3]]"),
        (
            "States.ArrayPartition($.list, 0.9)",
            "Invalid arguments in States.ArrayPartition",
        ),
        ("States.ArrayRange(1.9, 7, 3)", "[1,4,7]"),
        ("States.ArrayRange(3, 1, -1)", "[3,2,1]"),
        ("States.ArrayRange(1, 3, -1)", "[]"),
        (
            "States.ArrayRange(0, 1000, 1)",
            "Invalid arguments in States.ArrayRange",
        ),
        (
            "States.ArrayRange(1, 2, 0.5)",
            "Invalid arguments in States.ArrayRange",
        ),
        (
            "States.ArrayUnique(States.Array(true, false, true))",
            "[false,true]",
        ),
    ]);
}

#[test]
fn evaluates_string_functions() {
    all(&[
        (
            "States.Format('{} and {}', $.n, $.o)",
            r#""3 and {x=1, y=[true, q]}""#,
        ),
        (
            r"States.Format('\{\} it\'s {} \\', $.nil)",
            r#""{} it's null \\""#,
        ),
        ("States.Format($.braces, 'x')", "\"<x>\""),
        (
            "States.Format('{}', States.StringToJson($.odd))",
            r#""{\"k\":1.50}""#,
        ),
        ("States.Format('{}')", "Invalid arguments in States.Format"),
        ("States.Format('x', 1)", "Invalid arguments in States.Format"),
        (
            "States.Format('{x}', 1)",
            "Invalid template in States.Format: matching '}' not found for '{'.",
        ),
        (
            "States.Format('}', 1)",
            "Invalid template in States.Format: matching '{' not found for '}'.",
        ),
        ("States.StringSplit($.t, ',;')", r#"["a","b","c"]"#),
        ("States.StringSplit(',a,,b,', ',')", r#"["a","b"]"#),
        ("States.StringSplit('ab', '')", r#"["ab"]"#),
        (
            "States.StringSplit($.n, ',')",
            "Invalid arguments in States.StringSplit",
        ),
    ]);
}

#[test]
fn evaluates_encodings_and_hashes() {
    all(&[
        ("States.Base64Encode('hé')", "\"aMOp\""),
        ("States.Base64Decode('aMOp')", "\"hé\""),
        ("States.Base64Decode(' aMO p ')", "\"hé\""),
        ("States.Base64Decode('aG\u{e9}k')", "\"hi\""),
        ("States.Base64Decode('aGk=xx')", "\"hi\""),
        (
            "States.Hash('abc', 'MD5')",
            "\"900150983cd24fb0d6963f7d28e17f72\"",
        ),
        (
            "States.Hash('abc', 'SHA-1')",
            "\"a9993e364706816aba3e25717850c26c9cd0d89d\"",
        ),
        ("States.Hash(7, 'MD5')", "\"8f14e45fceea167a5a36dedd4bea2543\""),
        ("States.Hash('abc', 'sha-1')", "Invalid arguments in States.Hash"),
    ]);
    let long = "x".repeat(10_001);
    assert_eq!(
        eval(&format!("States.Base64Encode('{long}')")),
        "Invalid arguments in States.Base64Encode"
    );
    assert_eq!(
        eval(&format!("States.Base64Encode('{}')", &long[1..])).len(),
        13_338
    );
}

#[test]
fn evaluates_json_functions() {
    all(&[
        ("States.StringToJson($.odd)", r#"{"k":1.50}"#),
        ("States.StringToJson('')", "null"),
        ("States.StringToJson('-0')", "0"),
        (
            "States.StringToJson($.n)",
            "Invalid arguments in States.StringToJson",
        ),
        ("States.JsonToString($.o)", r#""{\"x\":1,\"y\":[true,\"q\"]}""#),
        ("States.JsonToString('q')", r#""\"q\"""#),
        ("States.JsonMerge($.o, $.p, false)", r#"{"x":1,"y":null,"z":2}"#),
        ("States.JsonMerge($.o, $.p, 'false')", r#"{"x":1,"y":null,"z":2}"#),
        (
            "States.JsonMerge($.o, $.p, true)",
            "Invalid arguments in States.JsonMerge",
        ),
        (
            "States.JsonMerge($.o, $.list, false)",
            "Invalid arguments in States.JsonMerge",
        ),
    ]);
}

#[test]
fn evaluates_math_functions() {
    all(&[
        ("States.MathAdd($.half, 0)", "3"),
        ("States.MathAdd($.neg, 0)", "-2"),
        ("States.MathAdd(0.4, 0.4)", "0"),
        ("States.MathAdd(2147483647, 0)", "2147483647"),
        (
            "States.MathAdd(2147483647, 1)",
            "Invalid arguments in States.MathAdd",
        ),
        (
            "States.MathAdd(3000000000, 0)",
            "Invalid arguments in States.MathAdd",
        ),
        ("States.MathAdd('1', 1)", "Invalid arguments in States.MathAdd"),
        ("States.MathRandom(5, 6)", "5"),
        (
            "States.MathRandom(5, 5)",
            "Invalid arguments in States.MathRandom",
        ),
        (
            "States.MathRandom(1, 9, null)",
            "Invalid arguments in States.MathRandom",
        ),
    ]);
    assert_eq!(
        eval("States.MathRandom(0, 1000000, 7)"),
        eval("States.MathRandom(0, 1000000, 7)")
    );
}

#[test]
fn quotes_the_whole_call_if_a_path_is_missing() {
    let input = Value::parse(INPUT).unwrap().to_json();
    let message = |text: &str, path: &str| {
        format!(
            "The function '{text}' had the following error: The JsonPath argument for the field '{path}' could not be \
             found in the input '{input}'"
        )
    };
    let nested = "States.Array(States.ArrayLength($.nope))";
    assert_eq!(eval(nested), message(nested, "$.nope"));
    let context = "States.Array($$.Nope)";
    assert_eq!(eval(context), message(context, "$.Nope"));
    assert_eq!(eval("States.Array($$.State.Name)"), r#"["S"]"#);
}

#[test]
fn checks_arity_when_a_call_runs() {
    all(&[
        ("States.UUID(1)", "Invalid arguments in States.UUID"),
        ("States.Hash()", "Invalid arguments in States.Hash"),
        ("States.MathAdd(1, 2, 3)", "Invalid arguments in States.MathAdd"),
        ("States.Nope(1)", "States.Nope is not an intrinsic function"),
    ]);
}

#[test]
fn locates_the_parts_of_a_call() {
    let text = "States.Format('a {}', States.Array($.b[0, 1], $v.c, 1e3))";
    let call = Call::parse(text).unwrap();
    assert_eq!(&text[call.name_range.clone()], "States.Format");
    let arguments = |call: &Call| -> Vec<String> {
        call.arguments
            .iter()
            .map(|argument| text[argument.range.clone()].to_owned())
            .collect()
    };
    let calls = call.calls();
    assert_eq!(arguments(calls[1]), ["$.b[0, 1]", "$v.c", "1e3"]);
    assert_eq!(
        (call.depth(), call.paths().len(), call.variables().len()),
        (2, 2, 1)
    );
    assert!(is_intrinsic(text) && !is_intrinsic("$.a") && !is_intrinsic("$States.a"));
}

#[test]
fn locates_syntax_errors() {
    let fault = |text: &str| {
        let error = Call::parse(text).unwrap_err();
        (error.range, error.message)
    };
    assert_eq!(
        fault("States.Format('a"),
        (14..16, "unterminated string: expected `'`".into())
    );
    assert_eq!(fault("States.Array(1").0, 14..14);
    assert_eq!(fault("States.Array(1 2)").0, 15..16);
    assert_eq!(fault("States.Array(\"a\")").0, 13..14);
    assert_eq!(fault("States.Array($.a[)").0, 18..18);
    assert_eq!(
        fault("States.UUID() x"),
        (14..15, "unexpected text after the call".into())
    );
    assert_eq!(fault("States.UUID").0, 11..11);
}

#[test]
fn has_unique_names() {
    let names: std::collections::BTreeSet<_> = table::all().map(|function| function.name).collect();
    assert_eq!(names.len(), table::all().count());
}

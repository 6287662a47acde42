//! Expressions that would crash the process, or use up its memory or time.

use super::super::{EvaluationError, Expression, Limits};
use crate::expr::{Scope, Seeded};
use crate::value::Value;
use proptest::prelude::*;

fn eval(text: &str, limits: Limits) -> Result<Option<Value>, EvaluationError> {
    let scope = Scope::new(&Value::Null, &Value::Null, &()).with_limits(limits);
    Expression::parse(text).unwrap().eval(&scope, &mut Seeded::new(1))
}

#[test]
fn survives_any_picture() {
    for text in [
        r#"$toMillis("0", "[\u00e9]")"#,
        r#"$fromMillis(1521801216617, "[\ud835\udfce]")"#,
        r#"$now("[\u00e9][z0]")"#,
        r#"$parseInteger("abc", "[Y\u0660]")"#,
        r#"$parseInteger("\u202e", "[Y1;o]")"#,
        r#"$now("[fn]\ud835\udfce1;c")"#,
        r#"$now("[xNn][fN]")"#,
        r#"$now("[YW][Y\u0660,99999][h]")"#,
        r#"$now("[Y,2-99999][fn]")"#,
        r#"$now("[,5]")"#,
        r#"$now("[Y,2-4294967296]")"#,
        r#"$now("[Y00000000000000000000]")"#,
        r#"$fromMillis(0, "[D,2000000000]")"#,
        r#"$fromMillis(8.64e15, "[W] [X] [x] [w]")"#,
        r#"$fromMillis(0, "[Y]", "99999999999999999999")"#,
        r#"$toMillis("1\u017ft", "[D1o]")"#,
        r#"$toMillis("1", "[Y\u0660]")"#,
        r#"$toMillis("99999999999999999999", "[d]")"#,
        r#"$toMillis("+99999999999999999999:00", "[Z01:01]")"#,
        r#"$toMillis("ZZZZZZZZZZZZZZZZZZZZ", "[YA]")"#,
        r#"$toMillis("one trillion trillion", "[Yw] [dw]")"#,
        r#"$toMillis("\u0660\u0660\u0660\u0660")"#,
        r#"$formatInteger(0/0, "w")"#,
        r#"$formatInteger(1/0, "w")"#,
        r#"$formatInteger(1e308, "w")"#,
        r#"$formatInteger(1e308, "A")"#,
        r#"$formatInteger(1e15, "I")"#,
        r#"$parseInteger("ZZZZZZZZZZZZZZZZZZZZZZZ", "A")"#,
        r#"$formatNumber(1, "0." & $pad("", 70000, "0"))"#,
        r#"$formatNumber(1, $pad("", 1000000, "0"))"#,
        r#"$formatInteger(1, $pad("", 1000000, "0"))"#,
    ] {
        // Whether it has a result is up to the reference implementation.
        let _ = eval(text, Limits::STEP_FUNCTIONS);
    }
}

#[test]
fn limits_memory_and_steps() {
    for text in [
        r#"$pad("x", 4294967296)"#,
        r#"$pad("x", -1e300)"#,
        r#"$pad("x", 1/0)"#,
        r#"$fromMillis(0, "[D,2000000000]")"#,
        r#"$join($map([1..100000], function($x) { $pad("x", 100000) }))"#,
        r#"$join([1..800000].("x"), $pad("x", 1000))"#,
        r#"$map([1..800000], function($x) { $pad("x", 1000) })"#,
        r#"($s := $pad("x", 1000000); $map([1..800000], function($x) { $uppercase($s) }))"#,
        r#"($s := $pad("x", 1000000); $map([1..800000], function($x) { $s }))"#,
        r#"($s := $pad("x", 1000000); $map([1..800000], function($x) { $s & $x }))"#,
        r#"($s := $pad("x", 1000000); $replace($s, "x", $s))"#,
        r#"($s := $pad("x", 1000000); $replace($s, /x/, $s))"#,
        r#"($s := $pad("x", 1000000); $string([$s, $s, $s, $s, $s, $s, $s, $s]))"#,
        r"($r := [1..100000]; $map($r, function($x) { $sum($r) }))",
        r"($r := [1..100000]; $map($r, function($x) { $map($r, function($y) { $y }) }))",
        r"($r := [1..100000]; $r.($r.(1)))",
        r"($r := [1..100000]; $r.($count($r[$ = 5])))",
        r"($r := [1..100000]; $filter($r, function($x) { $x in $r }))",
        r"($r := [1..100000]; $r[$ in $r])",
        r"($r := [1..100000]; $map($r, function($x) { $r = [] }))",
        r"[1..1000].([1..800000])",
        r"[1..1000].($range(1, 800000, 1))",
        r"($f := function($x) { $f($x + 1) }; $f(0))",
        r"$reduce([1..40], function($a, $b) { $a & $a }, 'x')",
        r"$reduce([1..40], function($a, $b) { [$a, $a] }, 'x')",
        r#"$formatInteger(1e15, "I")"#,
        r#"$match($pad("a", 5000000, "a"), /a/)"#,
        r#"$pad("a", 5000000, "a") ~> $match(/a/)"#,
        r"$keys($map([1..300000], function($x) {{$string($x): 1}}))",
        r"$reduce([1..45], function($a, $b) { {'a': $a, 'b': $a} }, 1)",
    ] {
        let error = eval(text, Limits::STEP_FUNCTIONS).unwrap_err();
        assert!(
            matches!(error, EvaluationError::Limit { .. }),
            "{text}: {error:?}"
        );
    }
}

#[test]
fn limits_values_that_share_their_parts() {
    for (part, end) in [
        ("[X, X]", "$x45"),
        ("[[X, X]]", "$count($x45.**)"),
        ("{'a': X, 'b': X}", "$count($x45.**)"),
        ("{'a': X, 'b': X}", "$string($x45)"),
        ("{'a': (X), 'b': X}", "$x45 in [$x44]"),
        ("$append(X, X)", "$x45"),
        ("X & X", "$x45"),
    ] {
        let assignments: Vec<String> = (0..45)
            .map(|i| format!("$x{} := {}", i + 1, part.replace('X', &format!("$x{i}"))))
            .collect();
        let text = format!("($x0 := 'x'; {}; {end})", assignments.join("; "));
        let error = eval(&text, Limits::STEP_FUNCTIONS).unwrap_err();
        assert!(
            matches!(error, EvaluationError::Limit { .. }),
            "{part}: {error:?}"
        );
    }
}

#[test]
fn allows_work_that_is_proportional_to_the_data() {
    for (text, wanted) in [
        (
            "$count($map([1..200000], function($x) { {'a': $x, 'b': [$x, $x + 1]} }))",
            "200000",
        ),
        ("$sum([1..200000].($ * 2))", "40000200000"),
        ("$count($distinct([1..200000]))", "200000"),
        (
            "$distinct([0, -0, 1, '1', [1], [1], {'a': 1, 'b': 2}, {'b': 2, 'a': 1}, null, null])",
            r#"[0,1,"1",[1],{"a":1,"b":2},null]"#,
        ),
        (
            "($f := 2; $sum($map([1..200000], function($x) { $x * $f })))",
            "40000200000",
        ),
        (
            "($r := [1..900]; $count($filter($r, function($x) { $count($filter($r, function($y) { $y = $x })) = 1 })))",
            "900",
        ),
        (
            "$length($reduce([1..5000], function($a, $b) { $a & 'x' }, ''))",
            "5000",
        ),
        (
            "$count($reduce([1..5000], function($a, $b) { $append($a, $b) }, []))",
            "5000",
        ),
    ] {
        let value = eval(text, Limits::STEP_FUNCTIONS);
        assert_eq!(
            value.map(|value| value.map(|value| value.to_json())),
            Ok(Some(wanted.into())),
            "{text}"
        );
    }
}

/// Pictures, and strings that may match them.
fn picture_pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "[",
        "]",
        "Y",
        "M",
        "D",
        "d",
        "F",
        "W",
        "w",
        "X",
        "x",
        "H",
        "h",
        "P",
        "m",
        "s",
        "f",
        "Z",
        "z",
        "C",
        "E",
        "é",
        ";",
        ",",
        "-",
        "*",
        "#",
        "0",
        "1",
        "9",
        "01",
        "0001",
        "99999",
        "2000000000",
        "n",
        "N",
        "Nn",
        "A",
        "a",
        "I",
        "i",
        "Ww",
        "o",
        "t",
        "c",
        " ",
        ".",
        ":",
        "e",
        "%",
        "‰",
        "٠",
        "١",
        "𝟎",
        "ſ",
        "+",
        "GMT",
        "th",
        "st",
        "one",
        "trillion",
        "MMXX",
        "monday",
        "January",
        "am",
    ]);
    prop_oneof![
        prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat()),
        any::<String>(),
    ]
}

proptest! {
    #[test]
    fn pictures_never_panic(picture in picture_pieces(), text in picture_pieces(), number in any::<f64>()) {
        let variables = Value::from([
            ("p", Value::from(picture)),
            ("t", Value::from(text)),
        ]);
        let scope = Scope::new(&Value::Null, &Value::Null, variables.as_object().unwrap());
        for call in [
            format!("$fromMillis({number:e}, $p, $t)"),
            "$now($p, $t)".to_owned(),
            "$toMillis($t, $p)".to_owned(),
            "$toMillis($t)".to_owned(),
            format!("$formatInteger({number:e}, $p)"),
            format!("$formatNumber({number:e}, $p)"),
            format!("$formatNumber({number:e}, $p, {{'zero-digit': $t, 'decimal-separator': $t}})"),
            "$parseInteger($t, $p)".to_owned(),
        ] {
            if let Ok(expression) = Expression::parse(&call) {
                let _ = expression.eval(&scope, &mut Seeded::new(0));
            }
        }
    }
}

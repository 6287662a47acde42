//! Tests of expressions and their results.

mod hostile;
mod measured;

use super::{Conversions, Delimiters, Expression, delimiters, strip};
use crate::expr::{Scope, Seeded};
use crate::value::Value;

const INPUT: &str = r#"{"n": 5, "s": "abc", "list": [1, 2, 3], "mixed": [1, "a"], "id": 12345678901234567890,
    "goods": [{"name": "tea", "price": 4}, {"name": "pie", "price": 9.5}]}"#;

/// The result of an expression as `Output`: JSON text, or the cause after the sentence that quotes it.
fn eval(text: &str) -> String {
    let input = Value::parse(INPUT).unwrap();
    let context = Value::parse(r#"{"State":{"Name":"S"}}"#).unwrap();
    let variables = Value::parse(r#"{"v": {"a": 1}, "range": 7}"#).unwrap();
    let conversions = Conversions::default();
    let scope = Scope::new(&input, &context, variables.as_object().unwrap())
        .with_conversions(&conversions)
        .at(1_700_000_000_123);
    let expression = match Expression::parse(text) {
        Ok(expression) => expression,
        Err(error) => return format!("{} at {:?}", error.message, error.range),
    };
    match expression.eval_field("Output", &scope, &mut Seeded::new(1)) {
        Ok(value) => value.to_json(),
        Err(fault) => {
            assert_eq!(
                (fault.error, fault.location.as_deref()),
                ("States.QueryEvaluationError", Some("Output"))
            );
            let quoted = format!("The JSONata expression '{text}' specified for the field 'Output' ");
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
fn binds_names() {
    all(&[
        ("$states.input.goods.price", "[4,9.5]"),
        ("$states.context.State.Name", "\"S\""),
        ("$v.a + $states.input.n", "6"),
        ("$range", "7"),
        ("$states.result", "returned nothing (undefined)."),
        ("$nope", "returned nothing (undefined)."),
        ("$now()", "\"2023-11-14T22:13:20.123Z\""),
        ("$millis()", "1700000000123"),
        ("$now('[Y]')", "\"2023\""),
    ]);
}

#[test]
fn converts_results_to_json() {
    all(&[
        ("1.0", "1"),
        ("0.1 + 0.2", "0.30000000000000004"),
        ("$states.input.id", "12345678901234567000"),
        ("1/0", "\"Infinity\""),
        ("[-1/0]", "[\"-Infinity\"]"),
        ("[1][1]", "returned nothing (undefined)."),
        ("{'a': $nope, 'b': 1}", r#"{"b":1}"#),
        ("$sum", "returned an unsupported result type."),
        ("function($x){$x}", "returned an unsupported result type."),
    ]);
}

#[test]
fn evaluates_step_functions_own_functions() {
    all(&[
        ("$partition([1,2,3], 2.9)", "[[1,2],[3]]"),
        ("$partition([1,2,3])", "[[1,2,3]]"),
        ("$partition([1], 0)", "returned nothing (undefined)."),
        (
            "$partition('a', 1)",
            "threw an error during evaluation. T0412: Argument 1 of function \"partition\" must be an array of undefined",
        ),
        ("$hash('abc', 'MD5')", "\"900150983cd24fb0d6963f7d28e17f72\""),
        (
            "$hash(1, 'MD5')",
            "threw an error during evaluation. T0410: Argument 1 of function \"hash\" does not match function signature",
        ),
        (
            "$hash('a', 'x')",
            "threw an error during evaluation. D3137: Hash algorithm 'x' must be one of SHA-1, SHA-384, SHA-256, \
             SHA-512, MD5",
        ),
        ("$parse('{\"a\": [1]}').a", "[1]"),
        (
            "$parse('')",
            "threw an error during evaluation. D3137: Invalid JSON",
        ),
        ("$random(77) = $random(77) and $random() < 1", "true"),
        ("$length($uuid())", "36"),
        (
            "$uuid(null)",
            "threw an error during evaluation. T0410: Argument 1 of function \"uuid\" does not match function signature",
        ),
        (
            "$eval('1')",
            "threw an error during evaluation. T1006: Attempted to invoke a non-function",
        ),
    ]);
    // `$range` is a workflow variable above.
    let expression = Expression::parse("[$range(9, 1, -4), $range(2.9, 2, 1), $range(1, 2, 0)]").unwrap();
    let value = expression.eval(&Scope::new(&Value::Null, &Value::Null, &()), &mut Seeded::new(1));
    assert_eq!(value.unwrap().unwrap().to_json(), "[9,5,1,2]");
}

#[test]
fn reports_errors_in_the_reference_implementations_words() {
    all(&[
        (
            "$states.input.s + 1",
            "threw an error during evaluation. T2001: The left side of the \"+\" operator must evaluate to a number",
        ),
        (
            "$states.input.s > 1",
            "threw an error during evaluation. T2009: The values \"abc\" and 1 either side of operator \">\" must be of \
             the same data type",
        ),
        (
            "$sum($states.input.mixed)",
            "threw an error during evaluation. T0412: Argument 1 of function \"sum\" must be an array of \"numbers\"",
        ),
        (
            "$uppercase($string($states.input.n)) & $uppercase($states.input.n)",
            "threw an error during evaluation. T0410: Argument 1 of function \"uppercase\" does not match function \
             signature",
        ),
        (
            "$states.input.list ~> $sum(1)",
            "threw an error during evaluation. T0410: Argument 2 of function \"sum\" does not match function signature",
        ),
        (
            "$number('x')",
            "threw an error during evaluation. D3030: Unable to cast value to a number: \"x\"",
        ),
        (
            "-'a'",
            "threw an error during evaluation. D1002: Cannot negate a non-numeric value: \"a\"",
        ),
        ("$error('Boom')", "threw an error during evaluation. D3137: Boom"),
        (
            "2()",
            "threw an error during evaluation. T1006: Attempted to invoke a non-function",
        ),
    ]);
}

#[test]
fn enforces_limits() {
    let timeout = "threw an error during evaluation: Expression evaluation timeout: Check for infinite loop";
    let memory = "threw an error during evaluation: Expression evaluation memory limit exceeded: Check for excessive \
                  memory usage";
    let depth = "threw an error during evaluation: Stack overflow error: Check for non-terminating recursive function. \
                 Consider rewriting as tail-recursive";
    let sum = format!("1{}", "+1".repeat(199));
    all(&[
        ("$count([1..873782])", "873782"),
        ("$count([1..873783])", memory),
        (
            "($f := function($n) { $n > 0 ? $f($n - 1) + 1 : 0 }; $f(31))",
            "31",
        ),
        (
            "($f := function($n) { $n > 0 ? $f($n - 1) + 1 : 0 }; $f(32))",
            depth,
        ),
        (&sum, depth),
        ("[1..1000].([1..873782])", timeout),
        ("$reduce([1..40], function($a, $b) { $a & $a }, 'x')", memory),
        ("$reduce([1..40], function($a, $b) { [$a, $a] }, 'x')", memory),
        ("$pad('a', 10000000)", memory),
    ]);
    let short = crate::expr::jsonata::Limits {
        steps: 1000,
        ..Default::default()
    };
    let scope = Scope::new(&Value::Null, &Value::Null, &()).with_limits(short);
    let forever = Expression::parse("($f := function($x) { $f($x) }; $f(1))").unwrap();
    let fault = forever
        .eval_field("Output", &scope, &mut Seeded::new(1))
        .unwrap_err();
    assert!(fault.cause.ends_with(timeout), "{}", fault.cause);
}

#[test]
fn locates_syntax_errors() {
    all(&[
        (
            "$a ?? 1",
            "The symbol \"?\" cannot be used as a unary operator at 4..5",
        ),
        (
            "$a ?: 1",
            "The symbol \":\" cannot be used as a unary operator at 4..5",
        ),
        ("a[1,2]", "Expected \"]\", got \",\" at 3..4"),
        (
            "'a",
            "String literal must be terminated by a matching quote at 0..2",
        ),
        (
            "$.%",
            "The object representing the 'parent' cannot be derived from this expression at 2..3",
        ),
    ]);
    assert_eq!(Expression::parse("1 +").unwrap_err().code, "S0207");
}

#[test]
fn reports_an_unexpected_type() {
    let expression = Expression::parse("\"3\"").unwrap();
    assert_eq!(
        expression
            .unexpected_type("TimeoutSeconds", "number", &"3".into())
            .cause,
        "The JSONata expression '\"3\"' specified for the field 'TimeoutSeconds' returned an unexpected result type. \
         Expected 'number', but was 'string' for value: \"3\""
    );
}

#[test]
fn distinguishes_delimiters() {
    assert_eq!(strip("{%  $a %}"), Some(("$a", 4)));
    assert_eq!(strip("{%%}"), Some(("", 2)));
    assert_eq!(strip(" {% $a %}"), None);
    assert_eq!(delimiters("{% $a"), Delimiters::OnlyOpening);
    assert_eq!(delimiters("$a %}"), Delimiters::OnlyClosing);
    assert_eq!(delimiters("{%}"), Delimiters::OnlyOpening);
    assert_eq!(delimiters("$a"), Delimiters::None);
}

#[test]
fn lists_free_variables() {
    let expression = Expression::parse("($x := $a; $sum($b.c) + $x + $states.input.n)").unwrap();
    let names: Vec<&str> = expression.variables().map(|(name, _)| name).collect();
    assert_eq!(names, ["a", "b"]);
}

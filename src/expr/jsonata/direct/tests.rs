//! Tests of direct evaluation.

use super::Direct;
use crate::expr::jsonata::{Expression, testing};
use crate::expr::{Scope, Seeded};
use crate::value::Value;
use proptest::prelude::*;

fn direct(text: &str) -> Option<Direct> {
    Direct::from_ast(&jsonata_core::parser::parse(text).unwrap())
}

#[test]
fn applies_to_aggregates_and_comparisons() {
    let input =
        Value::parse(r#"{"lines": [{"s": "x", "q": 1, "p": 2.5}, {"s": "y", "q": 3, "p": 4}]}"#).unwrap();
    let scope = Scope::new(&input, &Value::Null, &());
    for (text, wanted) in [
        ("$sum($states.input.lines.(q * p))", "14.5"),
        (
            "$sum($states.input.lines.(q * p)) > 10 ? 'gold' : 'basic'",
            "\"gold\"",
        ),
        ("$join($states.input.lines[q > 1].s, ',')", "\"y\""),
        ("$join($states.input.lines.s, ', ')", "\"x, y\""),
        ("$count($states.input.lines[s = 'x'])", "1"),
        ("$sum($states.input.lines.p) / 2", "3.25"),
    ] {
        let value = direct(text).and_then(|direct| direct.eval(&scope));
        assert_eq!(
            value.map(|value| value.to_json()).as_deref(),
            Some(wanted),
            "{text}"
        );
    }
}

/// Expressions over the names in the values below.
fn expressions() -> impl Strategy<Value = String> {
    let name = || prop::sample::select(vec!["a", "b", "c"]);
    let operator = prop::sample::select(vec!["+", "-", "*", "/", "=", "!=", "<", "<=", ">", ">="]);
    let operand = || prop_oneof![name().prop_map(str::to_owned), "[0-9]", Just("'x'".to_owned())];
    let binary =
        (operand(), operator, operand()).prop_map(|(left, op, right)| format!("{left} {op} {right}"));
    let step = prop_oneof![
        name().prop_map(|name| format!(".{name}")),
        binary.clone().prop_map(|binary| format!("[{binary}]")),
        binary.prop_map(|binary| format!(".({binary})")),
    ];
    let path = prop::collection::vec(step, 0..4).prop_map(|steps| format!("$states.input{}", steps.concat()));
    prop_oneof![
        path.clone().prop_map(|path| format!("$sum({path})")),
        path.clone().prop_map(|path| format!("$count({path})")),
        path.clone().prop_map(|path| format!("$join({path}, '-')")),
        path.clone()
            .prop_map(|path| format!("{path} = 1 ? 'one' : 'other'")),
        (path.clone(), path).prop_map(|(left, right)| format!("{left} + $sum({right})")),
    ]
}

fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        "-?(0|[1-9][0-9]{0,2})(\\.[0-9]{1,2})?".prop_map(|text| Value::parse(&text).unwrap()),
        "[xy]{0,2}".prop_map(Value::from),
        any::<bool>().prop_map(Value::from),
        Just(Value::Null),
    ];
    testing::values(leaf)
}

proptest! {
    /// The result is exactly what the evaluator returns.
    #[test]
    fn evaluates_like_the_evaluator(input in values(), text in expressions()) {
        let scope = Scope::new(&input, &Value::Null, &());
        let Ok(ast) = jsonata_core::parser::parse(&text) else { return Ok(()) };
        if let Some(value) = Direct::from_ast(&ast).and_then(|direct| direct.eval(&scope)) {
            // A block around it is never evaluated directly, but has the same result.
            let evaluated = Expression::parse(&format!("({text})")).unwrap().eval(&scope, &mut Seeded::new(0));
            prop_assert_eq!(evaluated.unwrap().map(|value| value.to_json()), Some(value.to_json()), "{}", text);
        }
    }
}

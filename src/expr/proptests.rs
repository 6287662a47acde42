//! Properties that hold for every text and every value.

use proptest::prelude::*;
use std::ops::Range;

use super::intrinsic::Call;
use super::jsonata::Expression;
use super::jsonpath::{Path, ReferencePath};
use super::{Scope, Seeded};
use crate::value::Value;

/// Texts that resemble expressions: fragments of all three languages in any order.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "$",
        "$$",
        "$a",
        ".",
        "..",
        "a",
        "é",
        "[",
        "]",
        "(",
        ")",
        "{",
        "}",
        "'",
        "\"",
        "`",
        "?",
        "@",
        "*",
        "%",
        "/",
        "0",
        "-1",
        "1.5e3",
        ",",
        ":",
        ":=",
        "~>",
        "&&",
        "||",
        "==",
        "=~",
        " ",
        "\\",
        "States.Array",
        "States.Format",
        "function",
        "$sum",
        "null",
        "true",
        "and",
        "in",
        "^",
        "|",
        "#$i",
        "@$v",
        "/*",
        "*/",
        ";",
        "=",
        "<",
        "\n",
    ]);
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

fn texts() -> impl Strategy<Value = String> {
    prop_oneof![pieces(), any::<String>()]
}

/// JSON texts with numbers in every form that JSON allows.
fn json() -> impl Strategy<Value = String> {
    let number = "-?(0|[1-9][0-9]{0,24})(\\.[0-9]{1,8})?([eE][+-]?[0-9]{1,3})?";
    let text = any::<String>().prop_map(|text| Value::from(text).to_json());
    let leaf = prop_oneof![
        number.boxed(),
        text,
        Just("null".to_owned()),
        Just("true".to_owned())
    ];
    leaf.prop_recursive(5, 40, 6, |inner| {
        let key = any::<String>();
        let members = prop::collection::hash_map(key, inner.clone(), 0..6).prop_map(|members| {
            let members: Vec<String> = members
                .into_iter()
                .map(|(key, value)| format!("{}:{value}", Value::from(key).to_json()))
                .collect();
            format!("{{{}}}", members.join(","))
        });
        let items = prop::collection::vec(inner, 0..6).prop_map(|items| format!("[{}]", items.join(",")));
        prop_oneof![items, members]
    })
}

fn inside(range: &Range<usize>, text: &str) -> bool {
    range.start <= range.end && text.get(range.clone()).is_some()
}

proptest! {
    #[test]
    fn parsers_never_panic_and_point_inside_the_text(text in texts()) {
        for error in [
            Path::parse(&text).err(),
            Path::parse_jayway(&text).err(),
            Call::parse(&text).err(),
            Expression::parse(&text).err(),
        ].into_iter().flatten() {
            prop_assert!(inside(&error.range, &text), "{:?} of {text:?}", error);
        }
        if let Ok(call) = Call::parse(&text) {
            prop_assert!(call.calls().iter().all(|call| inside(&call.range, &text)));
            prop_assert!(call.paths().iter().all(|(_, range)| inside(range, &text)));
        }
        if let Ok(expression) = Expression::parse(&text) {
            prop_assert!(expression.references().iter().all(|reference| inside(&reference.range, &text)));
        }
        if let Ok(path) = Path::parse(&text) {
            prop_assert!(path.steps().iter().all(|step| inside(&step.range, &text)));
        }
    }

    #[test]
    fn evaluates_every_parsed_expression_without_a_panic(text in pieces(), input in json()) {
        let input = Value::parse(&input).unwrap();
        let scope = Scope::new(&input, &input, &()).with_root(&input);
        if let Ok(path) = Path::parse_jayway(&text) {
            let _ = path.eval_on(&input);
        }
        if let Ok(call) = Call::parse(&text) {
            let _ = call.eval(&scope, &mut Seeded::new(0));
        }
        if let Ok(expression) = Expression::parse(&text) {
            let _ = expression.eval(&scope, &mut Seeded::new(0));
        }
    }

    #[test]
    fn a_value_keeps_every_byte_of_its_text(text in json()) {
        let value = Value::parse(&text).unwrap();
        prop_assert_eq!(value.to_json(), text);
        prop_assert_eq!(value.json_len(), Ok(value.to_json().len()));
        prop_assert_eq!(Value::parse(&value.to_json_pretty()).unwrap(), value);
    }

    #[test]
    fn broken_json_has_a_place(text in any::<String>(), cut in json(), at in 0usize..64) {
        let truncated: String = cut.chars().take(at).collect();
        for text in [text, truncated] {
            if let Err(error) = Value::parse(&text) {
                prop_assert!(text.get(error.offset..).is_some());
            }
        }
    }

    #[test]
    fn reads_back_what_result_path_writes(
        members in prop::collection::vec("[a-c]", 1..4),
        input in json(),
        value in json(),
    ) {
        let (input, value) = (Value::parse(&input).unwrap(), Value::parse(&value).unwrap());
        let path = ReferencePath::parse(&format!("$.{}", members.join("."))).unwrap();
        if let Ok(written) = path.set(&input, value.clone()) {
            prop_assert_eq!(path.path().eval_on(&written), Ok(value));
        } else {
            prop_assert!(!matches!(&input, Value::Object(members) if members.is_empty()));
        }
    }
}

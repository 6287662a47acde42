//! Tests of shapes and of the analysis as a whole.

use super::{Analysis, Declarations, Declared, Detail, Shape, analyze, json_schema};
use crate::asl::lower;
use crate::document::{self, Syntax};
use crate::source::SourceFile;
use crate::value::Value;
use proptest::prelude::*;

fn value(text: &str) -> Value {
    Value::parse(text).unwrap()
}

fn shape(text: &str) -> Shape {
    Shape::from_value(&value(text))
}

#[test]
fn a_shape_knows_its_size() {
    for (text, parts, height) in [
        ("1", 1, 0),
        ("[]", 2, 1),
        ("[1, [2]]", 6, 2),
        (r#"{"a": 1}"#, 3, 1),
        (r#"{"a": {"b": []}, "c": 1}"#, 7, 3),
    ] {
        let size = shape(text).size();
        assert_eq!((size.parts, size.height), (parts, height), "{text}");
    }
    let (deep, limit) = (shape(r#"{"a": {"b": {"c": 1}}}"#), 4);
    assert!(deep.size().parts > limit && deep.limit(limit).size().parts <= limit);
}

#[test]
fn shapes_are_printed_like_types() {
    for (text, expected) in [
        ("1", "1"),
        (r#""a""#, r#""a""#),
        ("null", "null"),
        ("[1,2]", "[1, 2]"),
        ("[]", "[]"),
        (r#"{"a":1,"b c":{}}"#, r#"{ a: 1; "b c": {} }"#),
    ] {
        assert_eq!(shape(text).to_string(), expected, "{text}");
    }
    assert_eq!(Shape::Any.to_string(), "any");
    assert_eq!(Shape::never().to_string(), "never");
    assert_eq!(Shape::array_of(Shape::string()).to_string(), "string[]");
    let union = Shape::string().join(&Shape::null());
    assert_eq!(Shape::array_of(union).to_string(), "(string | null)[]");
    assert_eq!(shape(r#"{"a":1}"#).join(&shape("{}")).to_string(), "{ a?: 1 }");
}

#[test]
fn joining_many_constants_gives_any_value_of_the_type() {
    let joined = (0..40).fold(Shape::never(), |all, n| all.join(&shape(&n.to_string())));
    assert_eq!(joined, Shape::number());
}

#[test]
fn a_schema_is_read_and_written() {
    for (schema, expected) in [
        ("true", "any"),
        (r#"{"type":"string"}"#, "string"),
        (r#"{"enum":["a",1]}"#, r#""a" | 1"#),
        (
            r#"{"type":"object","properties":{"a":{"type":"number"}},"required":["a"],"additionalProperties":false}"#,
            "{ a: number }",
        ),
        (
            r#"{"type":["object","null"],"properties":{"a":{"type":"boolean"}}}"#,
            "{ a?: boolean; [key: string]: any } | null",
        ),
        (r#"{"type":"array","items":{"type":"string"}}"#, "string[]"),
        (
            r##"{"$defs":{"s":{"type":"string"}},"$ref":"#/$defs/s"}"##,
            "string",
        ),
    ] {
        let schema: serde_json::Value = serde_json::from_str(schema).unwrap();
        let shape = json_schema::shape(&schema);
        assert_eq!(shape.to_string(), expected, "{schema}");
        assert_eq!(
            json_schema::shape(&json_schema::schema(&shape)),
            shape,
            "{schema}"
        );
    }
}

/// The output of a definition with this input.
fn output(definition: &str, input: &str) -> String {
    let document = document::read(SourceFile::new("t", definition.to_owned()).into(), Syntax::Json);
    let machine = lower::machine(&document.roots[0]);
    let declarations = Declarations {
        input: Some(Declared::Examples {
            values: vec![serde_json::from_str(input).unwrap()],
            is_strict: true,
        }),
        results: Vec::new(),
    };
    let Analysis { output, .. } = analyze(&machine, &declarations, Detail::Faults);
    output.to_string()
}

#[test]
fn follows_the_data_through_states() {
    let pass =
        |fields: &str| format!(r#"{{"StartAt":"A","States":{{"A":{{"Type":"Pass",{fields},"End":true}}}}}}"#);
    for (fields, expected) in [
        (r#""Result":{"x":1}"#, "{ x: 1 }"),
        (
            r#""Result":{"x":1},"ResultPath":"$.r""#,
            "{ a: number; r: { x: 1 } }",
        ),
        (r#""Parameters":{"b.$":"$.a"}"#, "{ b: number }"),
        (
            r#""Parameters":{"b.$":"States.Format('{}', $.a)"}"#,
            "{ b: string }",
        ),
        (r#""InputPath":null"#, "{}"),
        (r#""OutputPath":"$.a""#, "number"),
        (r#""Parameters":{"b.$":"$.c"}"#, "never"),
        (
            r#""QueryLanguage":"JSONata","Output":{"b":"{% $states.input.a + 1 %}"}"#,
            "{ b: number }",
        ),
        (
            r#""QueryLanguage":"JSONata","Output":"{% {'x': $states.input.a, 'y': $states.input.z} %}""#,
            "{ x: number }",
        ),
        (
            r#""QueryLanguage":"JSONata","Output":"{% $states.input.z %}""#,
            "never",
        ),
        (
            r#""QueryLanguage":"JSONata","Output":"{% $merge([$states.input, {'b': 'x'}]) %}""#,
            r#"{ a: number; b: "x" }"#,
        ),
    ] {
        assert_eq!(output(&pass(fields), r#"{"a":1}"#), expected, "{fields}");
    }
}

#[test]
fn a_loop_reaches_a_fixed_point() {
    let definition = r#"{"StartAt":"A","States":{
        "A":{"Type":"Pass","Parameters":{"n.$":"States.MathAdd($.n, 1)","old.$":"$"},"Next":"B"},
        "B":{"Type":"Choice","Choices":[{"Variable":"$.n","NumericLessThan":5,"Next":"A"}],"Default":"C"},
        "C":{"Type":"Pass","OutputPath":"$.n","End":true}}}"#;
    assert_eq!(output(definition, r#"{"n":0}"#), "number");
}

#[test]
fn conditions_narrow_the_data() {
    let definition = |condition: &str| {
        format!(
            r#"{{"StartAt":"C","States":{{
        "C":{{"Type":"Choice","Choices":[{{{condition},"Next":"A"}}],"Default":"B"}},
        "A":{{"Type":"Succeed"}},
        "B":{{"Type":"Fail"}}}}}}"#
        )
    };
    let input = r#"{"a":null}"#;
    for (condition, expected) in [
        (r#""Variable":"$.a","IsNull":true"#, "{ a: null }"),
        (r#""Variable":"$.a","IsString":true"#, "never"),
        (r#""Variable":"$.b","IsPresent":true"#, "never"),
        (r#""Not":{"Variable":"$.b","IsPresent":true}"#, "{ a: null }"),
    ] {
        assert_eq!(output(&definition(condition), input), expected, "{condition}");
    }
}

fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        (-5_i64..5).prop_map(Value::from),
        "[a-c]{0,2}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::array),
            prop::collection::vec(("[a-c]", inner), 0..4).prop_map(|members| {
                Value::object(
                    members
                        .into_iter()
                        .map(|(name, value)| (name.as_str().into(), value))
                        .collect(),
                )
            }),
        ]
    })
}

proptest! {
    #[test]
    fn joined_and_widened_shapes_contain_the_values_of_both(a in json(), b in json()) {
        let (x, y) = (Shape::from_value(&a), Shape::from_value(&b));
        for shape in [x.join(&y), y.join(&x), x.widen(&y), x.join(&y).truncate(2), x.join(&y).limit(8)] {
            prop_assert!(shape.contains(&a), "{shape} {a}");
            prop_assert!(shape.contains(&b), "{shape} {b}");
            prop_assert!(shape.size().height <= 2 || shape != x.join(&y).truncate(2));
        }
        prop_assert_eq!(x.join(&x), x.clone());
        prop_assert!(x.meet(&x).contains(&a));
        prop_assert!(Shape::Any.meet(&x).contains(&a));
        prop_assert!(json_schema::shape(&json_schema::schema(&x.join(&y))).contains(&a));
    }
}

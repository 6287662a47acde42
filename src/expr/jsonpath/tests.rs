//! Tests of paths and their results.

use super::{Path, PathError, ReferencePath, Root, StepKind};
use crate::expr::Scope;
use crate::value::Value;

const DOCUMENT: &str = r#"{
    "id": 12345678901234567890, "one": 1.0, "nil": null, "text": "abc", "true": true,
    "list": ["a", "b", "c", "d"], "none": [], "odd name": 7, "it's": 8,
    "shop": {"open": true, "goods": [
        {"name": "tea", "price": 4, "tags": ["hot", "leaf"]},
        {"name": "ice", "price": 2.5, "tags": []},
        {"name": "pie", "price": 9, "sold": null, "tags": ["hot"]}
    ]}
}"#;

/// The result of `path`: JSON text, or the kind and text of its error.
fn eval(path: &str) -> String {
    let document = Value::parse(DOCUMENT).unwrap();
    let path = match Path::parse_jayway(path) {
        Ok(path) => path,
        Err(error) => return format!("syntax: {}", error.message),
    };
    match path.eval_on(&document) {
        Ok(value) => value.to_json(),
        Err(PathError::NotFound(text)) => format!("not found: {text}"),
        Err(PathError::Invalid(text)) => format!("invalid: {text}"),
        Err(PathError::Evaluation(text)) => format!("evaluation: {text}"),
        Err(PathError::UnknownVariable(name)) => format!("unknown: {name}"),
    }
}

fn all(truths: &[(&str, &str)]) {
    for (path, wanted) in truths {
        assert_eq!(eval(path), *wanted, "{path}");
    }
}

#[test]
fn selects_one_node_unchanged() {
    all(&[
        ("$.id", "12345678901234567890"),
        ("$.one", "1.0"),
        ("$['odd name']", "7"),
        (r"$['it\'s']", "8"),
        ("$.shop['goods'][0].name", "\"tea\""),
        ("$.list[-1]", "\"d\""),
        ("$.list[(@.length-1)]", "\"d\""),
        ("$.list[( @.length - 4 )]", "\"a\""),
        ("$.shop.goods[(@.length-2)].name", "\"ice\""),
        (
            "$.list[(@.length-5)]",
            "not found: No results for path: $['list'][(@.length-5)]",
        ),
        ("$.nil", "null"),
        ("$['id','one']", r#"{"id":12345678901234567890,"one":1.0}"#),
    ]);
}

#[test]
fn selects_a_list_with_an_indefinite_path() {
    all(&[
        ("$.shop.goods[*].name", r#"["tea","ice","pie"]"#),
        ("$.list[1:]", r#"["b","c","d"]"#),
        ("$.list[:2]", r#"["a","b"]"#),
        ("$.list[-2:]", r#"["c","d"]"#),
        ("$.list[-2:-1]", r#"["c"]"#),
        ("$.list[1:-1]", "[]"),
        ("$.list[0,2]", r#"["a","c"]"#),
        (
            "$.list[9]['x']",
            "not found: No results for path: $['list'][9]['x']",
        ),
        ("$.list[9,1]", r#"["b"]"#),
        ("$..name", r#"["tea","ice","pie"]"#),
        ("$..tags[0]", r#"["hot","hot"]"#),
        ("$.shop..price", "[4,2.5,9]"),
        ("$.*.open", "[true]"),
        ("$.none[*]", "[]"),
        ("$..nowhere", "[]"),
    ]);
}

#[test]
fn compares_in_filters_like_jayway() {
    all(&[
        ("$..goods[?(@.price > 3)].name", r#"["tea","pie"]"#),
        (
            "$..goods[?(@.price >= 2.50 && @.price < 5)].name",
            r#"["tea","ice"]"#,
        ),
        (
            "$..goods[?(@.name == 'pie' || @.price == '4')].name",
            r#"["tea","pie"]"#,
        ),
        ("$..goods[?(!(@.price > 3))].name", r#"["ice"]"#),
        ("$..goods[?(@.sold)].name", r#"["pie"]"#),
        ("$..goods[?(!@.sold)].name", r#"["tea","ice"]"#),
        ("$..goods[?(@.sold == null)].name", r#"["pie"]"#),
        ("$..goods[?(@.sold != null)].name", r#"["tea","ice"]"#),
        ("$..goods[?(@.name =~ /T.*/i)].name", r#"["tea"]"#),
        ("$..goods[?(@.name =~ /e/)].name", "[]"),
        ("$..goods[?(@.name in ['ice', 'tea'])].name", r#"["tea","ice"]"#),
        ("$..goods[?(@.name nin ['ice', 'tea'])].name", r#"["pie"]"#),
        ("$..goods[?(@.tags contains 'leaf')].name", r#"["tea"]"#),
        ("$..goods[?(@.tags anyof ['leaf', 'cold'])].name", r#"["tea"]"#),
        ("$..goods[?(@.tags noneof ['leaf'])].name", r#"["ice","pie"]"#),
        ("$..goods[?(@.tags subsetof ['hot'])].name", r#"["ice","pie"]"#),
        ("$..goods[?(@.tags size 2)].name", r#"["tea"]"#),
        ("$..goods[?(@.tags empty true)].name", r#"["ice"]"#),
        ("$..goods[?(@.price === '4')].name", "[]"),
        ("$..goods[?(@.price < $.one)].name", "[]"),
        ("$..goods[?(@.tags[0] == 'hot')].name", r#"["tea","pie"]"#),
    ]);
}

#[test]
fn compares_words_without_quotes_as_their_characters() {
    all(&[
        ("$..goods[?(@.name == tea)].price", "[4]"),
        ("$..goods[?( @.name==pie )].price", "[9]"),
        ("$..goods[?(@.name != tea && @.name != ice)].price", "[9]"),
        ("$..goods[?(@.name == tea || @.name == ice)].price", "[4,2.5]"),
        ("$..goods[?((@.name == tea))].price", "[4]"),
        ("$..goods[?(@.tags contains leaf)].name", r#"["tea"]"#),
        ("$..goods[?(@.name > ice)].name", r#"["tea","pie"]"#),
        // These begin like literals.
        ("$.list[?(@ == true)]", "[]"),
        ("$.list[?(@ == truth)]", "[]"),
        ("$.list[?(@ != fr)]", r#"["a","b","c","d"]"#),
        ("$.list[?(@ == nullable)]", "[]"),
        ("$.list[?(@ == b)]", r#"["b"]"#),
        ("$.list[?(@ != INVOICE_RECEIPT-DATE.2)]", r#"["a","b","c","d"]"#),
        ("$.list[?(@ != 2026-11-28)]", r#"["a","b","c","d"]"#),
        // Literals keep their meaning.
        ("$..goods[?(@.price == 2.5)].name", r#"["ice"]"#),
        ("$..goods[?(@.sold == null)].name", r#"["pie"]"#),
        ("$.list[?(@ == b c)]", "syntax: Expected character: )"),
        (
            "$.list[?(b == @)]",
            "syntax: Failed to parse filter: (b == @), error on position: 1, char: b",
        ),
        (
            "$.list[?(b)]",
            "syntax: Failed to parse filter: (b), error on position: 1, char: b",
        ),
        (
            "$.list[?(@ == )]",
            "syntax: Failed to parse filter: (@ == ), error on position: 6, char: )",
        ),
    ]);
}

#[test]
fn selects_nothing_with_an_indefinite_path_through_a_missing_step() {
    for path in [
        "$.nope[*]",
        "$.nope[1:]",
        "$.nope[:1]",
        "$.nope[*].name",
        "$.nope[1:].name",
        "$.nope.deeper[*]",
        "$.nope.deeper[1:5].name",
        "$.nope[?(@.a == 1)]",
        "$.nope[0,1]",
        "$.nope..a",
        "$.nope.deeper..a",
        "$.list[7].x[*]",
        "$.nil[1:]",
        "$.text[1:]",
        "$.nope['a','b'].c",
    ] {
        assert_eq!(eval(path), "[]", "{path}");
    }
    all(&[
        ("$.nope.deeper", "not found: Missing property in path $['nope']"),
        ("$.nope[0]", "not found: Missing property in path $['nope']"),
        ("$.nope['a','b']", "not found: Missing property in path $['nope']"),
    ]);
}

#[test]
fn keeps_backslashes_in_bracketed_names() {
    let found = |key: &str, path: &str| {
        let document = Value::object([(key.into(), Value::from(1))].into_iter().collect());
        Path::parse(path).unwrap().eval_on(&document).is_ok()
    };
    for (key, path) in [
        (r#"Test\""Name""#, r#"$['Test\""Name"']"#),
        (r"a\nb", r"$['a\nb']"),
        (r"a\u0041", r"$['a\u0041']"),
        ("it's", r"$['it\'s']"),
        (r"a\b", r"$['a\\b']"),
        (r"a\'b", r"$['a\\\'b']"),
        (r#"a\"b"#, r#"$["a\"b"]"#),
    ] {
        assert!(found(key, path), "{path}");
    }
}

#[test]
fn evaluates_functions_at_the_end_of_a_path() {
    all(&[
        ("$.list.length()", "4"),
        ("$.shop.length()", "2"),
        ("$.text.length()", "null"),
        ("$.list.last()", "\"d\""),
        ("$.list.first()", "\"a\""),
        ("$.list.index(2)", "\"c\""),
        ("$..price.sum()", "15.5"),
        ("$.max($..price)", "9.0"),
        ("$.list.concat(\"!\")", "\"abcd!\""),
        ("$.shop.keys()", r#"["open","goods"]"#),
        (
            "$.none.avg()",
            "evaluation: JsonPathException: Aggregation function attempted to calculate value using empty array",
        ),
        (
            "$.list.nosuch()",
            "invalid: Function with name: nosuch does not exist.",
        ),
    ]);
}

#[test]
fn reports_missing_nodes_in_jayways_words() {
    all(&[
        ("$.nope", "not found: No results for path: $['nope']"),
        ("$.nope.deeper", "not found: Missing property in path $['nope']"),
        (
            "$.shop.goods[0].a.b",
            "not found: Missing property in path $['shop']['goods'][0]['a']",
        ),
        ("$.list[4]", "not found: No results for path: $['list'][4]"),
        (
            "$.text[0]",
            "not found: Filter: [0] can only be applied to arrays. Current context is: abc",
        ),
        ("$.nil[0]", "not found: The path $['nil'] is null"),
        (
            "$.text[?(@.a)]",
            "invalid: Filter: [?] can not be applied to primitives. Current context is: abc",
        ),
    ]);
}

#[test]
fn reports_syntax_errors_in_jayways_words() {
    all(&[
        ("$.", "syntax: Path must not end with a '.' or '..'"),
        ("$...a", "syntax: Character '.' on position 3 is not valid."),
        ("$['a", "syntax: Property has not been closed - missing closing '"),
        ("$['a',]", "syntax: Found empty property at index 6"),
        (
            "$[*",
            "syntax: Expected wildcard token to end with ']' on position 3",
        ),
        (
            "$.f(",
            "syntax: Arguments to function: 'f' are not closed properly.",
        ),
        (
            "$.a[?(@.b == 'c)]",
            "syntax: Could not find matching close quote for ' when parsing : $.a[?(@.b == 'c)]",
        ),
    ]);
}

#[test]
fn supports_the_roots_of_step_functions() {
    let input = Value::parse(r#"{"a":1}"#).unwrap();
    let context = Value::parse(r#"{"a":2}"#).unwrap();
    let variables = Value::parse(r#"{"v":{"a":3}}"#).unwrap();
    let scope = Scope::new(&input, &context, variables.as_object().unwrap());
    let eval = |path: &str| {
        Path::parse(path)
            .unwrap()
            .eval(&scope)
            .map(|value| value.to_json())
    };
    assert_eq!(eval("$.a"), Ok("1".into()));
    assert_eq!(eval("$$.a"), Ok("2".into()));
    assert_eq!(eval("$v.a"), Ok("3".into()));
    assert_eq!(eval("$w.a"), Err(PathError::UnknownVariable("w".into())));
    let root = |path: &str| Path::parse(path).map(|path| path.root().clone()).ok();
    assert_eq!(root("$v['a']"), Some(Root::Variable("v".into())));
    assert_eq!([root("a.b"), root("@.a"), root("")], [None, None, None]);
    assert_eq!(Path::parse("$bad-name.a").unwrap_err().range, 4..5);
}

#[test]
fn rejects_a_path_into_a_null_input() {
    let scope = Scope::new(&Value::Null, &Value::Null, &());
    let message = Path::parse("$.a").unwrap().eval(&scope).unwrap_err().to_string();
    assert_eq!(
        message,
        "Unable to apply Path transformation to null or empty input."
    );
    assert_eq!(Path::parse("$").unwrap().eval(&scope), Ok(Value::Null));
}

#[test]
fn locates_steps() {
    let path = Path::parse("$v.a['b c'][0]..d").unwrap();
    let places: Vec<&str> = path
        .steps()
        .iter()
        .map(|step| &path.text()[step.range.clone()])
        .collect();
    assert_eq!(places, [".a", "['b c']", "[0]", "..", "d"]);
    assert!(matches!(path.steps()[1].kind, StepKind::Member(_)));
    let fields: Vec<&str> = path.first_fields().map(|(name, _)| name).collect();
    assert_eq!(fields, ["a", "b c"]);
}

#[test]
fn identifies_reference_paths() {
    let offender = |path: &str| match Path::parse(path).unwrap().as_reference() {
        Ok(_) => None,
        Err(error) => Some(path[error.range].to_owned()),
    };
    assert_eq!(offender("$.a['b'][0]"), None);
    assert_eq!(offender("$.a[*].b"), Some("[*]".into()));
    assert_eq!(offender("$.a.*"), Some(".*".into()));
    assert_eq!(offender("$..a"), Some("..".into()));
    assert_eq!(offender("$.a[0,1]"), Some("[0,1]".into()));
    assert_eq!(offender("$.a[0:1]"), Some("[0:1]".into()));
    assert_eq!(offender("$.a[?(@.b)]"), Some("[?(@.b)]".into()));
    assert_eq!(offender("$.a.length()"), Some(".length()".into()));
}

#[test]
fn writes_result_paths() {
    let set = |input: &str, path: &str| {
        let written = ReferencePath::parse(path)
            .unwrap()
            .set(&Value::parse(input).unwrap(), true.into());
        written.map_or_else(|conflict| conflict.to_string(), |value| value.to_json())
    };
    assert_eq!(set(r#"{"a":1}"#, "$.b"), r#"{"a":1,"b":true}"#);
    assert_eq!(set(r#"{"a":1}"#, "$.a"), r#"{"a":true}"#);
    assert_eq!(set("{}", "$.a.b.c"), r#"{"a":{"b":{"c":true}}}"#);
    assert_eq!(set(r#"{"a":[1,2]}"#, "$.a[1]"), r#"{"a":[1,true]}"#);
    assert_eq!(set("[1]", "$"), "true");
    assert_eq!(
        set("\"x\"", "$.a"),
        "Unable to apply ReferencePath $.a to input \"x\""
    );
    assert_eq!(
        set(r#"{"a":[1]}"#, "$.a[1]"),
        r#"Unable to apply ReferencePath $.a[1] to input {"a":[1]}"#
    );
    assert_eq!(
        set(r#"{"a":1}"#, "$.a.b"),
        r#"Unable to apply ReferencePath $.a.b to input {"a":1}"#
    );
}

#[test]
fn limits_the_visited_nodes() {
    let deep = "{\"a\":".repeat(400) + "1" + &"}".repeat(400);
    let value = Value::parse(&deep).unwrap();
    let found = Path::parse("$..a..a..a..a..a").unwrap().eval_on(&value);
    assert_eq!(
        found.unwrap_err().to_string(),
        "The path visits more than 10000000 nodes"
    );
    // The nodes that filters visit count, too.
    let filters = "$..[?(@..[?(@..[?(@..[?(@..a)])])])]";
    let found = Path::parse(filters).unwrap().eval_on(&value);
    assert_eq!(
        found.unwrap_err().to_string(),
        "The path visits more than 10000000 nodes"
    );
}

#[test]
fn limits_nesting_length_and_steps() {
    let error = |path: String| {
        let parsed = Path::parse(&path).map(|_| ());
        parsed.map_err(|error| (error.message, error.range))
    };
    let filters = |count: usize| format!("${}.a{}", "[?(@".repeat(count), ")]".repeat(count));
    assert_eq!(error(filters(64)), Ok(()));
    let (message, range) = error(filters(1_000)).unwrap_err();
    assert_eq!(
        (message.as_str(), range),
        ("filters nest deeper than 64 levels", 257..258)
    );
    let groups = |count: usize| format!("$[?({}@.a{})]", "(".repeat(count), ")".repeat(count));
    assert_eq!(error(groups(50)), Ok(()));
    let (message, range) = error(groups(100_000)).unwrap_err();
    assert_eq!(
        (message.as_str(), range),
        ("conditions nest deeper than 64 levels", 67..68)
    );
    let calls = |count: usize| format!("$.a[?(@{} == 1)]", ".f()".repeat(count));
    assert_eq!(error(calls(900)), Ok(()));
    let (message, _) = error(calls(50_000)).unwrap_err();
    assert_eq!(message, "the path has more than 1000 steps");
    let (message, _) = error("[?(".repeat(100_000)).unwrap_err();
    assert_eq!(message, "the path is longer than 262144 bytes");
}

//! Tests of the YAML reader.

use super::*;
use crate::document::testing::{shape, texts};
use crate::document::{MAX_DEPTH, SyntaxError};
use std::fmt::Write;

fn file(text: &str) -> SourceFile {
    SourceFile::new("a.yaml", text)
}

#[track_caller]
fn reads(text: &str, tree: &str, errors: &[&str]) {
    let Reading {
        roots,
        errors: mut found,
        ..
    } = read(&file(text), Scalars::Core, true);
    found.sort_by_key(|f| f.span.start);
    let show = |f: &SyntaxError| format!("{}..{} {}", f.span.start, f.span.end, f.message);
    assert_eq!(
        (shape(&roots).as_str(), found.iter().map(show).collect::<Vec<_>>()),
        (tree, errors.iter().map(ToString::to_string).collect()),
        "{text}"
    );
}

#[test]
fn reads_yaml_by_the_core_schema() {
    reads(
        "a: 1\nb: [Yes, ~, 0x10]\nNo:\n- x: !!str 12\n",
        r#"{"a":1,"b":["Yes",null,16],"No":[{"x":"12"}]}"#,
        &[],
    );
    reads("a:\nb: ''\n? c\n: d\n", r#"{"a":null,"b":"","c":"d"}"#, &[]);
    reads(
        "\u{feff}a: |\r\n  x\r\n  y\r\nb: >-\r\n  x\r\n  y\r\n",
        r#"{"a":"x\ny\n","b":"x y"}"#,
        &[],
    );
    reads("a: 1\n---\nb: 2\n---\n", "{\"a\":1}\n{\"b\":2}", &[]);
    reads("{\n\t\"a\": [1]\n}\n", r#"{"a":[1]}"#, &[]);
}

#[test]
fn keeps_tags() {
    reads(
        "a: !Ref Q\nb: !Sub\n- x\n- {y: z}\nc: !Empty\n",
        r#"{"a":!Ref "Q","b":!Sub ["x",{"y":"z"}],"c":!Empty null}"#,
        &[],
    );
    let text = "a: !Ref  Q\n";
    let Reading { roots, .. } = read(&file(text), Scalars::Core, true);
    let node = roots[0].get("a").unwrap();
    assert_eq!((&text[node.span.range()], node.is_unknown()), ("!Ref  Q", true));
    assert_eq!(&text[node.as_tagged().unwrap().tag_span.range()], "!Ref");
}

#[test]
fn copies_the_node_of_an_anchor_for_its_aliases() {
    reads("a: &x {b: 1}\nc: *x\n", r#"{"a":{"b":1},"c":{"b":1}}"#, &[]);
    reads("a: &k key\n*k : 1\n", r#"{"a":"key","key":1}"#, &[]);
    reads(
        "a: &x [*x]\n",
        r#"{"a":[?]}"#,
        &["7..9 alias refers to the value that contains it"],
    );
    reads("a: *x\n", r#"{"a":?}"#, &["3..5 undefined alias `*x`"]);
}

#[test]
fn resolves_merge_keys() {
    reads(
        "x: &x {a: 1, b: 2}\ny: {<<: *x, b: 3}\nz: {<<: [*x, {c: 4}]}\n",
        r#"{"x":{"a":1,"b":2},"y":{"a":1,"b":3},"z":{"a":1,"b":2,"c":4}}"#,
        &[],
    );
    reads("{'<<': {a: 1}}", r#"{"<<":{"a":1}}"#, &[]);
    reads("<<: x", r#"{"<<":"x"}"#, &[]);
}

#[test]
fn limits_the_expansion_of_aliases() {
    let mut text = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for i in 1..12 {
        let row = format!("*a{}, ", i - 1).repeat(9);
        writeln!(text, "a{i}: &a{i} [{row}]").unwrap();
    }
    let Reading { roots, errors, .. } = read(&file(&text), Scalars::Core, true);
    assert_eq!((roots.len(), errors.len()), (0, 1));
    assert!(errors[0].message.starts_with("aliases expand to"), "{errors:?}");
}

#[test]
fn reads_bare_placeholders_as_unknown_values() {
    reads(
        "a: ${x}\nb: \"${x}\"\nc: p-${x}\n",
        r#"{"a":?,"b":"${x}","c":"p-${x}"}"#,
        &[],
    );
    reads(
        "a: {b: ${x}, c: ['${y}', ${z}1]}\n",
        r#"{"a":{"b":?,"c":["${y}",?]}}"#,
        &[],
    );
}

#[test]
fn recovers_from_errors_in_values() {
    reads(
        "a: b: c\nd: e\n",
        r#"{"a":"b: c","d":"e"}"#,
        &["4..5 unquoted value contains `: `"],
    );
    reads(
        "a: {% $x.{'y': 1} %}\nd: e\n",
        r#"{"a":"{% $x.{'y': 1} %}","d":"e"}"#,
        &["3..20 JSONata expression must be quoted in YAML"],
    );
    reads(
        "a: @x\nb: %y%\n",
        r#"{"a":"@x","b":"%y%"}"#,
        &[
            "3..5 value cannot start with `@`",
            "9..12 value cannot start with `%`",
        ],
    );
    reads(
        "a: *\nb: c\n",
        r#"{"a":"*","b":"c"}"#,
        &["3..4 value cannot start with `*`"],
    );
    reads(
        "a: \"b\" c\nd: 'it's'\n",
        r#"{"a":"\"b\" c","d":"it's"}"#,
        &[
            "7..8 unexpected text after the closing quote",
            "16..18 unexpected text after the closing quote",
        ],
    );
    reads("a: \"b\nc: d\n", r#"{"a":"b","c":"d"}"#, &["3..5 unclosed quote"]);
    reads(
        "a: \"x\\.y\"\n",
        r#"{"a":"x\\.y"}"#,
        &["5..7 invalid YAML escape `\\.`"],
    );
}

#[test]
fn recovers_from_errors_of_structure() {
    reads(
        "a:\n\tb: c\n\td: e\n",
        r#"{"a":{"b":"c","d":"e"}}"#,
        &["3..4 2 lines are indented with tabs; YAML allows only spaces"],
    );
    reads("a: [1, 2\nb: c\n", r#"{"a":?,"b":"c"}"#, &["3..4 unclosed `[`"]);
    reads(
        "a: [1}\nb: c\n",
        r#"{"a":[1],"b":"c"}"#,
        &["5..6 mismatched `}`: expected `]` to close `[`"],
    );
    reads(
        "a: - b\nc: d\n",
        r#"{"a":?,"c":"d"}"#,
        &["3..6 list cannot start on the same line as its key"],
    );
    reads(
        "a: !GetAZs !Ref X\nb: c\n",
        r#"{"a":!GetAZs "!Ref X","b":"c"}"#,
        &["11..17 value has more than one tag"],
    );
    reads(
        "a: 1\nfoo\nb: c\n",
        r#"{"a":1,"b":"c"}"#,
        &["5..8 expected `key: value`"],
    );
    reads(
        "a:\n  b: c\n d: e\nf: g\n",
        r#"{"a":{"b":"c","d":"e"},"f":"g"}"#,
        &["11..15 inconsistent indentation"],
    );
    reads("a:b\nc: d\n", r#"{"c":"d"}"#, &["1..2 missing space after `:`"]);
    reads(
        "a: {{ x }}\nb: c\n",
        r#"{"a":{},"b":"c"}"#,
        &["4..9 key must be a string"],
    );
    reads(
        "a: |x\n  y\nb: c\n",
        r#"{"a":"y\n","b":"c"}"#,
        &["3..5 only `+`, `-`, and a digit from 1 to 9 may follow `|` or `>`"],
    );
    reads(
        "a: b # c\n  d\ne: f\n",
        r#"{"a":"b d","e":"f"}"#,
        &["5..8 comment inside a multi-line value"],
    );
    reads(
        "a: 1\na: 2\n",
        r#"{"a":1,"a":2}"#,
        &["5..6 duplicate key `a`; the last value is used"],
    );
}

#[test]
fn rejects_text_that_is_not_yaml_with_one_error_and_no_tree() {
    reads("", "", &["0..0 file is empty"]);
    reads("# only\n", "", &["0..7 file is empty"]);
    reads("a\0b", "", &["1..2 file contains binary data, not YAML"]);
}

#[test]
fn limits_depth_before_building_a_tree() {
    for text in ["[".repeat(10_000), "- ".repeat(10_000), "{a: ".repeat(10_000)] {
        let Reading { roots, errors, .. } = read(&file(&text), Scalars::Core, true);
        assert!(roots.is_empty(), "{:?}", &text[..8]);
        assert_eq!(
            errors.iter().map(|f| f.kind).collect::<Vec<_>>(),
            [SyntaxErrorKind::TooDeep],
            "{:?}",
            &text[..8]
        );
    }
    let text = "[".repeat(MAX_DEPTH) + &"]".repeat(MAX_DEPTH);
    assert_eq!(read(&file(&text), Scalars::Core, true).errors, []);
}

#[test]
fn locates_every_decoded_character() {
    let text = concat!(
        "plain: several words\n      over lines\n\n      and more\n",
        "literal: |\n   one é\n     two\n\n   three\n",
        "keep: |2+\n    deep\n   less\n\n",
        "folded: >-\n\n   one\n   two 😀\n\n\n     deep\n   last\n",
        "double: \"a\\tb \\u00e9\\ud83d\\ude00 c   \n    d\\\n    e\n\n    f \\x41 'g' \"\n",
        "single: 'it''s\n    so   \n\n    \\n'\n",
        "- x\n",
    );
    let text = text.strip_suffix("- x\n").unwrap();
    let source = file(text);
    let Reading { roots, errors, .. } = read(&source, Scalars::Core, true);
    assert_eq!(errors, []);
    let mut found = Vec::new();
    texts(&roots[0], &mut found);
    for t in found {
        let mut last = 0;
        for (i, c) in t.char_indices() {
            let at = t.source_offset(text, i) as usize;
            assert!(at >= last, "{t:?} {i}");
            last = at;
            let there = text[at..].chars().next().unwrap();
            let stands_for_it = there == c
                || there == '\\'
                || (there == '\'' && c == '\'')
                || (matches!(c, ' ' | '\n') && there.is_whitespace());
            assert!(
                stands_for_it,
                "{:?}: {c:?} at {i} is {there:?} at {at}",
                t.as_str()
            );
        }
    }
}

#[test]
fn marks_a_tree_from_which_text_was_skipped() {
    let is_whole = |text| read(&file(text), Scalars::Core, true).is_whole;
    assert!(is_whole("a: b: c\n") && is_whole("a: [1\nb: c\n") && is_whole("a: 1\na: 2\n"));
    assert!(!is_whole("a: 1\nfoo\nb: c\n") && !is_whole("a: {{ x }}\n"));
}

#[test]
fn realigns_lines_and_keeps_their_locations() {
    let text = "S:\n  R:\n    T: Wait\n     Sec: 3\n   N: 'it''s'\n  H:\n    T: x\n";
    reads(
        text,
        r#"{"S":{"R":{"T":"Wait","Sec":3,"N":"it's"},"H":{"T":"x"}}}"#,
        &[
            "25..31 inconsistent indentation",
            "35..45 inconsistent indentation",
        ],
    );
    let root = &read(&file(text), Scalars::Core, true).roots[0];
    let n = root
        .get("S")
        .and_then(|s| s.get("R"))
        .and_then(|r| r.member("N"))
        .unwrap();
    assert_eq!(
        (&text[n.key_span.range()], &text[n.value.span.range()]),
        ("N", "'it''s'")
    );
    assert_eq!(n.value.as_text().unwrap().source_offset(text, 3), 43);
    assert_eq!(root.pointer_to(n.value.span), "/S/R/N");
}

#[test]
fn accepts_quoted_text_with_any_indentation() {
    reads(
        "a:\n  b: \"{\n    x\n}\"\nc: d\n",
        r#"{"a":{"b":"{ x }"},"c":"d"}"#,
        &[],
    );
    reads("a:\n  b: 'x\n\n  y'\n", r#"{"a":{"b":"x\ny"}}"#, &[]);
}

#[test]
fn derives_the_width_of_tabs_from_the_line_above() {
    let tree = r#"{"a":{"b":{"c":[{"d":1,"e":2}]}},"f":3}"#;
    let errors = ["10..11 3 lines are indented with tabs; YAML allows only spaces"];
    reads("a:\n    b:\n\tc:\n\t- d: 1\n\t  e: 2\nf: 3\n", tree, &errors);
    let errors = ["3..4 4 lines are indented with tabs; YAML allows only spaces"];
    reads("a:\n\tb:\n\t\tc:\n\t\t- d: 1\n\t\t  e: 2\nf: 3\n", tree, &errors);
}

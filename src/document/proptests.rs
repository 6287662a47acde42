//! Properties of the readers that hold for every text.

use super::testing::{shape, texts};
use super::{Document, Node, NodeKind, Syntax, read};
use crate::source::{SourceFile, Span};
use proptest::prelude::*;
use std::sync::Arc;

fn read_text(text: &str, syntax: Syntax) -> Document {
    read(Arc::new(SourceFile::new("a", text)), syntax)
}

const SYNTAXES: [Syntax; 4] = [Syntax::Json, Syntax::Jsonc, Syntax::Yaml, Syntax::Yaml11];

/// Fragments of definitions, and text that breaks them.
fn scraps() -> impl Strategy<Value = String> {
    let scrap = prop_oneof![
        8 => prop::sample::select(vec![
            "{", "}", "[", "]", ",", ":", "\"", "'", "\\", "\n", " ", "  ", "\t", "\r\n", "#", "//", "/*", "*/", "- ", "? ",
            ": ", "|", ">", "|-", ">+", "&a ", "*a", "!Ref ", "!!str ", "!", "---\n", "...", "%", "@", "`", "${", "${X}",
            "{%", "%}", "{{", "}}", "\\u00e9", "\\ud83d\\ude00", "\\ud83d", "\\x", "“", "”", "\u{a0}", "\u{feff}", "é", "😀",
            "\0", "\u{7}", "true", "null", "None", "NaN", "007", "-", "+1", ".5", "1.5e3", "0x1F", "<<: ",
        ]).prop_map(ToOwned::to_owned),
        3 => prop::sample::select(vec![
            "\"StartAt\": ", "\"States\": {", "\"Type\": \"Pass\"", "\"A\"", "StartAt: A\n", "States:\n", "  A:\n", "    Type: Pass\n",
            "    Comment: |\n      x\n", "\"a\": 1,", "key: ", "[1, 2]", "{\"b\": \"c\"}",
        ]).prop_map(ToOwned::to_owned),
        1 => "\\PC{0,6}",
    ];
    prop::collection::vec(scrap, 0..40).prop_map(|scraps| scraps.concat())
}

fn is_place(text: &str, span: Span) -> bool {
    span.start <= span.end && text.get(span.range()).is_some()
}

/// Checks that every span is in the text, and every child in its parent, except for copies by aliases and merge keys.
fn check_spans(node: &Node, text: &str, nested: bool) -> Result<(), TestCaseError> {
    prop_assert!(is_place(text, node.span), "{:?} of {:?}", node.span, text);
    let inside = |span: Span| !nested || node.span.contains(span);
    match &node.kind {
        NodeKind::Array(items) => {
            for item in items {
                prop_assert!(
                    inside(item.span),
                    "{:?} in {:?} of {:?}",
                    item.span,
                    node.span,
                    text
                );
                check_spans(item, text, nested)?;
            }
        }
        NodeKind::Object(members) => {
            for m in members {
                prop_assert!(is_place(text, m.key_span), "{:?} of {:?}", m.key_span, text);
                prop_assert!(
                    inside(m.key_span) && inside(m.value.span),
                    "{:?} in {:?} of {:?}",
                    m,
                    node.span,
                    text
                );
                check_spans(&m.value, text, nested)?;
            }
        }
        NodeKind::Tagged(t) => {
            prop_assert!(
                inside(t.tag_span) && inside(t.value.span),
                "{:?} of {:?}",
                t,
                text
            );
            check_spans(&t.value, text, nested)?;
        }
        _ => {}
    }
    Ok(())
}

fn check(text: &str, syntax: Syntax) -> Result<(), TestCaseError> {
    let document = read_text(text, syntax);
    let nested = !text.contains('*') && !text.contains("<<");
    for root in &document.roots {
        check_spans(root, text, nested)?;
        let mut found = Vec::new();
        texts(root, &mut found);
        for t in found {
            for (i, _) in t.char_indices().chain([(t.len(), ' ')]) {
                let at = t.source_offset(text, i) as usize;
                prop_assert!(
                    at <= text.len() && text.is_char_boundary(at),
                    "{:?}: {} of {:?}",
                    t,
                    i,
                    text
                );
            }
        }
    }
    for error in &document.errors {
        prop_assert!(is_place(text, error.span), "{:?} of {:?}", error, text);
        prop_assert!(
            error.first.is_none_or(|s| is_place(text, s)),
            "{:?} of {:?}",
            error,
            text
        );
    }
    prop_assert!(document.errors.is_sorted_by_key(|f| f.span.start));
    prop_assert!(
        !document.roots.is_empty() || !document.errors.is_empty(),
        "{:?}",
        text
    );
    Ok(())
}

/// Any JSON value, with strings that are hard to read.
fn value() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        (-1e9..1e9).prop_map(|f: f64| f.into()),
        "\\PC{0,8}|[ -~\n\t]{0,30}|(no|~|1|- |x: y|#|'|\"|\\\\|\\$\\{A\\}| )".prop_map(Into::into),
    ];
    leaf.prop_recursive(5, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Into::into),
            prop::collection::vec(("\\PC{0,6}|[a-z]{1,3}", inner), 0..6)
                .prop_map(|members| serde_json::Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    // A failure prints its text, which then becomes a test case; nothing is written to disk.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_answered(text in scraps()) {
        for syntax in SYNTAXES {
            check(&text, syntax)?;
        }
    }

    #[test]
    fn any_characters_are_answered(text in any::<String>()) {
        for syntax in SYNTAXES {
            check(&text, syntax)?;
        }
    }

    #[test]
    fn json_is_read_as_serde_reads_it(value in value(), pretty in any::<bool>()) {
        let text = if pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) }.unwrap();
        let document = read_text(&text, Syntax::Json);
        prop_assert_eq!(&document.errors, &[]);
        prop_assert_eq!(shape(&document.roots), value.to_string());
        let again = read_text(&shape(&document.roots), Syntax::Json);
        prop_assert_eq!(shape(&again.roots), shape(&document.roots));
    }

    #[test]
    fn recovers_json_with_one_replaced_character(value in value(), at in any::<prop::sample::Index>(), put in "[\\]{}\\[,:\"' a1\n]?") {
        let text = serde_json::to_string_pretty(&value).unwrap();
        let chars: Vec<char> = text.chars().collect();
        let at = at.index(chars.len());
        let text: String = chars[..at].iter().copied().chain(put.chars()).chain(chars[at + 1..].iter().copied()).collect();
        let is_json = serde_json::from_str::<serde_json::Value>(&text).is_ok();
        let document = read_text(&text, Syntax::Json);
        prop_assert_eq!(is_json, !document.is_malformed(), "{}: {:?}", text, document.errors);
        check(&text, Syntax::Json)?;
        check(&text, Syntax::Yaml)?;
    }
}

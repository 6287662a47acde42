//! One line per edit: the text before and after it.

use super::{Content, Editor};
use crate::diagnostic::Edit;
use crate::document::{Document, Node, Syntax, read};
use crate::source::SourceFile;
use std::sync::Arc;

type Edits = Result<Vec<Edit>, &'static str>;

/// The text after the edits that `change` makes to the value at a path; the reason if there are none.
fn edited(
    syntax: Syntax,
    text: &str,
    path: &[&str],
    change: impl Fn(Editor<'_>, &Node) -> Edits,
) -> Result<String, &'static str> {
    let document: Document = read(Arc::new(SourceFile::new("t", text)), syntax);
    let root = document.roots.first().unwrap();
    let root = if syntax == Syntax::Hcl {
        root.get("x").unwrap()
    } else {
        root
    };
    let node = path.iter().fold(root, |node, key| match key.parse::<usize>() {
        Ok(index) => &node.as_array().unwrap()[index],
        Err(_) => node.get(key).unwrap(),
    });
    let mut edits = change(Editor::new(&document), node)?;
    edits.sort_by_key(|edit| edit.span);
    let mut out = text.to_owned();
    for edit in edits.iter().rev() {
        out.replace_range(edit.span.range(), &edit.replacement);
    }
    let again = read(Arc::new(SourceFile::new("t", out.as_str())), syntax);
    assert!(again.errors.is_empty(), "{out}: {:?}", again.errors);
    Ok(out)
}

fn end() -> Content<'static> {
    Content::Bool(true)
}

fn retry() -> Content<'static> {
    Content::List(vec![Content::Object(vec![
        ("ErrorEquals", Content::List(vec![Content::text("States.ALL")])),
        ("MaxAttempts", Content::Number("3".into())),
    ])])
}

#[test]
fn inserts_members() {
    for (syntax, text, after, expected) in [
        (Syntax::Json, r#"{"a":1}"#, None, r#"{"a":1,"End":true}"#),
        (Syntax::Json, r#"{"a": 1}"#, None, r#"{"a": 1, "End": true}"#),
        (
            Syntax::Json,
            r#"{ "a": 1, "b": 2 }"#,
            Some("a"),
            r#"{ "a": 1, "End": true, "b": 2 }"#,
        ),
        (
            Syntax::Json,
            "{\n  \"a\": 1\n}",
            None,
            "{\n  \"a\": 1,\n  \"End\": true\n}",
        ),
        (
            Syntax::Json,
            "{\r\n\t\"a\": 1,\r\n\t\"b\": 2\r\n}",
            Some("a"),
            "{\r\n\t\"a\": 1,\r\n\t\"End\": true,\r\n\t\"b\": 2\r\n}",
        ),
        (
            Syntax::Jsonc,
            "{\n  \"a\": 1, // one\n  \"b\": 2 // two\n}",
            None,
            "{\n  \"a\": 1, // one\n  \"b\": 2, // two\n  \"End\": true\n}",
        ),
        (
            Syntax::Jsonc,
            "{\n  \"a\": 1, // one\n  \"b\": 2\n}",
            Some("a"),
            "{\n  \"a\": 1, // one\n  \"End\": true,\n  \"b\": 2\n}",
        ),
        (
            Syntax::Jsonc,
            "{\n  \"a\": 1, // one\n}",
            None,
            "{\n  \"a\": 1, // one\n  \"End\": true,\n}",
        ),
        (Syntax::Yaml, "a: 1\nb: 2", Some("a"), "a: 1\nEnd: true\nb: 2"),
        (Syntax::Yaml, "a: 1\nb: 2", None, "a: 1\nb: 2\nEnd: true"),
        (
            Syntax::Yaml,
            "a: 1 # one\n# more\n",
            None,
            "a: 1 # one\nEnd: true\n# more\n",
        ),
        (
            Syntax::Yaml,
            "a: |\n  text\n  more\nb: 2\n",
            Some("a"),
            "a: |\n  text\n  more\nEnd: true\nb: 2\n",
        ),
        (Syntax::Yaml, "{a: 1}", None, r#"{a: 1, "End": true}"#),
        (Syntax::Hcl, "x = { a = 1 }", None, "x = { a = 1, End = true }"),
        (
            Syntax::Hcl,
            "x = {\n  a = 1\n}",
            None,
            "x = {\n  a = 1\n  End = true\n}",
        ),
        (
            Syntax::Hcl,
            "x = {\n  a = 1 # one\n  b = 2\n}",
            Some("a"),
            "x = {\n  a = 1 # one\n  End = true\n  b = 2\n}",
        ),
        (
            Syntax::Hcl,
            "x = {\n  \"a\" : 1,\n  \"b\" : 2\n}",
            None,
            "x = {\n  \"a\" : 1,\n  \"b\" : 2,\n  \"End\": true\n}",
        ),
    ] {
        let insert = |editor: Editor<'_>, node: &Node| editor.insert(node, after, "End", &end());
        assert_eq!(
            edited(syntax, text, &[], insert).as_deref(),
            Ok(expected),
            "{text}"
        );
    }
}

/// Encloses the members `from..to` of the object at the root, and renames the first one.
fn enclosed(text: &str, syntax: Syntax, from: usize, to: usize) -> Result<String, &'static str> {
    edited(syntax, text, &[], |editor, root| {
        let changes = editor.rename(&root.as_object().unwrap()[from], "z")?;
        editor.enclose(root, from..to, &changes, "new", |members, indentation| {
            let moved = Content::Moved {
                members: members.into(),
                indentation: indentation.into(),
                more: vec![("m", Content::Bool(true))],
            };
            Content::Object(vec![("in", moved), ("last", Content::Number("1".into()))])
        })
    })
}

#[test]
fn encloses_members_with_their_layout() {
    for (text, syntax, from, to, expected) in [
        (
            r#"{"a": {"x": 1}, "b": 2}"#,
            Syntax::Json,
            0,
            1,
            r#"{"new": {"in": {"z": {"x": 1}, "m": true}, "last": 1}, "b": 2}"#,
        ),
        (
            "{\"a\":1,\"b\":2}",
            Syntax::Json,
            0,
            2,
            "{\"new\":{\"in\":{\"z\":1,\"b\":2,\"m\":true},\"last\":1}}",
        ),
        (
            "{\n  \"k\": 0,\n  \"a\": {\n    \"x\": 1\n  },\n  \"b\": [\n  ]\n}\n",
            Syntax::Json,
            1,
            3,
            "{\n  \"k\": 0,\n  \"new\": {\n    \"in\": {\n      \"z\": {\n        \"x\": 1\n      },\n      \"b\": [\n      ],\n      \"m\": true\n    },\n    \"last\": 1\n  }\n}\n",
        ),
        (
            "k: 0\na: # note\n  x: |\n    1\n\n     2\nb: 2 # end\n",
            Syntax::Yaml,
            1,
            3,
            "k: 0\nnew:\n  in:\n    z: # note\n      x: |\n        1\n\n         2\n    b: 2\n    m: true\n  last: 1 # end\n",
        ),
        (
            "a:\n  x: |\n    1\nb: 2\n",
            Syntax::Yaml,
            0,
            1,
            "new:\n  in:\n    z:\n      x: |\n        1\n    m: true\n  last: 1\nb: 2\n",
        ),
    ] {
        assert_eq!(
            enclosed(text, syntax, from, to).as_deref(),
            Ok(expected),
            "{text}"
        );
    }
}

#[test]
fn inserts_objects_in_the_style_of_the_others() {
    for (syntax, text, path, expected) in [
        (
            Syntax::Json,
            r#"{"a":{"b":1}}"#,
            &["a"][..],
            r#"{"a":{"b":1,"Retry":[{"ErrorEquals":["States.ALL"],"MaxAttempts":3}]}}"#,
        ),
        (
            Syntax::Json,
            "{\n    \"a\": {\n        \"b\": 1\n    }\n}",
            &["a"],
            "{\n    \"a\": {\n        \"b\": 1,\n        \"Retry\": [\n            {\n                \"ErrorEquals\": [\"States.ALL\"],\n                \"MaxAttempts\": 3\n            }\n        ]\n    }\n}",
        ),
        (
            Syntax::Json,
            "{\n  \"a\": {\"b\": 1}\n}",
            &[],
            "{\n  \"a\": {\"b\": 1},\n  \"Retry\": [{\"ErrorEquals\": [\"States.ALL\"], \"MaxAttempts\": 3}]\n}",
        ),
        (
            Syntax::Yaml,
            "a:\n  b:\n    c: 1\nd: 2\n",
            &["a"],
            "a:\n  b:\n    c: 1\n  Retry:\n    - ErrorEquals: [\"States.ALL\"]\n      MaxAttempts: 3\nd: 2\n",
        ),
        (
            Syntax::Hcl,
            "x = {\n  a = {\n    b = 1\n  }\n}",
            &["a"],
            "x = {\n  a = {\n    b = 1\n    Retry = [\n      {\n        ErrorEquals = [\"States.ALL\"]\n        MaxAttempts = 3\n      }\n    ]\n  }\n}",
        ),
    ] {
        let insert = |editor: Editor<'_>, node: &Node| editor.insert(node, None, "Retry", &retry());
        assert_eq!(
            edited(syntax, text, path, insert).as_deref(),
            Ok(expected),
            "{text}"
        );
    }
}

#[test]
fn removes_members() {
    for (syntax, text, path, key, expected) in [
        (Syntax::Json, r#"{"a":1,"b":2}"#, &[][..], "a", Ok(r#"{"b":2}"#)),
        (Syntax::Json, r#"{"a":1,"b":2}"#, &[], "b", Ok(r#"{"a":1}"#)),
        (Syntax::Json, r#"{ "a": 1 }"#, &[], "a", Ok("{ }")),
        (
            Syntax::Json,
            "{\n  \"a\": 1,\n  \"b\": 2\n}",
            &[],
            "b",
            Ok("{\n  \"a\": 1\n}"),
        ),
        (
            Syntax::Json,
            "{\n  \"a\": 1,\n  \"b\": 2\n}",
            &[],
            "a",
            Ok("{\n  \"b\": 2\n}"),
        ),
        (
            Syntax::Jsonc,
            "{\n  \"a\": 1, // one\n  \"b\": 2\n}",
            &[],
            "b",
            Ok("{\n  \"a\": 1 // one\n}"),
        ),
        (Syntax::Yaml, "a: 1\nb: 2\n", &[], "a", Ok("b: 2\n")),
        (Syntax::Yaml, "a: 1\nb:\n  c: 2\n", &[], "b", Ok("a: 1\n")),
        (Syntax::Yaml, "- a: 1\n  b: 2\n", &["0"], "a", Ok("- b: 2\n")),
        (Syntax::Yaml, "- a: 1\n  b: 2\n", &["0"], "b", Ok("- a: 1\n")),
        (
            Syntax::Yaml,
            "- a: 1\n",
            &["0"],
            "a",
            Err("it is the only entry of its block"),
        ),
        (
            Syntax::Hcl,
            "x = {\n  a = 1\n  b = 2\n}",
            &[],
            "a",
            Ok("x = {\n  b = 2\n}"),
        ),
        (
            Syntax::Hcl,
            "x = {\n  a = 1\n  b = 2\n}",
            &[],
            "b",
            Ok("x = {\n  a = 1\n}"),
        ),
    ] {
        let remove =
            |editor: Editor<'_>, node: &Node| editor.remove_member(node, node.member(key).unwrap().key_span);
        assert_eq!(
            edited(syntax, text, path, remove).as_deref(),
            expected.as_deref(),
            "{text}"
        );
    }
}

/// An edit of a tree.
type Change = fn(Editor<'_>, &Node) -> Edits;

#[test]
fn changes_arrays() {
    let remove = |editor: Editor<'_>, node: &Node| editor.remove_item(node, 0);
    let push = |editor: Editor<'_>, node: &Node| editor.push(node, &Content::text("c"));
    let last = |editor: Editor<'_>, node: &Node| editor.move_to_end(node, 0);
    for (syntax, text, path, change, expected) in [
        (
            Syntax::Json,
            r#"["a", "b"]"#,
            &[][..],
            remove as Change,
            r#"["b"]"#,
        ),
        (Syntax::Json, r#"["a", "b"]"#, &[], push, r#"["a", "b", "c"]"#),
        (Syntax::Json, r#"["a", "b"]"#, &[], last, r#"["b", "a"]"#),
        (
            Syntax::Json,
            "[\n  {\"x\": 1},\n  {\"y\": 2}\n]",
            &[],
            last,
            "[\n  {\"y\": 2},\n  {\"x\": 1}\n]",
        ),
        (Syntax::Yaml, "- a\n- b\n", &[], remove, "- b\n"),
        (Syntax::Yaml, "- a\n- b\n", &[], push, "- a\n- b\n- c\n"),
        (
            Syntax::Yaml,
            "- a: 1\n  b: 2\n- c: 3\n",
            &[],
            last,
            "- c: 3\n- a: 1\n  b: 2\n",
        ),
        (Syntax::Yaml, "k: [a, b]\n", &["k"], push, "k: [a, b, \"c\"]\n"),
        (
            Syntax::Hcl,
            "x = [\"a\", \"b\"]",
            &[],
            push,
            "x = [\"a\", \"b\", \"c\"]",
        ),
    ] {
        assert_eq!(
            edited(syntax, text, path, change).as_deref(),
            Ok(expected),
            "{text}"
        );
    }
}

#[test]
fn keeps_the_quotes_of_keys_and_values() {
    let rename = |editor: Editor<'_>, node: &Node| editor.rename(&node.as_object().unwrap()[0], "New name");
    for (syntax, text, expected) in [
        (Syntax::Json, r#"{"a": 1}"#, r#"{"New name": 1}"#),
        (Syntax::Yaml, "a: 1", "New name: 1"),
        (Syntax::Yaml, "'a': 1", "'New name': 1"),
        (Syntax::Yaml, "\"a\": 1", "\"New name\": 1"),
        (Syntax::Hcl, "x = { a = 1 }", "x = { \"New name\" = 1 }"),
    ] {
        assert_eq!(
            edited(syntax, text, &[], rename).as_deref(),
            Ok(expected),
            "{text}"
        );
    }
    for (syntax, text, content, expected) in [
        (
            Syntax::Json,
            r#"{"a": "1"}"#,
            Content::Number("1".into()),
            r#"{"a": 1}"#,
        ),
        (
            Syntax::Json,
            r#"{"a": 5}"#,
            Content::text("x\"y"),
            r#"{"a": "x\"y"}"#,
        ),
        (Syntax::Yaml, "a: '1'", Content::Number("1".into()), "a: 1"),
        (Syntax::Yaml, "a: b", Content::text("{% $x %}"), "a: \"{% $x %}\""),
        (Syntax::Yaml, "a: 'b'", Content::text("it's"), "a: 'it''s'"),
        (
            Syntax::Hcl,
            "x = { a = \"1\" }",
            Content::text("${b}"),
            "x = { a = \"$${b}\" }",
        ),
    ] {
        let replace = |editor: Editor<'_>, node: &Node| editor.replace(node, &content);
        assert_eq!(
            edited(syntax, text, &["a"], replace).as_deref(),
            Ok(expected),
            "{text}"
        );
    }
}

#[test]
fn gives_the_reason_where_it_cannot_edit() {
    let insert = |editor: Editor<'_>, node: &Node| editor.insert(node, None, "End", &end());
    for (syntax, text) in [
        (Syntax::Json, "{}"),
        (Syntax::Yaml, "base: &b {x: 1}\nk:\n  <<: *b\n"),
    ] {
        let path: &[&str] = if syntax == Syntax::Json { &[] } else { &["k"] };
        assert!(edited(syntax, text, path, insert).is_err(), "{text}");
    }
}

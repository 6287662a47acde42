use crate::document::{Document, Node, NodeKind, Syntax, SyntaxErrorKind, read};
use crate::source::SourceFile;
use std::fmt::Write as _;
use std::sync::Arc;

fn document(text: &str, syntax: Syntax) -> Document {
    read(Arc::new(SourceFile::new("t", text)), syntax)
}

/// A tree as text: an operation as its tag and its operands in parentheses.
fn shown(node: &Node, out: &mut String) {
    match &node.kind {
        NodeKind::Null => out.push_str("null"),
        NodeKind::Bool(value) => write!(out, "{value}").unwrap(),
        NodeKind::Number(number) => out.push_str(number),
        NodeKind::String(text) => write!(out, "{:?}", text.as_str()).unwrap(),
        NodeKind::Unknown => out.push('?'),
        NodeKind::Array(items) => {
            out.push('[');
            for (i, item) in items.iter().enumerate() {
                if i > 0 {
                    out.push(' ');
                }
                shown(item, out);
            }
            out.push(']');
        }
        NodeKind::Object(members) => {
            out.push('{');
            for (i, member) in members.iter().enumerate() {
                if i > 0 {
                    out.push(' ');
                }
                write!(out, "{}=", member.key.as_str()).unwrap();
                shown(&member.value, out);
            }
            out.push('}');
        }
        NodeKind::Tagged(tagged) => match (tagged.tag.as_str(), tagged.value.as_array().unwrap()) {
            ("$", [name]) => out.push_str(name.as_str().unwrap()),
            (tag, _) => {
                out.push_str(tag);
                shown(&tagged.value, out);
            }
        },
    }
}

fn value(text: &str) -> String {
    let document = document(&format!("v = {text}\n"), Syntax::Hcl);
    assert!(document.errors.is_empty(), "{text}: {:?}", document.errors);
    let mut out = String::new();
    shown(document.roots[0].get("v").unwrap(), &mut out);
    out
}

#[test]
fn reads_expressions() {
    let cases = [
        ("1 + 2 * 3 - 4", "-[+[1 *[2 3]] 4]"),
        ("-007.50e+3", "-7.50e+3"),
        ("0", "0"),
        ("!a && b || c == -d", "||[&&[![a] b] ==[c -[d]]]"),
        ("a.b[0].c.1", "[][.[[][.[a \"b\"] 0] \"c\"] 1]"),
        ("a.*.b.c", "[*][a .[.[* \"b\"] \"c\"]]"),
        ("a[*].b", "[*][a .[* \"b\"]]"),
        ("a ? b : c ? d : e", "?[a b ?[c d e]]"),
        ("f(a, [1, 2,]...)", "f[a ...[[1 2]]]"),
        ("provider::aws::f()", "provider::aws::f[]"),
        (
            "[for k, v in m : v if v != null]",
            "[for][\"k\" \"v\" m v !=[v null]]",
        ),
        (
            "{ for v in m : v.id => v... }",
            "{for}[null \"v\" m v null .[v \"id\"] true]",
        ),
        (
            "{ a = 1, \"b\" : 2\n c-d = { for = 3 } }",
            "{a=1 b=2 c-d={for=3}}",
        ),
        ("{ (k) = 1, \"${x}-y\" = 2 }", "{}[[k 1] [\"[${[x] \"-y\"] 2]]"),
        ("(\n 1 // one\n)", "1"),
        ("\"\"", "\"\""),
        ("\"${a}\"", "a"),
        ("\"a${b}c\"", "\"[\"a\" ${[b] \"c\"]"),
        ("\"$${a}%%{b}$1%\\n\\u00e9\"", "\"${a}%{b}$1%\\né\""),
        ("\"${f(\"x\")}y\"", "\"[${[f[\"x\"]] \"y\"]"),
        ("<<EOF\n a\n${b}\nEOF", "\"[\" a\\n\" ${[b] \"\\n\"]"),
        ("<<-EOF\n  a\n  EOF", "\"  a\\n\""),
        (
            "\"%{ if a ~} b %{~ else }c%{ endif }d\"",
            "\"[%{if}[a \"b\" \"c\"] \"d\"]",
        ),
        (
            "\"%{ for i, x in l }${i},%{ endfor }\"",
            "\"[%{for}[\"i\" \"x\" l \"[${[i] \",\"]]]",
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(value(text), expected, "{text}");
    }
}

#[test]
fn keeps_the_locations_of_blocks_and_strings() {
    let file = "resource \"a\" \"b\" {\n  c = \"x\\n$${z}y\"\n  d = <<-EOT\n    {\"k\": \"v\"}\n  EOT\n  e = f(1, [true])\n}\n";
    let document = document(file, Syntax::Hcl);
    let root = &document.roots[0];
    let at = |pointer: &str| {
        let keys = pointer.split('/').skip(1);
        keys.fold(root, |node, key| node.get(key).unwrap())
    };
    let c = at("/resource/a/b/c");
    assert_eq!(c.as_str(), Some("x\n${z}y"));
    let text = c.as_text().unwrap();
    assert_eq!(&file[document.place(text, 2..7).range()], "$${z}y");
    let d = at("/resource/a/b/d").as_text().unwrap();
    assert_eq!(d.as_str(), "    {\"k\": \"v\"}\n");
    assert_eq!(&file[document.place(d, 5..8).range()], "\"k\"");
    let e = at("/resource/a/b/e").as_tagged().unwrap();
    assert_eq!((e.tag.as_str(), e.value.as_array().unwrap().len()), ("f", 2));
    assert_eq!(&file[e.tag_span.range()], "f");
    assert_eq!(root.pointer_to(c.span), "/resource/a/b/c");
}

#[test]
fn reads_templates() {
    let document = document("{\"a\": ${b}, \"c\": \"\\n$${d}\"}", Syntax::HclTemplate);
    let mut out = String::new();
    shown(&document.roots[0], &mut out);
    assert_eq!(out, r#""["{\"a\": " ${[b] ", \"c\": \"\\n${d}\"}"]"#);
    assert!(document.is_whole);
}

#[test]
fn keeps_the_last_of_duplicate_keys() {
    let document = document("a = { b = 1, b = 2 }\n", Syntax::Hcl);
    assert_eq!(
        document.roots[0].get("a").unwrap().get("b").unwrap().as_number(),
        Some("2")
    );
    assert_eq!(document.errors[0].kind, SyntaxErrorKind::DuplicateKey);
    assert!(document.is_whole);
}

#[test]
fn continues_after_an_error() {
    let cases = [
        ("a {\n  b = \n}\n", "expected an expression", "a"),
        ("a {\n  b = 1\n", "unclosed block", "a"),
        (
            "a {\n  b = 1\nresource \"c\" \"d\" {}\n",
            "unclosed block",
            "a resource",
        ),
        (
            "a {\n  b = { c = 1\n}\nlocals {\n}\n",
            "unclosed block",
            "a locals",
        ),
        (
            "a {\n  b = { c = 1\nlocals {}\n",
            "expected `=` after the key of an object",
            "a locals",
        ),
        ("a = \"b\nlocals {}\n", "unterminated string", "locals"),
        ("a = <<X\nb\n", "unterminated heredoc: expected a line `X`", ""),
        ("a = b c\n", "expected a line break after the value of `a`", "a"),
        ("a = \"${b\"\n", "expected `}`", ""),
        ("a = \"%{if b}c\"\n", "missing `endif` of directive `if`", ""),
        ("a = [1 2]\n", "expected `]`", ""),
        ("a = { b.$ = c }\nd = 1\n", "key `b.$` is not in quotes", "a d"),
    ];
    for (text, message, names) in cases {
        let document = document(text, Syntax::Hcl);
        assert_eq!(
            document.errors[0].message,
            format!("invalid HCL: {message}"),
            "{text}"
        );
        assert!(!document.is_whole);
        let members = document.roots[0].as_object().unwrap();
        let found: Vec<&str> = members.iter().map(|m| m.key.as_str()).collect();
        assert_eq!(found.join(" "), names, "{text}");
    }
}

#[test]
fn limits_nesting() {
    let texts = [
        format!("a = {}1{}\n", "(".repeat(5000), ")".repeat(5000)),
        format!("a = {}1\n", "-!".repeat(5000)),
        format!("a = b{}\n", ".c".repeat(5000)),
        format!("a = 1{}\n", " + 1".repeat(5000)),
        format!("a = b{}\n", "[*]".repeat(5000)),
        format!("a = {}\n", "b ? c : ".repeat(5000)),
        format!("a = \"{}\n", "%{ if b }".repeat(5000)),
        format!("a = {}\n", "\"${".repeat(5000)),
        "a {\n".repeat(5000),
    ];
    for text in texts {
        let document = document(&text, Syntax::Hcl);
        assert_eq!(
            document.errors[0].kind,
            SyntaxErrorKind::TooDeep,
            "{}",
            &text[..20]
        );
    }
    let flat = format!(
        "a = [{}]\nb = {{\n{}}}\n",
        "1,".repeat(10_000),
        "c = 1\n".repeat(10_000)
    );
    assert!(document(&flat, Syntax::Hcl).is_whole);
}

//! Helpers of the readers' tests.

use super::{Node, NodeKind, Text};
use std::fmt::Write;

/// The trees as JSON, one per line, with unknown values as `?` and tags before their values.
pub(super) fn shape(roots: &[Node]) -> String {
    let mut out = String::new();
    for (i, root) in roots.iter().enumerate() {
        out.push_str(if i == 0 { "" } else { "\n" });
        print(root, &mut out);
    }
    out
}

fn print(node: &Node, out: &mut String) {
    match &node.kind {
        NodeKind::Null => out.push_str("null"),
        NodeKind::Bool(b) => write!(out, "{b}").unwrap(),
        NodeKind::Number(n) => out.push_str(n),
        NodeKind::String(t) => out.push_str(&serde_json::to_string(t.as_str()).unwrap()),
        NodeKind::Array(items) => {
            out.push('[');
            for (i, item) in items.iter().enumerate() {
                out.push_str(if i == 0 { "" } else { "," });
                print(item, out);
            }
            out.push(']');
        }
        NodeKind::Object(members) => {
            out.push('{');
            for (i, m) in members.iter().enumerate() {
                let key = serde_json::to_string(m.key.as_str()).unwrap();
                write!(out, "{}{key}:", if i == 0 { "" } else { "," }).unwrap();
                print(&m.value, out);
            }
            out.push('}');
        }
        NodeKind::Unknown => out.push('?'),
        NodeKind::Tagged(t) => {
            write!(out, "{} ", t.tag).unwrap();
            print(&t.value, out);
        }
    }
}

/// All strings of a tree, including keys.
pub(super) fn texts<'n>(node: &'n Node, found: &mut Vec<&'n Text>) {
    match &node.kind {
        NodeKind::String(t) => found.push(t),
        NodeKind::Array(items) => items.iter().for_each(|n| texts(n, found)),
        NodeKind::Object(members) => members.iter().for_each(|m| {
            found.push(&m.key);
            texts(&m.value, found);
        }),
        NodeKind::Tagged(t) => texts(&t.value, found),
        NodeKind::Null | NodeKind::Bool(_) | NodeKind::Number(_) | NodeKind::Unknown => {}
    }
}

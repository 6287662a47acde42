//! The YAML reader against libyaml, which the tools that deploy templates use, over mutated documents. It runs where Python
//! has `PyYAML` with libyaml, and is skipped elsewhere.

use aslkit::document::{Document, Node, NodeKind, Syntax, SyntaxErrorKind, read};
use aslkit::source::SourceFile;
use serde_json::{Value, json};
use std::io::Write;
use std::process::{Command, Stdio};
use std::sync::Arc;

/// Reads a JSON array of texts and prints the tree of each, or null if libyaml rejects it. A mapping is `{"map": [key,
/// value, …]}`; a document that our reader treats differently on purpose is `false`.
const ORACLE: &str = r#"
import json, sys, yaml

class Other(Exception):
    pass

def tree(node, depth=0):
    if depth > 50:
        raise Other
    if isinstance(node, yaml.ScalarNode):
        return node.value
    if isinstance(node, yaml.SequenceNode):
        return [tree(item, depth + 1) for item in node.value]
    items = []
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode) or key.value == "<<":
            raise Other
        items += [key.value, tree(value, depth + 1)]
    return {"map": items}

def read(text):
    try:
        return [tree(node) for node in yaml.compose_all(text, Loader=yaml.CSafeLoader)]
    except Other:
        return False
    except yaml.composer.ComposerError as error:
        return False if "duplicate anchor" in str(error) else None
    except (yaml.YAMLError, RecursionError):
        return None

json.dump([read(text) for text in json.load(sys.stdin)], sys.stdout)
"#;

/// Documents to mutate. They contain no numbers, booleans, or nulls, which libyaml does not resolve.
const SEEDS: [&str; 10] = [
    "a: b\nc:\n  d: e\n  f: [g, h, {i: j}]\nk:\n- l\n- m: n\n  o: p\n",
    "R:\n  M:\n    T: x\n    D: !Sub '{\n        \"S\": \"A\",\n        \"T\": {\n      \"A\": {} }\n      }'\n    Role: !Get a.b\n",
    "a: |\n  line one\n   deeper\n\n  line two\nb: >-\n  folded\n  text\n\n  para\nc: d\n",
    "{\n\t\"a\": [\"b\",\n\"c\"], \"d\": {\n\"e\": \"f\" }\n}\n",
    "a: \"text over\n  lines \\n and \\\n   more\n\n  end\"\nb: 'it''s\n x'\n",
    "- a\n- - b\n  - c\n-\n  d: e\n- ? f\n  : g\n",
    "# comment\na: b # trailing\n\n# more\nc: d\n---\ne: f\n...\n",
    "a: plain text\n  over lines\nb: http://x.y/z?q=r#s\nc: a:b:c\nd: -x\ne: ?y\nf: x%y@z\n",
    "S:\n  W F:\n    T: W\n    N: O, s: p\n  \"Q\": {T: P, E: f, N: a b\n   c}\n",
    "a:\t- b\nc:\td\ne: [f,\tg]\t\nh: i\t\n",
];

/// What is inserted.
const PIECES: [&str; 44] = [
    " ", "\t", "\n", ":", "-", "?", "[", "]", "{", "}", ",", "#", "&", "*", "!", "|", ">", "'", "\"", "%",
    "@", "`", "a", "\\", ".", "\n  ", "\n ", "  ", ": ", "- ", "\r\n", "\n\t", "é", "---", "...", "\n---\n",
    "''", "\\x41", "!!str ", "!t ", "&b ", "|\n", ">-\n", "\"\n",
];

/// The next number of a generator (xorshift), below a bound.
fn next(state: &mut u64, below: usize) -> usize {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    usize::try_from(*state % below as u64).unwrap_or_default()
}

fn mutated(state: &mut u64) -> String {
    let mut text: Vec<char> = SEEDS[next(state, SEEDS.len())].chars().collect();
    for _ in 0..=next(state, 3) {
        let at = next(state, text.len() + 1);
        let removed = next(state, 3).min(text.len() - at);
        let piece = if next(state, 4) == 0 {
            ""
        } else {
            PIECES[next(state, PIECES.len())]
        };
        text.splice(at..at + removed, piece.chars());
    }
    text.into_iter().collect()
}

fn tree(node: &Node) -> Value {
    match &node.kind {
        NodeKind::String(text) => json!(text.as_str()),
        NodeKind::Array(items) => items.iter().map(tree).collect(),
        NodeKind::Object(members) => {
            let items: Vec<Value> = members
                .iter()
                .flat_map(|m| [json!(m.key.as_str()), tree(&m.value)])
                .collect();
            json!({ "map": items })
        }
        NodeKind::Tagged(tagged) => tree(&tagged.value),
        _ => json!(""),
    }
}

fn ours(document: &Document) -> Value {
    let is_error = |kind| kind != SyntaxErrorKind::DuplicateKey;
    let is_empty = |text: &str| text == "file is empty";
    if document
        .errors
        .iter()
        .any(|e| is_error(e.kind) && !is_empty(&e.message))
    {
        return Value::Null;
    }
    document
        .roots
        .iter()
        .map(tree)
        .filter(|root| *root != json!(""))
        .collect()
}

#[test]
fn yaml_is_read_as_libyaml_reads_it() {
    let mut state = 0x9E37_79B9_7F4A_7C15;
    let texts: Vec<String> = (0..4000).map(|_| mutated(&mut state)).collect();
    let Some(expected) = oracle(&texts) else {
        eprintln!("skipped: python3 with PyYAML and libyaml is not installed");
        return;
    };
    let mut differences = Vec::new();
    let mut accepted = 0;
    for (text, mut expected) in texts.iter().zip(expected) {
        if let Value::Array(roots) = &mut expected {
            roots.retain(|root| *root != json!(""));
            accepted += 1;
        }
        let document = read(Arc::new(SourceFile::new("t", text.as_str())), Syntax::Yaml);
        // What looks like a template of another engine is not read as YAML.
        if expected != json!(false) && !document.is_unrendered() && ours(&document) != expected {
            differences.push(format!(
                "{text:?}\n  libyaml: {expected}\n  ours: {}",
                ours(&document)
            ));
        }
    }
    assert!(accepted > 1000, "only {accepted} documents are valid");
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

/// What libyaml reads in each text; `None` if it is not installed.
fn oracle(texts: &[String]) -> Option<Vec<Value>> {
    let mut python = Command::new("python3")
        .args(["-c", ORACLE])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let input = serde_json::to_vec(texts).unwrap();
    // The script reads everything before it prints anything. Without PyYAML it ends at once.
    drop(python.stdin.take()?.write_all(&input));
    let output = python.wait_with_output().ok()?;
    serde_json::from_slice(&output.stdout).ok()
}

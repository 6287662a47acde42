//! The language server, over the protocol: every folder of `tests/lsp` is a conversation.
//!
//! A folder contains the files of a workspace, of which `file.*` are opened; `request.json`, the steps of the conversation;
//! and `response.json`, what the server answered. `UPDATE=1 cargo test lsp` writes the answers.
//!
//! A step is an object. `request` names a method; `at` is a text of the document with `|` where the cursor is, `in` is
//! another document than `file.*`, `range` is a text to select, and `params` are further parameters. `show` reduces each
//! item of a list to one field or to several, and `first` is the number of items to keep. `change` replaces one text by
//! another (`with`), `open` and `close` name a document, and `notify` is a notification. `wait` is a notification or a
//! request of the server to wait for. In parameters and answers, `ROOT` is the URI of the folder.

mod client;
mod robustness;

use client::Client;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

fn folders() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lsp");
    let entries = fs::read_dir(root).unwrap();
    let mut folders: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    folders.retain(|path| path.is_dir());
    folders.sort();
    folders
}

#[test]
fn sessions_match_their_transcripts() {
    let mut faults = Vec::new();
    for folder in folders() {
        let steps = fs::read_to_string(folder.join("request.json")).unwrap();
        let steps: Value =
            serde_json::from_str(&steps).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
        let answers = Value::Array(converse(&folder, &steps));
        let text = compact(&answers);
        let file = folder.join("response.json");
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&file, text).unwrap();
        } else if fs::read_to_string(&file).unwrap_or_default() != text {
            faults.push(format!("{}: the answers differ:\n{text}", folder.display()));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The answers, each on as few lines as fit.
fn compact(value: &Value) -> String {
    fn write(value: &Value, indent: usize, out: &mut String) {
        let line = value.to_string();
        let is_flat = value
            .as_array()
            .is_some_and(|items| items.iter().all(Value::is_number));
        if line.len() + indent <= 110 || is_flat {
            out.push_str(&line);
            return;
        }
        let (open, close, items): (_, _, Vec<(String, &Value)>) = match value {
            Value::Array(items) => ("[", "]", items.iter().map(|item| (String::new(), item)).collect()),
            Value::Object(members) => {
                let members = members.iter();
                (
                    "{",
                    "}",
                    members
                        .map(|(key, item)| (format!("{}: ", json!(key)), item))
                        .collect(),
                )
            }
            _ => return out.push_str(&line),
        };
        out.push_str(open);
        for (i, (key, item)) in items.into_iter().enumerate() {
            out.push_str(if i == 0 { "\n" } else { ",\n" });
            out.push_str(&" ".repeat(indent + 2));
            out.push_str(&key);
            write(item, indent + 2, out);
        }
        out.push('\n');
        out.push_str(&" ".repeat(indent));
        out.push_str(close);
    }
    let mut out = String::new();
    write(value, 0, &mut out);
    out.push('\n');
    out
}

fn converse(folder: &Path, steps: &Value) -> Vec<Value> {
    let root = format!("file://{}", folder.display());
    let mut files: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.starts_with("file."))
        .collect();
    files.sort();
    let (options, steps) = match steps {
        Value::Array(steps) => (json!({}), steps.clone()),
        object => (
            object["initialize"].clone(),
            object["steps"].as_array().unwrap().clone(),
        ),
    };
    let mut client = Client::start(&root, &options);
    for file in &files {
        client.open(folder, file);
    }
    let main = files.first().cloned().unwrap_or_default();
    let mut answers = Vec::new();
    for step in &steps {
        let document = step["in"].as_str().unwrap_or(&main).to_owned();
        let text = |key: &str| step[key].as_str();
        if let Some(file) = text("open") {
            client.open(folder, file);
        } else if let Some(file) = text("close") {
            client.close(file);
        } else if let Some(old) = text("change") {
            client.replace(&document, old, text("with").unwrap());
        } else if let Some(method) = text("notify") {
            client.notify(method, client.rooted(&step["params"]));
        } else if let Some(method) = text("wait") {
            let params = client.wait(method);
            answers.push(shown(step, client.unrooted(&params)));
        } else if let Some(method) = text("request") {
            let mut params = client.rooted(&step["params"]);
            if !params.is_object() {
                params = json!({});
            }
            if method.starts_with("textDocument/") && params.get("textDocument").is_none() {
                params["textDocument"] = json!({"uri": client.uri(&document)});
            }
            if let Some(at) = text("at") {
                params["position"] = client.position(&document, at);
            }
            if let Some(range) = text("range") {
                params["range"] = client.range(&document, range);
            }
            let answer = client.request(method, params);
            answers.push(shown(step, client.unrooted(&answer)));
        } else {
            panic!("{}: unknown step {step}", folder.display());
        }
    }
    client.end();
    answers
}

/// The parts of an answer that a step asks for.
fn shown(step: &Value, mut answer: Value) -> Value {
    if answer["items"].is_array() && step.get("show").is_some() {
        answer = answer["items"].take();
    }
    let Value::Array(mut items) = answer else {
        return answer;
    };
    if let Some(first) = step["first"].as_u64() {
        items.truncate(usize::try_from(first).unwrap());
    }
    match &step["show"] {
        Value::String(field) => items.iter().map(|item| item[field].clone()).collect(),
        Value::Array(fields) => {
            let fields: Vec<&str> = fields.iter().map(|field| field.as_str().unwrap()).collect();
            let reduced = |item: &Value| -> Value {
                let kept = fields.iter().filter(|field| item.get(**field).is_some());
                kept.map(|field| ((*field).to_owned(), item[*field].clone()))
                    .collect::<serde_json::Map<_, _>>()
                    .into()
            };
            items.iter().map(reduced).collect()
        }
        _ => Value::Array(items),
    }
}

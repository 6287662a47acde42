//! A client that speaks the protocol to a process.

use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

/// Debug builds are slow, and so may the machine be.
const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) struct Client {
    process: Child,
    input: Option<ChildStdin>,
    messages: Receiver<Value>,
    /// What arrived while something else was awaited.
    early: Vec<Value>,
    root: String,
    texts: BTreeMap<String, (i64, String)>,
    requests: i64,
}

impl Client {
    /// Starts the server and initializes it; `options` are merged into the parameters.
    pub(crate) fn start(root: &str, options: &Value) -> Self {
        let mut client = Self::spawn(root);
        let mut params = json!({
            "processId": std::process::id(),
            "workspaceFolders": [{"uri": root, "name": "test"}],
            "capabilities": {
                "general": {"positionEncodings": ["utf-16"]},
                "textDocument": {"completion": {"completionItem": {"snippetSupport": true}}},
                "workspace": {"workspaceEdit": {"resourceOperations": ["create"]}},
            },
        });
        for (key, value) in options.as_object().into_iter().flatten() {
            params[key] = value.clone();
        }
        let answer = client.request("initialize", params);
        assert!(answer.get("capabilities").is_some(), "{answer}");
        client.notify("initialized", json!({}));
        client
    }

    /// Starts the server.
    pub(crate) fn spawn(root: &str) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_asl"))
            .args(["lsp", "--stdio"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut output = BufReader::new(process.stdout.take().unwrap());
        let (send, messages) = mpsc::channel();
        thread::spawn(move || {
            while let Some(message) = read(&mut output) {
                if send.send(message).is_err() {
                    return;
                }
            }
        });
        Self {
            input: process.stdin.take(),
            process,
            messages,
            early: Vec::new(),
            root: root.to_owned(),
            texts: BTreeMap::new(),
            requests: 0,
        }
    }

    pub(crate) fn uri(&self, file: &str) -> String {
        format!("{}/{file}", self.root)
    }

    pub(crate) fn open(&mut self, folder: &Path, file: &str) {
        let text = fs::read_to_string(folder.join(file)).unwrap();
        self.open_text(file, &text);
    }

    pub(crate) fn open_text(&mut self, file: &str, text: &str) {
        let language = match file.rsplit('.').next().unwrap() {
            "tf" => "terraform",
            "yml" | "yaml" => "yaml",
            ending => ending,
        };
        let document = json!({"uri": self.uri(file), "languageId": language, "version": 1, "text": text});
        self.texts.insert(file.to_owned(), (1, text.to_owned()));
        self.notify("textDocument/didOpen", json!({"textDocument": document}));
    }

    pub(crate) fn close(&mut self, file: &str) {
        self.texts.remove(file);
        self.notify(
            "textDocument/didClose",
            json!({"textDocument": {"uri": self.uri(file)}}),
        );
    }

    /// Replaces the first occurrence of a text in a document.
    pub(crate) fn replace(&mut self, file: &str, old: &str, new: &str) {
        let (_, text) = &self.texts[file];
        let at = text
            .find(old)
            .unwrap_or_else(|| panic!("`{old}` is not in {file}"));
        self.edit(file, at..at + old.len(), new);
    }

    /// Replaces some bytes of a document.
    pub(crate) fn edit(&mut self, file: &str, bytes: std::ops::Range<usize>, new: &str) {
        let uri = self.uri(file);
        let (version, text) = self.texts.get_mut(file).unwrap();
        *version += 1;
        let range = json!({"start": position(text, bytes.start), "end": position(text, bytes.end)});
        text.replace_range(bytes, new);
        let params = json!({
            "textDocument": {"uri": uri, "version": version},
            "contentChanges": [{"range": range, "text": new}],
        });
        self.notify("textDocument/didChange", params);
    }

    pub(crate) fn text(&self, file: &str) -> &str {
        &self.texts[file].1
    }

    /// The position of `|` in a text of a document.
    pub(crate) fn position(&self, file: &str, marked: &str) -> Value {
        let (before, after) = marked.split_once('|').expect("a cursor");
        let text = self.text(file);
        let found = text.find(&format!("{before}{after}"));
        let at = found.unwrap_or_else(|| panic!("`{before}{after}` is not in {file}"));
        position(text, at + before.len())
    }

    pub(crate) fn range(&self, file: &str, selected: &str) -> Value {
        let text = self.text(file);
        let at = text
            .find(selected)
            .unwrap_or_else(|| panic!("`{selected}` is not in {file}"));
        json!({"start": position(text, at), "end": position(text, at + selected.len())})
    }

    #[expect(clippy::needless_pass_by_value, reason = "callers make the value for it")]
    pub(crate) fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    /// Sends a request without waiting for the answer.
    #[expect(clippy::needless_pass_by_value, reason = "callers make the value for it")]
    pub(crate) fn ask(&mut self, method: &str, params: Value) -> i64 {
        self.requests += 1;
        let id = self.requests;
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        id
    }

    /// The result, or the error, of a request.
    pub(crate) fn request(&mut self, method: &str, params: Value) -> Value {
        let id = self.ask(method, params);
        self.answer(id)
    }

    /// The result, or the error, of a request that was sent.
    pub(crate) fn answer(&mut self, id: i64) -> Value {
        let mut message = self.receive(&|message| message["id"] == id && message.get("method").is_none());
        if message.get("error").is_some() {
            return json!({"error": message["error"].take()});
        }
        message["result"].take()
    }

    /// The parameters of a notification or a request of the server.
    pub(crate) fn wait(&mut self, method: &str) -> Value {
        let mut message = self.receive(&|message| message["method"] == method);
        if let Some(id) = message.get("id") {
            let id = id.clone();
            self.send(&json!({"jsonrpc": "2.0", "id": id, "result": null}));
        }
        message["params"].take()
    }

    fn receive(&mut self, is_wanted: &dyn Fn(&Value) -> bool) -> Value {
        if let Some(at) = self.early.iter().position(is_wanted) {
            return self.early.remove(at);
        }
        let end = Instant::now() + PATIENCE;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            let message = self.messages.recv_timeout(left).expect("an answer of the server");
            if is_wanted(&message) {
                return message;
            }
            self.early.push(message);
        }
    }

    pub(crate) fn send(&mut self, message: &Value) {
        self.send_bytes(message.to_string().as_bytes());
    }

    pub(crate) fn send_bytes(&mut self, text: &[u8]) {
        let input = self.input.as_mut().unwrap();
        // A server that has ended does not read.
        let _ = write!(input, "Content-Length: {}\r\n\r\n", text.len())
            .and_then(|()| input.write_all(text))
            .and_then(|()| input.flush());
    }

    /// Ends the server as the protocol asks for.
    pub(crate) fn end(mut self) {
        assert_eq!(self.request("shutdown", Value::Null), Value::Null);
        self.notify("exit", Value::Null);
        assert_eq!(self.exit_code(), Some(0));
    }

    /// Closes the connection.
    pub(crate) fn hang_up(&mut self) {
        self.input = None;
    }

    /// Waits for the server to end.
    pub(crate) fn exit_code(&mut self) -> Option<i32> {
        let end = Instant::now() + PATIENCE;
        while Instant::now() < end {
            if let Some(status) = self.process.try_wait().unwrap() {
                return status.code();
            }
            thread::park_timeout(Duration::from_millis(5));
        }
        self.process.kill().unwrap();
        panic!("the server did not end");
    }

    /// A value with the URI of the workspace in place of `ROOT`.
    pub(crate) fn rooted(&self, value: &Value) -> Value {
        replaced(value, "ROOT", &self.root)
    }

    /// A value with `ROOT` in place of the URI of the workspace.
    pub(crate) fn unrooted(&self, value: &Value) -> Value {
        let value = replaced(value, &self.root, "ROOT");
        replaced(&value, self.root.trim_start_matches("file://"), "ROOT")
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn replaced(value: &Value, old: &str, new: &str) -> Value {
    match value {
        Value::String(text) => text.replace(old, new).into(),
        Value::Array(items) => items.iter().map(|item| replaced(item, old, new)).collect(),
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            // The files of an edit are in no order.
            if members.iter().all(|(key, _)| key.starts_with("file://")) {
                members.sort_by(|a, b| a.0.cmp(b.0));
            }
            let members = members.into_iter();
            Value::Object(
                members
                    .map(|(key, value)| (key.replace(old, new), replaced(value, old, new)))
                    .collect(),
            )
        }
        value => value.clone(),
    }
}

/// The position of a byte, in UTF-16.
fn position(text: &str, at: usize) -> Value {
    let before = &text[..at];
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    let line = before.matches('\n').count();
    json!({"line": line, "character": before[start..].encode_utf16().count()})
}

fn read(input: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if input.read_line(&mut line).ok()? == 0 {
            return None;
        }
        let line = line.trim_end();
        if line.is_empty() {
            break;
        }
        if let Some(number) = line.strip_prefix("Content-Length: ") {
            length = number.parse().ok()?;
        }
    }
    let mut bytes = vec![0; length];
    input.read_exact(&mut bytes).ok()?;
    serde_json::from_slice(&bytes).ok()
}

//! What must not end the server, or confuse it.

use super::client::Client;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

const FLOW: &str = r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}}}"#;
const FILE: &str = "flow.asl.json";

fn start() -> Client {
    Client::start("file:///workspace", &json!({}))
}

fn codes(diagnostics: &Value) -> Vec<&str> {
    let items = diagnostics["diagnostics"].as_array().unwrap();
    items.iter().map(|item| item["code"].as_str().unwrap()).collect()
}

#[test]
fn a_panic_ends_only_its_request() {
    let mut client = start();
    client.open_text(FILE, FLOW);
    let answer = client.request("asl/panic", json!({}));
    assert_eq!(answer["error"]["code"], -32603);
    assert!(
        client.wait("window/logMessage")["message"]
            .as_str()
            .unwrap()
            .contains("asl/panic")
    );
    assert_eq!(
        codes(&client.wait("textDocument/publishDiagnostics")),
        ["missing-target"]
    );
    client.end();
}

#[test]
fn requests_before_initialize_and_after_shutdown_are_refused() {
    let mut client = Client::spawn("file:///workspace");
    assert_eq!(
        client.request("textDocument/hover", json!({}))["error"]["code"],
        -32002
    );
    let answer = client.request("initialize", json!({"capabilities": {}}));
    assert_eq!(answer["capabilities"]["positionEncoding"], "utf-16");
    assert_eq!(client.request("initialize", json!({}))["error"]["code"], -32600);
    assert_eq!(client.request("shutdown", Value::Null), Value::Null);
    assert_eq!(
        client.request("textDocument/hover", json!({}))["error"]["code"],
        -32600
    );
    client.notify("exit", Value::Null);
    assert_eq!(client.exit_code(), Some(0));
}

#[test]
fn the_server_ends_with_the_connection() {
    let mut client = start();
    client.notify("exit", Value::Null);
    assert_eq!(client.exit_code(), Some(1));
    let mut client = start();
    client.hang_up();
    assert_eq!(client.exit_code(), Some(1));
}

#[test]
fn messages_in_any_order_are_answered() {
    let mut client = start();
    let document = json!({"textDocument": {"uri": client.uri(FILE)}});
    // Closed, never opened, without parameters, unknown.
    client.notify("textDocument/didClose", document.clone());
    client.notify("textDocument/didChange", document.clone());
    client.notify("textDocument/didOpen", json!({}));
    client.notify("$/unknown", json!({}));
    assert_eq!(
        client.request("textDocument/documentSymbol", document.clone()),
        Value::Null
    );
    assert_eq!(
        client.request("textDocument/unknown", json!({}))["error"]["code"],
        -32601
    );
    for method in [
        "textDocument/codeAction",
        "textDocument/documentSymbol",
        "textDocument/diagnostic",
    ] {
        assert_eq!(
            client.request(method, json!({}))["error"]["code"],
            -32602,
            "{method}"
        );
    }
    client.open_text(FILE, FLOW);
    assert_eq!(client.wait("textDocument/publishDiagnostics")["version"], 1);
    client.end();
}

#[test]
fn canceled_requests_are_answered() {
    let options = json!({"capabilities": {"textDocument": {"diagnostic": {}}}});
    let mut client = Client::start("file:///workspace", &options);
    client.open_text(FILE, &many_states(20_000));
    let uri = client.uri(FILE);
    let ids: Vec<i64> = (0..20)
        .map(|_| client.ask("textDocument/diagnostic", json!({"textDocument": {"uri": uri}})))
        .collect();
    for id in &ids {
        client.notify("$/cancelRequest", json!({"id": id}));
    }
    let answers: Vec<Value> = ids.iter().map(|id| client.answer(*id)).collect();
    let canceled = answers.iter().filter(|answer| answer["error"]["code"] == -32800);
    assert!(canceled.count() > 10, "{answers:?}");
    client.end();
}

#[test]
fn edits_supersede_the_work_on_older_versions() {
    let mut client = start();
    client.open_text(FILE, &many_states(20_000));
    for round in 0..30 {
        client.edit(FILE, 0..0, if round % 2 == 0 { " " } else { "\n" });
    }
    let mut published = 0;
    loop {
        let diagnostics = client.wait("textDocument/publishDiagnostics");
        published += 1;
        if diagnostics["version"] == 31 {
            break;
        }
    }
    assert!(published < 10, "{published} versions were checked");
    client.end();
}

#[test]
fn a_file_of_5_mb_is_served() {
    let mut client = start();
    client.open_text(FILE, &many_states(90_000));
    assert!(client.text(FILE).len() > 5_000_000);
    let symbols = client.request(
        "textDocument/documentSymbol",
        json!({"textDocument": {"uri": client.uri(FILE)}}),
    );
    assert_eq!(symbols.as_array().map(Vec::len), Some(90_001));
    client.end();
}

#[test]
fn hostile_files_are_served() {
    let mut client = start();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/broken");
    let mut files: Vec<_> = fs::read_dir(root)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let nested = format!("{}{}", r#"{"a":["#.repeat(100_000), "\u{1F600}\u{0}");
    let mut texts: Vec<(String, String)> = vec![("nested.asl.json".to_owned(), nested)];
    for file in files.iter().filter(|file| file.is_file()) {
        let Ok(text) = fs::read_to_string(file) else {
            continue;
        };
        texts.push((file.file_name().unwrap().to_string_lossy().into_owned(), text));
    }
    for (name, text) in &texts {
        client.open_text(name, text);
        let end = json!({"line": 0, "character": 5});
        let document = json!({"uri": client.uri(name)});
        for method in [
            "completion",
            "hover",
            "definition",
            "documentSymbol",
            "foldingRange",
            "semanticTokens/full",
        ] {
            let params = json!({"textDocument": document, "position": end});
            let answer = client.request(&format!("textDocument/{method}"), params);
            assert_ne!(answer["error"]["code"], -32603, "{name}: {method}: {answer}");
        }
        client.close(name);
    }
    client.end();
}

/// A definition with many states, each of which ends the execution.
fn many_states(count: usize) -> String {
    let states = (0..count).map(|i| {
        format!(
            "\n    \"State{i}\": {{ \"Type\": \"Pass\", \"Next\": \"State{}\" }}",
            i + 1
        )
    });
    let states: Vec<String> = states.collect();
    format!(
        "{{\n  \"StartAt\": \"State0\",\n  \"States\": {{{},\n    \"State{count}\": {{ \"Type\": \"Succeed\" }}\n  }}\n}}\n",
        states.join(",")
    )
}

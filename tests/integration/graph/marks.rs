//! What an execution did, what lint found and what has changed, marked on the graph.

use serde_json::Value;
use std::path::Path;
use std::process::Command;

fn graph(args: &[&str]) -> Value {
    let out = Command::new(env!("CARGO_BIN_EXE_asl"))
        .args(["graph", "--format", "json"])
        .args(args)
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")))
        .output()
        .unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let graph: Value = serde_json::from_slice(&out.stdout).unwrap();
    let schema: Value = serde_json::from_str(include_str!("../../../schemas/graph.schema.json")).unwrap();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    let errors: Vec<String> = validator.iter_errors(&graph).map(|e| e.to_string()).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    graph
}

fn node<'g>(graph: &'g Value, name: &str) -> &'g Value {
    let nodes = graph["nodes"].as_array().unwrap();
    nodes.iter().find(|n| n["name"] == name).unwrap()
}

/// `From kind To` of the edges for which something holds, in order.
fn edges(graph: &Value, is_meant: impl Fn(&Value) -> bool) -> Vec<String> {
    let name = |id: &Value| {
        let nodes = graph["nodes"].as_array().unwrap();
        let node = nodes.iter().find(|n| n["id"] == *id).unwrap();
        node["name"]
            .as_str()
            .unwrap_or(node["kind"].as_str().unwrap())
            .to_owned()
    };
    let edges = graph["edges"].as_array().unwrap().iter().filter(|e| is_meant(e));
    edges
        .map(|e| {
            format!(
                "{} {} {}",
                name(&e["from"]),
                e["kind"].as_str().unwrap(),
                name(&e["to"])
            )
        })
        .collect()
}

const NEW: &str = "fixtures/graph/new.asl.yaml";
const OLD: &str = "fixtures/graph/old.asl.yaml";

#[test]
fn a_diff_marks_additions_removals_and_changes() {
    let graph = graph(&[NEW, "--diff", OLD]);
    let change = |name: &str| node(&graph, name)["change"].as_str().unwrap_or("same");
    assert_eq!(
        ["Look", "Ready?", "Wait", "Give up", "Send", "Mail", "Chat", "Fax"].map(change),
        [
            "changed", "same", "added", "removed", "same", "same", "added", "removed"
        ]
    );
    assert_eq!(
        edges(&graph, |e| e["change"] == "added"),
        [
            "Mail next Chat",
            "Chat end end",
            "Ready? default Wait",
            "Wait next Look"
        ]
    );
    assert_eq!(
        edges(&graph, |e| e["change"] == "removed"),
        [
            "Mail end end",
            "start start Fax",
            "Fax end end",
            "Ready? default Give up"
        ]
    );
}

#[test]
fn a_definition_does_not_differ_from_itself() {
    let graph = graph(&[NEW, "--diff", NEW]);
    let is_marked = |v: &Value| v.get("change").is_some();
    assert!(!graph["nodes"].as_array().unwrap().iter().any(is_marked));
    assert!(edges(&graph, is_marked).is_empty());
}

#[test]
fn the_reverse_diff_has_the_same_states_and_transitions() {
    let (forth, back) = (graph(&[NEW, "--diff", OLD]), graph(&[OLD, "--diff", NEW]));
    let all = |graph: &Value| {
        let mut all = edges(graph, |_| true);
        all.sort();
        all
    };
    assert_eq!(all(&forth), all(&back));
}

#[test]
fn a_history_marks_the_visited_states() {
    let graph = graph(&[NEW, "--history", "fixtures/graph/history.json"]);
    let did = |name: &str| {
        let did = &node(&graph, name)["execution"];
        (
            did["entries"].as_u64().unwrap(),
            did["retries"].as_u64().unwrap(),
            did["duration_ms"].as_u64().unwrap(),
        )
    };
    assert_eq!(did("Look"), (2, 1, 4_000));
    assert_eq!(did("Wait"), (1, 0, 60_000));
    assert_eq!(did("Send"), (1, 0, 0));
    assert_eq!(did("Chat"), (1, 0, 0));
    assert_eq!(
        edges(&graph, |e| e["taken"] == 1),
        [
            "start start Mail",
            "Mail next Chat",
            "Chat end end",
            "start start Look",
            "Ready? rule Send",
            "Ready? default Wait",
            "Wait next Look",
            "Send end end",
        ]
    );
    assert_eq!(edges(&graph, |e| e["taken"] == 2), ["Look next Ready?"]);
}

#[test]
fn the_state_that_failed_is_marked_with_its_error() {
    let folder = std::env::temp_dir().join(format!("asl-marks-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("history.json");
    let out = Command::new(env!("CARGO_BIN_EXE_asl"))
        .args([
            "simulate",
            OLD,
            "--format",
            "history",
            "--mock",
            r#"Look={"ready": false}"#,
            "-o",
        ])
        .arg(&file)
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")))
        .output()
        .unwrap();
    assert_eq!(out.status.code(), Some(1));
    let graph = graph(&[OLD, "--history", file.to_str().unwrap()]);
    std::fs::remove_dir_all(&folder).unwrap();
    let failed = &node(&graph, "Give up")["execution"];
    assert_eq!(
        (failed["failed"].as_bool(), failed["error"].as_str()),
        (Some(true), Some("NotReady"))
    );
    assert_eq!(node(&graph, "Send")["execution"]["entries"], 0);
}

#[test]
fn lint_marks_the_innermost_state_of_a_finding() {
    let graph = graph(&["fixtures/cli/faults.asl.json", "--lint"]);
    let rules: Vec<&str> = node(&graph, "Charge")["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| f["rule"].as_str().unwrap())
        .collect();
    assert_eq!(rules, ["unknown-field"]);
    assert!(node(&graph, "Done").get("findings").is_none());
}

#[test]
fn an_unknown_extension_leaves_the_file_unchanged() {
    let kept = Path::new(env!("CARGO_TARGET_TMPDIR")).join("kept.bmp");
    std::fs::write(&kept, "kept").unwrap();
    let out = Command::new(env!("CARGO_BIN_EXE_asl"))
        .args(["graph", "fixtures/graph/new.asl.yaml", "-o"])
        .arg(&kept)
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")))
        .output()
        .unwrap();
    assert_eq!(out.status.code(), Some(2));
    assert_eq!(std::fs::read_to_string(&kept).unwrap(), "kept");
}

#[test]
fn a_markdown_file_gets_a_fenced_code_block() {
    let file = std::env::temp_dir().join(format!("asl-graph-{}.md", std::process::id()));
    let draw = |args: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_asl"))
            .args(["graph", "fixtures/graph/new.asl.yaml"])
            .args(args)
            .output()
            .unwrap()
    };
    assert!(draw(&["-o", file.to_str().unwrap()]).status.success());
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::remove_file(&file).unwrap();
    assert!(
        text.starts_with("```mermaid\n") && text.ends_with("\n```\n"),
        "{text}"
    );
    let refused = draw(&["--format", "svg", "--markdown"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(refused.stdout.is_empty());
}

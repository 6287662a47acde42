//! The page: nothing breaks out of it, it is the same each time, and it works in a browser.

mod browser;

use super::{definitions, document};
use aslkit::asl::lower;
use aslkit::document::Document;
use aslkit::graph::Graph;
use aslkit::render::graph::{Detail, Direction, Format, Settings};
use aslkit::render::shapes::Listing;
use aslkit::render::style::Style;
use aslkit::shape::{self, Declarations, analyze};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;

fn page(document: &Document) -> String {
    drawn(document, Format::Html)
}

fn drawn(document: &Document, format: Format) -> String {
    let machine = lower::machine(&document.roots[0]);
    let analysis = analyze(&machine, &Declarations::default(), shape::Detail::Shapes);
    let types = Listing::new(&machine, &analysis);
    let settings = Settings {
        detail: Detail::Normal,
        direction: Direction::TopToBottom,
        markdown: false,
        style: &Style::PLAIN,
        source: Some(&document.source),
        older: None,
        types: Some(&types),
    };
    let mut out = Vec::new();
    format.write(&Graph::new(&machine), settings, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// What the page's script reads.
fn data(page: &str) -> Value {
    let (_, rest) = page
        .split_once("<script id=\"data\" type=\"application/json\">")
        .unwrap();
    let (json, _) = rest.split_once("</script>").unwrap();
    serde_json::from_str(json).unwrap()
}

/// The text of a state's definition, by the name of the state.
fn written<'d>(data: &'d Value, name: &str) -> &'d str {
    let nodes = data["graph"]["nodes"].as_array().unwrap();
    let id = nodes.iter().find(|n| n["name"] == name).unwrap()["id"]
        .as_str()
        .unwrap();
    let place = &data["written"][id];
    let at = |key: &str| usize::try_from(place[key].as_u64().unwrap()).unwrap();
    &data["texts"][at("text")].as_str().unwrap()[at("from")..at("to")]
}

#[test]
fn pages_are_deterministic() {
    for (name, document) in definitions::all() {
        let page = page(&document);
        assert!(page == self::page(&document), "{name}");
        assert_eq!(page.matches("<script").count(), 2, "{name}");
        assert_eq!(page.matches("</script").count(), 2, "{name}");
        data(&page);
    }
}

#[test]
fn a_page_contains_the_types_at_each_state() {
    let text = r#"{"StartAt": "A", "States": {
        "A": {"Type": "Pass", "Result": {"x": [1, "a"]}, "Next": "B"},
        "B": {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:ec2:describeInstances", "Parameters": {}, "End": true}}}"#;
    let data = data(&page(&document("a.asl.json", text)));
    let types = |name: &str| {
        let nodes = data["graph"]["nodes"].as_array().unwrap();
        let node = nodes.iter().find(|node| node["name"] == name).unwrap();
        data["types"][node["id"].as_str().unwrap()].clone()
    };
    assert_eq!(types("A"), json!(["any", r#"{ x: [1, "a"] }"#]));
    // A large type is abridged.
    let output = types("B")[1].as_str().unwrap().to_owned();
    assert!(
        output.starts_with("{ NextToken?: string; Reservations?: "),
        "{output}"
    );
    assert!(output.len() < 600, "{output}");
}

#[test]
fn a_page_contains_the_text_of_each_definition() {
    let text = include_str!("../../../fixtures/graph/new.asl.yaml");
    let data = data(&page(&document("new.asl.yaml", text)));
    assert_eq!(written(&data, "Wait"), "{ Type: Wait, Seconds: 60, Next: Look }");
    assert_eq!(written(&data, "Chat"), "{ Type: Pass, End: true }");
    assert!(written(&data, "Send").starts_with("Type: Parallel\n    Branches:\n"));
}

#[test]
fn a_removed_state_is_shown_with_its_older_definition() {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("graph-diff.HTML");
    let status = Command::new(env!("CARGO_BIN_EXE_asl"))
        .args([
            "graph",
            "fixtures/graph/new.asl.yaml",
            "--diff",
            "fixtures/graph/old.asl.yaml",
            "-o",
        ])
        .arg(&file)
        .status()
        .unwrap();
    assert!(status.success());
    let data = data(&std::fs::read_to_string(file).unwrap());
    assert_eq!(written(&data, "Give up"), "{ Type: Fail, Error: NotReady }");
    assert_eq!(written(&data, "Wait"), "{ Type: Wait, Seconds: 60, Next: Look }");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn no_name_breaks_out_of_the_page(
        name in "(</script>|<script>|<!--|-->|]]>|&lt;|</title>|</style>|\u{2028}|\"|'|\\\\|`|\\PC|[\u{0}-\u{1f}]){1,12}",
    ) {
        let definition = json!({
            "StartAt": name, "Comment": name,
            "States": { name.clone(): { "Type": "Pass", "Comment": name, "End": true } },
        });
        let text = definition.to_string();
        let page = page(&document(&name, &text));
        prop_assert_eq!(page.matches("<script").count(), 2);
        prop_assert_eq!(page.matches("</script").count(), 2);
        prop_assert!(!page.contains("<!--"));
        for element in ["title", "style", "svg", "aside", "body"] {
            let end = format!("</{element}>");
            let of_an_empty_page = self::page(&document("x", r#"{"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}"#));
            prop_assert_eq!(page.matches(&end).count(), of_an_empty_page.matches(&end).count());
        }
        let data = data(&page);
        prop_assert_eq!(
            serde_json::from_str::<Value>(written(&data, &name)).unwrap(),
            definition["States"][&name].clone(),
        );
    }
}

#[test]
fn a_report_is_the_page_of_the_execution() {
    let file = std::env::temp_dir().join(format!("asl-report-{}.html", std::process::id()));
    let out = std::process::Command::new(env!("CARGO_BIN_EXE_asl"))
        .args([
            "simulate",
            "fixtures/graph/new.asl.yaml",
            "--mocks",
            "fixtures/graph/mocks.yaml",
        ])
        .args(["--format", "json", "--report"])
        .arg(&file)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let report = std::fs::read_to_string(&file).unwrap();
    std::fs::remove_file(&file).unwrap();
    assert!(out.status.success());
    let drawn = std::process::Command::new(env!("CARGO_BIN_EXE_asl"))
        .args(["graph", "fixtures/graph/new.asl.yaml", "--format", "html"])
        .args(["--history", "fixtures/graph/history.json"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(report == String::from_utf8(drawn.stdout).unwrap());
    assert!(
        report.contains(
            r#""attempts":[{"from":0,"to":0,"failure":{"error":"Lambda.TooManyRequestsException","#
        )
    );
}

#[test]
fn a_report_shows_the_child_executions_of_a_distributed_map() {
    let file = std::env::temp_dir().join(format!("asl-report-children-{}.html", std::process::id()));
    let definition = "fixtures/simulate/child-executions-that-fail/definition.asl.yaml";
    let out = std::process::Command::new(env!("CARGO_BIN_EXE_asl"))
        .args(["simulate", definition, "--format", "json", "--report"])
        .arg(&file)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(out.status.success());
    let report = std::fs::read_to_string(&file).unwrap();
    std::fs::remove_file(&file).unwrap();
    let data = data(&report);
    let visits = data["visits"].as_array().unwrap();
    // The Map, two states in each of its six children, and the state after it.
    let inside: Vec<[Option<u64>; 2]> = visits
        .iter()
        .map(|visit| ["parent", "iteration"].map(|field| visit[field].as_u64()))
        .collect();
    let children = (0..6).flat_map(|child| [[Some(0), Some(child)]; 2]);
    let wanted: Vec<_> = std::iter::once([None; 2])
        .chain(children)
        .chain([[None; 2]])
        .collect();
    assert_eq!(inside, wanted);
}

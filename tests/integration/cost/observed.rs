//! Usage from executions agrees with what is billed of them, and with what the definition lets expect.

use super::{asl, root, text};
use serde_json::Value;

fn json(args: &[&str]) -> Value {
    let out = asl(args);
    assert!(!out.stdout.is_empty(), "{args:?}: {}", text(&out.stderr));
    serde_json::from_slice(&out.stdout).unwrap()
}

fn expected_transitions(args: &[&str]) -> f64 {
    let estimate = json(&[args, &["--format", "json"]].concat());
    let expected = estimate["usage"]["transitions"]["expected"].as_str().unwrap();
    expected.parse().unwrap()
}

/// Every machine of fixtures/definitions with its input and its mocks.
fn machines() -> Vec<String> {
    let folders = std::fs::read_dir(root().join("fixtures/definitions")).unwrap();
    let names = folders.map(|e| e.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names
        .map(|name| format!("fixtures/definitions/{name}"))
        .filter(|folder| root().join(folder).join("mocks.yaml").exists())
        .collect();
    names.sort();
    names
}

#[test]
fn a_history_counts_the_transitions_that_the_simulation_bills() {
    let folder = std::env::temp_dir().join(format!("asl-observed-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let mut compared = 0;
    for machine in machines() {
        let definition = [".asl.json", ".asl.yaml"]
            .map(|ending| format!("{machine}/definition{ending}"))
            .into_iter()
            .find(|path| root().join(path).exists())
            .unwrap();
        let (input, mocks) = (format!("{machine}/input.json"), format!("{machine}/mocks.yaml"));
        let run = ["simulate", &definition, "--input", &input, "--mocks", &mocks];
        let billed = json(&[&run[..], &["--format", "json"]].concat())["transitions"]
            .as_f64()
            .unwrap();
        let simulated = expected_transitions(&["cost", &definition, "--input", &input, "--mocks", &mocks]);
        assert!(
            (simulated - billed).abs() < 1e-9,
            "{machine}: {simulated} and {billed}"
        );
        let source = std::fs::read_to_string(root().join(&definition)).unwrap();
        if source.contains("DISTRIBUTED") || source.contains("startExecution") {
            // Their children are not in the history.
            continue;
        }
        let file = folder.join("history.json");
        let history = asl(&[&run[..], &["--format", "history"]].concat());
        std::fs::write(&file, &history.stdout).unwrap();
        let recorded = expected_transitions(&["cost", &definition, "--history", file.to_str().unwrap()]);
        assert!(
            (recorded - billed).abs() < 1e-9,
            "{machine}: {recorded} and {billed}"
        );
        compared += 1;
    }
    std::fs::remove_dir_all(&folder).unwrap();
    assert!(compared >= 8, "{compared} machines were compared");
}

/// A history says how many items a Distributed Map had, and each is a child.
#[test]
fn children_of_a_recorded_distributed_map_are_its_items() {
    let folder = std::env::temp_dir().join(format!("asl-children-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let (definition, history) = (folder.join("d.asl.json"), folder.join("h.json"));
    let machine = serde_json::json!({
        "StartAt": "Each",
        "States": { "Each": {
            "Type": "Map",
            "ItemProcessor": {
                "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" },
                "StartAt": "One",
                "States": { "One": { "Type": "Pass", "Next": "Two" }, "Two": { "Type": "Pass", "End": true } },
            },
            "End": true,
        } },
    });
    std::fs::write(&definition, machine.to_string()).unwrap();
    let (definition, input) = (definition.to_str().unwrap(), "[1, 2, 3, 4, 5]");
    let out = asl(&["simulate", definition, "--input", input, "--format", "history"]);
    std::fs::write(&history, &out.stdout).unwrap();
    let recorded = expected_transitions(&["cost", definition, "--history", history.to_str().unwrap()]);
    let simulated = expected_transitions(&["cost", definition, "--input", input]);
    std::fs::remove_dir_all(&folder).unwrap();
    // The Map, five children started, and two states in each.
    assert!((simulated - 16.0).abs() < 1e-9, "{simulated}");
    assert!((recorded - 16.0).abs() < 1e-9, "{recorded}");
}

/// The relative difference between what is expected of a definition and the mean of simulated executions.
fn difference(case: &str, runs: u64) -> f64 {
    let path = |name: &str| format!("fixtures/usage/{case}/{name}");
    let definition = path("definition.asl.json");
    let expected = expected_transitions(&["cost", &definition, "--assume", &path("assume.yaml")]);
    let repeat = runs.to_string();
    let simulated = expected_transitions(&[
        "cost",
        &definition,
        "--mocks",
        &path("mocks.yaml"),
        "--repeat",
        &repeat,
    ]);
    (simulated - expected).abs() / expected
}

#[test]
fn expected_transitions_are_those_of_many_executions() {
    for case in ["loop", "retries", "items"] {
        let difference = difference(case, 1_500);
        assert!(difference < 0.04, "{case}: {difference}");
    }
}

/// The same within 1 %: `cargo test -- --ignored`.
#[test]
#[ignore = "takes a minute"]
fn expected_transitions_are_those_of_a_hundred_thousand_executions() {
    for case in ["loop", "retries", "items"] {
        let difference = difference(case, 100_000);
        assert!(difference < 0.01, "{case}: {difference}");
    }
}

//! `--format json` and its schema.

use super::{definitions, draw};
use aslkit::asl::lower;
use aslkit::graph::Graph;
use aslkit::render::graph::{Detail, Format};
use serde_json::Value;
use std::collections::HashSet;

#[test]
fn json_conforms_to_its_schema() {
    let schema: Value = serde_json::from_str(include_str!("../../../schemas/graph.schema.json")).unwrap();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    for (name, document) in definitions::all() {
        let machine = lower::machine(&document.roots[0]);
        let text = draw(&Graph::new(&machine), Format::Json, Detail::High);
        let graph: Value = serde_json::from_str(&text).unwrap();
        let errors: Vec<String> = validator.iter_errors(&graph).map(|e| e.to_string()).collect();
        assert!(errors.is_empty(), "{name}: {errors:#?}");
        assert_ids_resolve(&graph, &name);
    }
}

fn assert_ids_resolve(graph: &Value, name: &str) {
    let array = |key: &str| graph[key].as_array().unwrap().clone();
    let ids = |key: &str| -> HashSet<String> {
        let ids: Vec<_> = array(key)
            .iter()
            .map(|v| v["id"].as_str().unwrap().to_owned())
            .collect();
        let unique: HashSet<String> = ids.iter().cloned().collect();
        assert_eq!(unique.len(), ids.len(), "{name}: ids in {key}");
        unique
    };
    let (nodes, clusters) = (ids("nodes"), ids("clusters"));
    ids("edges");
    for edge in array("edges") {
        assert!(nodes.contains(edge["from"].as_str().unwrap()), "{name}");
        assert!(nodes.contains(edge["to"].as_str().unwrap()), "{name}");
    }
    for node in array("nodes") {
        assert!(clusters.contains(node["cluster"].as_str().unwrap()), "{name}");
    }
}

//! One arrow for each transition of the model, and none besides.

use super::{definitions, document, draw, parse};
use aslkit::asl::transition_graph::{Cause, TransitionGraph, exits};
use aslkit::asl::{Kind, Machine, lower};
use aslkit::graph::Graph;
use aslkit::render::graph::{Detail, Format};
use clap::ValueEnum;

/// (from, to, dashed) of every scope, by the names shown; read from the model without a graph.
fn of_model(machine: &Machine<'_>) -> Vec<(String, String, bool)> {
    let mut all = Vec::new();
    machine.for_each_machine(&mut |machine| {
        if let Some(target) = machine.start_at {
            all.push(("(start)".into(), shown(target.name), false));
        }
        for state in &machine.states {
            let name = shown(state.name);
            all.extend(
                exits(state)
                    .map(|(cause, t)| (name.clone(), shown(t.name), matches!(cause, Cause::Catch(_)))),
            );
            if state.transition.end || matches!(state.kind, Kind::Succeed(_)) {
                all.push((name, "(stop)".into(), false));
            }
        }
    });
    all.sort();
    all
}

/// A name as people see it.
fn shown(name: &str) -> String {
    let shown: String = name
        .replace('\n', "\\n")
        .replace('\t', "\\t")
        .replace('\u{202e}', "\u{fffd}");
    if shown.trim().is_empty() {
        format!("\"{shown}\"")
    } else {
        shown
    }
}

#[test]
fn every_format_has_all_transitions() {
    for (name, document) in definitions::all() {
        for root in &document.roots {
            let machine = lower::machine(root);
            let graph = Graph::new(&machine);
            let expected = of_model(&machine);
            let mermaid = parse::mermaid(&draw(&graph, Format::Mermaid, Detail::Low));
            let dot = parse::dot(&draw(&graph, Format::Dot, Detail::Low));
            assert_eq!(mermaid.transitions(), expected, "{name} in Mermaid");
            assert_eq!(dot.transitions(), expected, "{name} in dot");
            assert_eq!(mermaid.edges.len(), graph.graph.edge_count());
        }
    }
}

#[test]
fn the_level_of_detail_does_not_change_the_transitions() {
    for (name, document) in definitions::all() {
        for root in &document.roots {
            let machine = lower::machine(root);
            let graph = Graph::new(&machine);
            let low = parse::mermaid(&draw(&graph, Format::Mermaid, Detail::Low)).edges;
            for detail in [Detail::Normal, Detail::High] {
                assert_eq!(
                    parse::mermaid(&draw(&graph, Format::Mermaid, detail)).edges,
                    low,
                    "{name}"
                );
                assert_eq!(
                    parse::dot(&draw(&graph, Format::Dot, detail)).edges,
                    low,
                    "{name}"
                );
            }
        }
    }
}

#[test]
fn the_graph_agrees_with_the_transition_graph() {
    for (name, document) in definitions::all() {
        let machine = lower::machine(&document.roots[0]);
        let mut flows = 0;
        machine.for_each_machine(&mut |m| {
            let flow = TransitionGraph::new(m);
            flows += flow.graph.edge_count() + flow.dangling.iter().filter(|d| d.from.is_some()).count();
        });
        let graph = Graph::new(&machine);
        let exits = graph
            .edges()
            .filter(|(_, _, e)| matches!(e.kind, aslkit::graph::EdgeKind::Exit(_)));
        // Placeholders are edges of the graph only.
        assert!(exits.count() >= flows, "{name}");
    }
}

#[test]
fn drawings_are_deterministic() {
    for (name, document) in definitions::all() {
        let machine = lower::machine(&document.roots[0]);
        for format in Format::value_variants().iter().copied() {
            let once = draw(&Graph::new(&machine), format, Detail::High);
            let twice = draw(&Graph::new(&machine), format, Detail::High);
            assert_eq!(once, twice, "{name}");
        }
    }
}

#[test]
fn undefined_targets_are_drawn() {
    let document = document(
        "t",
        r#"{"StartAt":"A","States":{"A":{"Type":"Pass","Next":"Nowhere"}}}"#,
    );
    let machine = lower::machine(&document.roots[0]);
    let text = draw(&Graph::new(&machine), Format::Mermaid, Detail::Normal);
    assert!(
        text.contains(r#"["Nowhere<br/>undefined state"]:::missing"#),
        "{text}"
    );
}

//! Coverage as HTML: the graph of each machine, colored by coverage, with the cases that reach each state.

use super::measured::Measured;
use crate::coverage::{Coverage, Kind, Part};
use crate::graph::{Activity, EdgeKind, Graph};
use crate::render::graph::{self, Detail, Direction, Settings};
use crate::render::style::Style;
use crate::render::xml::Escaped;
use crate::simulate::StateId;
use crate::simulate::plan::Plan;
use std::collections::HashMap;
use std::io::{self, Write};
use std::sync::Arc;

/// Writes the page of a single machine, or a page with a section for each of several.
pub fn write(machines: &[Measured<'_>], style: &Style, out: &mut dyn Write) -> io::Result<()> {
    if let [one] = machines {
        return page(*one, style, out);
    }
    out.write_all(include_str!("html/head.html").as_bytes())?;
    for measured in machines {
        let mut inner = Vec::new();
        page(*measured, style, &mut inner)?;
        let inner = String::from_utf8_lossy(&inner);
        let (name, figures) = (Escaped(&measured.coverage.machine), figures(measured.coverage));
        writeln!(
            out,
            "<details><summary>{name} <small>{figures}</small></summary>\
             <iframe title=\"{name}\" srcdoc=\"{}\"></iframe></details>",
            Escaped(&inner)
        )?;
    }
    writeln!(out, "</body></html>")
}

/// The figures of a machine in words: `states 3/4 · transitions 2/5`.
fn figures(coverage: &Coverage) -> String {
    let tallies = Kind::ALL.map(|kind| (kind, coverage.tally(kind)));
    let figures = tallies.iter().filter(|(_, tally)| tally.total > 0);
    let figures = figures.map(|(kind, tally)| format!("{} {}/{}", kind.as_str(), tally.covered, tally.total));
    figures.collect::<Vec<_>>().join(" · ")
}

/// The page of a graph.
fn page(measured: Measured<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let Measured { coverage, machine } = measured;
    let ids: HashMap<usize, StateId> = Plan::numbered(machine)
        .map(|(state, id)| (std::ptr::from_ref(state).addr(), id))
        .collect();
    let cases = coverage.cases_by_state();
    let mut graph = Graph::new(machine);
    for node in graph.graph.node_weights_mut() {
        let state = node
            .state
            .and_then(|state| ids.get(&std::ptr::from_ref(state).addr()));
        let Some(&state) = state else {
            node.mark.activity = Some(Activity::default());
            continue;
        };
        node.mark.activity = Some(Activity {
            entries: coverage.count(state, Part::State),
            ..Activity::default()
        });
        let names = cases.get(&state).into_iter().flatten();
        node.mark.cases = Some(names.map(|name| Arc::from(*name)).collect());
    }
    for edge in graph.graph.edge_weights_mut() {
        let state = edge
            .state
            .and_then(|state| ids.get(&std::ptr::from_ref(state).addr()));
        edge.mark.taken = match (edge.kind, state) {
            (EdgeKind::Exit(cause), Some(state)) => Some(coverage.count(*state, Part::Exit(cause))),
            (EdgeKind::End, Some(state)) => Some(coverage.count(*state, Part::State)),
            _ => Some(1),
        };
    }
    let settings = Settings {
        detail: Detail::default(),
        direction: Direction::default(),
        markdown: false,
        style,
        source: Some(&coverage.source),
        older: None,
        types: None,
    };
    graph::Format::Html.write(&graph, settings, out)
}

//! Graphviz: the DOT language, <https://graphviz.org/doc/info/lang.html>.
//!
//! An edge cannot end at a cluster, only at a node inside it, clipped at the cluster's border (`lhead`, `ltail`).

use super::caption;
use super::palette::{self, node_style};
use super::settings::{Detail, Settings};
use crate::graph::{ClusterKind, Graph, Node, NodeIndex, NodeKind};
use crate::render::wrap::wrap;
use crate::spec::StateType;
use std::io::{self, Write};

/// Column at which names and comments are wrapped.
const WRAP: usize = 32;

pub(super) fn write(graph: &Graph<'_>, settings: Settings<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "digraph {{")?;
    writeln!(
        out,
        "  graph [rankdir={}, compound=true, newrank=true, bgcolor=transparent, fontname=\"Helvetica,Arial,sans-serif\", fontsize=12, color=\"{}\", fontcolor=\"{}\"]",
        settings.direction.as_str(),
        palette::SCOPE,
        palette::ARROW
    )?;
    writeln!(
        out,
        "  node [style=filled, fontname=\"Helvetica,Arial,sans-serif\", fontsize=12]"
    )?;
    writeln!(
        out,
        "  edge [fontname=\"Helvetica,Arial,sans-serif\", fontsize=10, color=\"{0}\", fontcolor=\"{0}\"]",
        palette::ARROW
    )?;
    cluster(graph, settings, 0, 1, out)?;
    edges(graph, settings, out)?;
    writeln!(out, "}}")
}

fn cluster(
    graph: &Graph<'_>,
    settings: Settings<'_>,
    index: usize,
    depth: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    let pad = "  ".repeat(depth);
    for &n in &graph.clusters[index].nodes {
        let node = &graph.graph[n];
        if anchor(graph, n) == n {
            writeln!(out, "{pad}{} [{}]", id(n), attributes(node, settings))?;
            continue;
        }
        let style = match graph.clusters[node.inside[0]].kind {
            ClusterKind::Distributed => "rounded,bold",
            _ => "rounded",
        };
        writeln!(out, "{pad}subgraph cluster_{} {{", id(n))?;
        writeln!(
            out,
            "{pad}  graph [label=\"{}\", tooltip=\"{}\", style=\"{style}\"{}]",
            label(node, settings),
            tooltip(node),
            palette::node_mark(node).map_or_else(String::new, |sign| {
                let (line, width) = mark_attributes(sign);
                format!(", color=\"{line}\", penwidth={width}")
            })
        )?;
        for &c in &node.inside {
            match caption::cluster_label(graph.clusters[c].kind) {
                Some(words) if node.inside.len() > 1 => {
                    writeln!(out, "{pad}  subgraph cluster_{}_{c} {{", id(n))?;
                    writeln!(
                        out,
                        "{pad}    graph [label=\"{words}\", style=\"rounded,dashed\", fontsize=10]"
                    )?;
                    cluster(graph, settings, c, depth + 2, out)?;
                    writeln!(out, "{pad}  }}")?;
                }
                _ => cluster(graph, settings, c, depth + 1, out)?,
            }
        }
        writeln!(out, "{pad}}}")?;
    }
    Ok(())
}

fn edges(graph: &Graph<'_>, settings: Settings<'_>, out: &mut dyn Write) -> io::Result<()> {
    for (from, to, edge) in graph.edges() {
        let (tail, head) = (last(graph, from), anchor(graph, to));
        let mut attributes = String::new();
        if tail != from {
            push_attribute(&mut attributes, "ltail", &format!("cluster_{}", id(from)));
        }
        if head != to {
            push_attribute(&mut attributes, "lhead", &format!("cluster_{}", id(to)));
        }
        if let Some(label) = caption::edge_label(edge, settings.detail) {
            push_attribute(&mut attributes, "label", &format!("\" {} \"", escape(&label)));
        }
        if edge.is_catch() {
            push_attribute(&mut attributes, "style", "dashed");
            push_attribute(&mut attributes, "color", &format!("\"{}\"", palette::CATCH));
        }
        if let Some(sign) = palette::edge_mark(edge) {
            let style = mark_attributes(sign);
            push_attribute(&mut attributes, "color", &format!("\"{}\"", style.0));
            push_attribute(&mut attributes, "penwidth", style.1);
            if sign.is_dashed {
                push_attribute(&mut attributes, "style", "dashed");
            }
        }
        if attributes.is_empty() {
            writeln!(out, "  {} -> {}", id(tail), id(head))?;
        } else {
            writeln!(out, "  {} -> {} [{attributes}]", id(tail), id(head))?;
        }
    }
    Ok(())
}

/// The color and width of the line. Graphviz has no opacity for nodes, so dimmed ones get a lighter line.
fn mark_attributes(sign: &palette::MarkStyle) -> (&'static str, &'static str) {
    if sign.is_faint {
        ("#c3cad4", "1")
    } else {
        (sign.light, "2.5")
    }
}

fn push_attribute(attributes: &mut String, name: &str, value: &str) {
    if !attributes.is_empty() {
        attributes.push_str(", ");
    }
    attributes.push_str(name);
    attributes.push('=');
    attributes.push_str(value);
}

fn id(node: NodeIndex) -> String {
    format!("n{}", node.index())
}

/// The node at which an edge to `node` ends: for a state with clusters, the first node of the middle one.
fn anchor(graph: &Graph<'_>, node: NodeIndex) -> NodeIndex {
    inside(graph, node).map_or(node, |c| anchor(graph, graph.clusters[c].nodes[0]))
}

/// The node at which an edge from `node` starts: for a state with clusters, the last node of the middle one.
fn last(graph: &Graph<'_>, node: NodeIndex) -> NodeIndex {
    inside(graph, node).map_or(node, |c| {
        let nodes = &graph.clusters[c].nodes;
        last(graph, nodes[nodes.len() - 1])
    })
}

fn inside(graph: &Graph<'_>, node: NodeIndex) -> Option<usize> {
    let filled: Vec<usize> = (graph.graph[node].inside.iter().copied())
        .filter(|&c| !graph.clusters[c].nodes.is_empty())
        .collect();
    filled.get(filled.len() / 2).copied()
}

fn attributes(node: &Node<'_>, settings: Settings<'_>) -> String {
    let ink = node_style(node).light;
    let mut colors = format!(
        "fillcolor=\"{}\", color=\"{}\", fontcolor=\"{}\"",
        ink.fill, ink.line, ink.text
    );
    if let Some(sign) = palette::node_mark(node) {
        let (line, width) = mark_attributes(sign);
        let text = if sign.is_faint { sign.light } else { ink.text };
        colors = format!(
            "fillcolor=\"{}\", color=\"{line}\", fontcolor=\"{text}\", penwidth={width}",
            ink.fill
        );
    }
    let (shape, style) = match node.kind {
        NodeKind::Start => return format!("shape=circle, label=\"\", width=0.2, {colors}"),
        NodeKind::End => return format!("shape=doublecircle, label=\"\", width=0.15, {colors}"),
        NodeKind::Missing => ("box", "filled,dashed"),
        NodeKind::State(state_type) => match state_type {
            None => ("box", "filled,dashed"),
            Some(StateType::Task) => ("box", "filled"),
            Some(StateType::Choice) => ("diamond", "filled"),
            Some(StateType::Wait) => ("parallelogram", "filled"),
            Some(StateType::Succeed) => ("oval", "filled"),
            Some(StateType::Fail) => ("octagon", "filled"),
            Some(StateType::Pass | StateType::Parallel | StateType::Map) => ("box", "filled,rounded"),
        },
    };
    let dashed = match palette::node_mark(node) {
        Some(sign) if sign.is_dashed => ",dashed",
        _ => "",
    };
    format!(
        "shape={shape}, style=\"{style}{dashed}\", label=\"{}\", tooltip=\"{}\", {colors}",
        label(node, settings),
        tooltip(node)
    )
}

fn label(node: &Node<'_>, settings: Settings<'_>) -> String {
    let caption = caption::node_caption(node, settings.detail);
    let mut label = String::new();
    for line in std::iter::once(&caption.title).chain(&caption.lines) {
        for part in wrap(line, WRAP) {
            if !label.is_empty() {
                label.push_str("\\n");
            }
            label.push_str(&escape(&part));
        }
    }
    label
}

/// The full name, shown as a tooltip.
fn tooltip(node: &Node<'_>) -> String {
    escape(&caption::node_caption(node, Detail::Low).title)
}

/// Quotes text. Graphviz interprets HTML entities and backslash escapes in quoted strings.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '"' => escaped.push_str("\\\""),
            '\\' => escaped.push_str("\\\\"),
            '&' => escaped.push_str("&amp;"),
            c => escaped.push(c),
        }
    }
    escaped
}

//! An indented list of states and their transitions, for terminals that are too narrow for the drawing.

use super::super::caption;
use super::super::settings::Settings;
use super::canvas::columns;
use super::text::{facts, sign};
use crate::graph::{Graph, Node, NodeIndex, NodeKind};
use crate::prose;
use colored::Colorize;
use std::io::{self, Write};

pub(super) fn write(graph: &Graph<'_>, settings: Settings<'_>, out: &mut dyn Write) -> io::Result<()> {
    Outline { graph, settings }.cluster(0, 0, out)
}

struct Outline<'a, 'd> {
    graph: &'a Graph<'d>,
    settings: Settings<'a>,
}

impl Outline<'_, '_> {
    fn cluster(&self, cluster: usize, depth: usize, out: &mut dyn Write) -> io::Result<()> {
        for &n in &self.graph.clusters[cluster].nodes {
            let node = &self.graph.graph[n];
            match node.kind {
                NodeKind::End => continue,
                NodeKind::Start => self.heading(
                    depth,
                    if self.settings.style.unicode { "●" } else { "o" },
                    "",
                    out,
                )?,
                _ => {
                    let caption = caption::node_caption(node, self.settings.detail);
                    let name = format!("{}{}", sign(node, self.settings.style.unicode), caption.title);
                    self.heading(depth, &name, &facts(&caption), out)?;
                }
            }
            self.arrows(n, depth + 1, out)?;
            for &inner in &node.inside {
                if let Some(words) = caption::cluster_label(self.graph.clusters[inner].kind) {
                    self.line(depth + 1, &words, out)?;
                    self.cluster(inner, depth + 2, out)?;
                } else {
                    self.cluster(inner, depth + 1, out)?;
                }
            }
        }
        Ok(())
    }

    fn heading(&self, depth: usize, name: &str, facts: &str, out: &mut dyn Write) -> io::Result<()> {
        let style = self.settings.style;
        let room = style.width.saturating_sub(2 * depth);
        let name = prose::truncate(name, room);
        let left = room.saturating_sub(columns(&name) + 2);
        let pad = "  ".repeat(depth);
        if facts.is_empty() || left < 8 {
            return writeln!(out, "{pad}{}", style.bold(&name));
        }
        let facts = style.paint(&prose::truncate(&self.displayable(facts), left), Colorize::dimmed);
        writeln!(out, "{pad}{}  {facts}", style.bold(&name))
    }

    /// The transitions of a node, one line each: `States.ALL → Cancel the order`.
    fn arrows(&self, n: NodeIndex, depth: usize, out: &mut dyn Write) -> io::Result<()> {
        let graph = &self.graph.graph;
        let edges = self.graph.clusters[graph[n].cluster].edges.iter();
        for &e in edges {
            let Some((_, to)) = graph.edge_endpoints(e).filter(|ends| ends.0 == n) else {
                continue;
            };
            let target = self.target(&graph[to]);
            let arrow = match (self.settings.style.unicode, graph[e].is_catch()) {
                (true, false) => "→",
                (true, true) => "⇢",
                (false, false) => "->",
                (false, true) => "..>",
            };
            let label = caption::edge_label(&graph[e], self.settings.detail);
            let label = label.map_or_else(String::new, |l| l + " ");
            let words = format!("{label}{arrow} {target}");
            self.line(depth, &words, out)?;
        }
        Ok(())
    }

    fn target(&self, node: &Node<'_>) -> String {
        match node.kind {
            NodeKind::End => if self.settings.style.unicode { "◉" } else { "end" }.to_owned(),
            _ => caption::node_caption(node, super::super::Detail::Low).title,
        }
    }

    fn line(&self, depth: usize, words: &str, out: &mut dyn Write) -> io::Result<()> {
        let room = self.settings.style.width.saturating_sub(2 * depth);
        let words = prose::truncate(&self.displayable(words), room);
        writeln!(
            out,
            "{}{}",
            "  ".repeat(depth),
            self.settings.style.paint(&words, Colorize::dimmed)
        )
    }

    /// Without the signs that a plain terminal does not have.
    fn displayable(&self, words: &str) -> String {
        if self.settings.style.unicode {
            return words.to_owned();
        }
        words.replace('×', "x").replace('·', "-").replace('…', "~")
    }
}

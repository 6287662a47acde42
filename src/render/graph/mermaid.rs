//! Mermaid flowcharts, with generated ids and quoted labels in which special characters are entities.
//!
//! Syntax: <https://mermaid.js.org/syntax/flowchart.html>. A state with clusters is a subgraph with the state's own id,
//! so that edges end at its box.

use super::caption;
use super::palette::{self, MARK_STYLES, STYLES, node_style};
use super::settings::Settings;
use crate::graph::{ClusterKind, Edge, Graph, Node, NodeIndex, NodeKind};
use crate::spec::StateType;
use std::fmt::{self};
use std::io::{self, Write};

/// Maximum line length of a subgraph's title.
const TITLE: usize = 28;
/// Line height in pixels.
const LINE_HEIGHT: usize = 24;

pub(super) fn write(graph: &Graph<'_>, settings: Settings<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut text = String::with_capacity(64 * (graph.graph.node_count() + graph.graph.edge_count()));
    let mut picture = Picture {
        graph,
        settings,
        text: &mut text,
        clusters: Vec::new(),
    };
    picture.all();
    out.write_all(text.as_bytes())
}

struct Picture<'a, 'd> {
    graph: &'a Graph<'d>,
    settings: Settings<'a>,
    text: &'a mut String,
    /// The ids of subgraphs with their classes.
    clusters: Vec<(Id, &'static str)>,
}

impl Picture<'_, '_> {
    fn all(&mut self) {
        self.margin();
        self.line(0, format_args!("flowchart {}", self.settings.direction.as_str()));
        self.cluster(0, 1);
        self.edges();
        self.styles();
        self.marks();
    }

    /// Mermaid reserves one line for a subgraph's title, and wraps it at [`TITLE`] characters.
    fn margin(&mut self) {
        let (graph, detail) = (self.graph, self.settings.detail);
        let titles = graph.nodes().filter(|(_, n)| !n.inside.is_empty());
        let lines = titles.map(|(_, n)| caption::node_caption(n, detail)).map(|c| {
            let all = std::iter::once(&c.title).chain(&c.lines);
            all.map(|l| l.chars().count().div_ceil(TITLE)).sum::<usize>()
        });
        if let Some(more) = lines.max().and_then(|n| n.checked_sub(1)).filter(|&n| n > 0) {
            self.line(
                0,
                format_args!(
                    "%%{{init: {{\"flowchart\": {{\"subGraphTitleMargin\": {{\"bottom\": {}}}}}}}}}%%",
                    LINE_HEIGHT * more
                ),
            );
        }
    }

    fn line(&mut self, depth: usize, words: std::fmt::Arguments<'_>) {
        for _ in 0..depth {
            self.text.push_str("  ");
        }
        push_fmt!(self.text, "{words}");
        self.text.push('\n');
    }

    fn cluster(&mut self, cluster: usize, depth: usize) {
        let graph = self.graph;
        for &n in &graph.clusters[cluster].nodes {
            let node = &graph.graph[n];
            let inside = node.inside.iter().any(|&c| !graph.clusters[c].nodes.is_empty());
            if inside {
                self.state_with_clusters(n, node, depth);
            } else {
                let label = label(node, self.settings);
                let (open, close) = shape(node);
                let class = node_style(node).class;
                self.line(depth, format_args!("{}{open}\"{label}\"{close}:::{class}", id(n)));
            }
        }
    }

    fn state_with_clusters(&mut self, n: NodeIndex, node: &Node<'_>, depth: usize) {
        let class = match self.graph.clusters[node.inside[0]].kind {
            ClusterKind::Distributed => "distributed",
            _ => "scope",
        };
        self.open(id(n), &label(node, self.settings), class, depth);
        for &c in &node.inside {
            match caption::cluster_label(self.graph.clusters[c].kind) {
                // Mermaid draws an empty subgraph as a node.
                Some(_) if self.graph.clusters[c].nodes.is_empty() => {}
                Some(words) if node.inside.len() > 1 => {
                    let id = Id {
                        node: n,
                        cluster: Some(c),
                    };
                    self.open(id, &escape(&words), "branch", depth + 1);
                    self.cluster(c, depth + 2);
                    self.line(depth + 1, format_args!("end"));
                }
                _ => self.cluster(c, depth + 1),
            }
        }
        self.line(depth, format_args!("end"));
    }

    fn open(&mut self, id: Id, label: &str, class: &'static str, depth: usize) {
        self.line(depth, format_args!("subgraph {id}[\"{label}\"]"));
        self.line(
            depth + 1,
            format_args!("direction {}", self.settings.direction.as_str()),
        );
        self.clusters.push((id, class));
    }

    fn edges(&mut self) {
        let graph = self.graph;
        for (from, to, edge) in graph.edges() {
            let arrow = if edge.is_catch() { "-.->" } else { "-->" };
            let (from, to) = (id(from), id(to));
            match caption::edge_label(edge, self.settings.detail) {
                Some(label) => {
                    self.line(1, format_args!("{from} {arrow}|\"{}\"| {to}", escape(&label)));
                }
                None => self.line(1, format_args!("{from} {arrow} {to}")),
            }
        }
        let ids = |is_meant: &dyn Fn(&Edge<'_>) -> bool| {
            let meant = graph.edges().enumerate().filter(|(_, (_, _, e))| is_meant(e));
            meant.map(|(i, _)| i.to_string()).collect::<Vec<_>>().join(",")
        };
        let catches = ids(&|e| e.is_catch());
        if !catches.is_empty() {
            self.line(1, format_args!("linkStyle {catches} stroke:{}", palette::CATCH));
        }
        for sign in signs(graph) {
            let marked = ids(&|e| palette::edge_mark(e) == Some(sign));
            if !marked.is_empty() {
                let style = mark_style(sign);
                self.line(1, format_args!("linkStyle {marked} {style}"));
            }
        }
    }

    fn marks(&mut self) {
        let graph = self.graph;
        for sign in signs(graph) {
            let meant = graph.nodes().filter(|(_, n)| palette::node_mark(n) == Some(sign));
            let ids: Vec<String> = meant.map(|(n, _)| id(n).to_string()).collect();
            if !ids.is_empty() {
                let style = mark_style(sign);
                self.line(1, format_args!("classDef {} {style}", sign.class));
                self.line(1, format_args!("class {} {}", ids.join(","), sign.class));
            }
        }
    }

    fn styles(&mut self) {
        let graph = self.graph;
        for look in &STYLES {
            if graph.nodes().any(|(_, n)| node_style(n).class == look.class) {
                let ink = look.light;
                self.line(
                    1,
                    format_args!(
                        "classDef {} fill:{},stroke:{},color:{}",
                        look.class, ink.fill, ink.line, ink.text
                    ),
                );
            }
        }
        // A transparent scope works on light and dark pages, with the theme's text color.
        let scopes = [
            ("scope", "stroke-width:1px"),
            ("distributed", "stroke-width:3px"),
            ("branch", "stroke-dasharray:4 4"),
        ];
        for (class, line) in scopes {
            let ids: Vec<String> = (self.clusters.iter().filter(|(_, c)| *c == class))
                .map(|(id, _)| id.to_string())
                .collect();
            if !ids.is_empty() {
                self.line(
                    1,
                    format_args!("classDef {class} fill:none,stroke:{},{line}", palette::SCOPE),
                );
                self.line(1, format_args!("class {} {class}", ids.join(",")));
            }
        }
    }
}

/// The symbols of marks that occur in the graph; empty if nothing is marked.
fn signs(graph: &Graph<'_>) -> &'static [palette::MarkStyle] {
    if graph.is_marked() { &MARK_STYLES } else { &[] }
}

fn mark_style(sign: &palette::MarkStyle) -> String {
    let mut style = format!("stroke:{}", sign.light);
    style.push_str(if sign.is_faint {
        ",opacity:0.45"
    } else {
        ",stroke-width:3px"
    });
    if sign.is_dashed {
        style.push_str(",stroke-dasharray:6 4");
    }
    style
}

/// The id of a node, or of a cluster if its state has several. It starts with a letter that cannot end an arrow (`---o`
/// and `---x` are arrows).
#[derive(Clone, Copy)]
struct Id {
    node: NodeIndex,
    cluster: Option<usize>,
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "n{}", self.node.index())?;
        match self.cluster {
            Some(cluster) => write!(f, "c{cluster}"),
            None => Ok(()),
        }
    }
}

const fn id(node: NodeIndex) -> Id {
    Id { node, cluster: None }
}

/// The brackets around a label, by the kind of node.
const fn shape(node: &Node<'_>) -> (&'static str, &'static str) {
    match node.kind {
        NodeKind::Start => ("((", "))"),
        NodeKind::End => ("(((", ")))"),
        NodeKind::Missing => ("[", "]"),
        NodeKind::State(state_type) => match state_type {
            None | Some(StateType::Task) => ("[", "]"),
            Some(StateType::Choice) => ("{", "}"),
            Some(StateType::Wait) => ("[/", "/]"),
            Some(StateType::Pass) => ("(", ")"),
            Some(StateType::Succeed) => ("([", "])"),
            Some(StateType::Fail) => ("{{", "}}"),
            Some(StateType::Parallel | StateType::Map) => ("[[", "]]"),
        },
    }
}

fn label(node: &Node<'_>, settings: Settings<'_>) -> String {
    let caption = caption::node_caption(node, settings.detail);
    if caption.title.is_empty() {
        return " ".to_owned();
    }
    let mut label = escape(&caption.title);
    for line in &caption.lines {
        label.push_str("<br/>");
        label.push_str(&escape(line));
    }
    label
}

/// Quotes text. Letters, digits, and safe punctuation are kept so that a diagram in a pull request remains readable;
/// whatever Mermaid, Markdown, or HTML could interpret becomes a numeric entity.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    let mut before = ' ';
    for c in text.chars() {
        let follows_dollar = c == '$' && before == '$';
        let opens_list = escaped.is_empty() && matches!(c, '-' | '+' | '*');
        match c {
            '"' | '#' | '&' | '<' | '>' | ';' | '`' | '%' | '\\' | '*' | '_' | '~' | '{' | '}' | '['
            | ']' | '|' | '^' => {
                push_entity(&mut escaped, c);
            }
            _ if follows_dollar || opens_list => push_entity(&mut escaped, c),
            c => escaped.push(c),
        }
        before = c;
    }
    escaped
}

fn push_entity(escaped: &mut String, c: char) {
    push_fmt!(escaped, "#{};", u32::from(c));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn special_characters_become_entities() {
        assert_eq!(escape("$.amount = 3"), "$.amount = 3");
        assert_eq!(escape("a\"b"), "a#34;b");
        assert_eq!(escape("$$.Task"), "$#36;.Task");
        assert_eq!(escape("%% x"), "#37;#37; x");
        assert_eq!(escape("- item"), "#45; item");
    }
}

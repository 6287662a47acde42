//! SVG: one drawing for light and dark pages, identical on every machine.
//!
//! Text widths come from a built-in table; `textLength` makes browsers with other fonts match it, so that no label is
//! wider than its node.

mod font;
mod shape;

use super::caption::Caption;
use super::layout::Spacing;
use super::palette::{self, MARK_STYLES, STYLES, node_style};
use super::scene::{self, Arrow, Medium, Path, Rect, Scene};
use super::settings::{Direction, Settings};
use crate::graph::{ClusterKind, Graph, Node, NodeIndex, NodeKind};
use crate::render::wrap::wrap;
use shape::n;
use std::io::{self, Write};

/// Font sizes and line heights of names, of the lines below them, and of labels.
const TITLE: (f64, f64) = (14.0, 18.0);
const LINE: (f64, f64) = (12.0, 16.0);
const LABEL: (f64, f64) = (12.0, 15.0);
/// Maximum line lengths of names, of the lines below them, and of labels.
const COLUMNS: [usize; 3] = [32, 44, 28];
/// Padding of a node's text.
const PAD: (f64, f64) = (14.0, 9.0);
/// The diameter of start and end nodes.
const DOT: f64 = 16.0;

pub(super) fn write(graph: &Graph<'_>, settings: Settings<'_>, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(picture(graph, settings).as_bytes())
}

/// Writes the whole drawing.
pub(super) fn picture(graph: &Graph<'_>, settings: Settings<'_>) -> String {
    let scene = scene::scene(graph, settings.detail, settings.direction, &Pixels);
    let mut text = String::with_capacity(700 * scene.nodes.len() + 4096);
    let mut drawing = Drawing {
        graph,
        scene: &scene,
        text: &mut text,
    };
    drawing.all();
    text
}

/// Measures text in pixels with the built-in table of widths.
pub(super) struct Pixels;

impl Medium for Pixels {
    fn node(&self, node: &Node<'_>, caption: &Caption) -> (f64, f64) {
        if matches!(node.kind, NodeKind::Start | NodeKind::End) {
            return (DOT, DOT);
        }
        let (w, h) = caption_size(caption);
        (
            (w + 2.0 * PAD.0 + shape::cut(node)).max(72.0),
            (h + 2.0 * PAD.1).max(40.0),
        )
    }

    fn title(&self, caption: &Caption) -> (f64, f64) {
        let (w, h) = caption_size(caption);
        (w, h + 6.0)
    }

    fn branch_title(&self, words: &str) -> (f64, f64) {
        (font::width(words, LINE.0, false), LINE.1)
    }

    fn label(&self, words: &str) -> (f64, f64) {
        let lines = wrap(words, COLUMNS[2]);
        let widest = lines
            .iter()
            .map(|l| font::width(l, LABEL.0, false))
            .fold(0.0, f64::max);
        #[expect(clippy::cast_precision_loss, reason = "a few lines")]
        (widest + 6.0, lines.len() as f64 * LABEL.1 + 6.0)
    }

    fn spacing(&self, direction: Direction) -> Spacing {
        Spacing {
            nodes: 40.0,
            rails: if direction == Direction::TopToBottom {
                16.0
            } else {
                14.0
            },
            layers: 22.0,
            slope: (0.12, 44.0),
            corner: 16.0,
            track: 0.0,
            head: 0.0,
            rail: 0.0,
            grid: false,
        }
    }

    fn padding(&self) -> (f64, f64) {
        (18.0, 16.0)
    }

    fn loop_reach(&self) -> f64 {
        26.0
    }

    fn row(&self) -> f64 {
        1500.0
    }
}

/// Width and height of a caption.
fn caption_size(caption: &Caption) -> (f64, f64) {
    let mut size = (0.0_f64, 0.0);
    for (line, is_title) in lines(caption) {
        let (letters, height) = if is_title { TITLE } else { LINE };
        size.0 = size.0.max(font::width(&line, letters, is_title));
        size.1 += height;
    }
    size
}

/// The wrapped lines of a caption, and whether each is part of the name.
fn lines(caption: &Caption) -> impl Iterator<Item = (String, bool)> {
    let title = wrap(&caption.title, COLUMNS[0]).into_iter().map(|l| (l, true));
    let rest = caption
        .lines
        .iter()
        .flat_map(|l| wrap(l, COLUMNS[1]))
        .map(|l| (l, false));
    title.chain(rest)
}

struct Drawing<'a, 'd> {
    graph: &'a Graph<'d>,
    scene: &'a Scene,
    text: &'a mut String,
}

impl Drawing<'_, '_> {
    fn put(&mut self, words: std::fmt::Arguments<'_>) {
        push_fmt!(self.text, "{words}");
    }

    fn all(&mut self) {
        let (w, h) = (self.scene.width.ceil(), self.scene.height.ceil());
        let states = self.graph.nodes().filter(|(_, n)| n.state.is_some()).count();
        self.put(format_args!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\" \
             role=\"img\" aria-label=\"State machine of {}\">\n",
            crate::prose::plural(states, "state"),
        ));
        self.style();
        self.put(format_args!(
            "<rect class=\"page\" width=\"{w}\" height=\"{h}\"/>\n"
        ));
        self.boxes();
        self.arrows();
        for i in 0..self.scene.nodes.len() {
            if !self.scene.nodes[i].is_box {
                self.node(NodeIndex::new(i));
            }
        }
        self.text.push_str("</svg>\n");
    }

    fn style(&mut self) {
        self.text.push_str("<style>\n");
        self.text.push_str(include_str!("svg/picture.css"));
        for look in &STYLES {
            let ink = look.light;
            self.put(format_args!(
                ".{0} .shape{{fill:{1};stroke:{2}}}.{0} text{{fill:{3}}}\n",
                look.class, ink.fill, ink.line, ink.text
            ));
        }
        let is_marked = self.graph.is_marked();
        if is_marked {
            for sign in &MARK_STYLES {
                self.mark(sign, sign.light);
            }
        }
        self.text.push_str("@media (prefers-color-scheme:dark){\n");
        self.text.push_str(include_str!("svg/dark.css"));
        for look in &STYLES {
            let ink = look.dark;
            self.put(format_args!(
                ".{0} .shape{{fill:{1};stroke:{2}}}.{0} text{{fill:{3}}}\n",
                look.class, ink.fill, ink.line, ink.text
            ));
        }
        if is_marked {
            for sign in &MARK_STYLES {
                self.mark(sign, sign.dark);
            }
        }
        self.text.push_str("}\n</style>\n");
    }

    fn mark(&mut self, sign: &palette::MarkStyle, line: &str) {
        let class = sign.class;
        if sign.is_faint {
            self.put(format_args!(".mark-{class}:not(.box){{opacity:.4}}\n"));
            return;
        }
        let dashes = if sign.is_dashed {
            ";stroke-dasharray:6 4"
        } else {
            ""
        };
        self.put(format_args!(
            ".node.mark-{class} .shape{{stroke:{line};stroke-width:3{dashes}}}\
             .edge.mark-{class} .line{{stroke:{line};stroke-width:2.5{dashes}}}\
             .edge.mark-{class} .head{{fill:{line}}}\n"
        ));
    }

    /// States with clusters, outer before inner, and their branches.
    fn boxes(&mut self) {
        for i in 0..self.scene.nodes.len() {
            let placement = &self.scene.nodes[i];
            if !placement.is_box {
                continue;
            }
            let node = &self.graph.graph[NodeIndex::new(i)];
            let is_distributed = node
                .inside
                .iter()
                .any(|&c| self.graph.clusters[c].kind == ClusterKind::Distributed);
            let class = if is_distributed { "box distributed" } else { "box" };
            self.open_node(i, class);
            let rect = placement.rect;
            self.put(format_args!(
                "<rect class=\"shape\" {} rx=\"8\"/>",
                shape::at(rect)
            ));
            if is_distributed {
                let inner = Rect {
                    x: rect.x + 4.0,
                    y: rect.y + 4.0,
                    w: rect.w - 8.0,
                    h: rect.h - 8.0,
                };
                self.put(format_args!(
                    "<rect class=\"inner\" {} rx=\"5\"/>",
                    shape::at(inner)
                ));
            }
            self.caption(&placement.caption, rect.x + rect.w / 2.0, rect.y + 12.0);
            self.text.push_str("</g>\n");
        }
        for branch in &self.scene.branches {
            self.put(format_args!(
                "<g class=\"branch\"><rect class=\"shape\" {} rx=\"6\"/>",
                shape::at(branch.rect)
            ));
            let (x, y) = (branch.rect.x + branch.rect.w / 2.0, branch.rect.y + 8.0);
            self.line(&branch.words, LINE, false, x, y);
            self.text.push_str("</g>\n");
        }
    }

    fn open_node(&mut self, i: usize, more: &str) {
        let node = &self.graph.graph[NodeIndex::new(i)];
        let caption = &self.scene.nodes[i].caption;
        let kind = node.state_type().map_or("", |t| t.as_str());
        let mut name = match node.kind {
            NodeKind::Start => "start".to_owned(),
            NodeKind::End => "end".to_owned(),
            _ => escape(&caption.title),
        };
        // A line that repeats the type adds nothing.
        let lines = caption
            .lines
            .iter()
            .map(String::as_str)
            .filter(|line| *line != kind);
        for line in std::iter::once(kind).chain(lines) {
            if !line.is_empty() {
                name.push_str(", ");
                name.push_str(&escape(line));
            }
        }
        let class = node_style(node).class;
        let sign = palette::node_mark(node).map(|sign| format!("{more} mark-{}", sign.class));
        let more = sign.as_deref().unwrap_or(more).trim_start();
        let more = if more.is_empty() {
            String::new()
        } else {
            format!(" {more}")
        };
        self.put(format_args!(
            "<g id=\"n{i}\" class=\"node {class}{more}\"><title>{name}</title>"
        ));
    }

    fn node(&mut self, n: NodeIndex) {
        let node = &self.graph.graph[n];
        let placement = &self.scene.nodes[n.index()];
        let rect = placement.rect;
        self.open_node(n.index(), "");
        self.text.push_str(&shape::outline(node, rect));
        if node.kind == NodeKind::End {
            let (x, y) = (rect.x + rect.w / 2.0, rect.y + rect.h / 2.0);
            self.put(format_args!(
                "<circle class=\"dot\" cx=\"{}\" cy=\"{}\" r=\"4\"/>",
                shape::n(x),
                shape::n(y)
            ));
        } else if node.kind != NodeKind::Start {
            let (_, height) = caption_size(&placement.caption);
            self.caption(
                &placement.caption,
                rect.x + rect.w / 2.0,
                rect.y + (rect.h - height) / 2.0,
            );
        }
        self.text.push_str("</g>\n");
    }

    /// Writes the lines of a caption, starting at its top center.
    fn caption(&mut self, caption: &Caption, x: f64, top: f64) {
        let mut y = top;
        for (line, is_title) in lines(caption) {
            let size = if is_title { TITLE } else { LINE };
            self.line(&line, size, is_title, x, y);
            y += size.1;
        }
    }

    fn line(&mut self, line: &str, (size, height): (f64, f64), bold: bool, x: f64, top: f64) {
        let width = font::width(line, size, bold);
        if line.trim().is_empty() {
            return;
        }
        let class = if bold { "name" } else { "fact" };
        // Capital letters are about 0.72 of the size high.
        let base = top + f64::midpoint(height, size * 0.72);
        self.put(format_args!(
            "<text class=\"{class}\" x=\"{}\" y=\"{}\" textLength=\"{}\" lengthAdjust=\"spacingAndGlyphs\">{}</text>",
            n(x), n(base), n(width), escape(line)
        ));
    }

    fn arrows(&mut self) {
        let graph = self.graph;
        for (i, (arrow, edge)) in self.scene.arrows.iter().zip(graph.graph.raw_edges()).enumerate() {
            let class = if edge.weight.is_catch() {
                "edge catch"
            } else {
                "edge"
            };
            let sign = palette::edge_mark(&edge.weight);
            let sign = sign.map_or_else(String::new, |sign| format!(" mark-{}", sign.class));
            self.put(format_args!("<g id=\"e{i}\" class=\"{class}{sign}\">"));
            self.arrow(arrow);
            self.text.push_str("</g>\n");
        }
    }

    fn arrow(&mut self, arrow: &Arrow) {
        let direction = self.scene.direction;
        let size = arrow.label.as_ref().map_or((0.0, 0.0), |l| Pixels.label(l));
        let along = if direction == Direction::TopToBottom {
            size.1
        } else {
            size.0
        };
        let line = shape::line(arrow, direction, along, false);
        self.put(format_args!("<path class=\"line\" d=\"{line}\"/>"));
        if let Some(head) = shape::head(arrow, direction, false) {
            self.put(format_args!("<path class=\"head\" d=\"{head}\"/>"));
        }
        let middle = match &arrow.path {
            Path::Route(route) => route.label.map(|(point, _)| point),
            Path::Loop { label, .. } => Some(*label),
        };
        if let (Some(words), Some(middle)) = (&arrow.label, middle) {
            let (x, y) = direction.page(middle);
            let mut top = y - size.1 / 2.0 + 3.0;
            for line in wrap(words, COLUMNS[2]) {
                self.line(&line, LABEL, false, x, top);
                top += LABEL.1;
            }
        }
    }
}

/// Escapes text for XML. Characters that XML cannot represent become the replacement character.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            c if c.is_control() && c != '\n' && c != '\t' => escaped.push('\u{fffd}'),
            c => escaped.push(c),
        }
    }
    escaped
}

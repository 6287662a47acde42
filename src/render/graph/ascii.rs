//! Text drawings for the terminal: boxes and lines if they fit, otherwise an indented outline.

mod canvas;
mod outline;
mod text;

use super::caption::Caption;
use super::layout::{Point, Route, Spacing};
use super::palette;
use super::scene::{self, Arrow, Medium, Path, Rect, Scene};
use super::settings::{Direction, Settings};
use crate::graph::{Graph, Node, NodeIndex, NodeKind};
use crate::render::wrap::wrap;
use crate::spec::StateType;
use canvas::{Canvas, ColorRole, columns};
use std::io::{self, Write};
use text::sign;

/// Maximum line lengths in nodes, tried in order until the drawing fits.
const WRAP: [usize; 4] = [32, 24, 18, 14];

pub(super) fn write(graph: &Graph<'_>, settings: Settings<'_>, out: &mut dyn Write) -> io::Result<()> {
    #[expect(clippy::cast_precision_loss, reason = "columns of a terminal")]
    let width = settings.style.width as f64;
    for wrap in WRAP {
        let cells = Cells {
            unicode: settings.style.unicode,
            direction: settings.direction,
            wrap,
            width,
        };
        let scene = scene::scene(graph, settings.detail, settings.direction, &cells);
        // The right margin may be cut off.
        if scene.width - cells.padding().0 <= width {
            let mut canvas = Canvas::new(*settings.style);
            Drawing {
                graph,
                scene: &scene,
                cells: &cells,
                canvas: &mut canvas,
            }
            .all();
            return canvas.write(out);
        }
    }
    outline::write(graph, settings, out)
}

fn paint(node: &Node<'_>) -> ColorRole {
    match palette::node_mark(node).map(|sign| sign.class) {
        Some("failed" | "removed" | "erroneous") => return ColorRole::Red,
        Some("added") => return ColorRole::Green,
        Some("changed" | "doubtful") => return ColorRole::Yellow,
        Some("idle") => return ColorRole::Dim,
        _ => {}
    }
    match node.kind {
        NodeKind::Start | NodeKind::End => ColorRole::Bold,
        NodeKind::Missing => ColorRole::Red,
        NodeKind::State(state_type) => match state_type {
            Some(StateType::Task) => ColorRole::Blue,
            Some(StateType::Choice) => ColorRole::Yellow,
            Some(StateType::Wait) => ColorRole::Magenta,
            Some(StateType::Succeed) => ColorRole::Green,
            Some(StateType::Fail) => ColorRole::Red,
            Some(StateType::Parallel | StateType::Map) => ColorRole::Cyan,
            None | Some(StateType::Pass) => ColorRole::Plain,
        },
    }
}

/// The cells of a terminal.
struct Cells {
    unicode: bool,
    direction: Direction,
    wrap: usize,
    width: f64,
}

impl Cells {
    fn lines(&self, caption: &Caption) -> Vec<(String, bool)> {
        let title = wrap(&caption.title, self.wrap).into_iter().map(|l| (l, true));
        let rest = (caption.lines.iter().flat_map(|l| wrap_facts(l, self.wrap))).map(|l| (l, false));
        title.chain(rest).collect()
    }

    fn size(lines: impl Iterator<Item = usize>) -> (f64, f64) {
        let (widest, count) = lines.fold((0, 0), |(widest, count), width| (width.max(widest), count + 1));
        #[expect(clippy::cast_precision_loss, reason = "columns and lines of a terminal")]
        (widest as f64, f64::from(count))
    }
}

impl Medium for Cells {
    fn node(&self, node: &Node<'_>, caption: &Caption) -> (f64, f64) {
        if matches!(node.kind, NodeKind::Start | NodeKind::End) {
            return (1.0, 1.0);
        }
        let (w, h) = self.title(caption);
        self.fit((w + columns_as(columns(sign(node, self.unicode))) + 4.0, h + 2.0))
    }

    fn title(&self, caption: &Caption) -> (f64, f64) {
        Self::size(self.lines(caption).iter().map(|(l, _)| columns(l)))
    }

    fn branch_title(&self, words: &str) -> (f64, f64) {
        // The title is part of the frame.
        (columns_as(columns(words)), 0.0)
    }

    fn label(&self, words: &str) -> (f64, f64) {
        let (w, h) = Self::size(wrap(words, self.wrap).iter().map(|l| columns(l)));
        match self.direction {
            Direction::TopToBottom => self.fit((w, h)),
            // A space at each end separates it from the line.
            Direction::LeftToRight => self.fit((w + 2.0, h)),
        }
    }

    fn spacing(&self, direction: Direction) -> Spacing {
        let down = direction == Direction::TopToBottom;
        Spacing {
            nodes: if down { 3.0 } else { 1.0 },
            rails: if down { 2.0 } else { 1.0 },
            layers: if down { 1.0 } else { 2.0 },
            slope: (0.0, 0.0),
            corner: 1.5,
            track: if down { 1.0 } else { 2.0 },
            head: if down { 1.0 } else { 2.0 },
            rail: 1.0,
            grid: true,
        }
    }

    fn padding(&self) -> (f64, f64) {
        (2.0, 1.0)
    }

    fn loop_reach(&self) -> f64 {
        2.0
    }

    fn row(&self) -> f64 {
        match self.direction {
            Direction::TopToBottom => self.width - 8.0,
            Direction::LeftToRight => 200.0,
        }
    }

    fn fit(&self, (w, h): (f64, f64)) -> (f64, f64) {
        let odd = |n: f64| if n % 2.0 == 0.0 { n + 1.0 } else { n };
        match self.direction {
            Direction::TopToBottom => (odd(w), h),
            Direction::LeftToRight => (w, odd(h)),
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "columns of a terminal")]
const fn columns_as(columns: usize) -> f64 {
    columns as f64
}

/// The cell of a coordinate.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "places are on the page"
)]
fn cell(place: f64) -> usize {
    place.max(0.0).floor() as usize
}

struct Drawing<'a, 'd> {
    graph: &'a Graph<'d>,
    scene: &'a Scene,
    cells: &'a Cells,
    canvas: &'a mut Canvas,
}

impl Drawing<'_, '_> {
    fn all(&mut self) {
        let boxes = self.scene.nodes.iter().enumerate().filter(|(_, n)| n.is_box);
        for (i, placement) in boxes {
            let node = &self.graph.graph[NodeIndex::new(i)];
            self.frame(placement.rect, false, paint(node));
        }
        for branch in &self.scene.branches {
            self.frame(branch.rect, true, ColorRole::Dim);
            self.canvas.text(
                cell(branch.rect.x) + 2,
                cell(branch.rect.y),
                &format!(" {} ", branch.words),
                ColorRole::Dim,
            );
        }
        for (i, node) in self
            .graph
            .nodes()
            .filter(|(n, _)| !self.scene.nodes[n.index()].is_box)
        {
            if !matches!(node.kind, NodeKind::Start | NodeKind::End) {
                let is_dashed = matches!(node.kind, NodeKind::Missing | NodeKind::State(None));
                self.frame(self.scene.nodes[i.index()].rect, is_dashed, paint(node));
            }
        }
        for (arrow, edge) in self.scene.arrows.iter().zip(self.graph.graph.raw_edges()) {
            let paint = match palette::edge_mark(&edge.weight).map(|sign| sign.class) {
                Some("removed") => ColorRole::Red,
                Some("added") => ColorRole::Green,
                Some("taken") => ColorRole::Blue,
                Some("idle") => ColorRole::Dim,
                _ if edge.weight.is_catch() => ColorRole::Red,
                _ => ColorRole::Plain,
            };
            self.arrow(arrow, edge.weight.is_catch(), paint);
        }
        for (i, node) in self.graph.nodes() {
            self.write_caption(i, node);
        }
    }

    fn frame(&mut self, rect: Rect, dashed: bool, paint: ColorRole) {
        self.canvas.frame(
            (cell(rect.x), cell(rect.y)),
            (cell(rect.w), cell(rect.h)),
            dashed,
            paint,
        );
    }

    fn write_caption(&mut self, n: NodeIndex, node: &Node<'_>) {
        let placement = &self.scene.nodes[n.index()];
        let (x, y) = (cell(placement.rect.x), cell(placement.rect.y));
        match node.kind {
            NodeKind::Start => return self.canvas.text(x, y, "●", ColorRole::Bold),
            NodeKind::End => return self.canvas.text(x, y, "◉", ColorRole::Bold),
            _ => {}
        }
        self.corners(node, placement.rect);
        let sign = if placement.is_box {
            ""
        } else {
            sign(node, self.cells.unicode)
        };
        for (i, (line, is_title)) in self.cells.lines(&placement.caption).into_iter().enumerate() {
            let line = if i == 0 { format!("{sign}{line}") } else { line };
            let free = cell(placement.rect.w).saturating_sub(columns(&line));
            let paint = if is_title { ColorRole::Bold } else { ColorRole::Dim };
            self.canvas.text(x + free / 2, y + 1 + i, &line, paint);
        }
    }

    /// Corners distinguish state types without color.
    fn corners(&mut self, node: &Node<'_>, rect: Rect) {
        let corners = match node.state_type() {
            Some(StateType::Choice) => ["╱", "╲", "╲", "╱"],
            Some(StateType::Pass | StateType::Succeed) => ["╭", "╮", "╰", "╯"],
            _ => return,
        };
        let (left, top) = (cell(rect.x), cell(rect.y));
        let (right, bottom) = (left + cell(rect.w) - 1, top + cell(rect.h) - 1);
        for ((x, y), corner) in [(left, top), (right, top), (left, bottom), (right, bottom)]
            .into_iter()
            .zip(corners)
        {
            self.canvas.text(x, y, corner, paint(node));
        }
    }

    fn arrow(&mut self, arrow: &Arrow, is_catch: bool, paint: ColorRole) {
        let middle = match &arrow.path {
            Path::Route(route) => {
                self.route(route, is_catch, paint);
                route.label.map(|(middle, _)| middle)
            }
            Path::Loop {
                across,
                from,
                to,
                label,
            } => {
                self.polyline(
                    &[
                        (*across - 0.5, *from),
                        (across + 1.0, *from),
                        (across + 1.0, *to),
                        (*across, *to),
                    ],
                    is_catch,
                    paint,
                );
                let head = if self.scene.direction == Direction::TopToBottom {
                    "◀"
                } else {
                    "▲"
                };
                self.put((*across, *to), head, paint);
                Some(*label)
            }
        };
        if let (Some(words), Some(middle)) = (&arrow.label, middle) {
            self.label(words, middle, paint);
        }
    }

    fn route(&mut self, route: &Route, is_catch: bool, paint: ColorRole) {
        let Some(first) = route.runs.first() else { return };
        let mut points = vec![(first.across, first.from - 0.5)];
        for (pair, &turn) in route.runs.windows(2).zip(&route.turns).take(route.own) {
            points.push((pair[0].across, turn + 0.5));
            points.push((pair[1].across, turn + 0.5));
        }
        if let Some(next) = route.runs.get(route.own) {
            // Into the rail, upward or downward.
            let inside = if next.to < next.from { -0.5 } else { 0.5 };
            points.push((next.across, next.from + inside));
            return self.polyline(&points, is_catch, paint);
        }
        let Some(last) = route.runs.last() else { return };
        points.push((last.across, last.to - 0.5));
        self.polyline(&points, is_catch, paint);
        let head = if self.scene.direction == Direction::TopToBottom {
            "▼"
        } else {
            "▶"
        };
        self.put((last.across, last.to - 0.5), head, paint);
    }

    /// Draws a rectilinear line through points given across and along.
    fn polyline(&mut self, points: &[(f64, f64)], dashed: bool, paint: ColorRole) {
        let cells: Vec<(usize, usize)> = points.iter().map(|&p| self.page(p)).collect();
        for pair in cells.windows(2) {
            self.canvas.line(pair[0], pair[1], dashed, paint);
        }
    }

    fn page(&self, (across, along): (f64, f64)) -> (usize, usize) {
        let (x, y) = self.scene.direction.page(Point { across, along });
        (cell(x), cell(y))
    }

    fn put(&mut self, place: (f64, f64), text: &str, paint: ColorRole) {
        let (x, y) = self.page(place);
        self.canvas.text(x, y, text, paint);
    }

    fn label(&mut self, words: &str, middle: Point, paint: ColorRole) {
        let lines = wrap(words, self.cells.wrap);
        let (w, h) = self.cells.label(words);
        let (x, y) = self.scene.direction.page(middle);
        let (left, top) = (cell(x - w / 2.0), cell(y - h / 2.0));
        let (w, spare) = (cell(w), cell(h) - lines.len());
        for (i, line) in lines.iter().enumerate() {
            let free = w.saturating_sub(columns(line)) / 2;
            let blank = usize::from(self.cells.direction == Direction::LeftToRight && free > 0);
            let text = format!("{0}{line}{0}", " ".repeat(blank));
            self.canvas
                .text(left + free - blank, top + spare / 2 + i, &text, paint);
        }
    }
}

/// Like [`wrap`], but breaks between facts first.
fn wrap_facts(line: &str, columns: usize) -> Vec<String> {
    if line.chars().count() <= columns {
        return vec![line.to_owned()];
    }
    line.split(" · ").flat_map(|fact| wrap(fact, columns)).collect()
}

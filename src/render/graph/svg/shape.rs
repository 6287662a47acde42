//! Outlines of nodes and lines of arrows, as path data.

use crate::graph::{Node, NodeKind};
use crate::render::graph::Direction;
use crate::render::graph::layout::{Point, Route, Run};
use crate::render::graph::scene::{Arrow, Path, Rect};
use crate::spec::StateType;

/// How far an arrow extends below or above a layer where it turns.
const DIP: f64 = 20.0;
/// Length and half width of an arrowhead.
const HEAD: (f64, f64) = (8.0, 4.0);
/// Distance between a line and the label that interrupts it.
const GAP: f64 = 1.0;

/// Additional width of a node for cut or slanted corners, both sides together.
pub(super) const fn cut(node: &Node<'_>) -> f64 {
    match node.kind {
        NodeKind::State(Some(StateType::Choice)) => 32.0,
        NodeKind::State(Some(StateType::Wait)) => 20.0,
        NodeKind::State(Some(StateType::Fail | StateType::Succeed)) => 16.0,
        _ => 0.0,
    }
}

/// A node's outline.
pub(super) fn outline(node: &Node<'_>, rect: Rect) -> String {
    let Rect { x, y, w, h } = rect;
    let cut = cut(node);
    let polygon = |corners: &[(f64, f64)]| {
        let points: Vec<String> = corners
            .iter()
            .map(|&(x, y)| format!("{},{}", n(x), n(y)))
            .collect();
        format!("<polygon class=\"shape\" points=\"{}\"/>", points.join(" "))
    };
    match node.kind {
        NodeKind::State(Some(StateType::Choice)) => {
            let c = cut / 2.0;
            let middle = y + h / 2.0;
            polygon(&[
                (x + c, y),
                (x + w - c, y),
                (x + w, middle),
                (x + w - c, y + h),
                (x + c, y + h),
                (x, middle),
            ])
        }
        NodeKind::State(Some(StateType::Wait)) => {
            let c = cut / 2.0;
            polygon(&[(x + c, y), (x + w, y), (x + w - c, y + h), (x, y + h)])
        }
        NodeKind::State(Some(StateType::Fail)) => {
            let c = 9.0;
            polygon(&[
                (x + c, y),
                (x + w - c, y),
                (x + w, y + c),
                (x + w, y + h - c),
                (x + w - c, y + h),
                (x + c, y + h),
                (x, y + h - c),
                (x, y + c),
            ])
        }
        _ => rounded(node, rect),
    }
}

fn rounded(node: &Node<'_>, rect: Rect) -> String {
    let radius = match node.kind {
        NodeKind::Start | NodeKind::End => rect.h / 2.0,
        NodeKind::State(Some(StateType::Succeed)) => (rect.h / 2.0).min(22.0),
        NodeKind::State(Some(StateType::Pass)) => 14.0,
        _ => 5.0,
    };
    format!("<rect class=\"shape\" {} rx=\"{}\"/>", at(rect), n(radius))
}

/// A rectangle's attributes.
pub(super) fn at(rect: Rect) -> String {
    let Rect { x, y, w, h } = rect;
    format!(
        "x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"",
        n(x),
        n(y),
        n(w),
        n(h)
    )
}

/// Path data of an arrow's line; with `whole`, including the shared part. `label` is the label's length along it.
pub(super) fn line(arrow: &Arrow, direction: Direction, label: f64, whole: bool) -> String {
    let mut pen = Pen {
        direction,
        data: String::new(),
    };
    match &arrow.path {
        Path::Route(route) => pen.route(route, label, whole),
        Path::Loop { across, from, to, .. } => {
            let point = |across: f64, along: f64| Point { across, along };
            let reach = 28.0;
            pen.move_to(point(*across, *from));
            pen.curve(
                point(across + reach, *from),
                point(across + reach, *to),
                point(across + HEAD.0, *to),
            );
        }
    }
    pen.data
}

/// Path data of an arrowhead; `None` for an arrow that joins another.
pub(super) fn head(arrow: &Arrow, direction: Direction, whole: bool) -> Option<String> {
    let (length, half) = HEAD;
    let corners = match &arrow.path {
        Path::Route(route) => {
            if route.own < route.runs.len() && !whole {
                return None;
            }
            let last = route.runs.last()?;
            let base = last.to - length;
            [
                (last.across, last.to),
                (last.across - half, base),
                (last.across + half, base),
            ]
        }
        Path::Loop { across, to, .. } => [
            (*across, *to),
            (across + length, to - half),
            (across + length, to + half),
        ],
    };
    let mut data = String::new();
    for (i, (across, along)) in corners.into_iter().enumerate() {
        let (x, y) = direction.page(Point { across, along });
        push_fmt!(data, "{}{} {}", if i == 0 { "M" } else { "L" }, n(x), n(y));
    }
    data.push('Z');
    Some(data)
}

struct Pen {
    direction: Direction,
    data: String,
}

impl Pen {
    fn push(&mut self, command: char, points: &[Point]) {
        self.data.push(command);
        for (i, &point) in points.iter().enumerate() {
            let (x, y) = self.direction.page(point);
            let blank = if i > 0 { " " } else { "" };
            push_fmt!(self.data, "{blank}{} {}", n(x), n(y));
        }
    }

    fn move_to(&mut self, point: Point) {
        self.push('M', &[point]);
    }

    fn line_to(&mut self, point: Point) {
        self.push('L', &[point]);
    }

    fn curve(&mut self, first: Point, second: Point, end: Point) {
        self.push('C', &[first, second, end]);
    }

    fn route(&mut self, route: &Route, label: f64, whole: bool) {
        let shown = if whole { route.runs.len() } else { route.own };
        let mut at: Option<Run> = None;
        for (i, &run) in route.runs.iter().enumerate().take(shown) {
            match at {
                None => self.move_to(start(run)),
                Some(last) => self.join(last, run, i == 1),
            }
            let mut run = run;
            if i + 1 == route.runs.len() {
                // The line ends where the arrowhead starts, so that it does not show at the tip.
                run.to -= HEAD.0;
            }
            match route.label {
                Some((words, index)) if index == i => self.interrupted(run, words, label),
                _ if run.from.total_cmp(&run.to).is_eq() => {}
                _ => self.line_to(end(run)),
            }
            at = Some(run);
        }
        if let (Some(last), Some(&next)) = (at, route.runs.get(shown)) {
            self.join(last, next, shown == 1);
        }
    }

    /// Connects the end of a run to the start of the next.
    fn join(&mut self, last: Run, next: Run, is_first: bool) {
        let (from, to) = (end(last), start(next));
        if (from.across - to.across).abs() < 0.05 {
            return self.line_to(to);
        }
        let turns = (from.along - to.along).abs() < 0.05;
        let (first, second) = if turns {
            // Out at the bottom and back up, or in from above.
            let dip = if is_first { DIP } else { -DIP };
            (from.along + dip, to.along + dip)
        } else {
            let middle = f64::midpoint(from.along, to.along);
            (middle, middle)
        };
        self.curve(
            Point {
                across: from.across,
                along: first,
            },
            Point {
                across: to.across,
                along: second,
            },
            to,
        );
    }

    /// A run with a gap for the label.
    fn interrupted(&mut self, run: Run, words: Point, label: f64) {
        let half = label / 2.0 + GAP;
        let sign = if run.to < run.from { -1.0 } else { 1.0 };
        let point = |along: f64| Point {
            across: run.across,
            along,
        };
        self.line_to(point(words.along - sign * half));
        self.move_to(point(words.along + sign * half));
        self.line_to(end(run));
    }
}

const fn start(run: Run) -> Point {
    Point {
        across: run.across,
        along: run.from,
    }
}

const fn end(run: Run) -> Point {
    Point {
        across: run.across,
        along: run.to,
    }
}

/// Formats a length with at most one decimal.
pub(super) fn n(value: f64) -> String {
    let rounded = (value * 10.0).round() / 10.0;
    // Avoids negative zero.
    format!("{}", rounded + 0.0)
}

#[cfg(test)]
mod tests {
    use super::n;

    #[test]
    fn lengths_have_at_most_one_decimal() {
        assert_eq!(
            (n(1.0), n(1.25), n(-0.01)),
            ("1".into(), "1.3".into(), "0".into())
        );
    }
}

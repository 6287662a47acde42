//! Properties of all drawings: no two elements overlap.

use super::*;
use crate::asl::lower;
use crate::document::{Syntax, read};
use crate::render::graph::svg::Pixels;
use crate::source::SourceFile;
use proptest::prelude::*;
use std::fmt::Write as _;
use std::sync::Arc;

/// A machine of states `0..count`, each with its targets: the first is `Next`, the others are those of Catches.
fn machine(count: usize, targets: &[(usize, usize)], inner: &str) -> String {
    let mut text = String::from(r#"{"StartAt":"0","States":{"#);
    for i in 0..count {
        let mut to = targets.iter().filter(|(from, _)| *from == i).map(|(_, to)| to);
        let next = to
            .next()
            .map_or(r#""End":true"#.to_owned(), |to| format!(r#""Next":"{to}""#));
        let catches: Vec<String> = to
            .map(|to| format!(r#"{{"ErrorEquals":["States.ALL"],"Next":"{to}"}}"#))
            .collect();
        let comma = if i > 0 { "," } else { "" };
        let body = if i % 5 == 3 && !inner.is_empty() {
            format!(r#""Type":"Parallel","Branches":[{inner},{inner}]"#)
        } else {
            r#""Type":"Task","Resource":"arn:aws:states:::lambda:invoke""#.to_owned()
        };
        write!(
            text,
            r#"{comma}"{i}":{{{body},{next},"Catch":[{}]}}"#,
            catches.join(",")
        )
        .unwrap();
    }
    text + "}}"
}

fn check(text: &str, direction: Direction) {
    let document = read(Arc::new(SourceFile::new("t", text)), Syntax::Json);
    let machine = lower::machine(&document.roots[0]);
    let graph = Graph::new(&machine);
    let scene = scene(&graph, Detail::Normal, direction, &Pixels);
    let labels: Vec<Rect> = scene
        .arrows
        .iter()
        .filter_map(|a| label_rect(a, direction))
        .collect();
    for cluster in &graph.clusters {
        for (i, &a) in cluster.nodes.iter().enumerate() {
            let rect = scene.nodes[a.index()].rect;
            for &b in &cluster.nodes[i + 1..] {
                assert!(
                    !overlap(rect, scene.nodes[b.index()].rect),
                    "nodes {a:?} and {b:?}: {text}"
                );
            }
            if !scene.nodes[a.index()].is_box {
                assert!(
                    labels.iter().all(|&l| !overlap(rect, l)),
                    "a label on node {a:?}: {text}"
                );
            }
            for &edge in &cluster.edges {
                assert!(
                    !crosses(&scene.arrows[edge.index()], rect, direction),
                    "{edge:?} on {a:?}: {text}"
                );
            }
        }
    }
    for (i, (from, to, _)) in graph.edges().enumerate() {
        let Path::Route(route) = &scene.arrows[i].path else {
            continue;
        };
        let (first, last) = (route.runs[0], route.runs[route.runs.len() - 1]);
        let ends = [(from, first.across, first.from), (to, last.across, last.to)];
        for (node, across, along) in ends {
            let (x, y) = direction.page(Point { across, along });
            let rect = scene.nodes[node.index()].rect;
            let touches = x >= rect.x && x <= rect.x + rect.w && y >= rect.y && y <= rect.y + rect.h;
            assert!(touches, "an arrow does not touch {node:?}: {text}");
        }
    }
    for (i, &a) in labels.iter().enumerate() {
        assert!(
            labels[i + 1..].iter().all(|&b| !overlap(a, b)),
            "two labels: {text}"
        );
    }
    let page = Rect {
        x: 0.0,
        y: 0.0,
        w: scene.width,
        h: scene.height,
    };
    let rects = scene.nodes.iter().map(|n| n.rect).chain(labels);
    assert!(rects.into_iter().all(|r| within(r, page)), "off the page: {text}");
}

fn label_rect(arrow: &Arrow, direction: Direction) -> Option<Rect> {
    let (w, h) = Pixels.label(arrow.label.as_ref()?);
    let middle = match &arrow.path {
        Path::Route(route) => route.label?.0,
        Path::Loop { label, .. } => *label,
    };
    let (x, y) = direction.page(middle);
    Some(Rect {
        x: x - w / 2.0,
        y: y - h / 2.0,
        w,
        h,
    })
}

fn overlap(a: Rect, b: Rect) -> bool {
    let slack = 0.01;
    a.x + slack < b.x + b.w && b.x + slack < a.x + a.w && a.y + slack < b.y + b.h && b.y + slack < a.y + a.h
}

fn within(a: Rect, b: Rect) -> bool {
    a.x >= b.x && a.y >= b.y && a.x + a.w <= b.x + b.w && a.y + a.h <= b.y + b.h
}

/// Whether a run of an arrow crosses a node. Sideways segments are between layers.
fn crosses(arrow: &Arrow, rect: Rect, direction: Direction) -> bool {
    let Path::Route(route) = &arrow.path else {
        return false;
    };
    route.runs.iter().any(|run| {
        let (from, to) = (run.from.min(run.to), run.from.max(run.to));
        let (x, y) = direction.page(Point {
            across: run.across,
            along: from,
        });
        let (w, h) = direction.page(Point {
            across: 0.1,
            along: to - from,
        });
        overlap(rect, Rect { x, y, w, h })
    })
}

#[test]
fn known_shapes() {
    let inner = machine(3, &[(0, 1), (0, 2), (1, 2)], "");
    for direction in [Direction::TopToBottom, Direction::LeftToRight] {
        check(&machine(1, &[(0, 0), (0, 0), (0, 0)], ""), direction);
        check(
            &machine(4, &[(0, 1), (1, 2), (2, 0), (2, 3), (2, 1), (2, 2)], ""),
            direction,
        );
        check(
            &machine(9, &[(0, 3), (3, 8), (3, 3), (8, 3), (8, 0)], &inner),
            direction,
        );
        check(r#"{"StartAt":"?","States":{}}"#, direction);
        check("{}", direction);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn any_shape(
        count in 1_usize..14,
        targets in proptest::collection::vec((0_usize..14, 0_usize..14), 0..30),
        nested: bool,
        down: bool,
    ) {
        let targets: Vec<_> = targets.into_iter().map(|(a, b)| (a % count, b % count)).collect();
        let inner = if nested { machine(4, &[(0, 1), (1, 2), (2, 1), (0, 3)], "") } else { String::new() };
        let direction = if down { Direction::TopToBottom } else { Direction::LeftToRight };
        check(&machine(count, &targets, &inner), direction);
    }
}

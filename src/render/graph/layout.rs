//! Where the nodes of one scope go, and the way of every arrow between them: a layered drawing (Sugiyama, Tagawa and
//! Toda 1981) of boxes whose sizes are given.
//!
//! Ours and not a crate's, for arrows that share a way: all that lead to one state from afar run in one rail, so that
//! fifty Catches of one handler are one line and not fifty. The drawing runs along one axis and spreads across the
//! other; whether that is down the page or to the right is the caller's to turn. Lengths are whatever unit the sizes
//! are in: pixels, or the cells of a terminal.
//!
//! No arrow crosses a node or another's label: between the nodes of a layer it runs straight along the axis, in a
//! place kept for it, and it turns only where no node lies.

mod layers;
mod order;
mod position;
mod rank;
mod route;
mod tracks;

pub(super) use route::{Route, Run};

/// A length across and along the direction of the drawing.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Size {
    pub(super) across: f64,
    pub(super) along: f64,
}

/// A point, from the corner where the drawing begins.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Point {
    pub(super) across: f64,
    pub(super) along: f64,
}

/// A node to be placed.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Body {
    pub(super) size: Size,
    /// Room that is kept at either side of it.
    pub(super) beside: f64,
}

/// An arrow to be drawn. One from a node to itself is the caller's to draw: it needs room beside the node only.
#[derive(Debug, Clone, Copy)]
pub(super) struct Link {
    pub(super) from: usize,
    pub(super) to: usize,
    /// Room for its words.
    pub(super) label: Option<Size>,
    /// Beside the main flow: what leads on from a node goes straight before this does.
    pub(super) is_lesser: bool,
}

/// What is kept free.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spacing {
    /// Between two nodes side by side.
    pub(super) nodes: f64,
    /// Between an arrow or its words and whatever is beside it.
    pub(super) rails: f64,
    /// Between a layer of nodes and the words below it, and between those and the next nodes.
    pub(super) layers: f64,
    /// How much more of that for each unit an arrow has to go sideways there, and at most how much.
    pub(super) slope: (f64, f64),
    /// From a node's corner to the first arrow.
    pub(super) corner: f64,
    /// Between two arrows that go sideways one beside the other in right angles; 0 where they need no room.
    pub(super) track: f64,
    /// Between the last of them and the nodes below.
    pub(super) head: f64,
    /// How wide an arrow is.
    pub(super) rail: f64,
    /// Whether places are counted in whole cells: then every width is odd, and every middle that of a cell.
    pub(super) grid: bool,
}

/// A finished drawing.
#[derive(Debug)]
pub(super) struct Placed {
    /// The middle of each node.
    pub(super) nodes: Vec<Point>,
    /// The way of each arrow; none for one from a node to itself.
    pub(super) routes: Vec<Option<Route>>,
    /// All of it.
    pub(super) size: Size,
}

/// Lays a scope out. The first node is the one to begin with.
pub(super) fn layout(nodes: &[Body], links: &[Link], spacing: &Spacing) -> Placed {
    let ranks = rank::ranks(nodes.len(), links);
    let mut layers = layers::Layers::of(nodes, links, &ranks, spacing.rail);
    order::order(&mut layers);
    let across = position::positions(&layers, spacing);
    route::place(nodes, links, &layers, &across, spacing)
}

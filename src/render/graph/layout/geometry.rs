//! What is given to be drawn, and lengths.

/// A length across and along the direction of the drawing.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(in crate::render::graph) struct Size {
    pub(in crate::render::graph) across: f64,
    pub(in crate::render::graph) along: f64,
}

/// A point, from the corner where the drawing begins.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(in crate::render::graph) struct Point {
    pub(in crate::render::graph) across: f64,
    pub(in crate::render::graph) along: f64,
}

/// A node to be placed.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(in crate::render::graph) struct Body {
    pub(in crate::render::graph) size: Size,
    /// Room that is kept at either side of it.
    pub(in crate::render::graph) beside: f64,
}

/// An arrow to be drawn. One from a node to itself is the caller's to draw: it needs room beside the node only.
#[derive(Debug, Clone, Copy)]
pub(in crate::render::graph) struct Link {
    pub(in crate::render::graph) from: usize,
    pub(in crate::render::graph) to: usize,
    /// Room for its words.
    pub(in crate::render::graph) label: Option<Size>,
    /// Beside the main flow: what leads on from a node goes straight before this does.
    pub(in crate::render::graph) is_lesser: bool,
}

/// What is kept free.
#[derive(Debug, Clone, Copy)]
pub(in crate::render::graph) struct Spacing {
    /// Between two nodes side by side.
    pub(in crate::render::graph) nodes: f64,
    /// Between an arrow or its words and whatever is beside it.
    pub(in crate::render::graph) rails: f64,
    /// Between a layer of nodes and the words below it, and between those and the next nodes.
    pub(in crate::render::graph) layers: f64,
    /// How much more of that for each unit an arrow has to go sideways there, and at most how much.
    pub(in crate::render::graph) slope: (f64, f64),
    /// From a node's corner to the first arrow.
    pub(in crate::render::graph) corner: f64,
    /// Between two arrows that go sideways one beside the other in right angles; 0 where they need no room.
    pub(in crate::render::graph) track: f64,
    /// Between the last of them and the nodes below.
    pub(in crate::render::graph) head: f64,
    /// How wide an arrow is.
    pub(in crate::render::graph) rail: f64,
    /// Whether places are counted in whole cells: then every width is odd, and every middle that of a cell.
    pub(in crate::render::graph) grid: bool,
}

//! Input of the layout, and lengths.

/// Lengths across and along the direction of the drawing.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(in crate::render::graph) struct Size {
    pub(in crate::render::graph) across: f64,
    pub(in crate::render::graph) along: f64,
}

/// A point, relative to the origin of the drawing.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(in crate::render::graph) struct Point {
    pub(in crate::render::graph) across: f64,
    pub(in crate::render::graph) along: f64,
}

/// A node to be placed.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(in crate::render::graph) struct Body {
    pub(in crate::render::graph) size: Size,
    /// Space reserved at each side of it.
    pub(in crate::render::graph) beside: f64,
}

/// An arrow to be drawn. The caller draws arrows from a node to itself, which need space only next to the node.
#[derive(Debug, Clone, Copy)]
pub(in crate::render::graph) struct Link {
    pub(in crate::render::graph) from: usize,
    pub(in crate::render::graph) to: usize,
    /// The size of its label.
    pub(in crate::render::graph) label: Option<Size>,
    /// Whether it is outside the main flow and yields to other arrows of its node.
    pub(in crate::render::graph) is_lesser: bool,
}

/// Minimum distances.
#[derive(Debug, Clone, Copy)]
pub(in crate::render::graph) struct Spacing {
    /// Between two nodes side by side.
    pub(in crate::render::graph) nodes: f64,
    /// Between an arrow or its label and its neighbors.
    pub(in crate::render::graph) rails: f64,
    /// Between a layer of nodes and the labels below it, and between those and the next layer.
    pub(in crate::render::graph) layers: f64,
    /// Additional distance per unit that an arrow runs sideways, and its maximum.
    pub(in crate::render::graph) slope: (f64, f64),
    /// From a node's corner to the first arrow.
    pub(in crate::render::graph) corner: f64,
    /// Between two parallel sideways segments of rectilinear arrows; 0 if they need no space.
    pub(in crate::render::graph) track: f64,
    /// Between the last of these segments and the nodes below.
    pub(in crate::render::graph) head: f64,
    /// Width of an arrow.
    pub(in crate::render::graph) rail: f64,
    /// Whether coordinates are whole cells. Then every width is odd, and every center is the center of a cell.
    pub(in crate::render::graph) grid: bool,
}

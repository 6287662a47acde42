//! Layered layout of one scope (Sugiyama, Tagawa, and Toda 1981): positions of nodes of given sizes, and routes of the
//! arrows between them.
//!
//! It is not a crate because arrows share routes: all distant arrows to one state run in one rail, so that fifty
//! catchers of one handler are one line. The drawing runs along one axis and spreads across the other; the caller maps
//! them to vertical and horizontal. Lengths are in the unit of the sizes: pixels, or
//! terminal cells.
//!
//! No arrow crosses a node or another arrow's label: between the nodes of a layer it runs straight along the axis in
//! reserved space, and it turns only between layers.

mod geometry;
mod layers;
mod order;
mod position;
mod rank;
mod route;
mod tracks;

pub(super) use geometry::{Body, Link, Point, Size, Spacing};
pub(super) use route::{Placed, Route, Run};

/// Lays out a scope. The first node is the start.
pub(super) fn layout(nodes: &[Body], links: &[Link], spacing: &Spacing) -> Placed {
    let ranks = rank::ranks(nodes.len(), links);
    let mut layers = layers::Layers::new(nodes, links, &ranks, spacing.rail);
    order::order(&mut layers);
    let across = position::positions(&layers, spacing);
    route::place(nodes, links, &layers, &across, spacing)
}

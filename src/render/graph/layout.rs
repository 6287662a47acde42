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

mod geometry;
mod layers;
mod order;
mod position;
mod rank;
mod route;
mod tracks;

pub(super) use geometry::{Body, Link, Point, Size, Spacing};
pub(super) use route::{Placed, Route, Run};

/// Lays a scope out. The first node is the one to begin with.
pub(super) fn layout(nodes: &[Body], links: &[Link], spacing: &Spacing) -> Placed {
    let ranks = rank::ranks(nodes.len(), links);
    let mut layers = layers::Layers::new(nodes, links, &ranks, spacing.rail);
    order::order(&mut layers);
    let across = position::positions(&layers, spacing);
    route::place(nodes, links, &layers, &across, spacing)
}

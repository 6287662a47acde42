//! Edge routing, and positions along the direction of the drawing.

use super::geometry::{Body, Link, Point, Size, Spacing};
use super::layers::{Kind, Layers};
use super::tracks::{self, Connector, End};

/// The result of a layout.
#[derive(Debug)]
pub(in crate::render::graph) struct Placed {
    /// The center of each node.
    pub(in crate::render::graph) nodes: Vec<Point>,
    /// The route of each arrow; `None` for one from a node to itself.
    pub(in crate::render::graph) routes: Vec<Option<Route>>,
    /// The size of the whole drawing.
    pub(in crate::render::graph) size: Size,
}

/// A straight segment along the axis, forward or backward.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::render::graph) struct Run {
    pub(in crate::render::graph) across: f64,
    pub(in crate::render::graph) from: f64,
    pub(in crate::render::graph) to: f64,
}

/// The route of an arrow: segments along the axis. Between two segments it runs sideways:
/// forward if the next segment starts further along, or in a U-turn if it starts at the same position.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::render::graph) struct Route {
    pub(in crate::render::graph) runs: Vec<Run>,
    /// The number of its own runs. The others are shared with a longer arrow, which
    /// also has the arrowhead. Equal to the number of runs if nothing is shared.
    pub(in crate::render::graph) own: usize,
    /// For each run but the last, the position along the axis at which a rectilinear line turns to the next.
    pub(in crate::render::graph) turns: Vec<f64>,
    /// The center of its label, and the run that the label interrupts.
    pub(in crate::render::graph) label: Option<(Point, usize)>,
}

/// The extent of a layer along the axis.
#[derive(Debug, Clone, Copy, Default)]
struct Band {
    from: f64,
    to: f64,
}

/// The position of an arrow in a layer that it starts in, passes, or ends in.
#[derive(Debug, Clone, Copy)]
struct Step {
    across: f64,
    layer: usize,
}

pub(super) fn place(
    nodes: &[Body],
    links: &[Link],
    layers: &Layers,
    across: &[f64],
    spacing: &Spacing,
) -> Placed {
    let outermost = |sign: f64| {
        let sides = across
            .iter()
            .zip(&layers.items)
            .map(move |(x, item)| x + sign * item.across / 2.0);
        sides.fold(f64::NAN, if sign < 0.0 { f64::min } else { f64::max })
    };
    let (first, last) = (outermost(-1.0), outermost(1.0));
    let across: Vec<f64> = across.iter().map(|x| x - first).collect();
    let mut router = Router {
        nodes,
        links,
        layers,
        across: &across,
        spacing,
        bands: Vec::new(),
    };
    let steps: Vec<Vec<Step>> = (0..links.len()).map(|i| router.steps(i)).collect();
    let tracks = router.tracks(&steps);
    router.bands = router.bands(&tracks);
    let size = Size {
        across: if nodes.is_empty() { 0.0 } else { last - first },
        along: router.bands.last().map_or(0.0, |b| b.to),
    };
    let routes = steps.iter().zip(&tracks.rows).enumerate();
    Placed {
        nodes: (0..nodes.len()).map(|i| router.middle(i)).collect(),
        routes: routes
            .map(|(i, (steps, rows))| router.route(i, steps, rows))
            .collect(),
        size,
    }
}

/// The track of each connector in its gap, and the number of tracks per gap.
struct Tracks {
    rows: Vec<Vec<usize>>,
    /// By the layer above the gap.
    counts: Vec<usize>,
}

struct Router<'a> {
    nodes: &'a [Body],
    links: &'a [Link],
    layers: &'a Layers,
    across: &'a [f64],
    spacing: &'a Spacing,
    bands: Vec<Band>,
}

impl Router<'_> {
    fn is_back(&self, i: usize) -> bool {
        let layer = |node: usize| self.layers.items[node].layer;
        layer(self.links[i].from) > layer(self.links[i].to)
    }

    /// The steps of an arrow from source to target; empty for a loop.
    fn steps(&self, i: usize) -> Vec<Step> {
        let (link, path) = (self.links[i], &self.layers.paths[i]);
        // The first and last items of a reversed arrow are only its turning points.
        let turn = usize::from(self.is_back(i));
        let passed = path
            .items
            .get(turn..path.items.len().saturating_sub(turn))
            .unwrap_or_default();
        let (Some(&first), Some(&last)) = (passed.first(), passed.last()) else {
            return Vec::new();
        };
        let step = |item: usize| Step {
            across: self.across[item],
            layer: self.layers.items[item].layer,
        };
        let port = |node: usize, towards: usize| Step {
            across: self.port(node, self.across[towards]),
            layer: self.layers.items[node].layer,
        };
        let source = std::iter::once(port(link.from, first));
        let target = std::iter::once(port(link.to, last));
        source
            .chain(passed.iter().map(|&item| step(item)))
            .chain(target)
            .collect()
    }

    /// The number of steps that an arrow does not share.
    fn own(&self, i: usize, steps: usize) -> usize {
        let path = &self.layers.paths[i];
        if path.own == path.items.len() {
            return steps;
        }
        // The source, and the items before the rail; for reversed arrows, one item is not a step.
        (path.own + 1 - usize::from(self.is_back(i))).max(1)
    }

    /// The position at which an arrow from or to `towards` meets a node's side.
    fn port(&self, node: usize, towards: f64) -> f64 {
        let room = (self.nodes[node].size.across / 2.0 - self.spacing.corner).max(0.0);
        towards.clamp(self.across[node] - room, self.across[node] + room)
    }

    /// The gap between two steps, by the layer above it, and the ends of their connector.
    fn connector(&self, i: usize, k: usize, steps: &[Step]) -> (usize, Connector) {
        let (a, b) = (steps[k], steps[k + 1]);
        let is_lesser = self.links[i].is_lesser;
        let connector = |a: End, b: End| Connector {
            ends: [a, b],
            is_lesser,
        };
        match a.layer.cmp(&b.layer) {
            std::cmp::Ordering::Less => (a.layer, connector(End::above(a.across), End::below(b.across))),
            std::cmp::Ordering::Greater => (b.layer, connector(End::below(a.across), End::above(b.across))),
            // Out at the bottom and back up, or in from above.
            std::cmp::Ordering::Equal if k == 0 => {
                (a.layer, connector(End::above(a.across), End::above(b.across)))
            }
            std::cmp::Ordering::Equal => (a.layer - 1, connector(End::below(a.across), End::below(b.across))),
        }
    }

    fn tracks(&self, all: &[Vec<Step>]) -> Tracks {
        let mut tracks = Tracks {
            rows: all
                .iter()
                .map(|steps| vec![0; steps.len().saturating_sub(1)])
                .collect(),
            counts: vec![0; self.layers.rows.len()],
        };
        if self.spacing.track == 0.0 {
            return tracks;
        }
        let mut gaps: Vec<Vec<(Connector, usize, usize)>> = vec![Vec::new(); self.layers.rows.len()];
        for (i, steps) in all.iter().enumerate() {
            let own = self.own(i, steps.len());
            for k in 0..own.min(steps.len().saturating_sub(1)) {
                let (gap, connector) = self.connector(i, k, steps);
                gaps[gap].push((connector, i, k));
            }
        }
        for (gap, connectors) in gaps.iter().enumerate() {
            let ends: Vec<Connector> = connectors.iter().map(|c| c.0).collect();
            let rows = tracks::rows(&ends);
            for (&(connector, i, k), &row) in connectors.iter().zip(&rows) {
                tracks.rows[i][k] = row;
                if !connector.is_straight() {
                    tracks.counts[gap] = tracks.counts[gap].max(row + 1);
                }
            }
        }
        tracks
    }

    /// Stacks the layers, with more distance where arrows run far sideways or need many tracks.
    fn bands(&self, tracks: &Tracks) -> Vec<Band> {
        let layers = self.layers;
        let mut bands = Vec::with_capacity(layers.rows.len());
        let mut at = 0.0;
        for (i, layer) in layers.rows.iter().enumerate() {
            let is_outside = |i: usize| layers.rows[i].is_empty() && (i == 0 || i + 1 == layers.rows.len());
            if i > 0 && !is_outside(i - 1) && !is_outside(i) {
                at += self.gap(i, layer, tracks.counts[i - 1]);
            }
            let height = layer.iter().map(|&item| match layers.items[item].kind {
                Kind::Node(n) => self.nodes[n].size.along,
                Kind::Label(l) => self.links[l].label.map_or(0.0, |s| s.along),
                Kind::Rail => 0.0,
            });
            let height = height.fold(0.0, f64::max);
            bands.push(Band {
                from: at,
                to: at + height,
            });
            at += height;
        }
        bands
    }

    /// The distance between a layer and the one above it.
    fn gap(&self, i: usize, layer: &[usize], tracks: usize) -> f64 {
        let far = |&item: &usize| {
            let near = self.layers.above[item].iter();
            near.map(|&a| (self.across[a] - self.across[item]).abs())
                .fold(0.0, f64::max)
        };
        let furthest = layer.iter().map(far).fold(0.0, f64::max);
        let slope = (furthest * self.spacing.slope.0)
            .min(self.spacing.slope.1)
            .floor();
        let head = if i % 2 == 1 { self.spacing.head } else { 0.0 };
        #[expect(clippy::cast_precision_loss, reason = "fewer tracks than arrows")]
        let tracks = tracks as f64 * self.spacing.track;
        self.spacing.layers.max(tracks + head) + slope
    }

    fn middle(&self, node: usize) -> Point {
        let band = self.bands[self.layers.items[node].layer];
        let half = self.nodes[node].size.along / 2.0;
        let before = (band.to - band.from) / 2.0 - half;
        let before = if self.spacing.grid { before.floor() } else { before };
        Point {
            across: self.across[node],
            along: band.from + before + half,
        }
    }

    fn route(&self, i: usize, steps: &[Step], rows: &[usize]) -> Option<Route> {
        let last = steps.len().checked_sub(1)?;
        let link = self.links[i];
        let is_back = self.is_back(i);
        let side =
            |node: usize, sign: f64| self.middle(node).along + sign * self.nodes[node].size.along / 2.0;
        let run = |(k, step): (usize, &Step)| {
            let band = self.bands[step.layer];
            let (from, to) = match k {
                0 => (side(link.from, 1.0), band.to),
                _ if k == last => (band.from, side(link.to, -1.0)),
                _ if is_back => (band.to, band.from),
                _ => (band.from, band.to),
            };
            Run {
                across: step.across,
                from,
                to,
            }
        };
        #[expect(clippy::cast_precision_loss, reason = "fewer tracks than arrows")]
        let turn = |(k, &row): (usize, &usize)| {
            let (gap, _) = self.connector(i, k, steps);
            self.bands[gap].to + row as f64 * self.spacing.track
        };
        let path = &self.layers.paths[i];
        let label = path
            .items
            .iter()
            .position(|&item| self.layers.items[item].kind == Kind::Label(i));
        let label = label.map(|n| {
            let item = path.items[n];
            let band = self.bands[self.layers.items[item].layer];
            let middle = Point {
                across: self.across[item],
                along: f64::midpoint(band.from, band.to),
            };
            (middle, n + 1 - usize::from(is_back))
        });
        Some(Route {
            runs: steps.iter().enumerate().map(run).collect(),
            own: self.own(i, steps.len()),
            turns: rows.iter().enumerate().map(turn).collect(),
            label,
        })
    }
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "the same sum gives the same bits")]
mod tests {
    use crate::render::graph::layout::{Body, Link, Placed, Size, Spacing, layout};

    const SPACING: Spacing = Spacing {
        nodes: 30.0,
        rails: 12.0,
        layers: 16.0,
        slope: (0.1, 30.0),
        corner: 8.0,
        track: 0.0,
        head: 0.0,
        rail: 0.0,
        grid: false,
    };

    const NODE: Size = Size {
        across: 100.0,
        along: 40.0,
    };

    fn place(nodes: usize, links: &[(usize, usize, bool)]) -> Placed {
        let links: Vec<Link> = links
            .iter()
            .map(|&(from, to, named)| Link {
                from,
                to,
                label: named.then_some(Size {
                    across: 50.0,
                    along: 14.0,
                }),
                is_lesser: false,
            })
            .collect();
        layout(
            &vec![
                Body {
                    size: NODE,
                    beside: 0.0
                };
                nodes
            ],
            &links,
            &SPACING,
        )
    }

    #[test]
    fn chains_are_straight() {
        let placed = place(3, &[(0, 1, false), (1, 2, true)]);
        assert!(
            placed
                .nodes
                .windows(2)
                .all(|n| n[0].across == n[1].across && n[0].along < n[1].along)
        );
        let runs = &placed.routes[1].as_ref().unwrap().runs;
        assert!(
            runs.iter()
                .all(|r| r.across == placed.nodes[0].across && r.from <= r.to)
        );
    }

    #[test]
    fn reversed_arrows_run_beside_the_nodes() {
        let placed = place(3, &[(0, 1, false), (1, 2, false), (2, 1, true)]);
        let back = placed.routes[2].as_ref().unwrap();
        let (first, last) = (back.runs[0], back.runs[back.runs.len() - 1]);
        assert!(
            first.from <= first.to && last.from <= last.to,
            "out at the bottom, in at the top"
        );
        let beside = &back.runs[1..back.runs.len() - 1];
        assert!(
            beside
                .iter()
                .all(|r| r.from >= r.to && (r.across - placed.nodes[1].across).abs() > 50.0)
        );
    }

    #[test]
    fn arrows_to_one_node_share_a_rail() {
        let placed = place(
            5,
            &[
                (0, 1, false),
                (1, 2, false),
                (2, 3, false),
                (3, 4, false),
                (0, 4, true),
                (1, 4, true),
            ],
        );
        let far = placed.routes[4].as_ref().unwrap();
        let near = placed.routes[5].as_ref().unwrap();
        assert_eq!(far.own, far.runs.len());
        assert!(near.own < near.runs.len());
        assert_eq!(
            near.runs[near.own..],
            far.runs[far.runs.len() - (near.runs.len() - near.own)..]
        );
    }

    #[test]
    fn empty_scopes_and_single_nodes_are_laid_out() {
        assert_eq!(place(0, &[]).size, Size::default());
        let one = place(1, &[(0, 0, false)]);
        assert_eq!(
            one.size,
            Size {
                across: 100.0,
                along: 40.0
            }
        );
        assert!(one.routes[0].is_none());
    }
}

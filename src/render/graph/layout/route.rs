//! From places across to places on the page, and the way of each arrow.

use super::layers::{Kind, Layers};
use super::{Link, Placed, Point, Size, Spacing};

/// Straight along the axis, from one place to another; forwards or back.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::render::graph) struct Run {
    pub(in crate::render::graph) across: f64,
    pub(in crate::render::graph) from: f64,
    pub(in crate::render::graph) to: f64,
}

/// The way of an arrow: runs along the axis. Between the end of one and the beginning of the next it goes sideways:
/// onwards where the next begins further along, and in a turn where it begins at the same height.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::render::graph) struct Route {
    pub(in crate::render::graph) runs: Vec<Run>,
    /// How many of the runs are its own; the others it shares with an arrow that comes from further off, and that
    /// also has the arrowhead. Equal to the number of runs where nothing is shared.
    pub(in crate::render::graph) own: usize,
    /// The middle of its words, and which run they interrupt.
    pub(in crate::render::graph) label: Option<(Point, usize)>,
}

/// Where a layer begins and ends along the axis.
#[derive(Debug, Clone, Copy, Default)]
struct Band {
    from: f64,
    to: f64,
}

pub(super) fn place(
    nodes: &[Size],
    links: &[Link],
    layers: &Layers,
    across: &[f64],
    spacing: &Spacing,
) -> Placed {
    let edge = |sign: f64| {
        let sides = across
            .iter()
            .zip(&layers.items)
            .map(move |(x, item)| x + sign * item.across / 2.0);
        sides.fold(f64::NAN, if sign < 0.0 { f64::min } else { f64::max })
    };
    let (first, last) = (edge(-1.0), edge(1.0));
    let across: Vec<f64> = across.iter().map(|x| x - first).collect();
    let bands = bands(nodes, links, layers, &across, spacing);
    let middles: Vec<Point> = (0..nodes.len())
        .map(|i| {
            let band = bands[layers.items[i].layer];
            Point {
                across: across[i],
                along: f64::midpoint(band.from, band.to),
            }
        })
        .collect();
    let way = Router {
        nodes,
        layers,
        across: &across,
        bands: &bands,
        middles: &middles,
        spacing,
    };
    let routes = links
        .iter()
        .enumerate()
        .map(|(i, link)| (link.from != link.to).then(|| way.route(i, *link)))
        .collect();
    let size = Size {
        across: if nodes.is_empty() { 0.0 } else { last - first },
        along: bands.last().map_or(0.0, |b| b.to),
    };
    Placed {
        nodes: middles,
        routes,
        size,
    }
}

/// Layers one below the other, further apart where arrows have far to go sideways.
fn bands(nodes: &[Size], links: &[Link], layers: &Layers, across: &[f64], spacing: &Spacing) -> Vec<Band> {
    let mut bands = Vec::with_capacity(layers.rows.len());
    let mut at = 0.0;
    for (i, layer) in layers.rows.iter().enumerate() {
        if i > 0 && !(layer.is_empty() && i + 1 == layers.rows.len()) {
            let sideways = |&item: &usize| {
                let far = layers.above[item]
                    .iter()
                    .map(|&a| (across[a] - across[item]).abs());
                far.fold(0.0, f64::max)
            };
            let furthest = layer.iter().map(sideways).fold(0.0, f64::max);
            let is_first = layers.rows[i - 1].is_empty();
            let gap = spacing.layers + (furthest * spacing.slope.0).min(spacing.slope.1).floor();
            at += if is_first { 0.0 } else { gap };
        }
        let height = layer.iter().map(|&item| match layers.items[item].kind {
            Kind::Node(n) => nodes[n].along,
            Kind::Label(l) => links[l].label.map_or(0.0, |s| s.along),
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

struct Router<'a> {
    nodes: &'a [Size],
    layers: &'a Layers,
    across: &'a [f64],
    bands: &'a [Band],
    middles: &'a [Point],
    spacing: &'a Spacing,
}

impl Router<'_> {
    fn route(&self, i: usize, link: Link) -> Route {
        let way = &self.layers.ways[i];
        let is_back = self.layers.items[link.from].layer > self.layers.items[link.to].layer;
        // Leading back, the first and the last item are only where the arrow turns.
        let passed = if is_back {
            &way.items[1..way.items.len() - 1]
        } else {
            &way.items[..]
        };
        let mut runs = Vec::with_capacity(passed.len() + 2);
        let mut label = None;
        let start = self.port(link.from, self.across[passed[0]]);
        let source = self.bands[self.layers.items[link.from].layer];
        let bottom = self.middles[link.from].along + self.nodes[link.from].along / 2.0;
        runs.push(Run {
            across: start,
            from: bottom,
            to: source.to,
        });
        for &item in passed {
            let band = self.bands[self.layers.items[item].layer];
            if self.layers.items[item].kind == Kind::Label(i) {
                let along = f64::midpoint(band.from, band.to);
                label = Some((
                    Point {
                        across: self.across[item],
                        along,
                    },
                    runs.len(),
                ));
            }
            let (from, to) = if is_back {
                (band.to, band.from)
            } else {
                (band.from, band.to)
            };
            runs.push(Run {
                across: self.across[item],
                from,
                to,
            });
        }
        let end = self.port(link.to, self.across[passed[passed.len() - 1]]);
        let target = self.bands[self.layers.items[link.to].layer];
        let top = self.middles[link.to].along - self.nodes[link.to].along / 2.0;
        runs.push(Run {
            across: end,
            from: target.from,
            to: top,
        });
        let own = if way.own == way.items.len() {
            runs.len()
        } else {
            // The source's own run, and those before the rail; leading back, one item was no run.
            (way.own + 1 - usize::from(is_back)).max(1)
        };
        Route { runs, own, label }
    }

    /// Where an arrow that comes from or goes to `towards` meets a node's side.
    fn port(&self, node: usize, towards: f64) -> f64 {
        let middle = self.middles[node].across;
        let room = (self.nodes[node].across / 2.0 - self.spacing.corner).max(0.0);
        towards.clamp(middle - room, middle + room)
    }
}

#[cfg(test)]
mod tests {
    use crate::render::graph::layout::{Link, Placed, Size, Spacing, layout};

    const SPACING: Spacing = Spacing {
        nodes: 30.0,
        rails: 12.0,
        layers: 16.0,
        slope: (0.1, 30.0),
        corner: 8.0,
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
                Size {
                    across: 100.0,
                    along: 40.0
                };
                nodes
            ],
            &links,
            &SPACING,
        )
    }

    #[test]
    fn a_chain_runs_straight() {
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
    fn a_loop_goes_back_beside_the_nodes() {
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
    fn nothing_and_one_node_are_drawings_too() {
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

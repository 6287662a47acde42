//! Layout of a whole graph: every scope inside the box of its state, in the units of the output medium.

use super::caption::{self, Caption};
use super::layout::{self, Body, Link, Placed, Point, Route, Size, Spacing};
use super::settings::{Detail, Direction};
use crate::graph::{ClusterKind, EdgeIndex, Graph, Node, NodeIndex};

/// The measurements of an output medium (pixels or terminal cells).
pub(super) trait Medium {
    /// Width and height of a node without clusters.
    fn node(&self, node: &Node<'_>, caption: &Caption) -> (f64, f64);
    /// Width and height of a box's title.
    fn title(&self, caption: &Caption) -> (f64, f64);
    /// Width and height of a branch's title.
    fn branch_title(&self, words: &str) -> (f64, f64);
    /// Width and height of an arrow's label.
    fn label(&self, words: &str) -> (f64, f64);
    /// Distances between nodes and arrows.
    fn spacing(&self, direction: Direction) -> Spacing;
    /// Padding of a box: left and right, and top and bottom.
    fn padding(&self) -> (f64, f64);
    /// How far a loop extends from its node.
    fn loop_reach(&self) -> f64;
    /// The width after which branches wrap to another row.
    fn row(&self) -> f64;
    /// Rounds the width and height of a box to what the medium can draw.
    fn fit(&self, size: (f64, f64)) -> (f64, f64) {
        size
    }
}

/// A rectangle on the page.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Rect {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) w: f64,
    pub(super) h: f64,
}

/// A node on the page.
#[derive(Debug)]
pub(super) struct Placement {
    pub(super) rect: Rect,
    pub(super) caption: Caption,
    /// Whether clusters are drawn inside it.
    pub(super) is_box: bool,
}

/// A branch of a Parallel that has several.
#[derive(Debug)]
pub(super) struct Branch {
    pub(super) rect: Rect,
    pub(super) words: String,
}

/// The path of an arrow.
#[derive(Debug)]
pub(super) enum Path {
    /// From node to node; see [`Route`].
    Route(Route),
    /// A loop: out of the node's far side and back, between two positions along it.
    Loop {
        /// The node's far side.
        across: f64,
        from: f64,
        to: f64,
        /// The center of its label.
        label: Point,
    },
}

/// An arrow on the page, in lengths across and along the direction of the drawing.
#[derive(Debug)]
pub(super) struct Arrow {
    pub(super) path: Path,
    pub(super) label: Option<String>,
}

/// The whole drawing.
#[derive(Debug)]
pub(super) struct Scene {
    pub(super) direction: Direction,
    pub(super) width: f64,
    pub(super) height: f64,
    /// By node index.
    pub(super) nodes: Vec<Placement>,
    pub(super) branches: Vec<Branch>,
    /// By edge index.
    pub(super) arrows: Vec<Arrow>,
}

impl Direction {
    /// A width and a height as lengths across and along.
    const fn size(self, (w, h): (f64, f64)) -> Size {
        match self {
            Self::TopToBottom => Size { across: w, along: h },
            Self::LeftToRight => Size { across: h, along: w },
        }
    }

    /// A point's x and y.
    pub(super) const fn page(self, point: Point) -> (f64, f64) {
        match self {
            Self::TopToBottom => (point.across, point.along),
            Self::LeftToRight => (point.along, point.across),
        }
    }

    const fn point(self, (x, y): (f64, f64)) -> Point {
        match self {
            Self::TopToBottom => Point { across: x, along: y },
            Self::LeftToRight => Point { across: y, along: x },
        }
    }
}

/// Lays out a graph.
pub(super) fn scene(graph: &Graph<'_>, detail: Detail, direction: Direction, medium: &dyn Medium) -> Scene {
    let captions: Vec<Caption> = graph
        .nodes()
        .map(|(_, n)| caption::node_caption(n, detail))
        .collect();
    let labels: Vec<Option<String>> = graph
        .edges()
        .map(|(_, _, e)| caption::edge_label(e, detail))
        .collect();
    let mut local = vec![0; captions.len()];
    for cluster in &graph.clusters {
        cluster
            .nodes
            .iter()
            .enumerate()
            .for_each(|(i, n)| local[n.index()] = i);
    }
    let mut composer = Composer {
        graph,
        direction,
        medium,
        captions: &captions,
        labels: &labels,
        sizes: vec![(0.0, 0.0); captions.len()],
        local,
        scopes: Vec::new(),
        frames: vec![Size::default(); graph.clusters.len()],
        offsets: vec![(0.0, 0.0); graph.clusters.len()],
    };
    composer.measure();
    composer.compose()
}

struct Composer<'a, 'd> {
    graph: &'a Graph<'d>,
    direction: Direction,
    medium: &'a dyn Medium,
    captions: &'a [Caption],
    labels: &'a [Option<String>],
    /// The width and height of each node.
    sizes: Vec<(f64, f64)>,
    /// The position of each node in its cluster.
    local: Vec<usize>,
    /// The layout of each cluster, last cluster first.
    scopes: Vec<Placed>,
    /// The size of each cluster within the box of its state, and its origin there.
    frames: Vec<Size>,
    offsets: Vec<(f64, f64)>,
}

/// The space that loops need next to their node.
#[derive(Default)]
struct Loops {
    edges: Vec<(EdgeIndex, Size)>,
    reach: f64,
}

impl Composer<'_, '_> {
    /// Processes scopes from the inside out: inner clusters have higher indexes.
    fn measure(&mut self) {
        for cluster in (0..self.graph.clusters.len()).rev() {
            for &n in &self.graph.clusters[cluster].nodes {
                self.sizes[n.index()] = if self.is_box(n) {
                    self.arrange(n)
                } else {
                    self.medium.node(&self.graph.graph[n], &self.captions[n.index()])
                };
            }
            let placed = self.lay_out(cluster);
            self.scopes.push(placed);
        }
    }

    fn is_box(&self, n: NodeIndex) -> bool {
        let inside = &self.graph.graph[n].inside;
        inside.iter().any(|&c| !self.graph.clusters[c].nodes.is_empty())
    }

    fn scope(&self, cluster: usize) -> &Placed {
        &self.scopes[self.graph.clusters.len() - 1 - cluster]
    }

    fn scope_size(&self, cluster: usize) -> (f64, f64) {
        let size = self.scope(cluster).size;
        self.direction.page(Point {
            across: size.across,
            along: size.along,
        })
    }

    /// Places the clusters of a state side by side, in several rows of about the same
    /// length if there are many.
    fn arrange(&mut self, n: NodeIndex) -> (f64, f64) {
        let (pad_x, pad_y) = self.medium.padding();
        let (title_w, title_h) = self.medium.title(&self.captions[n.index()]);
        let inside = &self.graph.graph[n].inside;
        for &cluster in inside {
            self.frames[cluster] = self.direction.size(self.cluster_size(cluster));
        }
        let all: f64 = inside.iter().map(|&c| self.frames[c].across + pad_x).sum();
        let row = all / (all / self.medium.row()).ceil().max(1.0);
        let (mut along, mut widest) = (0.0, 0.0_f64);
        let mut rest = inside.as_slice();
        while !rest.is_empty() {
            let mut across = 0.0;
            let mut count = 0;
            for &cluster in rest {
                let more = self.frames[cluster].across;
                // The cluster that fills the row belongs to it.
                if count > 0 && across + more / 2.0 > row {
                    break;
                }
                self.offsets[cluster] = self.direction.page(Point { across, along });
                across += more + pad_x;
                count += 1;
            }
            let (line, after) = rest.split_at(count);
            let height = line.iter().map(|&c| self.frames[c].along).fold(0.0, f64::max);
            for &cluster in line {
                self.frames[cluster].along = height;
            }
            along += height + pad_y;
            widest = widest.max(across - pad_x);
            rest = after;
        }
        let (content_w, content_h) = self.direction.page(Point {
            across: widest,
            along: along - pad_y,
        });
        let width = content_w.max(title_w);
        // Content that is narrower than the title is centered.
        let shift = ((width - content_w) / 2.0).floor();
        for &cluster in inside {
            let (dx, dy) = self.offsets[cluster];
            self.offsets[cluster] = (dx + pad_x + shift, dy + pad_y + title_h);
        }
        self.medium
            .fit((width + 2.0 * pad_x, content_h + 2.0 * pad_y + title_h))
    }

    /// A branch has its own frame; an item processor uses the frame of its state.
    fn cluster_size(&self, cluster: usize) -> (f64, f64) {
        let (w, h) = self.scope_size(cluster);
        let Some(words) = self.branch_words(cluster) else {
            return (w, h);
        };
        let (pad_x, pad_y) = self.medium.padding();
        let (title_w, title_h) = self.medium.branch_title(&words);
        self.medium
            .fit((w.max(title_w) + 2.0 * pad_x, h + 2.0 * pad_y + title_h))
    }

    fn branch_words(&self, cluster: usize) -> Option<String> {
        let cluster = &self.graph.clusters[cluster];
        let siblings = self.graph.graph[cluster.owner?].inside.len();
        caption::cluster_label(cluster.kind)
            .filter(|_| siblings > 1 && matches!(cluster.kind, ClusterKind::Branch(_)))
    }

    fn label_size(&self, edge: EdgeIndex) -> Option<Size> {
        let words = self.labels[edge.index()].as_ref()?;
        Some(self.direction.size(self.medium.label(words)))
    }

    /// The loops of a node in a cluster.
    fn loops(&self, n: NodeIndex) -> Loops {
        let mut loops = Loops::default();
        let edges = self.graph.graph.edges_connecting(n, n);
        let mut ids: Vec<EdgeIndex> = edges.map(|e| petgraph::visit::EdgeRef::id(&e)).collect();
        ids.sort();
        for id in ids {
            let size = self.label_size(id).unwrap_or_default();
            loops.reach = loops.reach.max(self.medium.loop_reach() + size.across);
            loops.edges.push((id, size));
        }
        loops
    }

    /// Space along a node for its loops, side by side.
    fn loops_along(&self, loops: &Loops) -> f64 {
        let reach = self.medium.loop_reach();
        loops
            .edges
            .iter()
            .map(|(_, size)| size.along.max(reach) + reach / 2.0)
            .sum()
    }

    fn lay_out(&mut self, cluster: usize) -> Placed {
        let scope = &self.graph.clusters[cluster];
        let mut nodes = Vec::with_capacity(scope.nodes.len());
        for &n in &scope.nodes {
            let mut size = self.direction.size(self.sizes[n.index()]);
            let loops = self.loops(n);
            if !loops.edges.is_empty() {
                size.along = size.along.max(self.loops_along(&loops));
                self.sizes[n.index()] = self.direction.page(Point {
                    across: size.across,
                    along: size.along,
                });
            }
            // Loops need space on one side only, but the node remains centered.
            nodes.push(Body {
                size,
                beside: loops.reach,
            });
        }
        let link = |&e: &EdgeIndex| {
            let (from, to) = self.graph.graph.edge_endpoints(e).unwrap_or_default();
            Link {
                from: self.local[from.index()],
                to: self.local[to.index()],
                label: self.label_size(e),
                is_lesser: self.graph.graph[e].is_catch(),
            }
        };
        let links: Vec<Link> = scope.edges.iter().map(link).collect();
        layout::layout(&nodes, &links, &self.medium.spacing(self.direction))
    }

    /// Processes scopes from the outside in: the origin of each depends on the position of its enclosing box.
    fn compose(mut self) -> Scene {
        let (pad_x, pad_y) = self.medium.padding();
        let mut origins = vec![(0.0, 0.0); self.graph.clusters.len()];
        origins[0] = (pad_x, pad_y);
        let mut rects = vec![Rect::default(); self.sizes.len()];
        let mut branches = Vec::new();
        // Each arrow belongs to a cluster, whose layout contains its route.
        let nowhere = || Path::Loop {
            across: 0.0,
            from: 0.0,
            to: 0.0,
            label: Point::default(),
        };
        let mut paths: Vec<Path> = self.labels.iter().map(|_| nowhere()).collect();
        for cluster in 0..self.graph.clusters.len() {
            let mut origin = origins[cluster];
            if let Some(words) = self.branch_words(cluster) {
                let frame = self.frames[cluster];
                let (w, h) = self.direction.page(Point {
                    across: frame.across,
                    along: frame.along,
                });
                branches.push(Branch {
                    rect: Rect {
                        x: origin.0,
                        y: origin.1,
                        w,
                        h,
                    },
                    words: words.clone(),
                });
                let (title_w, title_h) = self.medium.branch_title(&words);
                let spare = (title_w - self.scope_size(cluster).0).max(0.0) / 2.0;
                origin = (origin.0 + pad_x + spare.floor(), origin.1 + pad_y + title_h);
            }
            let begin = self.direction.point(origin);
            let scope = &self.graph.clusters[cluster];
            for (i, &n) in scope.nodes.iter().enumerate() {
                let middle = self.scope(cluster).nodes[i];
                let (x, y) = self.direction.page(Point {
                    across: begin.across + middle.across,
                    along: begin.along + middle.along,
                });
                let (w, h) = self.sizes[n.index()];
                let rect = Rect {
                    x: x - w / 2.0,
                    y: y - h / 2.0,
                    w,
                    h,
                };
                rects[n.index()] = rect;
                for &inner in &self.graph.graph[n].inside {
                    let (dx, dy) = self.offsets[inner];
                    origins[inner] = (rect.x + dx, rect.y + dy);
                }
                self.add_loops(n, rect, &mut paths);
            }
            let routes = &mut self.scopes[self.graph.clusters.len() - 1 - cluster].routes;
            for (route, &e) in routes.iter_mut().zip(&scope.edges) {
                if let Some(route) = route.take() {
                    paths[e.index()] = Path::Route(moved(route, begin));
                }
            }
        }
        let (w, h) = self.scope_size(0);
        let arrow = |(path, label): (Path, &Option<String>)| Arrow {
            path,
            label: label.clone(),
        };
        Scene {
            direction: self.direction,
            width: w + 2.0 * pad_x,
            height: h + 2.0 * pad_y,
            arrows: paths.into_iter().zip(self.labels).map(arrow).collect(),
            nodes: (rects.into_iter().zip(self.captions).enumerate())
                .map(|(i, (rect, caption))| Placement {
                    rect,
                    caption: caption.clone(),
                    is_box: self.is_box(NodeIndex::new(i)),
                })
                .collect(),
            branches,
        }
    }

    fn add_loops(&self, n: NodeIndex, rect: Rect, paths: &mut [Path]) {
        let loops = self.loops(n);
        let corner = self.direction.point((rect.x, rect.y));
        let size = self.direction.size((rect.w, rect.h));
        let reach = self.medium.loop_reach();
        let spare = (size.along - self.loops_along(&loops)) / 2.0;
        let mut at = corner.along + spare;
        for (id, label) in &loops.edges {
            let room = label.along.max(reach) + reach / 2.0;
            let across = corner.across + size.across;
            paths[id.index()] = Path::Loop {
                across,
                from: at + reach / 4.0,
                to: at + room - reach / 4.0,
                label: Point {
                    across: across + reach + label.across / 2.0,
                    along: at + room / 2.0,
                },
            };
            at += room;
        }
    }
}

fn moved(mut route: Route, by: Point) -> Route {
    for run in &mut route.runs {
        run.across += by.across;
        run.from += by.along;
        run.to += by.along;
    }
    route.turns.iter_mut().for_each(|turn| *turn += by.along);
    if let Some((label, _)) = &mut route.label {
        label.across += by.across;
        label.along += by.along;
    }
    route
}

#[cfg(test)]
mod tests;

//! Nodes, words and rails in layers, so that every arrow goes from one layer to the next.
//!
//! A node of rank r is in layer 2r + 1. The even layers between the nodes contain labels and rails.

use super::geometry::{Body, Link};
use super::rank::Ranks;
use std::collections::HashMap;

/// What takes room in a layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A node, by index.
    Node(usize),
    /// The words of an arrow, by the arrow's index; the arrow runs through them.
    Label(usize),
    /// An arrow, or several that share their path.
    Rail,
}

/// An item in a layer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Item {
    pub(super) kind: Kind,
    pub(super) layer: usize,
    /// Its width across.
    pub(super) across: f64,
    /// The first arrow that passes here; for a node, the number of arrows.
    pub(super) arrow: usize,
    /// Whether only lesser or reversed arrows pass here.
    pub(super) is_lesser: bool,
}

/// The path of an arrow: the items between its two nodes, and where the part shared with another arrow starts.
#[derive(Debug, Default, Clone)]
pub(super) struct ArrowPath {
    /// From source to target.
    pub(super) items: Vec<usize>,
    /// The number of items before the part that is shared with a longer arrow.
    pub(super) own: usize,
}

/// All layers of a scope.
#[derive(Debug)]
pub(super) struct Layers {
    /// Nodes first, by index.
    pub(super) items: Vec<Item>,
    /// The items of each layer, in order.
    pub(super) rows: Vec<Vec<usize>>,
    /// For each item, its neighbors in the layer above and in the layer below.
    pub(super) above: Vec<Vec<usize>>,
    pub(super) below: Vec<Vec<usize>>,
    /// By arrow; empty for a loop.
    pub(super) paths: Vec<ArrowPath>,
}

/// Key of a rail: arrows share one if they have the same target, are equally lesser or not, and equally reversed or not.
type Rails = HashMap<(usize, bool, bool), HashMap<usize, usize>>;

/// How many items the sweeps of one phase of the layout visit. Ordinary drawings have far fewer; with the tens of thousands of
/// items of a drawing that nobody can read, a few sweeps must do.
const MAX_VISITS: usize = 400_000;

impl Layers {
    /// How many of these sweeps over all items are made.
    pub(super) fn limit_sweeps(&self, sweeps: usize) -> usize {
        sweeps.min((MAX_VISITS / self.items.len().max(1)).max(2))
    }

    /// Builds the layers; the items of each are in the order of creation.
    pub(super) fn new(nodes: &[Body], links: &[Link], ranks: &Ranks, rail: f64) -> Self {
        let deepest = ranks.of.iter().max().map_or(0, |r| 2 * r + 3);
        let mut layers = Self {
            items: Vec::with_capacity(nodes.len() + 2 * links.len()),
            rows: vec![Vec::new(); deepest],
            above: Vec::new(),
            below: Vec::new(),
            paths: vec![ArrowPath::default(); links.len()],
        };
        for (i, body) in nodes.iter().enumerate() {
            layers.add(Item {
                kind: Kind::Node(i),
                layer: 2 * ranks.of[i] + 1,
                across: body.size.across + 2.0 * body.beside,
                arrow: links.len(),
                is_lesser: false,
            });
        }
        let mut rails = Rails::new();
        // The longest arrows create the rails, which the others join.
        let mut longest: Vec<usize> = (0..links.len())
            .filter(|&i| links[i].from != links[i].to)
            .collect();
        longest.sort_by_key(|&i| {
            (
                std::cmp::Reverse(ranks.of[links[i].from].abs_diff(ranks.of[links[i].to])),
                i,
            )
        });
        for i in longest {
            layers.add_way(i, links[i], ranks, rail, &mut rails);
        }
        // Arrows that are defined first come first.
        let items = &layers.items;
        for near in layers.above.iter_mut().chain(&mut layers.below) {
            near.sort_by_key(|&n| items[n].arrow);
        }
        layers
    }

    fn add(&mut self, item: Item) -> usize {
        let index = self.items.len();
        self.rows[item.layer].push(index);
        self.items.push(item);
        self.above.push(Vec::new());
        self.below.push(Vec::new());
        index
    }

    fn join(&mut self, a: usize, b: usize) {
        let (upper, lower) = if self.items[a].layer < self.items[b].layer {
            (a, b)
        } else {
            (b, a)
        };
        self.below[upper].push(lower);
        self.above[lower].push(upper);
    }

    fn add_way(&mut self, i: usize, link: Link, ranks: &Ranks, width: f64, rails: &mut Rails) {
        let is_back = ranks.is_back[i];
        let (from, to) = (2 * ranks.of[link.from] + 1, 2 * ranks.of[link.to] + 1);
        // From below the source to above the target, or, if reversed, up next to both nodes.
        let passed: Vec<usize> = if is_back {
            (to - 1..=from + 1).rev().collect()
        } else {
            (from + 1..to).collect()
        };
        // The label is at the start of the arrow; if reversed, next to the source.
        let words_at = passed[usize::from(is_back)];
        let mut path = ArrowPath {
            items: Vec::with_capacity(passed.len()),
            own: passed.len(),
        };
        let rail = rails.entry((link.to, link.is_lesser, is_back)).or_default();
        let mut before = link.from;
        for (n, &layer) in passed.iter().enumerate() {
            let bare = Item {
                kind: Kind::Rail,
                layer,
                across: width,
                arrow: i,
                is_lesser: link.is_lesser || is_back,
            };
            // An arrow does not share its path before its label.
            let is_alone = link.label.is_some() && (layer == words_at || (is_back && n == 0));
            let item = if is_alone {
                match link.label.filter(|_| layer == words_at) {
                    Some(label) => self.add(Item {
                        kind: Kind::Label(i),
                        across: label.across,
                        ..bare
                    }),
                    None => self.add(bare),
                }
            } else if let Some(&rail) = rail.get(&layer) {
                path.own = path.own.min(n);
                self.items[rail].arrow = self.items[rail].arrow.min(i);
                rail
            } else {
                let item = self.add(bare);
                rail.insert(layer, item);
                item
            };
            if n <= path.own {
                self.join(before, item);
            }
            path.items.push(item);
            before = item;
        }
        if path.own == passed.len() {
            self.join(before, link.to);
        }
        self.paths[i] = path;
    }
}

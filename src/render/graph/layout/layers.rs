//! Nodes, words and rails in layers, so that every arrow goes from one layer to the next.
//!
//! A node of rank r lies in layer 2r + 1. The even layers lie between the nodes and hold words and rails.

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
    /// An arrow, or several that share their way.
    Rail,
}

/// Something in a layer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Item {
    pub(super) kind: Kind,
    pub(super) layer: usize,
    /// How much room it takes across.
    pub(super) across: f64,
    /// The first arrow that passes here; for a node, how many arrows there are.
    pub(super) arrow: usize,
    /// Only lesser arrows or such as lead back pass here.
    pub(super) is_lesser: bool,
}

/// The way of an arrow: what it passes between its two nodes, and from where on another arrow goes the same way.
#[derive(Debug, Default, Clone)]
pub(super) struct Way {
    /// From the source's side to the target's.
    pub(super) items: Vec<usize>,
    /// How many of the items are passed before the way is shared with an arrow that comes from further off.
    pub(super) own: usize,
}

/// All layers of a scope.
#[derive(Debug)]
pub(super) struct Layers {
    /// Nodes first, by index.
    pub(super) items: Vec<Item>,
    /// Items by layer, from one side to the other.
    pub(super) rows: Vec<Vec<usize>>,
    /// For each item, those of the layer above that it is joined to, and those of the layer below.
    pub(super) above: Vec<Vec<usize>>,
    pub(super) below: Vec<Vec<usize>>,
    /// For each arrow; empty for one from a node to itself.
    pub(super) ways: Vec<Way>,
}

/// Arrows share rails if they lead to the same node, are all lesser or all not, and all lead back or all do not.
type Rails = HashMap<(usize, bool, bool), HashMap<usize, usize>>;

impl Layers {
    /// Makes the layers; within each, items lie in the order in which they were made.
    pub(super) fn new(nodes: &[Body], links: &[Link], ranks: &Ranks, rail: f64) -> Self {
        let deepest = ranks.of.iter().max().map_or(0, |r| 2 * r + 3);
        let mut layers = Self {
            items: Vec::with_capacity(nodes.len() + 2 * links.len()),
            rows: vec![Vec::new(); deepest],
            above: Vec::new(),
            below: Vec::new(),
            ways: vec![Way::default(); links.len()],
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
        // Those that come from furthest off make the rails, which the others join.
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
        // Those that come first in the definition are met first by whoever walks the layers.
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
        // Down from below the source to above the target, or, leading back, up beside both of them.
        let passed: Vec<usize> = if is_back {
            (to - 1..=from + 1).rev().collect()
        } else {
            (from + 1..to).collect()
        };
        // The words stand where the way begins; leading back, beside the source.
        let words_at = passed[usize::from(is_back)];
        let mut way = Way {
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
            // Until its words are said, an arrow goes alone.
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
                way.own = way.own.min(n);
                self.items[rail].arrow = self.items[rail].arrow.min(i);
                rail
            } else {
                let item = self.add(bare);
                rail.insert(layer, item);
                item
            };
            if n <= way.own {
                self.join(before, item);
            }
            way.items.push(item);
            before = item;
        }
        if way.own == passed.len() {
            self.join(before, link.to);
        }
        self.ways[i] = way;
    }
}

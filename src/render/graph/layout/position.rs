//! Coordinate assignment: positions items across, in a given order, so that arrows are as straight as possible.
//!
//! Sweeps over the layers center every item among the items it is connected to; within a layer, that is a least
//! squares problem constrained by order and distances, which isotonic regression (pool adjacent violators) solves
//! exactly. Then chains are aligned. The method of Brandes and Köpf was evaluated and
//! rejected: its four layouts drift sideways with the number of consecutive diamonds, and state machines are
//! sequences of diamonds.

use super::geometry::Spacing;
use super::layers::{Kind, Layers};

/// Sweeps that consider one side only, which propagate positions through all layers, and sweeps that consider both.
const SWEEPS: (usize, usize) = (8, 12);
/// Weights of ordinary arrows and of arrows through a rail.
const PULL: (f64, f64) = (1.0, 4.0);
/// Weight of a lesser arrow relative to an ordinary one. It is small, as a sequence of states with a catcher each would
/// drift to one side otherwise.
const LESSER: f64 = 0.01;
/// Weight of an aligned chain.
const FIRM: f64 = 1e6;

/// The center of each item.
pub(super) fn positions(layers: &Layers, spacing: &Spacing) -> Vec<f64> {
    let mut positioner = Positioner {
        layers,
        spacing,
        x: vec![0.0; layers.items.len()],
        is_firm: vec![false; layers.items.len()],
    };
    positioner.begin();
    for sweep in 0..layers.limit_sweeps(SWEEPS.0) {
        positioner.sweep(sweep % 2 == 0, false);
    }
    for sweep in 0..layers.limit_sweeps(SWEEPS.1) {
        positioner.sweep(sweep % 2 == 0, true);
    }
    let chains = chains(layers);
    for round in 0..layers.limit_sweeps(4) {
        positioner.straighten(&chains, round % 2 == 0);
    }
    for sweep in 0..layers.limit_sweeps(4) {
        positioner.sweep(sweep % 2 == 0, true);
    }
    if spacing.grid {
        positioner
            .x
            .iter_mut()
            .for_each(|x| *x = (*x - 0.5).round() + 0.5);
    }
    positioner.x
}

struct Positioner<'a> {
    layers: &'a Layers,
    spacing: &'a Spacing,
    x: Vec<f64>,
    is_firm: Vec<bool>,
}

impl Positioner<'_> {
    /// The minimum distance between the centers of two neighbors.
    fn distance(&self, a: usize, b: usize) -> f64 {
        let (a, b) = (self.layers.items[a], self.layers.items[b]);
        let both_nodes = matches!((a.kind, b.kind), (Kind::Node(_), Kind::Node(_)));
        let gap = if both_nodes {
            self.spacing.nodes
        } else {
            self.spacing.rails
        };
        f64::midpoint(a.across, b.across) + gap
    }

    /// The initial positions: each layer as narrow as possible, and all centered.
    fn begin(&mut self) {
        for layer in &self.layers.rows {
            let mut at = 0.0;
            for (i, &item) in layer.iter().enumerate() {
                if i > 0 {
                    at += self.distance(layer[i - 1], item);
                }
                self.x[item] = at;
            }
            for &item in layer {
                self.x[item] -= at / 2.0;
            }
        }
    }

    fn sweep(&mut self, down: bool, both: bool) {
        let count = self.layers.rows.len();
        for step in 0..count {
            let layer = if down { step } else { count - 1 - step };
            self.settle(layer, down || both, !down || both);
        }
    }

    /// Moves the items of a layer toward the items they are connected to.
    fn settle(&mut self, layer: usize, by_above: bool, by_below: bool) {
        let layers = self.layers;
        let items = &layers.rows[layer];
        let mut pools: Vec<Pool> = Vec::with_capacity(items.len());
        let mut offset = 0.0;
        let mut offsets = Vec::with_capacity(items.len());
        for (i, &item) in items.iter().enumerate() {
            if i > 0 {
                offset += self.distance(items[i - 1], item);
            }
            offsets.push(offset);
            let (mut weight, mut sum) = (0.0, 0.0);
            if self.is_firm[item] {
                (weight, sum) = (FIRM, FIRM * self.x[item]);
            } else {
                let above = layers.above[item].iter().filter(|_| by_above);
                for &other in above.chain(layers.below[item].iter().filter(|_| by_below)) {
                    let pull = pull(layers, item, other);
                    weight += pull;
                    sum += pull * self.x[other];
                }
            }
            if weight == 0.0 {
                (weight, sum) = (0.01, 0.01 * self.x[item]);
            }
            let mut pool = Pool {
                weight,
                sum: sum - weight * offset,
                count: 1,
            };
            while let Some(before) = pools.pop_if(|before| before.mean() > pool.mean()) {
                pool.weight += before.weight;
                pool.sum += before.sum;
                pool.count += before.count;
            }
            pools.push(pool);
        }
        let means = pools
            .iter()
            .flat_map(|pool| std::iter::repeat_n(pool.mean(), pool.count));
        for ((&item, mean), offset) in items.iter().zip(means).zip(offsets) {
            self.x[item] = mean + offset;
        }
    }

    /// Aligns each chain in one line, or in as few lines as its neighbors allow.
    fn straighten(&mut self, chains: &[Vec<usize>], from_the_left: bool) {
        let place = places(self.layers);
        let mut order: Vec<&Vec<usize>> = chains.iter().collect();
        order.sort_by(|a, b| self.x[a[0]].total_cmp(&self.x[b[0]]));
        if !from_the_left {
            order.reverse();
        }
        for chain in order {
            let mut rest = chain.as_slice();
            while !rest.is_empty() {
                let (mut least, mut most) = (f64::NEG_INFINITY, f64::INFINITY);
                let mut length = 0;
                for &item in rest {
                    let (left, right) = self.free_range(item, &place);
                    if left.max(least) > right.min(most) {
                        break;
                    }
                    (least, most) = (left.max(least), right.min(most));
                    length += 1;
                }
                let (line, after) = rest.split_at(length.max(1));
                if length > 0 {
                    let mut xs: Vec<f64> = line.iter().map(|&item| self.x[item]).collect();
                    xs.sort_by(f64::total_cmp);
                    let middle = xs[xs.len() / 2].clamp(least, most);
                    for &item in line {
                        self.x[item] = middle;
                        self.is_firm[item] |= line.len() > 1;
                    }
                }
                rest = after;
            }
        }
    }

    /// The range of positions of an item if its neighbors do not move.
    fn free_range(&self, item: usize, place: &[usize]) -> (f64, f64) {
        let layer = &self.layers.rows[self.layers.items[item].layer];
        let at = place[item];
        let left = at
            .checked_sub(1)
            .map(|i| self.x[layer[i]] + self.distance(layer[i], item));
        let right = layer.get(at + 1).map(|&r| self.x[r] - self.distance(item, r));
        // Tolerance for rounding: items at the minimum distance are not too close.
        let slack = 1e-6;
        (
            left.map_or(f64::NEG_INFINITY, |l| l - slack),
            right.map_or(f64::INFINITY, |r| r + slack),
        )
    }
}

/// Adjacent items at the minimum distance, which move together.
struct Pool {
    weight: f64,
    sum: f64,
    count: usize,
}

impl Pool {
    fn mean(&self) -> f64 {
        self.sum / self.weight
    }
}

fn pull(layers: &Layers, a: usize, b: usize) -> f64 {
    let (a, b) = (layers.items[a], layers.items[b]);
    let both_rails = a.kind == Kind::Rail && b.kind == Kind::Rail;
    let pull = if both_rails { PULL.1 } else { PULL.0 };
    if a.is_lesser || b.is_lesser {
        LESSER * pull
    } else {
        pull
    }
}

/// Chains to align: items that follow each other and nothing else. Lesser arrows of a node do not count, and
/// within a rail, only the rail does.
fn chains(layers: &Layers) -> Vec<Vec<usize>> {
    let only = |item: usize, near: &[usize]| -> Option<usize> {
        let kind = |n: usize| layers.items[n].kind;
        let is_node = matches!(kind(item), Kind::Node(_));
        let runs_on = !is_node && near.iter().any(|&n| kind(n) == Kind::Rail);
        let mut main = near.iter().copied().filter(|&n| match (is_node, runs_on) {
            (true, _) => !layers.items[n].is_lesser,
            (_, true) => kind(n) == Kind::Rail,
            _ => true,
        });
        let first = main.next()?;
        main.next().is_none().then_some(first)
    };
    let next =
        |item: usize| only(item, &layers.below[item]).filter(|&n| only(n, &layers.above[n]) == Some(item));
    let mut is_inside = vec![false; layers.items.len()];
    for item in 0..layers.items.len() {
        if let Some(n) = next(item) {
            is_inside[n] = true;
        }
    }
    let heads = (0..layers.items.len()).filter(|&i| !is_inside[i]);
    heads
        .map(|head| std::iter::successors(Some(head), |&item| next(item)).collect::<Vec<_>>())
        .filter(|chain| chain.len() > 1)
        .collect()
}

fn places(layers: &Layers) -> Vec<usize> {
    let mut place = vec![0; layers.items.len()];
    for layer in &layers.rows {
        for (i, &item) in layer.iter().enumerate() {
            place[item] = i;
        }
    }
    place
}

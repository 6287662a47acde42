//! Where each item lies across, its order being given: arrows as straight as their neighbours allow.
//!
//! Sweeps over the layers put every item in the middle of what it is joined to; within a layer that is a least
//! squares problem under the order and the distances, which isotonic regression (pool adjacent violators) solves
//! exactly. Then whatever follows one another is drawn into one line. Brandes and Köpf's method was measured here
//! and left: its four drawings lean to the sides by the number of diamonds that follow one another, and a state
//! machine is a row of diamonds.

use super::geometry::Spacing;
use super::layers::{Kind, Layers};

/// Sweeps that look at one side only, which carry a place through all layers; then such as look at both.
const SWEEPS: (usize, usize) = (8, 12);
/// How strongly an arrow draws its ends together: an ordinary one, and one through a rail.
const PULL: (f64, f64) = (1.0, 4.0);
/// How strongly a lesser arrow does, against an ordinary one: so little that it yields, or a row of states with a
/// Catch each would lean to one side.
const LESSER: f64 = 0.01;
/// How strongly what is in line stays there.
const FIRM: f64 = 1e6;

/// The middle of each item.
pub(super) fn positions(layers: &Layers, spacing: &Spacing) -> Vec<f64> {
    let mut board = Board {
        layers,
        spacing,
        x: vec![0.0; layers.items.len()],
        is_firm: vec![false; layers.items.len()],
    };
    board.begin();
    for sweep in 0..SWEEPS.0 {
        board.sweep(sweep % 2 == 0, false);
    }
    for sweep in 0..SWEEPS.1 {
        board.sweep(sweep % 2 == 0, true);
    }
    let chains = chains(layers);
    for round in 0..4 {
        board.straighten(&chains, round % 2 == 0);
    }
    for sweep in 0..4 {
        board.sweep(sweep % 2 == 0, true);
    }
    if spacing.grid {
        board.x.iter_mut().for_each(|x| *x = (*x - 0.5).round() + 0.5);
    }
    board.x
}

struct Board<'a> {
    layers: &'a Layers,
    spacing: &'a Spacing,
    x: Vec<f64>,
    is_firm: Vec<bool>,
}

impl Board<'_> {
    /// How far apart the middles of two neighbours must be.
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

    /// Each layer as narrow as it can be, all around one middle.
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

    /// Puts the items of a layer where what they are joined to draws them.
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

    /// Draws each chain into one line, or into as few as its neighbours allow.
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
                    let (left, right) = self.room(item, &place);
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

    /// Between which places an item may lie, its neighbours staying where they are.
    fn room(&self, item: usize, place: &[usize]) -> (f64, f64) {
        let layer = &self.layers.rows[self.layers.items[item].layer];
        let at = place[item];
        let left = at
            .checked_sub(1)
            .map(|i| self.x[layer[i]] + self.distance(layer[i], item));
        let right = layer.get(at + 1).map(|&r| self.x[r] - self.distance(item, r));
        // What lies as close as it may must not be taken for too close.
        let slack = 1e-6;
        (
            left.map_or(f64::NEG_INFINITY, |l| l - slack),
            right.map_or(f64::INFINITY, |r| r + slack),
        )
    }
}

/// Neighbours that lie as close as they may, and move as one.
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

/// What should be one line: items that follow one another and nothing else. At a node lesser arrows do not count, and
/// in a rail only the rail does.
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

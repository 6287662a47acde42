//! Crossing reduction: orders the items within each layer by barycenter sweeps, then by swaps of neighbors.

use super::layers::Layers;

/// Sweeps without improvement before stopping.
const PATIENCE: usize = 4;
/// Maximum sweeps.
const SWEEPS: usize = 24;
/// Maximum items for swapping neighbors; larger layouts use sweeps only.
const SWAPPED: usize = 4000;

/// Orders the items of each layer.
pub(super) fn order(layers: &mut Layers) {
    begin(layers);
    let mut best = layers.rows.clone();
    let mut fewest = crossings(layers);
    let mut idle = 0;
    for sweep in 0..layers.limit_sweeps(SWEEPS) {
        if fewest == 0 || idle == PATIENCE {
            break;
        }
        sweep_once(layers, sweep % 2 == 0);
        swap_neighbors(layers);
        let now = crossings(layers);
        if now < fewest {
            fewest = now;
            best.clone_from(&layers.rows);
            idle = 0;
        } else {
            idle += 1;
        }
    }
    layers.rows = best;
}

/// The initial order: that of a walk from the first node, so that what is defined first is placed first.
fn begin(layers: &mut Layers) {
    let mut seen = vec![false; layers.items.len()];
    let mut order: Vec<Vec<usize>> = vec![Vec::new(); layers.rows.len()];
    for root in 0..layers.items.len() {
        let mut ahead = vec![root];
        while let Some(item) = ahead.pop() {
            if std::mem::replace(&mut seen[item], true) {
                continue;
            }
            order[layers.items[item].layer].push(item);
            ahead.extend(layers.above[item].iter().rev());
            ahead.extend(layers.below[item].iter().rev());
        }
    }
    layers.rows = order;
}

/// Sorts each layer by the positions of neighbors in the previous layer; items without neighbors keep their positions.
fn sweep_once(layers: &mut Layers, down: bool) {
    let count = layers.rows.len();
    let mut place = places(layers);
    for step in 1..count {
        let layer = if down { step } else { count - 1 - step };
        let neighbors = if down { &layers.above } else { &layers.below };
        let mut items = std::mem::take(&mut layers.rows[layer]);
        let center = |item: usize| {
            let near = &neighbors[item];
            let sum: usize = near.iter().map(|&n| place[n]).sum();
            // Positions are far below the limit of exact integers in f64.
            #[expect(clippy::cast_precision_loss, reason = "counts of items")]
            (!near.is_empty()).then(|| sum as f64 / near.len() as f64)
        };
        let mut movable: Vec<(f64, usize)> = items.iter().filter_map(|&i| Some((center(i)?, i))).collect();
        movable.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut sorted = movable.into_iter();
        for item in &mut items {
            if center(*item).is_some() {
                *item = sorted.next().map_or(*item, |(_, i)| i);
            }
        }
        for (i, &item) in items.iter().enumerate() {
            place[item] = i;
        }
        layers.rows[layer] = items;
    }
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

/// Swaps neighbors if that reduces crossings.
fn swap_neighbors(layers: &mut Layers) {
    if layers.items.len() > SWAPPED {
        return;
    }
    let mut place = places(layers);
    for _ in 0..4 {
        let mut swapped = false;
        for layer in 0..layers.rows.len() {
            for i in 1..layers.rows[layer].len() {
                let (a, b) = (layers.rows[layer][i - 1], layers.rows[layer][i]);
                let both = [&layers.above, &layers.below];
                let cost = |a: usize, b: usize| -> usize {
                    both.iter().map(|n| between(&n[a], &n[b], &place)).sum()
                };
                if cost(b, a) < cost(a, b) {
                    layers.rows[layer].swap(i - 1, i);
                    place.swap(a, b);
                    swapped = true;
                }
            }
        }
        if !swapped {
            break;
        }
    }
}

/// The number of crossings between arrows of `a` and `b` if `a` is before `b`.
fn between(a: &[usize], b: &[usize], place: &[usize]) -> usize {
    a.iter()
        .map(|&x| b.iter().filter(|&&y| place[y] < place[x]).count())
        .sum()
}

/// The total number of crossings.
pub(super) fn crossings(layers: &Layers) -> usize {
    let place = places(layers);
    let mut total = 0;
    for layer in &layers.rows {
        let ends = layer.iter().flat_map(|&item| {
            let mut below: Vec<usize> = layers.below[item].iter().map(|&b| place[b]).collect();
            below.sort_unstable();
            below
        });
        total += inversions(ends.collect());
    }
    total
}

/// The number of inversions, counted with a Fenwick tree.
fn inversions(values: Vec<usize>) -> usize {
    let size = values.iter().max().map_or(0, |m| m + 2);
    let mut tree = vec![0_usize; size];
    let mut total = 0;
    for (seen, value) in values.into_iter().enumerate() {
        let mut i = value + 1;
        let mut not_after = 0;
        while i > 0 {
            not_after += tree[i];
            i &= i - 1;
        }
        total += seen - not_after;
        let mut i = value + 1;
        while i < size {
            tree[i] += 1;
            i += i & i.wrapping_neg();
        }
    }
    total
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::graph::layout::{Body, Link, rank};

    fn layers(nodes: usize, links: &[(usize, usize)]) -> Layers {
        let links: Vec<Link> = links
            .iter()
            .map(|&(from, to)| Link {
                from,
                to,
                label: None,
                is_lesser: false,
            })
            .collect();
        let ranks = rank::ranks(nodes, &links);
        Layers::new(&vec![Body::default(); nodes], &links, &ranks, 0.0)
    }

    #[test]
    fn inversions_are_counted() {
        assert_eq!(inversions(vec![0, 1, 2]), 0);
        assert_eq!(inversions(vec![2, 1, 0]), 3);
        assert_eq!(inversions(vec![1, 1, 0]), 2);
    }

    #[test]
    fn a_tree_has_no_crossings() {
        let mut tree = layers(7, &[(0, 1), (0, 2), (1, 5), (1, 6), (2, 3), (2, 4)]);
        order(&mut tree);
        assert_eq!(crossings(&tree), 0);
    }

    #[test]
    fn avoidable_crossings_are_removed() {
        let mut crossed = layers(5, &[(0, 1), (0, 2), (1, 4), (2, 3)]);
        crossed.rows[5].reverse();
        order(&mut crossed);
        assert_eq!(crossings(&crossed), 0);
    }
}

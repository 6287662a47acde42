//! Cycle removal and layer assignment.

use super::geometry::Link;

/// The layer of each node, from 0, and which arrows are reversed.
#[derive(Debug)]
pub(super) struct Ranks {
    pub(super) of: Vec<usize>,
    pub(super) is_back: Vec<bool>,
}

/// Places every node below its predecessors, as high as possible. Nodes without predecessors are placed
/// directly above their successors.
pub(super) fn ranks(nodes: usize, links: &[Link]) -> Ranks {
    let mut out = vec![Vec::new(); nodes];
    for (i, link) in links.iter().enumerate() {
        out[link.from].push(i);
    }
    let (is_back, finished) = back_links(&out, links);
    let mut of = vec![0; nodes];
    let mut is_entered = vec![false; nodes];
    let forward = |i: &usize| !is_back[*i] && links[*i].from != links[*i].to;
    // The reverse postorder of a depth-first search is topological.
    for &node in finished.iter().rev() {
        for link in out[node].iter().filter(|i| forward(i)).map(|&i| &links[i]) {
            of[link.to] = of[link.to].max(of[node] + 1);
            is_entered[link.to] = true;
        }
    }
    for &node in finished.iter().filter(|&&n| n != 0 && !is_entered[n]) {
        let below = out[node]
            .iter()
            .filter(|i| forward(i))
            .map(|&i| of[links[i].to])
            .min();
        of[node] = below.map_or(of[node], |rank| rank - 1);
    }
    Ranks { of, is_back }
}

/// The back edges of a depth-first search from the first node in the given order, and
/// the nodes in postorder.
fn back_links(out: &[Vec<usize>], links: &[Link]) -> (Vec<bool>, Vec<usize>) {
    #[derive(Clone, Copy, PartialEq)]
    enum Seen {
        No,
        Inside,
        Left,
    }
    let mut is_back = vec![false; links.len()];
    let mut seen = vec![Seen::No; out.len()];
    let mut finished = Vec::with_capacity(out.len());
    for root in 0..out.len() {
        if seen[root] != Seen::No {
            continue;
        }
        seen[root] = Seen::Inside;
        let mut path = vec![(root, 0)];
        while let Some((node, next)) = path.last_mut() {
            let Some(&i) = out[*node].get(*next) else {
                seen[*node] = Seen::Left;
                finished.push(*node);
                path.pop();
                continue;
            };
            *next += 1;
            let to = links[i].to;
            match seen[to] {
                Seen::No => {
                    seen[to] = Seen::Inside;
                    path.push((to, 0));
                }
                Seen::Inside => is_back[i] = to != links[i].from,
                Seen::Left => {}
            }
        }
    }
    (is_back, finished)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(nodes: usize, links: &[(usize, usize)]) -> Ranks {
        let link = |&(from, to): &(usize, usize)| Link {
            from,
            to,
            label: None,
            is_lesser: false,
        };
        ranks(nodes, &links.iter().map(link).collect::<Vec<_>>())
    }

    #[test]
    fn a_node_is_below_its_predecessors() {
        assert_eq!(of(4, &[(0, 1), (1, 2), (0, 3), (2, 3)]).of, [0, 1, 2, 3]);
        assert_eq!(of(3, &[(0, 1), (2, 1)]).of, [0, 1, 0]);
    }

    #[test]
    fn a_cycle_has_one_reversed_arrow() {
        let ranks = of(4, &[(0, 1), (1, 2), (2, 3), (3, 1)]);
        assert_eq!(ranks.of, [0, 1, 2, 3]);
        assert_eq!(ranks.is_back, [false, false, false, true]);
    }

    #[test]
    fn a_loop_does_not_move_its_node() {
        let ranks = of(2, &[(0, 1), (1, 1)]);
        assert_eq!((ranks.of, ranks.is_back), (vec![0, 1], vec![false, false]));
    }

    #[test]
    fn a_node_without_predecessors_is_directly_above_its_successor() {
        assert_eq!(of(5, &[(0, 1), (1, 2), (2, 3), (4, 3)]).of, [0, 1, 2, 3, 2]);
    }
}

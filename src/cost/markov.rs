//! The expected visits of each state of an absorbing Markov chain.
//!
//! Visits are the solution of `v = start + Pᵀ v`. Strongly connected components are solved in topological order, so only
//! loops take more than linear time. Within a component, states are eliminated in order of cost, which keeps the system
//! sparse. Diagonals are sums of outgoing probabilities and never `1 - p` (the algorithm of Grassmann, Taksar, and
//! Heyman), so there is no cancellation, however unlikely the exit of a loop is. A component that is too dense for
//! elimination is solved by iteration. Such a component mixes fast, so few sweeps suffice if the visits are scaled after
//! each sweep such that outflow equals inflow.
//!
//! Probabilities are `f64`, since they are estimates. Results are rounded before prices are applied.

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

/// The maximum number of updates per state for elimination: before the first try of iteration, and after it.
const ELIMINATION_BUDGET: [usize; 2] = [16, 400];

/// The number of updates that elimination may always make.
const ELIMINATION_MIN: usize = 10_000;

/// The maximum number of edges that iteration visits: in the first try, and in the second.
const ITERATION_BUDGET: [usize; 2] = [10_000_000, 200_000_000];

/// The maximum relative change of visits by a sweep at which iteration has converged.
const TOLERANCE: f64 = 1e-12;

/// An absorbing Markov chain.
#[derive(Debug, Clone, Default)]
pub struct Chain {
    /// For each state, its successors with their probabilities, which are positive. No successor is listed twice.
    pub next: Vec<Vec<(usize, f64)>>,
    /// For each state, the probability that the chain ends there. The sum with those in `next` is 1.
    pub exit: Vec<f64>,
}

/// The solution.
#[derive(Debug, Clone, PartialEq)]
pub struct Visits {
    /// Expected visits of each state.
    pub visits: Vec<f64>,
    /// Whether the tolerance was met. Otherwise the visits are slightly too low.
    pub has_converged: bool,
}

/// States that form a loop without an exit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InfiniteLoop(pub Vec<usize>);

impl Chain {
    /// Expected visits of each state when the chain begins at `start`.
    pub fn visits(&self, start: usize) -> Result<Visits, InfiniteLoop> {
        let mut solved = Visits {
            visits: vec![0.0; self.next.len()],
            has_converged: true,
        };
        let mut inflow = vec![0.0; self.next.len()];
        let Some(first) = inflow.get_mut(start) else {
            return Ok(solved);
        };
        *first = 1.0;
        for component in self.components().into_iter().rev() {
            if component.iter().all(|&i| inflow[i] <= 0.0) {
                continue;
            }
            let part = Component::new(self, &component, &inflow);
            if part.exit.iter().all(|&p| p <= 0.0) {
                return Err(InfiniteLoop(component));
            }
            let (visits, has_converged) = part.solve();
            solved.has_converged &= has_converged;
            for (&state, v) in component.iter().zip(visits) {
                solved.visits[state] = v;
            }
            for &state in &component {
                for &(to, p) in &self.next[state] {
                    // Within the component, this adds to states that are already solved, and is not read again.
                    inflow[to] += solved.visits[state] * p;
                }
            }
        }
        Ok(solved)
    }

    /// The strongly connected components in reverse topological order, each sorted.
    fn components(&self) -> Vec<Vec<usize>> {
        let mut graph: DiGraph<(), ()> = DiGraph::with_capacity(self.next.len(), self.next.len());
        for _ in &self.next {
            graph.add_node(());
        }
        for (from, next) in self.next.iter().enumerate() {
            for &(to, _) in next {
                graph.add_edge(NodeIndex::new(from), NodeIndex::new(to), ());
            }
        }
        let sorted = |nodes: Vec<NodeIndex>| {
            let mut states: Vec<usize> = nodes.into_iter().map(NodeIndex::index).collect();
            states.sort_unstable();
            states
        };
        kosaraju_scc(&graph).into_iter().map(sorted).collect()
    }
}

/// A strongly connected component as a chain of its own; transitions out of it are exits.
struct Component {
    next: Vec<BTreeMap<usize, f64>>,
    exit: Vec<f64>,
    inflow: Vec<f64>,
}

impl Component {
    fn new(chain: &Chain, states: &[usize], inflow: &[f64]) -> Self {
        let local_index = |state: usize| states.binary_search(&state).ok();
        let mut component = Self {
            next: vec![BTreeMap::new(); states.len()],
            exit: Vec::with_capacity(states.len()),
            inflow: states.iter().map(|&state| inflow[state]).collect(),
        };
        for (i, &state) in states.iter().enumerate() {
            let mut exit = chain.exit[state];
            for &(to, p) in &chain.next[state] {
                match local_index(to) {
                    Some(to) => *component.next[i].entry(to).or_insert(0.0) += p,
                    None => exit += p,
                }
            }
            component.exit.push(exit);
        }
        component
    }

    /// The visits, and whether they are exact within the tolerance. Uses the faster of both methods.
    fn solve(&self) -> (Vec<f64>, bool) {
        let mut best = Vec::new();
        for (updates, max_edges) in ELIMINATION_BUDGET.into_iter().zip(ITERATION_BUDGET) {
            let updates = ELIMINATION_MIN + updates * self.next.len();
            if let Some(visits) = self.eliminate(updates) {
                return (visits, true);
            }
            let (visits, has_converged) = self.iterate(max_edges);
            if has_converged {
                return (visits, true);
            }
            best = visits;
        }
        (best, false)
    }

    /// The visits by elimination of states, those with the fewest neighbors first; `None` if it takes too many updates.
    fn eliminate(&self, max_updates: usize) -> Option<Vec<f64>> {
        let n = self.next.len();
        let mut next = self.next.clone();
        let mut exit = self.exit.clone();
        let mut inflow = self.inflow.clone();
        let mut before: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); n];
        for (i, row) in next.iter_mut().enumerate() {
            // The diagonal below accounts for transitions of a state to itself.
            row.remove(&i);
            for &to in row.keys() {
                before[to].insert(i);
            }
        }
        let cost = |before: &BTreeSet<usize>, next: &BTreeMap<usize, f64>| before.len() * next.len();
        let mut queue: BinaryHeap<Reverse<(usize, usize)>> =
            (0..n).map(|i| Reverse((cost(&before[i], &next[i]), i))).collect();
        let mut eliminated = vec![false; n];
        let mut steps = Vec::with_capacity(n);
        let mut updates = 0;
        while let Some(Reverse((known, k))) = queue.pop() {
            let now = cost(&before[k], &next[k]);
            if eliminated[k] {
                continue;
            }
            if now > known {
                queue.push(Reverse((now, k)));
                continue;
            }
            eliminated[k] = true;
            updates += now;
            if updates > max_updates {
                return None;
            }
            let row = std::mem::take(&mut next[k]);
            let diagonal = row.values().sum::<f64>() + exit[k];
            let mut sources = Vec::with_capacity(before[k].len());
            for &to in row.keys() {
                before[to].remove(&k);
            }
            for from in std::mem::take(&mut before[k]) {
                let p = next[from].remove(&k).unwrap_or(0.0);
                sources.push((from, p));
                exit[from] += p * exit[k] / diagonal;
                for (&to, &q) in row.iter().filter(|&(&to, _)| to != from) {
                    *next[from].entry(to).or_insert(0.0) += p * q / diagonal;
                    before[to].insert(from);
                }
            }
            for (&to, &q) in &row {
                inflow[to] += inflow[k] * q / diagonal;
            }
            for &i in row.keys().chain(sources.iter().map(|(i, _)| i)) {
                queue.push(Reverse((cost(&before[i], &next[i]), i)));
            }
            steps.push((k, diagonal, sources));
        }
        let mut visits = vec![0.0; n];
        for (k, diagonal, sources) in steps.into_iter().rev() {
            let from_others: f64 = sources.iter().map(|&(i, p)| visits[i] * p).sum();
            visits[k] = (inflow[k] + from_others) / diagonal;
        }
        Some(visits)
    }

    /// The visits by Gauss-Seidel iteration, and whether it converged.
    ///
    /// Outflow must equal inflow. If an exit is unlikely, sweeps alone converge slowly, so all visits are scaled by the ratio
    /// before each sweep.
    fn iterate(&self, max_edges: usize) -> (Vec<f64>, bool) {
        let n = self.next.len();
        let mut before: Vec<Vec<(usize, f64)>> = vec![Vec::new(); n];
        let mut diagonal = self.exit.clone();
        let mut edges = n;
        for (i, row) in self.next.iter().enumerate() {
            for (&to, &p) in row.iter().filter(|&(&to, _)| to != i) {
                before[to].push((i, p));
                diagonal[i] += p;
                edges += 1;
            }
        }
        let mut visits = vec![0.0; n];
        let inflow: f64 = self.inflow.iter().sum();
        for _ in 0..max_edges / edges {
            let outflow: f64 = visits.iter().zip(&self.exit).map(|(v, p)| v * p).sum();
            let scale = inflow / outflow;
            if scale.is_normal() {
                for v in &mut visits {
                    *v *= scale;
                }
            }
            let mut change = 0.0_f64;
            for i in 0..n {
                let from_others: f64 = before[i].iter().map(|&(j, p)| visits[j] * p).sum();
                let v = (self.inflow[i] + from_others) / diagonal[i];
                change = change.max((v - visits[i]).abs() / v.max(f64::MIN_POSITIVE));
                visits[i] = v;
            }
            if change <= TOLERANCE {
                return (visits, true);
            }
        }
        (visits, false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chain(rows: &[&[(usize, f64)]]) -> Chain {
        let exit = |row: &&[(usize, f64)]| 1.0 - row.iter().map(|(_, p)| p).sum::<f64>();
        Chain {
            next: rows.iter().map(|row| row.to_vec()).collect(),
            exit: rows.iter().map(exit).collect(),
        }
    }

    fn visits(rows: &[&[(usize, f64)]]) -> Vec<f64> {
        chain(rows).visits(0).unwrap().visits
    }

    fn close(found: &[f64], wanted: &[f64]) {
        assert_eq!(found.len(), wanted.len());
        for (f, w) in found.iter().zip(wanted) {
            assert!((f - w).abs() <= 1e-12 * w.max(1.0), "{found:?} is not {wanted:?}");
        }
    }

    #[test]
    fn visits_a_sequence_once() {
        close(&visits(&[&[(1, 1.0)], &[(2, 1.0)], &[]]), &[1.0, 1.0, 1.0]);
    }

    #[test]
    fn divides_visits_among_branches() {
        close(
            &visits(&[&[(1, 0.25), (2, 0.75)], &[(3, 1.0)], &[(3, 1.0)], &[]]),
            &[1.0, 0.25, 0.75, 1.0],
        );
    }

    #[test]
    fn visits_a_loop_with_exit_probability_p_one_over_p_times() {
        let poll: [&[(usize, f64)]; 4] = [&[(1, 1.0)], &[(2, 1.0)], &[(0, 0.75), (3, 0.25)], &[]];
        close(&visits(&poll), &[4.0, 4.0, 4.0, 1.0]);
    }

    #[test]
    fn accepts_transitions_to_the_same_state() {
        close(&visits(&[&[(0, 0.9), (1, 0.1)], &[]]), &[10.0, 1.0]);
    }

    #[test]
    fn is_exact_for_loops_with_unlikely_exits() {
        let p = 1e-12;
        let rows = Chain {
            next: vec![vec![(1, 1.0)], vec![(0, 1.0 - p)]],
            exit: vec![0.0, p],
        };
        close(&rows.visits(0).unwrap().visits, &[1e12, 1e12]);
    }

    #[test]
    fn reports_infinite_loops() {
        let rows = chain(&[&[(1, 0.5)], &[(2, 1.0)], &[(1, 1.0)]]);
        assert_eq!(rows.visits(0), Err(InfiniteLoop(vec![1, 2])));
        // The loop is unreachable.
        let rows = chain(&[&[], &[(1, 1.0)]]);
        close(&rows.visits(0).unwrap().visits, &[1.0, 0.0]);
    }

    #[test]
    fn an_empty_chain_has_no_visits() {
        assert_eq!(Chain::default().visits(0).unwrap().visits, Vec::<f64>::new());
    }

    /// A chain with pseudorandom edges: many nested loops.
    fn scattered(n: usize, fan: usize) -> Chain {
        let mut seed = 7_u64;
        let mut draw = |below: usize| {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(seed >> 33).unwrap() % below
        };
        let share = 0.95 / f64::from(u32::try_from(fan).unwrap());
        let next = (0..n).map(|_| {
            let mut row = BTreeMap::new();
            for _ in 0..fan {
                *row.entry(draw(n)).or_insert(0.0) += share;
            }
            row.into_iter().collect()
        });
        Chain {
            next: next.collect(),
            exit: vec![0.05; n],
        }
    }

    #[test]
    fn elimination_and_iteration_agree() {
        let chain = scattered(120, 3);
        let all: Vec<usize> = (0..120).collect();
        let mut inflow = vec![0.0; 120];
        inflow[0] = 1.0;
        let part = Component::new(&chain, &all, &inflow);
        let (iterated, converged) = part.iterate(1_000_000);
        assert!(converged);
        close(&part.eliminate(1_000_000).unwrap(), &iterated);
        // Every execution ends once: visits times exit probabilities sum to 1.
        assert!((iterated.iter().sum::<f64>() * 0.05 - 1.0).abs() < 1e-12);
    }

    #[test]
    fn solves_ten_thousand_densely_connected_states() {
        let solved = scattered(10_000, 2).visits(0).unwrap();
        assert!(solved.has_converged);
        assert!((solved.visits.iter().sum::<f64>() * 0.05 - 1.0).abs() < 1e-9);
    }

    /// The exit is taken once in 40,000 steps; iteration without scaling would need as many sweeps.
    #[test]
    fn converges_fast_for_dense_chains_with_unlikely_exits() {
        let mut chain = scattered(10_000, 3);
        for (row, exit) in chain.next.iter_mut().zip(&mut chain.exit) {
            for (_, p) in row {
                *p /= 0.95;
            }
            *exit = 0.0;
        }
        for (_, p) in &mut chain.next[0] {
            *p *= 0.75;
        }
        chain.exit[0] = 0.25;
        let all: Vec<usize> = (0..10_000).collect();
        let mut inflow = vec![0.0; 10_000];
        inflow[0] = 1.0;
        let (visits, has_converged) = Component::new(&chain, &all, &inflow).iterate(4_000_000);
        assert!(has_converged);
        assert!((visits[0] * 0.25 - 1.0).abs() < 1e-9);
    }

    #[test]
    fn solves_a_ring_of_ten_thousand_states() {
        let n = 10_000;
        let row = |i: usize| match i {
            _ if i + 1 == n => vec![(0, 0.5)],
            _ if i % 10 == 9 => vec![(i - 9, 0.5), (i + 1, 0.5)],
            _ => vec![(i + 1, 1.0)],
        };
        let rows = Chain {
            next: (0..n).map(row).collect(),
            exit: (0..n).map(|i| if i + 1 == n { 0.5 } else { 0.0 }).collect(),
        };
        let visits = rows.visits(0).unwrap().visits;
        assert!((visits[n - 1] - 2.0).abs() < 1e-9 && (visits[5] - 4.0).abs() < 1e-9);
    }
}

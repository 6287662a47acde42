//! How often each state of a chain is visited before the chain is left.
//!
//! Visits are the solution of `v = start + Pᵀ v`. Strongly connected components are solved one after the other, in
//! the order in which the chain passes them, so only loops cost more than a walk. Within a component, states are
//! eliminated cheapest first, which keeps a flow chart's system as sparse as it was; diagonals are sums of what leaves a
//! state, never `1 - p` (Grassmann, Taksar and Heyman), so no digits cancel, however rarely a loop is left. A
//! component too entangled for that is solved by iteration: as such a component mixes well, few sweeps do, once each is
//! scaled so that as much leaves as came in.
//!
//! Probabilities are `f64`: they come from estimates, and the results are rounded before money is made of them.

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

/// Updates, for each state, after which elimination gives up on a component, and iteration takes over; and after which
/// it gives up for good.
const ELIMINATION_BUDGET: [usize; 2] = [16, 400];

/// Updates that elimination may always make.
const ELIMINATION_MIN: usize = 10_000;

/// Visits of edges after which iteration gives up on its tolerance, to elimination and for good.
const ITERATION_BUDGET: [usize; 2] = [10_000_000, 200_000_000];

/// What one sweep may still change of any state's visits, relative to them.
const TOLERANCE: f64 = 1e-12;

/// A chain of states: where each goes, and how likely it ends there.
#[derive(Debug, Clone, Default)]
pub struct Chain {
    /// For each state, the states that may follow and how likely; only positive probabilities, no target twice.
    pub next: Vec<Vec<(usize, f64)>>,
    /// For each state, how likely the chain is left there. With those of `next` it sums to 1.
    pub leave: Vec<f64>,
}

/// Visits per state.
#[derive(Debug, Clone, PartialEq)]
pub struct Visits {
    /// Expected visits of each state.
    pub visits: Vec<f64>,
    /// Iteration stopped before it met its tolerance: the visits are a little too few.
    pub is_cut_short: bool,
}

/// States that, once entered, are never left: visits without end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endless(pub Vec<usize>);

impl Chain {
    /// Expected visits of each state when the chain begins at `start`.
    pub fn visits(&self, start: usize) -> Result<Visits, Endless> {
        let mut solved = Visits {
            visits: vec![0.0; self.next.len()],
            is_cut_short: false,
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
            let part = Part::new(self, &component, &inflow);
            if part.leave.iter().all(|&p| p <= 0.0) {
                return Err(Endless(component));
            }
            let (visits, is_exact) = part.solve();
            solved.is_cut_short |= !is_exact;
            for (&state, v) in component.iter().zip(visits) {
                solved.visits[state] = v;
            }
            for &state in &component {
                for &(to, p) in &self.next[state] {
                    // Within the component this adds to states that are already solved and is not read again.
                    inflow[to] += solved.visits[state] * p;
                }
            }
        }
        Ok(solved)
    }

    /// The strongly connected components, each sorted, those that come last in the flow first.
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

/// One component as a chain of its own; what leads out of it counts as leaving.
struct Part {
    next: Vec<BTreeMap<usize, f64>>,
    leave: Vec<f64>,
    inflow: Vec<f64>,
}

impl Part {
    fn new(chain: &Chain, component: &[usize], inflow: &[f64]) -> Self {
        let place = |state: usize| component.binary_search(&state).ok();
        let mut part = Self {
            next: vec![BTreeMap::new(); component.len()],
            leave: Vec::with_capacity(component.len()),
            inflow: component.iter().map(|&state| inflow[state]).collect(),
        };
        for (i, &state) in component.iter().enumerate() {
            let mut leave = chain.leave[state];
            for &(to, p) in &chain.next[state] {
                match place(to) {
                    Some(to) => *part.next[i].entry(to).or_insert(0.0) += p,
                    None => leave += p,
                }
            }
            part.leave.push(leave);
        }
        part
    }

    /// Visits, and whether they are as exact as floats are: by whichever way is the quicker.
    fn solve(&self) -> (Vec<f64>, bool) {
        let mut best = Vec::new();
        for (updates, visits_of_edges) in ELIMINATION_BUDGET.into_iter().zip(ITERATION_BUDGET) {
            let updates = ELIMINATION_MIN + updates * self.next.len();
            if let Some(visits) = self.eliminate(updates) {
                return (visits, true);
            }
            let (visits, has_converged) = self.iterate(visits_of_edges);
            if has_converged {
                return (visits, true);
            }
            best = visits;
        }
        (best, false)
    }

    /// Visits by elimination of states, those with the fewest neighbours first; none where that takes more updates.
    fn eliminate(&self, most: usize) -> Option<Vec<f64>> {
        let n = self.next.len();
        let mut next = self.next.clone();
        let mut leave = self.leave.clone();
        let mut inflow = self.inflow.clone();
        let mut before: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); n];
        for (i, row) in next.iter_mut().enumerate() {
            // A state that repeats itself is visited more often by what its diagonal says, below.
            row.remove(&i);
            for &to in row.keys() {
                before[to].insert(i);
            }
        }
        let cost = |before: &BTreeSet<usize>, next: &BTreeMap<usize, f64>| before.len() * next.len();
        let mut queue: BinaryHeap<Reverse<(usize, usize)>> =
            (0..n).map(|i| Reverse((cost(&before[i], &next[i]), i))).collect();
        let mut gone = vec![false; n];
        let mut steps = Vec::with_capacity(n);
        let mut work = 0;
        while let Some(Reverse((known, k))) = queue.pop() {
            let now = cost(&before[k], &next[k]);
            if gone[k] {
                continue;
            }
            if now > known {
                queue.push(Reverse((now, k)));
                continue;
            }
            gone[k] = true;
            work += now;
            if work > most {
                return None;
            }
            let row = std::mem::take(&mut next[k]);
            let diagonal = row.values().sum::<f64>() + leave[k];
            let mut sources = Vec::with_capacity(before[k].len());
            for &to in row.keys() {
                before[to].remove(&k);
            }
            for from in std::mem::take(&mut before[k]) {
                let p = next[from].remove(&k).unwrap_or(0.0);
                sources.push((from, p));
                leave[from] += p * leave[k] / diagonal;
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

    /// Visits by sweeps over the states (Gauss and Seidel), and whether the tolerance was met.
    ///
    /// What comes into the component must leave it. Sweeps alone get there slowly where it is seldom left; all visits
    /// scaled by what is missing are there at once, and the sweeps need only mix.
    fn iterate(&self, most: usize) -> (Vec<f64>, bool) {
        let n = self.next.len();
        let mut before: Vec<Vec<(usize, f64)>> = vec![Vec::new(); n];
        let mut diagonal = self.leave.clone();
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
        for _ in 0..most / edges {
            let left: f64 = visits.iter().zip(&self.leave).map(|(v, p)| v * p).sum();
            let scale = inflow / left;
            if scale.is_normal() {
                for v in &mut visits {
                    *v *= scale;
                }
            }
            let mut moved = 0.0_f64;
            for i in 0..n {
                let from_others: f64 = before[i].iter().map(|&(j, p)| visits[j] * p).sum();
                let v = (self.inflow[i] + from_others) / diagonal[i];
                moved = moved.max((v - visits[i]).abs() / v.max(f64::MIN_POSITIVE));
                visits[i] = v;
            }
            if moved <= TOLERANCE {
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
        let leave = |row: &&[(usize, f64)]| 1.0 - row.iter().map(|(_, p)| p).sum::<f64>();
        Chain {
            next: rows.iter().map(|row| row.to_vec()).collect(),
            leave: rows.iter().map(leave).collect(),
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
    fn a_straight_line_is_walked_once() {
        close(&visits(&[&[(1, 1.0)], &[(2, 1.0)], &[]]), &[1.0, 1.0, 1.0]);
    }

    #[test]
    fn a_branch_shares_the_visits() {
        close(
            &visits(&[&[(1, 0.25), (2, 0.75)], &[(3, 1.0)], &[(3, 1.0)], &[]]),
            &[1.0, 0.25, 0.75, 1.0],
        );
    }

    #[test]
    fn a_loop_left_with_probability_p_is_walked_one_over_p_times() {
        let poll: [&[(usize, f64)]; 4] = [&[(1, 1.0)], &[(2, 1.0)], &[(0, 0.75), (3, 0.25)], &[]];
        close(&visits(&poll), &[4.0, 4.0, 4.0, 1.0]);
    }

    #[test]
    fn a_state_may_follow_itself() {
        close(&visits(&[&[(0, 0.9), (1, 0.1)], &[]]), &[10.0, 1.0]);
    }

    #[test]
    fn a_loop_that_is_hardly_ever_left_keeps_its_digits() {
        let p = 1e-12;
        let rows = Chain {
            next: vec![vec![(1, 1.0)], vec![(0, 1.0 - p)]],
            leave: vec![0.0, p],
        };
        close(&rows.visits(0).unwrap().visits, &[1e12, 1e12]);
    }

    #[test]
    fn what_is_never_left_is_said() {
        let rows = chain(&[&[(1, 0.5)], &[(2, 1.0)], &[(1, 1.0)]]);
        assert_eq!(rows.visits(0), Err(Endless(vec![1, 2])));
        // Nobody gets there, so nothing is endless.
        let rows = chain(&[&[], &[(1, 1.0)]]);
        close(&rows.visits(0).unwrap().visits, &[1.0, 0.0]);
    }

    #[test]
    fn states_without_a_start_are_not_visited() {
        assert_eq!(Chain::default().visits(0).unwrap().visits, Vec::<f64>::new());
    }

    /// A chain whose edges a small generator scatters: many loops within loops.
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
            leave: vec![0.05; n],
        }
    }

    #[test]
    fn elimination_and_iteration_agree() {
        let chain = scattered(120, 3);
        let all: Vec<usize> = (0..120).collect();
        let mut inflow = vec![0.0; 120];
        inflow[0] = 1.0;
        let part = Part::new(&chain, &all, &inflow);
        let (iterated, converged) = part.iterate(1_000_000);
        assert!(converged);
        close(&part.eliminate(1_000_000).unwrap(), &iterated);
        // Every execution leaves once: visits times the probability of leaving sum to 1.
        assert!((iterated.iter().sum::<f64>() * 0.05 - 1.0).abs() < 1e-12);
    }

    #[test]
    fn ten_thousand_entangled_states_are_solved() {
        let solved = scattered(10_000, 2).visits(0).unwrap();
        assert!(!solved.is_cut_short);
        assert!((solved.visits.iter().sum::<f64>() * 0.05 - 1.0).abs() < 1e-9);
    }

    /// Left once in 40,000 steps: sweeps alone would need as many.
    #[test]
    fn what_is_entangled_and_seldom_left_takes_few_sweeps() {
        let mut chain = scattered(10_000, 3);
        for (row, leave) in chain.next.iter_mut().zip(&mut chain.leave) {
            for (_, p) in row {
                *p /= 0.95;
            }
            *leave = 0.0;
        }
        for (_, p) in &mut chain.next[0] {
            *p *= 0.75;
        }
        chain.leave[0] = 0.25;
        let all: Vec<usize> = (0..10_000).collect();
        let mut inflow = vec![0.0; 10_000];
        inflow[0] = 1.0;
        let (visits, has_converged) = Part::new(&chain, &all, &inflow).iterate(4_000_000);
        assert!(has_converged);
        assert!((visits[0] * 0.25 - 1.0).abs() < 1e-9);
    }

    #[test]
    fn ten_thousand_states_in_one_ring_are_solved() {
        let n = 10_000;
        let row = |i: usize| match i {
            _ if i + 1 == n => vec![(0, 0.5)],
            _ if i % 10 == 9 => vec![(i - 9, 0.5), (i + 1, 0.5)],
            _ => vec![(i + 1, 1.0)],
        };
        let rows = Chain {
            next: (0..n).map(row).collect(),
            leave: (0..n).map(|i| if i + 1 == n { 0.5 } else { 0.0 }).collect(),
        };
        let visits = rows.visits(0).unwrap().visits;
        assert!((visits[n - 1] - 2.0).abs() < 1e-9 && (visits[5] - 4.0).abs() < 1e-9);
    }
}

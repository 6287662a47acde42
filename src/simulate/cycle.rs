//! Detection of the states that form an infinite loop.

use super::plan::StateId;

/// The number of states recorded; a loop is found if it is completed twice within them.
const CAPACITY: usize = 128;

/// The states entered most recently.
#[derive(Debug, Default)]
pub(super) struct RecentStates {
    ring: Vec<StateId>,
    next: usize,
}

impl RecentStates {
    /// Records that a state was entered.
    pub(super) fn record(&mut self, state: StateId) {
        if self.ring.len() < CAPACITY {
            self.ring.push(state);
        } else {
            self.ring[self.next] = state;
            self.next = (self.next + 1) % CAPACITY;
        }
    }

    /// The shortest cycle that the last states repeat; empty if there is none.
    pub(super) fn cycle(&self) -> Vec<StateId> {
        let (new, old) = self.ring.split_at(self.next.min(self.ring.len()));
        let states = [old, new].concat();
        let len = states.len();
        let period = (1..=len / 2).find(|p| states[len - p..] == states[len - 2 * p..len - p]);
        period.map_or_else(Vec::new, |p| states[len - p..].to_vec())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cycle(states: impl Iterator<Item = u32>) -> Vec<u32> {
        let mut recent = RecentStates::default();
        states.for_each(|s| recent.record(StateId(s)));
        recent.cycle().iter().map(|s| s.0).collect()
    }

    #[test]
    fn the_shortest_round_is_found() {
        let turned = |mut c: Vec<u32>| {
            c.sort_unstable();
            c
        };
        assert_eq!(cycle([9, 1, 2, 1, 2].into_iter()), [1, 2]);
        assert_eq!(turned(cycle((0..1000).map(|i| i % 3))), [0, 1, 2]);
        assert!(cycle(0..1000).is_empty());
    }
}

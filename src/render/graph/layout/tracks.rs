//! Assigns rectilinear arrows that run sideways between two layers to separate tracks, so that no two
//! overlap.

use std::collections::HashMap;

/// The point at which an arrow enters or leaves a gap.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct End {
    across: f64,
    /// Whether it is at the layer above the gap; otherwise it is at the one below.
    is_above: bool,
}

impl End {
    pub(super) const fn above(across: f64) -> Self {
        Self {
            across,
            is_above: true,
        }
    }

    pub(super) const fn below(across: f64) -> Self {
        Self {
            across,
            is_above: false,
        }
    }

    /// Whether two ends are at the same position of the same side.
    fn key(self) -> (u64, bool) {
        (self.across.to_bits(), self.is_above)
    }
}

/// The path of an arrow through a gap.
#[derive(Debug, Clone, Copy)]
pub(super) struct Connector {
    pub(super) ends: [End; 2],
    pub(super) is_lesser: bool,
}

impl Connector {
    /// Whether it runs straight through the gap and needs no track.
    pub(super) fn is_straight(&self) -> bool {
        self.ends[0].across.total_cmp(&self.ends[1].across).is_eq()
    }
}

/// Connectors that meet in one point only, and so can share a track.
struct Net {
    members: Vec<usize>,
    from: f64,
    to: f64,
}

/// The track of each connector, from 0, counted from the layer above.
pub(super) fn rows(connectors: &[Connector]) -> Vec<usize> {
    let mut nets = nets(connectors);
    nets.sort_by(|a, b| {
        let key = |net: &Net| preference(&connectors[net.members[0]]);
        key(a).total_cmp(&key(b))
    });
    let before = before(&nets, connectors);
    let mut rows = vec![0; connectors.len()];
    let mut row_of: Vec<Option<usize>> = vec![None; nets.len()];
    let mut taken: Vec<Vec<(f64, f64)>> = Vec::new();
    for _ in 0..nets.len() {
        let waiting = |i: &usize| row_of[*i].is_none();
        let is_free = |i: &usize| before[*i].iter().all(|&b| row_of[b].is_some());
        // In a cyclic dependency, one has to be placed first, and two lines touch.
        let free = (0..nets.len()).filter(waiting).find(is_free);
        let Some(i) = free.or_else(|| (0..nets.len()).find(waiting)) else {
            break;
        };
        let net = &nets[i];
        let mut row = before[i]
            .iter()
            .filter_map(|&b| row_of[b])
            .map(|r| r + 1)
            .max()
            .unwrap_or(0);
        while taken
            .get(row)
            .is_some_and(|spans| spans.iter().any(|s| s.0 < net.to + 1.5 && net.from < s.1 + 1.5))
        {
            row += 1;
        }
        taken.resize_with(taken.len().max(row + 1), Vec::new);
        taken[row].push((net.from, net.to));
        row_of[i] = Some(row);
        net.members.iter().for_each(|&m| rows[m] = row);
    }
    rows
}

/// Rightward connectors are ordered from right to left, and leftward ones from left to right, so that
/// neighbors do not cross.
fn preference(connector: &Connector) -> f64 {
    let [a, b] = connector.ends;
    if a.across < b.across { -a.across } else { a.across }
}

/// Joins connectors that meet in one end and whose other ends are not shared.
fn nets(connectors: &[Connector]) -> Vec<Net> {
    let mut meeting: HashMap<(u64, bool, bool), Vec<usize>> = HashMap::new();
    let mut count: HashMap<(u64, bool), usize> = HashMap::new();
    for (i, connector) in connectors.iter().enumerate() {
        for end in connector.ends {
            let (across, is_above) = end.key();
            meeting
                .entry((across, is_above, connector.is_lesser))
                .or_default()
                .push(i);
            *count.entry(end.key()).or_default() += 1;
        }
    }
    let mut nets: Vec<Net> = Vec::new();
    let mut is_inside = vec![false; connectors.len()];
    for (i, connector) in connectors.iter().enumerate() {
        if is_inside[i] || connector.is_straight() {
            continue;
        }
        let mut members = vec![i];
        for end in connector.ends {
            let (across, is_above) = end.key();
            let others = &meeting[&(across, is_above, connector.is_lesser)];
            let other_end = |m: usize| {
                if connectors[m].ends[0] == end {
                    connectors[m].ends[1]
                } else {
                    connectors[m].ends[0]
                }
            };
            let is_star = others
                .iter()
                .all(|&m| !is_inside[m] && count[&other_end(m).key()] == 1);
            if others.len() > 1 && is_star {
                members = others
                    .iter()
                    .copied()
                    .filter(|&m| !connectors[m].is_straight())
                    .collect();
                break;
            }
        }
        let places = members.iter().flat_map(|&m| connectors[m].ends).map(|e| e.across);
        let (from, to) = places.fold((f64::MAX, f64::MIN), |(min, max), x| (min.min(x), max.max(x)));
        for &m in &members {
            is_inside[m] = true;
        }
        nets.push(Net { members, from, to });
    }
    nets
}

/// For each net, the nets that must be above it, because they come down where it continues below.
fn before(nets: &[Net], connectors: &[Connector]) -> Vec<Vec<usize>> {
    let mut above: HashMap<u64, Vec<usize>> = HashMap::new();
    for (i, net) in nets.iter().enumerate() {
        for end in net
            .members
            .iter()
            .flat_map(|&m| connectors[m].ends)
            .filter(|e| e.is_above)
        {
            above.entry(end.across.to_bits()).or_default().push(i);
        }
    }
    let of = |(i, net): (usize, &Net)| {
        let below = net
            .members
            .iter()
            .flat_map(|&m| connectors[m].ends)
            .filter(|e| !e.is_above);
        let mut before: Vec<usize> = below
            .filter_map(|e| above.get(&e.across.to_bits()))
            .flatten()
            .copied()
            .filter(|&other| other != i)
            .collect();
        before.sort_unstable();
        before.dedup();
        before
    };
    nets.iter().enumerate().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn down(from: f64, to: f64) -> Connector {
        Connector {
            ends: [End::above(from), End::below(to)],
            is_lesser: false,
        }
    }

    #[test]
    fn separate_connectors_share_a_track() {
        assert_eq!(rows(&[down(0.5, 4.5), down(10.5, 14.5)]), [0, 0]);
        assert_eq!(rows(&[down(3.5, 3.5)]), [0]);
    }

    #[test]
    fn overlapping_connectors_have_separate_tracks() {
        assert_eq!(rows(&[down(0.5, 8.5), down(4.5, 12.5)]), [1, 0]);
    }

    #[test]
    fn connectors_with_a_common_end_are_joined() {
        assert_eq!(
            rows(&[down(0.5, 8.5), down(4.5, 8.5), down(12.5, 8.5)]),
            [0, 0, 0]
        );
        assert_eq!(rows(&[down(8.5, 0.5), down(8.5, 4.5)]), [0, 0]);
    }

    #[test]
    fn ambiguous_connectors_are_not_joined() {
        // Two sources and two targets: if joined, the first would appear to lead only to the target of the second.
        let rows = rows(&[down(0.5, 8.5), down(0.5, 12.5), down(4.5, 12.5)]);
        assert!(rows[0] != rows[2] && rows[1] != rows[2], "{rows:?}");
    }

    #[test]
    fn a_connector_turns_before_another_enters_its_column() {
        // The first continues below where the second comes down.
        assert_eq!(rows(&[down(0.5, 8.5), down(8.5, 16.5)]), [1, 0]);
    }
}

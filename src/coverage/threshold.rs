//! The least coverage that a test run must reach.

use super::item::Kind;
use super::measured::{Coverage, Tally};
use crate::prose;
use std::str::FromStr;

/// The least coverage in percent, by kind.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Thresholds(Vec<(Kind, f64)>);

/// A kind whose coverage is too low.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shortfall {
    /// The kind.
    pub kind: Kind,
    /// The least coverage in percent.
    pub wanted: f64,
    /// The number of items that were used.
    pub covered: usize,
    /// The number of items.
    pub total: usize,
    /// The coverage in percent, rounded down to tenths.
    pub found: f64,
}

/// Reads `90`, which applies to states and transitions, and `KIND=N`, separated by commas. Later ones take precedence.
impl FromStr for Thresholds {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut thresholds: Vec<(Kind, f64)> = Vec::new();
        for part in text.split(',') {
            let (kinds, least) = match part.split_once('=') {
                Some((name, number)) => (vec![kind(name.trim())?], percent(number)?),
                None => (vec![Kind::States, Kind::Transitions], percent(part)?),
            };
            thresholds.retain(|(known, _)| !kinds.contains(known));
            thresholds.extend(kinds.into_iter().map(|kind| (kind, least)));
        }
        Ok(Self(thresholds))
    }
}

fn kind(name: &str) -> Result<Kind, String> {
    Kind::from_name(name).ok_or_else(|| {
        let help = prose::suggestion("kind", name, Kind::ALL.map(Kind::as_str));
        format!("unknown kind `{name}`: {help}")
    })
}

fn percent(text: &str) -> Result<f64, String> {
    let number: Option<f64> = text.trim().trim_end_matches('%').parse().ok();
    number
        .filter(|number| (0.0..=100.0).contains(number))
        .ok_or_else(|| {
            format!(
                "invalid percentage `{}`: expected a number from 0 to 100",
                text.trim()
            )
        })
}

impl Thresholds {
    /// The kinds whose coverage over all machines is too low.
    #[expect(clippy::needless_pass_by_value, reason = "iterators are given by value")]
    pub fn shortfalls<'c>(&self, machines: impl Iterator<Item = &'c Coverage> + Clone) -> Vec<Shortfall> {
        let shortfall = |(kind, wanted): &(Kind, f64)| {
            let tally = Tally::sum(machines.clone().map(|machine| machine.tally(*kind)));
            (tally.percent() < *wanted).then_some(Shortfall {
                kind: *kind,
                wanted: *wanted,
                covered: tally.covered,
                total: tally.total,
                found: tally.percent_shown(),
            })
        };
        self.0.iter().filter_map(shortfall).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_one_number_or_one_per_kind() {
        let read = |text: &str| text.parse::<Thresholds>().map(|thresholds| thresholds.0);
        assert_eq!(
            read("90"),
            Ok(vec![(Kind::States, 90.0), (Kind::Transitions, 90.0)])
        );
        assert_eq!(
            read("states=80,maps=50%"),
            Ok(vec![(Kind::States, 80.0), (Kind::Maps, 50.0)])
        );
        assert_eq!(
            read("90, transitions=70"),
            Ok(vec![(Kind::States, 90.0), (Kind::Transitions, 70.0)])
        );
        for (text, error) in [
            (
                "many",
                "invalid percentage `many`: expected a number from 0 to 100",
            ),
            ("101", "invalid percentage `101`: expected a number from 0 to 100"),
            (
                "state=1",
                "unknown kind `state`: a kind with a similar name exists: `states`",
            ),
        ] {
            assert_eq!(read(text), Err(error.to_owned()));
        }
    }
}

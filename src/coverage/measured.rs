//! The coverage of a machine by its test cases.

use super::catalog::Catalog;
use super::counts::Counts;
use super::item::{Item, Kind, Part};
use super::proof::Proofs;
use crate::simulate::StateId;
use crate::source::{Position, SourceFile, Span};
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The coverage of a machine by its test cases.
#[derive(Debug)]
pub struct Coverage {
    /// The machine as reports name it: the path of its file, and its name if the file contains several.
    pub machine: String,
    /// The text of the definition.
    pub source: Arc<SourceFile>,
    /// The items.
    pub catalog: Catalog,
    /// The items that are proved unreachable.
    pub proofs: Proofs,
    counts: Counts,
    cases: Vec<CaseStates>,
}

/// The states that a case reaches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CaseStates {
    /// The name of the case.
    pub name: String,
    /// The numbers of the states in the catalog, ascending.
    pub states: Vec<usize>,
}

/// The items of one kind.
#[derive(Debug, Clone, Default)]
pub struct Tally<'c> {
    /// The number of items that were used.
    pub covered: usize,
    /// The number of items, without those that are proved unreachable and were not used.
    pub total: usize,
    /// The items that were not used, without those that are proved unreachable.
    pub missing: Vec<&'c Item>,
    /// The items that are proved unreachable, and were not used, with the reason.
    pub unreachable: Vec<(&'c Item, &'c str)>,
}

impl Coverage {
    /// The coverage of a machine before any case has run.
    pub fn new(machine: String, source: Arc<SourceFile>, catalog: Catalog, proofs: Proofs) -> Self {
        Self {
            machine,
            source,
            counts: Counts::new(&catalog),
            catalog,
            proofs,
            cases: Vec::new(),
        }
    }

    /// Adds what a case has used.
    pub fn add(&mut self, case: &str, counts: &Counts) {
        let states = self.catalog.items_of_kind(Kind::States).map(|(number, _)| number);
        let states = states.filter(|number| counts.has(*number)).collect();
        let name = case.to_owned();
        self.add_all(counts, [CaseStates { name, states }]);
    }

    /// Adds what several cases have used together, and the states that each of them reaches.
    pub fn add_all(&mut self, counts: &Counts, cases: impl IntoIterator<Item = CaseStates>) {
        self.counts.merge(counts);
        self.cases.extend(cases);
    }

    /// Sorts the cases by a key of their names.
    pub fn sort_cases<K: Ord>(&mut self, key: impl Fn(&str) -> K) {
        self.cases.sort_by_key(|case| key(&case.name));
    }

    /// How often each item was used.
    pub const fn counts(&self) -> &Counts {
        &self.counts
    }

    /// The states that each case reaches, in the order of the cases.
    pub fn cases(&self) -> &[CaseStates] {
        &self.cases
    }

    /// The names of the cases that reach each state, in their order.
    pub fn cases_by_state(&self) -> BTreeMap<StateId, Vec<&str>> {
        let mut by_state: BTreeMap<StateId, Vec<&str>> = BTreeMap::new();
        for case in &self.cases {
            for number in &case.states {
                if let Some(item) = self.catalog.items().get(*number) {
                    by_state.entry(item.state).or_default().push(&case.name);
                }
            }
        }
        by_state
    }

    /// How often a part of a state was used; 0 if it is not an item.
    pub fn count(&self, state: StateId, part: Part) -> u64 {
        self.catalog
            .find(state, part)
            .map_or(0, |item| self.counts.get(item))
    }

    /// The items of one kind.
    pub fn tally(&self, kind: Kind) -> Tally<'_> {
        let mut tally = Tally::default();
        for (number, item) in self.catalog.items_of_kind(kind) {
            if self.counts.has(number) {
                tally.covered += 1;
                tally.total += 1;
            } else if let Some(reason) = self.proofs.get(number) {
                tally.unreachable.push((item, reason));
            } else {
                tally.total += 1;
                tally.missing.push(item);
            }
        }
        tally
    }

    /// The file that contains a place of the definition, and the position in it.
    pub fn location(&self, span: Span) -> (&str, Position) {
        match self.source.part_at(span.start) {
            Some(part) => (
                part.file.name(),
                part.file.position(span.within(part.start).start),
            ),
            None => (self.source.name(), self.source.position(span.start)),
        }
    }
}

impl Tally<'_> {
    /// The share of the items that were used, in percent; 100 if there are none.
    #[expect(clippy::cast_precision_loss, reason = "far fewer items than 2^52")]
    pub fn percent(&self) -> f64 {
        if self.total == 0 {
            return 100.0;
        }
        self.covered as f64 * 100.0 / self.total as f64
    }

    /// The percentage to print: rounded down to tenths, so that 100 means all.
    pub fn percent_shown(&self) -> f64 {
        (self.percent() * 10.0).floor() / 10.0
    }

    /// The items of this kind in several machines.
    pub fn sum<'c>(tallies: impl IntoIterator<Item = Tally<'c>>) -> Tally<'c> {
        tallies.into_iter().fold(Tally::default(), |mut all, one| {
            all.covered += one.covered;
            all.total += one.total;
            all.missing.extend(one.missing);
            all.unreachable.extend(one.unreachable);
            all
        })
    }
}

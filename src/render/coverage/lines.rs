//! Coverage by line of the files of definitions, as LCOV and Cobertura count it.

use crate::coverage::{Coverage, Item, Part};
use std::collections::BTreeMap;

/// The lines of a file.
#[derive(Debug, Default)]
pub(super) struct File {
    /// By line of a state's key, how often the state was entered.
    pub(super) states: BTreeMap<u32, u64>,
    /// By line of a transition, how often each one in it was taken; `None` if its state was never entered.
    pub(super) transitions: BTreeMap<u32, Vec<Transition>>,
}

/// A transition.
#[derive(Debug, Clone, Copy)]
pub(super) struct Transition {
    /// The number of its state in the report.
    pub(super) block: u32,
    /// Its number among the transitions of the state.
    pub(super) branch: u32,
    /// How often it was taken; `None` if the state was never entered.
    pub(super) taken: Option<u64>,
}

/// A figure of covered and all items.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Figure {
    pub(super) covered: usize,
    pub(super) total: usize,
}

/// The lines of all files, by path. What is proved unreachable is left out.
pub(super) fn files(machines: &[&Coverage]) -> BTreeMap<String, File> {
    let mut files: BTreeMap<String, File> = BTreeMap::new();
    for coverage in machines {
        let mut branches: BTreeMap<u32, u32> = BTreeMap::new();
        for (number, item) in coverage.catalog.items().iter().enumerate() {
            let count = coverage.counts().get(number);
            if count == 0 && coverage.proofs.get(number).is_some() {
                continue;
            }
            match item.part {
                Part::State => {
                    let (file, line) = place(coverage, item, &mut files);
                    // States on one line are one line of the report.
                    *file.states.entry(line).or_default() += count;
                }
                Part::Exit(_) => {
                    let branch = branches.entry(item.state.0).or_default();
                    let is_entered = coverage.count(item.state, Part::State) > 0;
                    let transition = Transition {
                        block: item.state.0,
                        branch: *branch,
                        taken: is_entered.then_some(count),
                    };
                    *branch += 1;
                    let (file, line) = place(coverage, item, &mut files);
                    file.transitions.entry(line).or_default().push(transition);
                }
                _ => {}
            }
        }
    }
    files
}

/// The file and the line of an item.
fn place<'f>(coverage: &Coverage, item: &Item, files: &'f mut BTreeMap<String, File>) -> (&'f mut File, u32) {
    let (path, position) = coverage.location(item.span);
    (files.entry(path.to_owned()).or_default(), position.line)
}

impl File {
    /// The lines with states.
    pub(super) fn lines(&self) -> Figure {
        Figure {
            covered: self.states.values().filter(|count| **count > 0).count(),
            total: self.states.len(),
        }
    }

    /// The transitions.
    pub(super) fn branches(&self) -> Figure {
        figure(self.transitions.values().flatten())
    }
}

/// The figure of some transitions.
pub(super) fn figure<'t>(transitions: impl IntoIterator<Item = &'t Transition>) -> Figure {
    let mut figure = Figure::default();
    for transition in transitions {
        figure.total += 1;
        figure.covered += usize::from(transition.taken.is_some_and(|taken| taken > 0));
    }
    figure
}

impl Figure {
    /// The sum of figures.
    pub(super) fn sum(figures: impl IntoIterator<Item = Self>) -> Self {
        figures.into_iter().fold(Self::default(), |sum, figure| Self {
            covered: sum.covered + figure.covered,
            total: sum.total + figure.total,
        })
    }

    /// The share from 0 to 1; 1 if there are no items.
    #[expect(clippy::cast_precision_loss, reason = "far fewer items than 2^52")]
    pub(super) fn rate(self) -> f64 {
        if self.total == 0 {
            return 1.0;
        }
        self.covered as f64 / self.total as f64
    }
}

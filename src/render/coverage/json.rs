//! Coverage as JSON: the field `coverage` of the report of a test run.

use crate::coverage::{CaseStates, Coverage, Item, Kind, Tally};
use crate::source::Position;
use serde::Serialize;

/// The coverage of all machines, and of each.
#[derive(Debug, Serialize)]
pub struct Document<'a> {
    #[serde(flatten)]
    total: Kinds<'a>,
    machines: Vec<Machine<'a>>,
}

#[derive(Debug, Serialize)]
#[expect(clippy::struct_field_names, reason = "the names of the report")]
struct Machine<'a> {
    machine: &'a str,
    path: &'a str,
    #[serde(flatten)]
    kinds: Kinds<'a>,
    /// How often each item was used, in the order of the definition.
    counts: &'a [u64],
    /// The states that each case reaches, as indexes of `counts`.
    cases: &'a [CaseStates],
}

#[derive(Debug, Serialize)]
struct Kinds<'a> {
    states: Figures<'a>,
    transitions: Figures<'a>,
    retries: Figures<'a>,
    maps: Figures<'a>,
    branches: Figures<'a>,
    timeouts: Figures<'a>,
}

#[derive(Debug, Serialize)]
struct Figures<'a> {
    covered: usize,
    total: usize,
    missing: Vec<Missing<'a>>,
    unreachable: Vec<Missing<'a>>,
}

#[derive(Debug, Serialize)]
struct Missing<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
    location: Location<'a>,
}

#[derive(Debug, Serialize)]
struct Location<'a> {
    path: &'a str,
    start: Place,
    end: Place,
}

#[derive(Debug, Serialize)]
struct Place {
    line: u32,
    column: u32,
}

/// The coverage of machines as a serializable value.
pub fn document<'a>(machines: &[&'a Coverage]) -> Document<'a> {
    Document {
        total: kinds(|kind| {
            machines
                .iter()
                .map(|coverage| figures(coverage, kind))
                .fold(none(), Figures::plus)
        }),
        machines: machines
            .iter()
            .map(|coverage| Machine {
                machine: &coverage.machine,
                path: coverage.source.name(),
                kinds: kinds(|kind| figures(coverage, kind)),
                counts: coverage.counts().numbers(),
                cases: coverage.cases(),
            })
            .collect(),
    }
}

fn kinds<'a>(figures: impl Fn(Kind) -> Figures<'a>) -> Kinds<'a> {
    Kinds {
        states: figures(Kind::States),
        transitions: figures(Kind::Transitions),
        retries: figures(Kind::Retries),
        maps: figures(Kind::Maps),
        branches: figures(Kind::Branches),
        timeouts: figures(Kind::Timeouts),
    }
}

const fn none<'a>() -> Figures<'a> {
    Figures {
        covered: 0,
        total: 0,
        missing: Vec::new(),
        unreachable: Vec::new(),
    }
}

impl Figures<'_> {
    fn plus(mut self, other: Self) -> Self {
        self.covered += other.covered;
        self.total += other.total;
        self.missing.extend(other.missing);
        self.unreachable.extend(other.unreachable);
        self
    }
}

fn figures(coverage: &Coverage, kind: Kind) -> Figures<'_> {
    let Tally {
        covered,
        total,
        missing,
        unreachable,
    } = coverage.tally(kind);
    Figures {
        covered,
        total,
        missing: missing
            .into_iter()
            .map(|item| entry(coverage, item, None))
            .collect(),
        unreachable: unreachable
            .into_iter()
            .map(|(item, reason)| entry(coverage, item, Some(reason)))
            .collect(),
    }
}

fn entry<'a>(coverage: &'a Coverage, item: &'a Item, reason: Option<&'a str>) -> Missing<'a> {
    let (path, start) = coverage.location(item.span);
    let end = crate::source::Span::new(item.span.end, item.span.end);
    let (_, end) = coverage.location(end);
    Missing {
        name: &item.name,
        reason,
        location: Location {
            path,
            start: start.into(),
            end: end.into(),
        },
    }
}

impl From<Position> for Place {
    fn from(position: Position) -> Self {
        Self {
            line: position.line,
            column: position.column,
        }
    }
}

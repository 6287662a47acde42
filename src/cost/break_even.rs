//! Where Standard and Express cost the same.

use super::bill::{Metered, Tariff};
use super::money::{MAX_QUANTITY, units_for};
use super::usage::{Usage, billed_mb};
use crate::spec::WorkflowType;
use rust_decimal::Decimal;
use std::cmp::Ordering;

/// Where both types cost the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BreakEven {
    /// The executions per month at which the cheaper type changes.
    pub volume: Option<Volume>,
    /// The longest duration, in milliseconds, at which Express does not cost more than Standard at this volume; `None` if it
    /// costs more at any duration.
    pub duration_ms: Option<Decimal>,
}

/// A number of executions per month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Volume {
    /// The number, rounded up.
    pub executions: Decimal,
    /// The cheaper type below it.
    pub below: WorkflowType,
}

/// Computes the break-even points from the metered usage of one execution as each type.
pub fn find(
    usage: &Usage,
    standard: Metered,
    express: Metered,
    tariff: &Tariff<'_>,
    executions: Decimal,
) -> BreakEven {
    BreakEven {
        volume: volume(standard, express, tariff),
        duration_ms: duration(usage, standard, express, tariff, executions),
    }
}

/// Costs are piecewise linear in the volume, with breakpoints where a tier begins. The difference changes its sign at most
/// once within each piece.
fn volume(standard: Metered, express: Metered, tariff: &Tariff<'_>) -> Option<Volume> {
    let difference = |n: Decimal| standard.times(n).cost(tariff) - express.times(n).cost(tariff);
    let mut edges: Vec<Decimal> = Vec::new();
    for metered in [standard, express] {
        edges.extend(tariff.free_transitions.checked_div(metered.transitions));
        let tiers = tariff.express.per_gb_second.iter().filter_map(|t| t.up_to);
        edges.extend(tiers.filter_map(|end| end.checked_div(metered.gb_seconds)));
    }
    let max = Decimal::from(MAX_QUANTITY);
    edges.retain(|edge| *edge > Decimal::ZERO && *edge < max);
    edges.push(max);
    edges.sort_unstable();
    let (mut from, mut at_from) = (Decimal::ZERO, Decimal::ZERO);
    let mut sign = Ordering::Equal;
    for edge in edges {
        let at_edge = difference(edge);
        let here = at_edge.cmp(&Decimal::ZERO);
        if sign.is_eq() {
            sign = here;
        } else if here == sign.reverse() {
            let crossing = from + (edge - from) * (at_from / (at_from - at_edge));
            return Some(Volume {
                executions: crossing.ceil(),
                below: if sign.is_gt() {
                    WorkflowType::Express
                } else {
                    WorkflowType::Standard
                },
            });
        }
        (from, at_from) = (edge, at_edge);
    }
    None
}

fn duration(
    usage: &Usage,
    standard: Metered,
    express: Metered,
    tariff: &Tariff<'_>,
    executions: Decimal,
) -> Option<Decimal> {
    let own = super::bill::gb_seconds(usage.billed_ms, usage.memory_mb);
    let children = express.gb_seconds - own;
    let without_duration = Metered {
        gb_seconds: Decimal::ZERO,
        ..express
    };
    let left = standard.times(executions).cost(tariff) - without_duration.times(executions).cost(tariff);
    if left <= Decimal::ZERO {
        return None;
    }
    let affordable = units_for(&tariff.express.per_gb_second, left)? - children * executions;
    let per_ms = executions * billed_mb(usage.memory_mb) / Decimal::from(1_024_000);
    let hundred = Decimal::ONE_HUNDRED;
    let ms = (affordable.checked_div(per_ms)? / hundred).floor() * hundred;
    (ms >= hundred).then_some(ms)
}

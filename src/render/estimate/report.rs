//! The reports, and strings that several formats share.

use crate::cost::feasibility::Obstacle;
use crate::cost::usage::{Source, StateUsage, Usage};
use crate::cost::{Estimate, Terms, money};
use crate::prose;
use crate::prose::duration;
use crate::prose::with_thousands;
use crate::spec::{WorkflowType, quota};
use rust_decimal::{Decimal, RoundingStrategy};

/// The estimate of one state machine.
#[derive(Debug)]
pub struct Report<'a> {
    /// The file, as given on the command line.
    pub path: &'a str,
    /// The name of the state machine, if the file contains several.
    pub machine: Option<&'a str>,
    /// The estimate.
    pub estimate: &'a Estimate,
    /// The terms of the estimate.
    pub terms: &'a Terms<'a>,
    /// The estimate that it is compared with.
    pub comparison: Option<Comparison<'a>>,
}

/// Another definition, or another version of the same definition.
#[derive(Debug)]
pub struct Comparison<'a> {
    /// Its name, as given on the command line.
    pub name: &'a str,
    /// Its estimate.
    pub estimate: &'a Estimate,
}

/// The monthly budget for all state machines.
#[derive(Debug, Clone, Copy)]
pub struct Budget {
    /// The limit in US dollars.
    pub limit: Decimal,
    /// The estimated cost in US dollars.
    pub spent: Decimal,
}

impl Budget {
    /// Whether the cost does not exceed the limit.
    pub fn is_met(&self) -> bool {
        self.spent <= self.limit
    }
}

impl Report<'_> {
    /// The file and the name of the state machine.
    pub(super) fn title(&self) -> String {
        match self.machine {
            Some(machine) => format!("{} ({machine})", self.path),
            None => self.path.to_owned(),
        }
    }

    /// The states with a cost, by decreasing share.
    pub(super) fn by_share(&self) -> Vec<(&StateUsage, Decimal)> {
        let shares = self.estimate.shares.iter().copied();
        let mut states: Vec<_> = self.estimate.usage.states.iter().zip(shares).collect();
        states.retain(|(_, share)| *share > Decimal::ZERO);
        states.sort_by_key(|s| std::cmp::Reverse(s.1));
        states
    }

    /// The states with a duration, by decreasing share of the total duration of tasks and waits.
    pub(super) fn by_time(&self) -> Vec<(&StateUsage, Decimal)> {
        let whole: Decimal = self.estimate.usage.states.iter().map(|s| s.ms).sum();
        let part = |ms: Decimal| ms.checked_div(whole).unwrap_or_default();
        let mut states: Vec<_> = self
            .estimate
            .usage
            .states
            .iter()
            .map(|s| (s, part(s.ms)))
            .collect();
        states.retain(|(_, part)| *part > Decimal::ZERO);
        states.sort_by_key(|s| std::cmp::Reverse(s.1));
        states
    }

    /// The prices, with their dates and sources.
    pub(super) fn prices(&self) -> Vec<String> {
        let (prices, tariff) = (self.terms.prices, self.terms.tariff);
        let (standard, express) = (tariff.standard, tariff.express);
        let mut lines = vec![
            format!(
                "Standard: ${} per 1,000 transitions in {}, as of {} ({})",
                money::exact(standard.per_transition * Decimal::ONE_THOUSAND),
                tariff.region,
                standard.date,
                prices.source_name(&standard.source)
            ),
            format!(
                "Express: ${} per 1,000,000 requests, from ${} per GB-second in {}, as of {} ({})",
                money::exact(express.per_request * Decimal::from(1_000_000)),
                express.per_gb_second.first().map_or(Decimal::ZERO, |t| t.price),
                tariff.express_region,
                express.date,
                prices.source_name(&express.source)
            ),
        ];
        if tariff.express_region != tariff.region {
            lines.push(format!(
                "the Express price in {} is unknown: using the price in {}, which is the same in all known regions",
                tariff.region, tariff.express_region
            ));
        }
        lines.push(if tariff.free_transitions.is_zero() {
            "no free tier".to_owned()
        } else {
            format!(
                "free tier: {} transitions per month, shared by all state machines of the account",
                with_thousands(tariff.free_transitions)
            )
        });
        lines
    }

    /// The assumptions of the estimate.
    pub(super) fn assumptions(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for a in &self.estimate.usage.assumed {
            let states = match a.states.as_slice() {
                [] => String::new(),
                [one] => format!(", `{one}`"),
                [one, two] => format!(", `{one}` and `{two}`"),
                [first, rest @ ..] => format!(", `{first}` and {} more states", rest.len()),
            };
            lines.push(format!(
                "{}: {} ({}{states})",
                a.subject,
                a.value,
                a.basis.as_str()
            ));
        }
        if self.terms.count_start_end {
            lines.push("start and end of a Standard execution: one transition each (flag)".to_owned());
        }
        lines
    }
}

/// The text of an obstacle, with its states.
pub(super) fn obstacle_text(obstacle: &Obstacle) -> String {
    match obstacle.states.as_slice() {
        [] => obstacle.text.clone(),
        states => format!("{}: {}", state_list(states), obstacle.text),
    }
}

/// The first names in a list of states.
pub(super) fn state_list(states: &[String]) -> String {
    prose::abridged_list(states, 4)
}

/// The cheaper type and the monthly difference; `None` if only one is possible or both cost the same.
pub(super) fn cheaper(estimate: &Estimate) -> Option<(WorkflowType, Decimal)> {
    if !(estimate.standard.is_possible() && estimate.express.is_possible()) {
        return None;
    }
    let difference = estimate.standard.total() - estimate.express.total();
    let workflow = if difference > Decimal::ZERO {
        WorkflowType::Express
    } else {
        WorkflowType::Standard
    };
    (!difference.is_zero()).then_some((workflow, difference.abs()))
}

/// The name of the type in text.
pub(super) const fn type_name(workflow: WorkflowType) -> &'static str {
    match workflow {
        WorkflowType::Standard => "Standard",
        WorkflowType::Express => "Express",
    }
}

/// What the usage is computed from, in text.
pub(super) fn usage_source(usage: &Usage) -> String {
    let kind = match usage.source {
        Source::Definition => return "estimated from the definition".to_owned(),
        Source::Simulation => "simulated",
        Source::History => "recorded",
    };
    let executions = match usage.samples {
        Some(1) => format!("from 1 {kind} execution"),
        samples => format!("from {} {kind} executions", with_thousands(samples.unwrap_or(0))),
    };
    match (usage.incomplete.unwrap_or(0), usage.samples) {
        (0, _) => executions,
        (_, Some(1)) => format!("{executions}, which is incomplete"),
        (incomplete, _) => format!("{executions}, {} of them incomplete", with_thousands(incomplete)),
    }
}

/// `$1,234.56`, `$0.0000128`, `-$3.00`.
pub(super) fn dollars(amount: Decimal) -> String {
    let rounded = money::display(amount);
    let sign = if rounded.is_sign_negative() && !rounded.is_zero() {
        "-"
    } else {
        ""
    };
    format!("{sign}${}", with_thousands(rounded.abs()))
}

/// A difference, with its sign.
pub(super) fn signed_dollars(amount: Decimal) -> String {
    let text = dollars(amount);
    if amount > Decimal::ZERO {
        format!("+{text}")
    } else {
        text
    }
}

/// A quantity with two decimal places, four if it is below 1, or three significant digits if it is below 0.01.
pub(super) fn quantity(number: Decimal) -> String {
    let rounded = if number.abs() < Decimal::new(1, 2) {
        number.round_sf(3).unwrap_or(number)
    } else {
        let places = if number.abs() < Decimal::ONE { 4 } else { 2 };
        number.round_dp_with_strategy(places, RoundingStrategy::MidpointNearestEven)
    };
    with_thousands(rounded.normalize())
}

/// A share as a percentage.
pub(super) fn percent(part: Decimal) -> String {
    let percent = part * Decimal::ONE_HUNDRED;
    let places = u32::from(percent < Decimal::TEN);
    if part > Decimal::ZERO && percent < Decimal::new(5, 2) {
        return "<0.1%".to_owned();
    }
    let mut rounded = percent.round_dp_with_strategy(places, RoundingStrategy::MidpointNearestEven);
    rounded.rescale(places);
    format!("{rounded}%")
}

/// The break-even points in sentences.
pub(super) fn break_even(estimate: &Estimate) -> Vec<String> {
    let mut lines = Vec::new();
    if !(estimate.standard.is_possible() && estimate.express.is_possible()) {
        return lines;
    }
    if let Some(volume) = estimate.break_even.volume {
        let (below, above) = match volume.below {
            WorkflowType::Standard => ("Standard", "Express"),
            WorkflowType::Express => ("Express", "Standard"),
        };
        lines.push(format!(
            "{below} is cheaper below {} executions per month, {above} above",
            with_thousands(volume.executions)
        ));
    }
    let limit = Decimal::from(quota::EXPRESS_SECONDS) * Decimal::ONE_THOUSAND;
    lines.push(match estimate.break_even.duration_ms {
        Some(ms) if ms >= limit => {
            "at this volume, Express is cheaper at any duration up to its limit of 300 s".to_owned()
        }
        Some(ms) => format!(
            "at this volume, Express is cheaper up to {} per execution",
            duration::mean(ms)
        ),
        None => "at this volume, Standard is cheaper at any duration".to_owned(),
    });
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dec(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn formats_amounts_with_separators() {
        let cases = [
            ("1234567.891", "$1,234,567.89"),
            ("0.0000127731875", "$0.0000128"),
            ("-3", "-$3.00"),
            ("-0.00000000000001", "-$0.00000000000001"),
            ("0", "$0.00"),
        ];
        for (amount, text) in cases {
            assert_eq!(dollars(dec(amount)), text);
        }
    }

    #[test]
    fn formats_shares_as_percentages() {
        assert_eq!(
            ["0.5", "0.0123", "1", "0.09999", "0.0000001", "0"].map(|p| percent(dec(p))),
            ["50%", "1.2%", "100%", "10.0%", "<0.1%", "0.0%"]
        );
    }
}

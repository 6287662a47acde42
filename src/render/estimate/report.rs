//! The reports, and the parts of them that several formats print.

use crate::cost::usage::Usage;
use crate::cost::{Estimate, Terms, money};
use crate::prose;
use crate::prose::duration;
use crate::prose::with_thousands;
use crate::spec::WorkflowType;
use rust_decimal::{Decimal, RoundingStrategy};

/// The price of one machine.
#[derive(Debug)]
pub struct Report<'a> {
    /// The file, as it was given.
    pub path: &'a str,
    /// The machine's name, where the file holds several.
    pub machine: Option<&'a str>,
    /// The price.
    pub estimate: &'a Estimate,
    /// Under which terms.
    pub terms: &'a Terms<'a>,
    /// What it is compared with.
    pub other: Option<Other<'a>>,
}

/// Another definition, or another version of the same.
#[derive(Debug)]
pub struct Other<'a> {
    /// As it was given.
    pub name: &'a str,
    /// Its price.
    pub estimate: &'a Estimate,
}

/// What may be spent in a month, on all machines together.
#[derive(Debug, Clone, Copy)]
pub struct Budget {
    /// US dollars.
    pub limit: Decimal,
    /// What is spent.
    pub spent: Decimal,
}

impl Budget {
    /// Whether no more is spent than may be.
    pub fn is_kept(&self) -> bool {
        self.spent <= self.limit
    }
}

impl Report<'_> {
    /// The file, and the machine in it.
    pub(super) fn title(&self) -> String {
        match self.machine {
            Some(machine) => format!("{} ({machine})", self.path),
            None => self.path.to_owned(),
        }
    }

    /// States by their part of the price, the dearest first, those that cost nothing left out.
    pub(super) fn by_share(&self) -> Vec<(&crate::cost::usage::StateUsage, Decimal)> {
        let shares = self.estimate.shares.iter().copied();
        let mut states: Vec<_> = self.estimate.usage.states.iter().zip(shares).collect();
        states.retain(|(_, share)| *share > Decimal::ZERO);
        states.sort_by_key(|s| std::cmp::Reverse(s.1));
        states
    }

    /// States by the time that tasks and waits take in them, the longest first, each with its part of all time.
    pub(super) fn by_time(&self) -> Vec<(&crate::cost::usage::StateUsage, Decimal)> {
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

    /// Where each price comes from.
    pub(super) fn prices(&self) -> Vec<String> {
        let (prices, tariff) = (self.terms.prices, self.terms.tariff);
        let (standard, express) = (tariff.standard, tariff.express);
        let mut lines = vec![
            format!(
                "Standard: ${} per 1,000 transitions in {}, of {} ({})",
                money::exact(standard.per_transition * Decimal::ONE_THOUSAND),
                tariff.region,
                standard.date,
                prices.source_name(&standard.source)
            ),
            format!(
                "Express: ${} per 1,000,000 requests, from ${} per GB-second in {}, of {} ({})",
                money::exact(express.per_request * Decimal::from(1_000_000)),
                express.per_gb_second.first().map_or(Decimal::ZERO, |t| t.price),
                tariff.express_region,
                express.date,
                prices.source_name(&express.source)
            ),
        ];
        if tariff.express_region != tariff.region {
            lines.push(format!(
                "no Express price for {} in the table: using the price of {}; all known regions have the same one",
                tariff.region, tariff.express_region
            ));
        }
        lines.push(if tariff.free_transitions.is_zero() {
            "no free tier".to_owned()
        } else {
            format!(
                "free tier: {} transitions a month, which all machines of the account share",
                with_thousands(tariff.free_transitions)
            )
        });
        lines
    }

    /// What the figures rest on.
    pub(super) fn assumptions(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for a in &self.estimate.usage.assumed {
            let states = match a.states.as_slice() {
                [] => String::new(),
                [one] => format!(", `{one}`"),
                [one, two] => format!(", `{one}` and `{two}`"),
                [first, rest @ ..] => format!(", `{first}` and {} more states", rest.len()),
            };
            lines.push(format!("{}: {} ({}{states})", a.what, a.value, a.basis.as_str()));
        }
        if self.terms.count_start_end {
            lines.push("start and end of a Standard execution: one transition each (flag)".to_owned());
        }
        lines
    }
}

/// Why a type is ruled out, each reason with its states.
pub(super) fn obstacle(obstacle: &crate::cost::feasibility::Obstacle) -> String {
    match obstacle.states.as_slice() {
        [] => obstacle.text.clone(),
        states => format!("{}: {}", named(states), obstacle.text),
    }
}

/// The names of states, abridged.
pub(super) fn named(states: &[String]) -> String {
    prose::abridged_list(states, 4)
}

/// The cheaper type at this volume, and by how much a month; none where only one is possible or both cost the same.
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

/// The type's name in prose.
pub(super) const fn name_of(workflow: WorkflowType) -> &'static str {
    match workflow {
        WorkflowType::Standard => "Standard",
        WorkflowType::Express => "Express",
    }
}

/// Where the usage comes from, in prose.
pub(super) fn source(usage: &Usage) -> String {
    match (usage.source, usage.samples) {
        (crate::cost::usage::Source::Definition, _) => "the definition alone, by odds".to_owned(),
        (source, Some(1)) => format!("1 execution ({})", source.as_str()),
        (source, samples) => format!(
            "{} executions ({})",
            with_thousands(samples.unwrap_or(0)),
            source.as_str()
        ),
    }
}

/// `$1,234.56`, `$0.0000128`, `-$3.00`.
pub(super) fn dollars(amount: Decimal) -> String {
    let shown = money::shown(amount);
    let sign = if shown.is_sign_negative() && !shown.is_zero() {
        "-"
    } else {
        ""
    };
    format!("{sign}${}", with_thousands(shown.abs()))
}

/// With its sign, for a difference.
pub(super) fn signed_dollars(amount: Decimal) -> String {
    let text = dollars(amount);
    if amount > Decimal::ZERO {
        format!("+{text}")
    } else {
        text
    }
}

/// A quantity for people: two decimals, or three digits where it is small.
pub(super) fn quantity(number: Decimal) -> String {
    let rounded = if number.abs() < Decimal::new(1, 2) {
        // What is rare is not nothing.
        number.round_sf(3).unwrap_or(number)
    } else {
        let places = if number.abs() < Decimal::ONE { 4 } else { 2 };
        number.round_dp_with_strategy(places, RoundingStrategy::MidpointNearestEven)
    };
    with_thousands(rounded.normalize())
}

/// A part of 1, in per cent.
pub(super) fn percent(part: Decimal) -> String {
    let percent = part * Decimal::ONE_HUNDRED;
    let places = u32::from(percent < Decimal::TEN);
    if part > Decimal::ZERO && percent < Decimal::new(5, 2) {
        return "<0.1 %".to_owned();
    }
    let mut rounded = percent.round_dp_with_strategy(places, RoundingStrategy::MidpointNearestEven);
    rounded.rescale(places);
    format!("{rounded} %")
}

/// The sentences about where both types cost the same.
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
            "{below} is cheaper below {} executions a month, {above} above",
            with_thousands(volume.executions)
        ));
    }
    let limit = Decimal::from(crate::spec::quota::EXPRESS_SECONDS) * Decimal::ONE_THOUSAND;
    lines.push(match estimate.break_even.duration_ms {
        Some(ms) if ms >= limit => {
            "at this volume Express is cheaper at any duration it may have (300 s)".to_owned()
        }
        Some(ms) => format!(
            "at this volume Express is cheaper up to {} per execution",
            duration::mean(ms)
        ),
        None => "at this volume Standard is cheaper however short an execution is".to_owned(),
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
    fn money_is_grouped_and_short() {
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
    fn parts_are_in_per_cent() {
        assert_eq!(
            ["0.5", "0.0123", "1", "0.09999", "0.0000001", "0"].map(|p| percent(dec(p))),
            ["50 %", "1.2 %", "100 %", "10.0 %", "<0.1 %", "0.0 %"]
        );
    }
}

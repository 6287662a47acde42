//! Text: the cost as either type, the shares of states, recommendations, and assumptions.

use super::report::{
    Budget, Report, break_even, cheaper, dollars, obstacle_text, percent, quantity, signed_dollars,
    state_list, type_name, usage_source,
};
use crate::cost::usage::billed_mb;
use crate::cost::{Estimate, TypeEstimate};
use crate::prose::truncate;
use crate::prose::with_thousands;
use crate::prose::{self, duration};
use crate::render::style::Style;
use crate::render::visible::one_line;
use crate::spec::WorkflowType;
use colored::Colorize;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use std::io::{self, Write};

/// The number of states in the table of shares.
const SHOWN: usize = 8;

/// `TypeEstimates` of a full bar.
const BAR: usize = 24;

pub(super) fn write(
    reports: &[Report<'_>],
    budget: Option<Budget>,
    style: Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    for (i, report) in reports.iter().enumerate() {
        if i > 0 {
            writeln!(out)?;
        }
        Page { report, style, out }.write()?;
    }
    let Some(budget) = budget else {
        return Ok(());
    };
    let (limit, spent) = (dollars(budget.limit), dollars(budget.spent));
    let verdict = if budget.is_met() {
        style.paint(
            &format!("{spent} per month is within the budget of {limit}"),
            Colorize::green,
        )
    } else {
        style.paint(&format!("{spent} per month is over the budget of {limit}"), |t| {
            t.red().bold()
        })
    };
    writeln!(out, "\n{verdict}")
}

struct Page<'a, 'o> {
    report: &'a Report<'a>,
    style: Style,
    out: &'o mut dyn Write,
}

impl Page<'_, '_> {
    fn write(&mut self) -> io::Result<()> {
        let e = self.report.estimate;
        let title = self.report.title();
        writeln!(self.out, "{}", self.style.bold(&one_line(&title)))?;
        writeln!(
            self.out,
            "{} executions per month in {}; usage {}",
            with_thousands(e.executions),
            self.report.terms.tariff.region,
            usage_source(&e.usage)
        )?;
        self.amounts(e)?;
        self.verdict(e)?;
        self.usage(e)?;
        self.shares(e)?;
        self.services(e)?;
        self.advice(e)?;
        self.comparison(e)?;
        self.list("Assumptions", &self.report.assumptions())?;
        self.list("Prices", &self.report.prices())
    }

    fn heading(&mut self, words: &str) -> io::Result<()> {
        writeln!(self.out, "\n{}", self.style.bold(words))
    }

    fn amounts(&mut self, e: &Estimate) -> io::Result<()> {
        let has_services = !e.services.is_empty();
        let format = |column: &TypeEstimate, amount: Decimal| {
            if column.is_possible() {
                dollars(amount)
            } else {
                "not possible".to_owned()
            }
        };
        let per_execution = |c: &TypeEstimate| format(c, e.per_execution(c.per_month));
        let per_thousand = |c: &TypeEstimate| format(c, e.per_execution(c.per_month * Decimal::ONE_THOUSAND));
        let per_month = |c: &TypeEstimate| format(c, c.per_month);
        let services = |c: &TypeEstimate| format(c, c.services_per_month);
        let total = |c: &TypeEstimate| format(c, c.total());
        let mut rows: Vec<(&str, [String; 2])> = vec![
            (
                "",
                [
                    type_name(WorkflowType::Standard).to_owned(),
                    type_name(WorkflowType::Express).to_owned(),
                ],
            ),
            ("per execution", [&e.standard, &e.express].map(per_execution)),
            ("per 1,000", [&e.standard, &e.express].map(per_thousand)),
            ("per month", [&e.standard, &e.express].map(per_month)),
        ];
        if has_services {
            rows.push(("called services", [&e.standard, &e.express].map(services)));
            rows.push(("total per month", [&e.standard, &e.express].map(total)));
        }
        let widths = [0, 1].map(|i| rows.iter().map(|(_, cells)| cells[i].len()).max().unwrap_or(0));
        writeln!(self.out)?;
        for (i, (name, [standard, express])) in rows.iter().enumerate() {
            let line = format!(
                "  {name:<17} {standard:>a$}   {express:>b$}",
                a = widths[0].max(12),
                b = widths[1].max(12)
            );
            let line = if i == 0 { self.style.bold(&line) } else { line };
            writeln!(self.out, "{line}")?;
        }
        Ok(())
    }

    fn verdict(&mut self, e: &Estimate) -> io::Result<()> {
        let mut lines: Vec<String> = Vec::new();
        for (workflow, column) in [
            (WorkflowType::Standard, &e.standard),
            (WorkflowType::Express, &e.express),
        ] {
            let reasons = column.obstacles.iter().map(obstacle_text);
            lines.extend(reasons.map(|why| format!("{} is not possible: {why}", type_name(workflow))));
        }
        if let Some((workflow, difference)) = cheaper(e) {
            let words = format!(
                "{} is cheaper by {} per month",
                type_name(workflow),
                dollars(difference)
            );
            lines.push(self.style.paint(&words, Colorize::green));
        }
        lines.extend(break_even(e));
        if !lines.is_empty() {
            writeln!(self.out)?;
        }
        lines
            .iter()
            .try_for_each(|line| writeln!(self.out, "  {}", one_line_painted(line)))
    }

    fn usage(&mut self, e: &Estimate) -> io::Result<()> {
        self.heading("Usage per execution")?;
        let t = &e.usage.transitions;
        let max = match (t.max, t.unbounded.as_slice()) {
            (Some(max), _) => format!("at most {}", with_thousands(max)),
            (None, []) => "no upper bound".to_owned(),
            (None, states) => format!("no upper bound ({})", one_line(&state_list(states))),
        };
        let min = t.min.map_or_else(
            || "never ends".to_owned(),
            |min| format!("at least {}", with_thousands(min)),
        );
        writeln!(self.out, "  transitions  {}, {min}, {max}", quantity(t.expected))?;
        let (ms, mb) = (e.usage.duration_ms, e.usage.memory_mb);
        writeln!(
            self.out,
            "  duration     {}, billed as {}; memory {} MB, billed as {} MB (Express)",
            duration::mean(ms),
            duration::mean(e.usage.billed_ms),
            quantity(mb),
            billed_mb(mb)
        )?;
        for c in &e.usage.children {
            let detail = match c.workflow {
                WorkflowType::Standard => format!("{} transitions each", quantity(c.transitions)),
                WorkflowType::Express => format!(
                    "{} at {} MB each",
                    duration::mean(c.billed_ms),
                    billed_mb(c.memory_mb)
                ),
            };
            writeln!(
                self.out,
                "  children     {} {} from `{}`, {detail}",
                quantity(c.count),
                c.workflow.as_str(),
                one_line(&c.state)
            )?;
        }
        Ok(())
    }

    fn shares(&mut self, e: &Estimate) -> io::Result<()> {
        let is_express = e.workflow == WorkflowType::Express && e.express.is_possible();
        let (heading, states) = if is_express {
            ("Duration by state", self.report.by_time())
        } else {
            ("Cost by state", self.report.by_share())
        };
        if states.is_empty() {
            return Ok(());
        }
        self.heading(heading)?;
        let width = self.style.width.saturating_sub(BAR + 32).clamp(12, 40);
        let longest = states
            .iter()
            .take(SHOWN)
            .map(|(s, _)| s.name.chars().count())
            .max()
            .unwrap_or(0);
        let width = longest.min(width);
        for (state, part) in states.iter().take(SHOWN) {
            let name = truncate(&one_line(&state.name), width);
            let pad = " ".repeat(width.saturating_sub(name.chars().count()));
            let detail = if is_express {
                duration::mean(state.ms)
            } else {
                let times = |count: Decimal, one: &str, many: &str| {
                    let count = quantity(count);
                    let noun = if count == "1" { one } else { many };
                    format!("{count} {noun}")
                };
                let parts = [
                    (state.entries, "entry", "entries"),
                    (state.retries, "retry", "retries"),
                    (state.starts, "child", "children"),
                ];
                let counted = parts.iter().filter(|(count, ..)| !count.is_zero());
                let counted: Vec<String> = counted
                    .map(|(count, one, many)| times(*count, one, many))
                    .collect();
                prose::list(&counted)
            };
            let bar = self.style.paint(&self.bar(*part), Colorize::cyan);
            writeln!(self.out, "  {name}{pad}  {bar} {:>6}  {detail}", percent(*part))?;
        }
        if states.len() > SHOWN {
            let rest: Decimal = states.iter().skip(SHOWN).map(|(_, part)| *part).sum();
            writeln!(
                self.out,
                "  and {} more states: {}",
                states.len() - SHOWN,
                percent(rest)
            )?;
        }
        Ok(())
    }

    /// A bar of fixed width, filled in proportion to the part.
    fn bar(&self, part: Decimal) -> String {
        let (full, empty) = if self.style.unicode {
            ("█", "░")
        } else {
            ("#", ".")
        };
        let filled = (part * Decimal::from(BAR))
            .round()
            .to_usize()
            .unwrap_or(0)
            .min(BAR);
        format!("{}{}", full.repeat(filled), empty.repeat(BAR - filled))
    }

    fn services(&mut self, e: &Estimate) -> io::Result<()> {
        if e.services.is_empty() && e.unpriced.is_empty() {
            return Ok(());
        }
        self.heading("Called services, per month")?;
        for line in &e.services {
            let only = line
                .only
                .map_or(String::new(), |w| format!(" ({} only)", type_name(w)));
            let assumed = if line.assumed.is_empty() {
                String::new()
            } else {
                format!("; {}", line.assumed.join("; "))
            };
            writeln!(
                self.out,
                "  {:>12}  {}{only}: {} × {}{assumed}",
                dollars(line.per_month),
                line.service,
                quantity(line.quantity),
                line.unit
            )?;
        }
        for unpriced in &e.unpriced {
            writeln!(
                self.out,
                "  {:>12}  {}: price unknown ({})",
                "?",
                one_line(&unpriced.call),
                one_line(&state_list(&unpriced.states))
            )?;
        }
        let dates = e.services.iter().map(|l| (&l.region, &l.date));
        let (Some(oldest), Some(newest)) =
            (dates.clone().map(|d| d.1).min(), dates.clone().map(|d| d.1).max())
        else {
            return Ok(());
        };
        let mut regions: Vec<&str> = dates.map(|d| d.0.as_str()).collect();
        regions.sort_unstable();
        regions.dedup();
        writeln!(
            self.out,
            "  prices in {} from {oldest} to {newest}; free tiers of these services are not included",
            regions.join(" and ")
        )
    }

    fn advice(&mut self, e: &Estimate) -> io::Result<()> {
        if e.advice.is_empty() {
            return Ok(());
        }
        self.heading("Recommendations")?;
        for advice in &e.advice {
            let states = if advice.states.is_empty() {
                String::new()
            } else {
                format!("{}: ", state_list(&advice.states))
            };
            writeln!(
                self.out,
                "  {:>12}  {}{} [{}]",
                self.style
                    .paint(&format!("{:>12}", dollars(advice.saving)), Colorize::green)
                    .trim_start(),
                one_line(&states),
                one_line(&advice.text),
                advice.id
            )?;
        }
        Ok(())
    }

    fn comparison(&mut self, e: &Estimate) -> io::Result<()> {
        let Some(other) = &self.report.comparison else {
            return Ok(());
        };
        self.heading(&format!("Change from {}", one_line(other.name)))?;
        let transitions = e.usage.transitions.expected - other.estimate.usage.transitions.expected;
        let sign = if transitions > Decimal::ZERO { "+" } else { "" };
        writeln!(
            self.out,
            "  transitions  {sign}{} per execution: {}, was {}",
            quantity(transitions),
            quantity(e.usage.transitions.expected),
            quantity(other.estimate.usage.transitions.expected)
        )?;
        let columns = [
            (WorkflowType::Standard, &e.standard, &other.estimate.standard),
            (WorkflowType::Express, &e.express, &other.estimate.express),
        ];
        for (workflow, here, there) in columns {
            let (name, change) = (type_name(workflow), here.total() - there.total());
            let change_text = match (here.is_possible(), there.is_possible()) {
                (true, true) => format!(
                    "{} per month: {}, was {}",
                    signed_dollars(change),
                    dollars(here.total()),
                    dollars(there.total())
                ),
                (true, false) => "now possible".to_owned(),
                (false, true) => "no longer possible".to_owned(),
                (false, false) => "not possible in either version".to_owned(),
            };
            writeln!(self.out, "  {name:<11}  {change_text}")?;
        }
        Ok(())
    }

    fn list(&mut self, heading: &str, lines: &[String]) -> io::Result<()> {
        if lines.is_empty() {
            return Ok(());
        }
        self.heading(heading)?;
        lines
            .iter()
            .try_for_each(|line| writeln!(self.out, "  {}", one_line(line)))
    }
}

/// A line without control characters, except for colors of our own.
fn one_line_painted(line: &str) -> std::borrow::Cow<'_, str> {
    if line.starts_with('\u{1b}') {
        line.into()
    } else {
        one_line(line)
    }
}

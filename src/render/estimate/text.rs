//! For people: both types side by side, where the money goes, what to do about it, and what it all rests on.

use super::report::{
    Budget, Report, break_even, cheaper, dollars, name_of, named, obstacle, percent, quantity,
    signed_dollars, source,
};
use crate::cost::usage::billed_mb;
use crate::cost::{Column, Estimate};
use crate::prose::duration;
use crate::prose::truncate;
use crate::prose::with_thousands;
use crate::render::style::Style;
use crate::render::visible::one_line;
use crate::spec::WorkflowType;
use colored::Colorize;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use std::io::{self, Write};

/// States that the table of shares shows.
const SHOWN: usize = 8;

/// Columns of a full bar.
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
    let verdict = if budget.is_kept() {
        style.paint(
            &format!("{spent} a month is within the budget of {limit}"),
            Colorize::green,
        )
    } else {
        style.paint(&format!("{spent} a month is over the budget of {limit}"), |t| {
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
            "{} executions a month in {}; usage from {}",
            with_thousands(e.executions),
            self.report.terms.tariff.region,
            source(&e.usage)
        )?;
        self.amounts(e)?;
        self.verdict(e)?;
        self.usage(e)?;
        self.shares(e)?;
        self.services(e)?;
        self.advice(e)?;
        self.comparison(e)?;
        self.list("Assumed", &self.report.assumptions())?;
        self.list("Prices", &self.report.prices())
    }

    fn heading(&mut self, words: &str) -> io::Result<()> {
        writeln!(self.out, "\n{}", self.style.bold(words))
    }

    fn amounts(&mut self, e: &Estimate) -> io::Result<()> {
        let has_services = !e.services.is_empty();
        let shown = |column: &Column, amount: Decimal| {
            if column.is_possible() {
                dollars(amount)
            } else {
                "not possible".to_owned()
            }
        };
        let per_execution = |c: &Column| shown(c, e.per_execution(c.per_month));
        let per_thousand = |c: &Column| shown(c, e.per_execution(c.per_month * Decimal::ONE_THOUSAND));
        let per_month = |c: &Column| shown(c, c.per_month);
        let services = |c: &Column| shown(c, c.services_per_month);
        let total = |c: &Column| shown(c, c.total());
        let mut rows: Vec<(&str, [String; 2])> = vec![
            (
                "",
                [
                    name_of(WorkflowType::Standard).to_owned(),
                    name_of(WorkflowType::Express).to_owned(),
                ],
            ),
            ("per execution", [&e.standard, &e.express].map(per_execution)),
            ("per 1,000", [&e.standard, &e.express].map(per_thousand)),
            ("per month", [&e.standard, &e.express].map(per_month)),
        ];
        if has_services {
            rows.push(("called services", [&e.standard, &e.express].map(services)));
            rows.push(("in all per month", [&e.standard, &e.express].map(total)));
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
            let reasons = column.obstacles.iter().map(obstacle);
            lines.extend(reasons.map(|why| format!("{} is not possible: {why}", name_of(workflow))));
        }
        if let Some((workflow, difference)) = cheaper(e) {
            let words = format!(
                "{} is cheaper by {} a month",
                name_of(workflow),
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
        let most = match (t.max, t.unbounded.as_slice()) {
            (Some(max), _) => format!("most {}", with_thousands(max)),
            (None, []) => "no upper bound".to_owned(),
            (None, states) => format!("no upper bound ({})", one_line(&named(states))),
        };
        let least = t.min.map_or_else(
            || "no way to end".to_owned(),
            |min| format!("fewest {}", with_thousands(min)),
        );
        writeln!(
            self.out,
            "  transitions  {}, {least}, {most}",
            quantity(t.expected)
        )?;
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
                "  children     {} {} of `{}`, {detail}",
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
            ("Where the time goes", self.report.by_time())
        } else {
            ("Where the money goes", self.report.by_share())
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
                counted.join(", ")
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
                .map_or(String::new(), |w| format!(" ({} only)", name_of(w)));
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
                "  {:>12}  {}: the table has no price ({})",
                "?",
                one_line(&unpriced.call),
                one_line(&named(&unpriced.states))
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
            "  prices of {} from {oldest} to {newest}; free tiers of these services are not counted",
            regions.join(" and ")
        )
    }

    fn advice(&mut self, e: &Estimate) -> io::Result<()> {
        if e.advice.is_empty() {
            return Ok(());
        }
        self.heading("To pay less")?;
        for advice in &e.advice {
            let states = if advice.states.is_empty() {
                String::new()
            } else {
                format!("{}: ", named(&advice.states))
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
        let Some(other) = &self.report.other else {
            return Ok(());
        };
        self.heading(&format!("Against {}", one_line(other.name)))?;
        let transitions = e.usage.transitions.expected - other.estimate.usage.transitions.expected;
        let sign = if transitions > Decimal::ZERO { "+" } else { "" };
        writeln!(
            self.out,
            "  transitions  {sign}{} per execution: {}, there {}",
            quantity(transitions),
            quantity(e.usage.transitions.expected),
            quantity(other.estimate.usage.transitions.expected)
        )?;
        let columns = [
            (WorkflowType::Standard, &e.standard, &other.estimate.standard),
            (WorkflowType::Express, &e.express, &other.estimate.express),
        ];
        for (workflow, here, there) in columns {
            let (name, change) = (name_of(workflow), here.total() - there.total());
            let words = match (here.is_possible(), there.is_possible()) {
                (true, true) => format!(
                    "{} a month: {}, there {}",
                    signed_dollars(change),
                    dollars(here.total()),
                    dollars(there.total())
                ),
                (true, false) => "possible now".to_owned(),
                (false, true) => "no longer possible".to_owned(),
                (false, false) => "possible with neither".to_owned(),
            };
            writeln!(self.out, "  {name:<11}  {words}")?;
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

/// A line that may hold colours of ours but no other controls.
fn one_line_painted(line: &str) -> std::borrow::Cow<'_, str> {
    if line.starts_with('\u{1b}') {
        line.into()
    } else {
        one_line(line)
    }
}

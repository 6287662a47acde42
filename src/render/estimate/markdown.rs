//! Markdown for pull requests, with long lists in collapsed sections.

use super::report::{
    Budget, Report, break_even, cheaper, dollars, obstacle_text, percent, quantity, signed_dollars,
    state_list, type_name, usage_source,
};
use crate::cost::{Estimate, TypeEstimate};
use crate::prose::with_thousands;
use crate::spec::WorkflowType;
use rust_decimal::Decimal;
use std::io::{self, Write};

/// The number of states in the table of shares.
const SHOWN: usize = 10;

pub(super) fn write(reports: &[Report<'_>], budget: Option<Budget>, out: &mut dyn Write) -> io::Result<()> {
    for report in reports {
        page(report, out)?;
    }
    let Some(budget) = budget else {
        return Ok(());
    };
    let verdict = if budget.is_met() { "within" } else { "**over**" };
    writeln!(
        out,
        "The cost of {} per month is {verdict} the budget of {}.",
        dollars(budget.spent),
        dollars(budget.limit)
    )
}

fn page(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let e = report.estimate;
    writeln!(out, "### Cost of {}\n", code(&report.title()))?;
    writeln!(
        out,
        "{} executions per month in {}; usage {}.\n",
        with_thousands(e.executions),
        report.terms.tariff.region,
        usage_source(&e.usage)
    )?;
    amounts(report, out)?;
    let mut sentences: Vec<String> = Vec::new();
    for (workflow, column) in [
        (WorkflowType::Standard, &e.standard),
        (WorkflowType::Express, &e.express),
    ] {
        let reasons = column.obstacles.iter().map(obstacle_text);
        sentences
            .extend(reasons.map(|why| format!("{} is not possible: {}", type_name(workflow), escaped(&why))));
    }
    if let Some((workflow, difference)) = cheaper(e) {
        sentences.push(format!(
            "{} is cheaper by **{}** per month",
            type_name(workflow),
            dollars(difference)
        ));
    }
    sentences.extend(break_even(e));
    for sentence in &sentences {
        writeln!(out, "- {sentence}")?;
    }
    writeln!(out)?;
    shares(report, out)?;
    services(e, out)?;
    advice(e, out)?;
    writeln!(out, "<details><summary>Assumptions and prices</summary>\n")?;
    for line in report.assumptions().iter().chain(&report.prices()) {
        writeln!(out, "- {}", escaped(line))?;
    }
    writeln!(out, "\n</details>\n")
}

fn amounts(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let e = report.estimate;
    let both = [
        (WorkflowType::Standard, &e.standard),
        (WorkflowType::Express, &e.express),
    ];
    let has_comparison = report.comparison.is_some();
    write!(out, "| | per execution | per 1,000 | per month |")?;
    if !e.services.is_empty() {
        write!(out, " with services |")?;
    }
    if let Some(other) = &report.comparison {
        write!(out, " change from {} |", code(other.name))?;
    }
    let columns = 3 + usize::from(!e.services.is_empty()) + usize::from(has_comparison);
    writeln!(out, "\n|---|{}", "---:|".repeat(columns))?;
    for (workflow, column) in both {
        let format = |amount: Decimal| {
            if column.is_possible() {
                dollars(amount)
            } else {
                "–".to_owned()
            }
        };
        write!(
            out,
            "| {} | {} | {} | {} |",
            type_name(workflow),
            format(e.per_execution(column.per_month)),
            format(e.per_execution(column.per_month * Decimal::ONE_THOUSAND)),
            format(column.per_month)
        )?;
        if !e.services.is_empty() {
            write!(out, " {} |", format(column.total()))?;
        }
        if let Some(other) = &report.comparison {
            write!(out, " {} |", change(column, as_type(other.estimate, workflow)))?;
        }
        writeln!(out)?;
    }
    writeln!(out)
}

fn as_type(estimate: &Estimate, workflow: WorkflowType) -> &TypeEstimate {
    match workflow {
        WorkflowType::Standard => &estimate.standard,
        WorkflowType::Express => &estimate.express,
    }
}

fn change(here: &TypeEstimate, there: &TypeEstimate) -> String {
    match (here.is_possible(), there.is_possible()) {
        (true, true) => signed_dollars(here.total() - there.total()),
        (true, false) => "now possible".to_owned(),
        (false, true) => "no longer possible".to_owned(),
        (false, false) => "–".to_owned(),
    }
}

fn shares(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let states = report.by_share();
    if states.is_empty() {
        return Ok(());
    }
    writeln!(out, "| state | share | entries | retries |\n|---|---:|---:|---:|")?;
    for (state, share) in states.iter().take(SHOWN) {
        writeln!(
            out,
            "| {} | {} | {} | {} |",
            code(&state.name),
            percent(*share),
            quantity(state.entries),
            quantity(state.retries)
        )?;
    }
    if states.len() > SHOWN {
        let rest: Decimal = states.iter().skip(SHOWN).map(|(_, share)| *share).sum();
        writeln!(out, "| {} more | {} | | |", states.len() - SHOWN, percent(rest))?;
    }
    writeln!(out)
}

fn services(e: &Estimate, out: &mut dyn Write) -> io::Result<()> {
    if e.services.is_empty() {
        return Ok(());
    }
    writeln!(out, "| service | unit | per month | cost |\n|---|---|---:|---:|")?;
    for line in &e.services {
        let only = line
            .only
            .map_or(String::new(), |w| format!(" ({} only)", type_name(w)));
        writeln!(
            out,
            "| {}{only} | {} | {} | {} |",
            line.service,
            line.unit,
            quantity(line.quantity),
            dollars(line.per_month)
        )?;
    }
    writeln!(out)
}

fn advice(e: &Estimate, out: &mut dyn Write) -> io::Result<()> {
    if e.advice.is_empty() {
        return Ok(());
    }
    for advice in &e.advice {
        let states = if advice.states.is_empty() {
            String::new()
        } else {
            format!("{}: ", state_list(&advice.states))
        };
        writeln!(
            out,
            "- **{}** per month ({}): {}{}",
            dollars(advice.saving),
            advice.id,
            escaped(&states),
            escaped(&advice.text)
        )?;
    }
    writeln!(out)
}

/// Escapes Markdown except backticks.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\t' => out.push(' '),
            '|' | '<' | '>' | '*' | '_' | '[' | ']' | '\\' | '#' => {
                out.push('\\');
                out.push(c);
            }
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// A name in backticks, one more than the longest run of them in the name.
fn code(name: &str) -> String {
    let name: String = name
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let name = name.replace('|', "\\|");
    let longest = name.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if longest > 0 { " " } else { "" };
    format!("{fence}{pad}{name}{pad}{fence}")
}

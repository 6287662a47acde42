//! CSV (RFC 4180): one figure per line.

use super::report::Report;
use crate::cost::money::exact;
use crate::cost::{Estimate, TypeEstimate};
use crate::prose;
use rust_decimal::Decimal;
use std::io::{self, Write};

pub(super) fn write(reports: &[Report<'_>], out: &mut dyn Write) -> io::Result<()> {
    line(out, &["definition", "section", "name", "figure", "value"])?;
    for report in reports {
        let title = report.title();
        for [section, name, figure, value] in rows(report) {
            line(out, &[&title, &section, &name, &figure, &value])?;
        }
    }
    Ok(())
}

type Row = [String; 4];

fn rows(report: &Report<'_>) -> Vec<Row> {
    let e = report.estimate;
    let tariff = report.terms.tariff;
    let mut rows = vec![
        row("terms", "", "region", tariff.region.to_owned()),
        row("terms", "", "prices_date", tariff.standard.date.clone()),
        row("terms", "", "executions_per_month", e.executions.to_string()),
        row("usage", "", "source", e.usage.source.as_str().to_owned()),
        row("usage", "", "transitions", amount(e.usage.transitions.expected)),
        row("usage", "", "duration_ms", amount(e.usage.duration_ms)),
        row("usage", "", "memory_mb", amount(e.usage.memory_mb)),
    ];
    type_rows(&mut rows, "standard", e, &e.standard);
    type_rows(&mut rows, "express", e, &e.express);
    for (state, share) in e.usage.states.iter().zip(&e.shares) {
        rows.push(row("state", &state.name, "entries", amount(state.entries)));
        rows.push(row("state", &state.name, "retries", amount(state.retries)));
        rows.push(row("state", &state.name, "share", amount(*share)));
    }
    for service in &e.services {
        rows.push(row(
            "service",
            &service.price,
            "quantity_per_month",
            amount(service.quantity),
        ));
        rows.push(row(
            "service",
            &service.price,
            "per_month",
            amount(service.per_month),
        ));
    }
    for advice in &e.advice {
        let name = format!("{}: {}", advice.id, prose::list(&advice.states));
        let name = name.trim_end_matches(": ");
        rows.push(row("advice", name, "saving_per_month", amount(advice.saving)));
    }
    if let Some(other) = &report.comparison {
        let difference = e.own().total() - other.estimate.own().total();
        rows.push(row(
            "comparison",
            other.name,
            "difference_per_month",
            amount(difference),
        ));
    }
    rows
}

fn type_rows(rows: &mut Vec<Row>, name: &str, e: &Estimate, column: &TypeEstimate) {
    rows.push(row(name, "", "possible", column.is_possible().to_string()));
    rows.push(row(
        name,
        "",
        "per_execution",
        amount(e.per_execution(column.per_month)),
    ));
    rows.push(row(name, "", "per_month", amount(column.per_month)));
    rows.push(row(
        name,
        "",
        "services_per_month",
        amount(column.services_per_month),
    ));
    rows.push(row(
        name,
        "",
        "transitions_per_month",
        amount(column.metered.transitions),
    ));
    rows.push(row(name, "", "requests", amount(column.metered.requests)));
    rows.push(row(name, "", "gb_seconds", amount(column.metered.gb_seconds)));
}

fn row(section: &str, name: &str, figure: &str, value: String) -> Row {
    [section.to_owned(), name.to_owned(), figure.to_owned(), value]
}

fn amount(amount: Decimal) -> String {
    exact(amount).to_string()
}

fn line(out: &mut dyn Write, fields: &[&str]) -> io::Result<()> {
    let fields: Vec<String> = fields.iter().map(|field| quoted(field)).collect();
    write!(out, "{}\r\n", fields.join(","))
}

fn quoted(field: &str) -> String {
    if field.contains(['"', ',', '\r', '\n']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field.to_owned()
    }
}

//! JSON as described by `schemas/estimate.schema.json`. Amounts are decimals in strings, rounded half to even to ten places.

use super::report::{Budget, Report};
use crate::cost::advice::Advice;
use crate::cost::feasibility::Obstacle;
use crate::cost::money::exact;
use crate::cost::services::ServiceLine;
use crate::cost::usage::{Assumption, Owner, StateUsage, Usage, billed_mb};
use crate::cost::{Estimate, TypeEstimate};
use crate::spec::WorkflowType;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde_json::{Map, Number, Value, json};
use std::io::{self, Write};

/// Increased by each incompatible change.
const VERSION: u32 = 1;

pub(super) fn write(reports: &[Report<'_>], budget: Option<Budget>, out: &mut dyn Write) -> io::Result<()> {
    let value = if let [report] = reports {
        let mut value = estimate(report);
        if let Some(budget) = budget {
            value["budget"] = budget_json(budget);
        }
        value
    } else {
        let mut object = Map::new();
        object.insert("version".to_owned(), json!(VERSION));
        object.insert("estimates".to_owned(), reports.iter().map(estimate).collect());
        object.extend(budget.map(|budget| ("budget".to_owned(), budget_json(budget))));
        Value::Object(object)
    };
    writeln!(out, "{value:#}")
}

fn estimate(report: &Report<'_>) -> Value {
    let e = report.estimate;
    let (tariff, prices) = (report.terms.tariff, report.terms.prices);
    let mut value = json!({
        "version": VERSION,
        "path": report.path,
        "machine": report.machine,
        "type": e.workflow.as_str(),
        "currency": prices.currency,
        "region": tariff.region,
        "prices": {
            "date": tariff.standard.date,
            "source": prices.source_name(&tariff.standard.source),
            "express": {
                "region": tariff.express_region,
                "date": tariff.express.date,
                "source": prices.source_name(&tariff.express.source),
            },
        },
        "executions_per_month": number(e.executions),
        "usage": usage(&e.usage),
        "standard": standard(report),
        "express": express(e),
        "break_even": break_even(e),
        "states": e.usage.states.iter().zip(&e.shares).map(|(s, share)| state(s, *share)).collect::<Value>(),
        "services": e.services.iter().map(service).collect::<Value>(),
        "advice": e.advice.iter().map(advice).collect::<Value>(),
    });
    if !e.unpriced.is_empty() {
        let unpriced = e
            .unpriced
            .iter()
            .map(|u| json!({"call": u.call, "states": u.states}));
        value["unpriced"] = unpriced.collect();
    }
    if let Some(other) = &report.comparison {
        value["comparison"] = comparison(e, other.name, other.estimate);
    }
    value
}

fn usage(usage: &Usage) -> Value {
    json!({
        "source": usage.source.as_str(),
        "samples": usage.samples,
        "incomplete_samples": usage.incomplete,
        "transitions": {
            "min": usage.transitions.min,
            "expected": amount(usage.transitions.expected),
            "max": usage.transitions.max,
            "unbounded": usage.transitions.unbounded,
        },
        "duration_ms": number(usage.duration_ms),
        "billed_duration_ms": number(usage.billed_ms),
        "memory_mb": number(usage.memory_mb),
        "billed_memory_mb": number(billed_mb(usage.memory_mb)),
        "history_events": number(usage.events),
        "children": usage.children.iter().map(|c| json!({
            "state": c.state,
            "type": c.workflow.as_str(),
            "per_execution": amount(c.count),
            "transitions": amount(c.transitions),
            "billed_duration_ms": number(c.billed_ms),
            "memory_mb": number(c.memory_mb),
        })).collect::<Value>(),
        "assumptions": usage.assumed.iter().map(assumption).collect::<Value>(),
    })
}

fn assumption(assumption: &Assumption) -> Value {
    json!({
        "what": assumption.subject,
        "value": assumption.value,
        "basis": assumption.basis.as_str(),
        "states": assumption.states,
    })
}

/// The members that both types have.
fn column(e: &Estimate, column: &TypeEstimate) -> Map<String, Value> {
    let mut object = Map::new();
    let mut put = |key: &str, value: Value| object.insert(key.to_owned(), value);
    put("possible", json!(column.is_possible()));
    put("because", column.obstacles.iter().map(obstacle).collect());
    put("per_execution", amount(e.per_execution(column.per_month)));
    put(
        "per_1000",
        amount(e.per_execution(column.per_month * Decimal::ONE_THOUSAND)),
    );
    put("per_month", amount(column.per_month));
    put("services_per_month", amount(column.services_per_month));
    put("total_per_month", amount(column.total()));
    object
}

fn standard(report: &Report<'_>) -> Value {
    let e = report.estimate;
    let mut object = column(e, &e.standard);
    object.insert(
        "transitions_per_month".into(),
        amount(e.standard.metered.transitions),
    );
    let free = report
        .terms
        .tariff
        .free_transitions
        .min(e.standard.metered.transitions);
    object.insert("free_transitions".into(), number(free));
    children(&mut object, &e.standard);
    Value::Object(object)
}

fn express(e: &Estimate) -> Value {
    let mut object = column(e, &e.express);
    object.insert("requests".into(), number(e.express.metered.requests));
    object.insert("gb_seconds".into(), amount(e.express.metered.gb_seconds));
    if !e.express.metered.transitions.is_zero() {
        object.insert(
            "transitions_per_month".into(),
            amount(e.express.metered.transitions),
        );
    }
    Value::Object(object)
}

/// The usage of Express children of a Standard workflow.
fn children(object: &mut Map<String, Value>, column: &TypeEstimate) {
    if !column.metered.requests.is_zero() {
        object.insert("express_requests".into(), amount(column.metered.requests));
        object.insert("express_gb_seconds".into(), amount(column.metered.gb_seconds));
    }
}

fn obstacle(obstacle: &Obstacle) -> Value {
    json!({"id": obstacle.id, "states": obstacle.states, "text": obstacle.text})
}

fn break_even(e: &Estimate) -> Value {
    let volume = e.break_even.volume;
    let other = |workflow: WorkflowType| match workflow {
        WorkflowType::Standard => WorkflowType::Express,
        WorkflowType::Express => WorkflowType::Standard,
    };
    json!({
        "executions_per_month": volume.map(|v| number(v.executions)),
        "cheaper_below": volume.map(|v| v.below.as_str()),
        "cheaper_above": volume.map(|v| other(v.below).as_str()),
        "express_duration_ms": e.break_even.duration_ms.map(number),
        "cheaper": super::report::cheaper(e).map(|(workflow, _)| workflow.as_str()),
        "difference_per_month": amount((e.standard.total() - e.express.total()).abs()),
    })
}

fn state(state: &StateUsage, share: Decimal) -> Value {
    json!({
        "name": state.name,
        "pointer": state.pointer,
        "entries": amount(state.entries),
        "retries": amount(state.retries),
        "children_started": amount(state.starts),
        "share": amount(share),
        "duration_ms": number(state.ms),
        "execution": match state.owner {
            Owner::Execution => "own",
            Owner::Child(WorkflowType::Standard) => "standard child",
            Owner::Child(WorkflowType::Express) => "express child",
        },
    })
}

fn service(line: &ServiceLine) -> Value {
    json!({
        "id": line.price,
        "service": line.service,
        "unit": line.unit,
        "quantity_per_month": amount(line.quantity),
        "per_month": amount(line.per_month),
        "type": line.only.map(WorkflowType::as_str),
        "states": line.states,
        "assumptions": line.assumed,
        "prices": {"region": line.region, "date": line.date},
    })
}

fn advice(advice: &Advice) -> Value {
    json!({
        "id": advice.id,
        "states": advice.states,
        "saving_per_month": amount(advice.saving),
        "text": advice.text,
    })
}

fn comparison(e: &Estimate, name: &str, other: &Estimate) -> Value {
    let of = |here: &TypeEstimate, there: &TypeEstimate| {
        json!({
            "possible": there.is_possible(),
            "total_per_month": amount(there.total()),
            "difference_per_month": amount(here.total() - there.total()),
        })
    };
    let (here, there) = (e.usage.transitions.expected, other.usage.transitions.expected);
    json!({
        "other": name,
        "transitions": {"expected": amount(there), "difference": amount(here - there)},
        "standard": of(&e.standard, &other.standard),
        "express": of(&e.express, &other.express),
        "difference_per_month": amount(e.own().total() - other.own().total()),
    })
}

fn budget_json(budget: Budget) -> Value {
    json!({
        "limit": amount(budget.limit),
        "per_month": amount(budget.spent),
        "within": budget.is_met(),
    })
}

fn amount(amount: Decimal) -> Value {
    Value::String(exact(amount).to_string())
}

/// A quantity, as an integer if it is one.
fn number(figure: Decimal) -> Value {
    let figure = figure.normalize();
    if figure.scale() == 0
        && let Some(whole) = figure.to_i64()
    {
        return Value::Number(whole.into());
    }
    let float = figure.to_f64().and_then(Number::from_f64);
    float.map_or(Value::Null, Value::Number)
}

//! What the calls of tasks cost, at the services they go to.
//!
//! A small table: what it does not price is listed, not guessed. Free tiers of other services are not counted, since
//! other work of the account has a claim to them.

mod calls;

pub(super) use calls::parameter;

use super::assumptions::{Assumptions, Logging};
use super::money::tiered;
use super::usage::{Source, StateUsage, Usage};
use super::{Terms, Unpriceable, money};
use crate::asl::{Kind, Machine, State};
use crate::aws::price::ServicePrice;
use crate::spec::WorkflowType;
use calls::{Calls, Use, calls, lambda};
use indexmap::IndexMap;
use rust_decimal::Decimal;
use std::collections::HashMap;

/// The region whose prices stand in where the table has none of a region's own.
const REFERENCE: &str = "us-east-1";

/// What one price row costs a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceLine {
    /// The name of the row in the table of prices.
    pub row: String,
    /// The service.
    pub service: String,
    /// What is counted.
    pub unit: String,
    /// How much of it a month.
    pub quantity: Decimal,
    /// What that costs.
    pub per_month: Decimal,
    /// The states that use it; none where the whole execution does.
    pub states: Vec<String>,
    /// What was assumed to count it.
    pub assumed: Vec<String>,
    /// The type of machine that alone pays it; none where both do.
    pub only: Option<WorkflowType>,
    /// The region that the price is of.
    pub region: String,
    /// The day the price is of.
    pub date: String,
}

impl ServiceLine {
    /// Whether a machine of a type pays it.
    pub fn is_of(&self, workflow: WorkflowType) -> bool {
        self.only.is_none_or(|only| only == workflow)
    }
}

/// Calls that the table has no price for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unpriced {
    /// What is called: `glue:startJobRun`.
    pub call: String,
    /// The states that call it.
    pub states: Vec<String>,
}

/// A row that is being added up.
#[derive(Default)]
struct Sum {
    units: Decimal,
    states: Vec<String>,
    assumed: Vec<String>,
}

/// Every row that the calls of a month use, and the calls that no row prices.
pub(super) fn lines(
    machine: &Machine<'_>,
    usage: &Usage,
    assumptions: &Assumptions,
    terms: &Terms<'_>,
    executions: Decimal,
) -> Result<(Vec<ServiceLine>, Vec<Unpriced>), Unpriceable> {
    let by_name: HashMap<&str, &StateUsage> = usage.states.iter().map(|s| (s.name.as_str(), s)).collect();
    let mut sums: IndexMap<&'static str, Sum> = IndexMap::new();
    let mut unpriced: IndexMap<String, Vec<String>> = IndexMap::new();
    machine.for_each_state(&mut |_, state| {
        let (Kind::Task(task), Some(used)) = (&state.kind, by_name.get(state.name.as_str())) else {
            return;
        };
        let attempts = used.entries + used.retries;
        if attempts.is_zero() {
            return;
        }
        let name = state.name.as_str().to_owned();
        match calls(state, task, used, usage.source, assumptions) {
            Calls::Free => {}
            Calls::Unknown(call) => unpriced.entry(call).or_default().push(name),
            Calls::Priced(parts) => {
                for one in parts {
                    let sum = sums.entry(one.row).or_default();
                    sum.units += attempts * one.units;
                    sum.states.push(name.clone());
                    sum.assumed
                        .extend(one.assumed.filter(|words| !sum.assumed.contains(words)));
                }
            }
        }
    });
    let mut lines = Vec::new();
    for (row, sum) in sums {
        lines.extend(line(row, sum, None, terms, executions)?);
    }
    let services = &assumptions.services;
    if !services.kms_requests.is_zero() {
        let sum = Sum {
            units: services.kms_requests,
            assumed: vec![format!("{} requests per execution", services.kms_requests)],
            ..Sum::default()
        };
        lines.extend(line("kms-requests", sum, None, terms, executions)?);
    }
    if services.express_logging == Logging::All {
        let assumed = format!(
            "log level ALL, about {} events of {} KB per execution",
            usage.events.round(),
            services.log_event_kb
        );
        // GB of 10⁹ bytes.
        let sum = Sum {
            units: usage.events * services.log_event_kb / Decimal::from(1_000_000),
            assumed: vec![assumed],
            ..Sum::default()
        };
        lines.extend(line(
            "logs-gb",
            sum,
            Some(WorkflowType::Express),
            terms,
            executions,
        )?);
    }
    let unpriced = unpriced
        .into_iter()
        .map(|(call, states)| Unpriced { call, states });
    Ok((lines, unpriced.collect()))
}

/// The line of a row, by its units per execution; none where the table lacks the row.
fn line(
    row: &str,
    sum: Sum,
    only: Option<WorkflowType>,
    terms: &Terms<'_>,
    executions: Decimal,
) -> Result<Option<ServiceLine>, Unpriceable> {
    if sum.units > Decimal::from(money::MOST) {
        return Err(Unpriceable::TooMany);
    }
    let Some(service) = terms.prices.services.get(row) else {
        return Ok(None);
    };
    let own: Option<(&String, &ServicePrice)> = service.prices.get_key_value(terms.tariff.region);
    let Some((region, price)) = own.or_else(|| service.prices.get_key_value(REFERENCE)) else {
        return Ok(None);
    };
    let quantity = sum.units * executions;
    Ok(Some(ServiceLine {
        row: row.to_owned(),
        service: service.service.clone(),
        unit: service.unit.clone(),
        quantity,
        per_month: tiered(&price.tiers, quantity),
        states: sum.states,
        assumed: sum.assumed,
        only,
        region: region.clone(),
        date: price.date.clone(),
    }))
}

/// What the Lambda calls of one state cost in a month, at first-tier prices.
pub(super) fn lambda_per_month(
    state: &State<'_>,
    used: &StateUsage,
    source: Source,
    assumptions: &Assumptions,
    terms: &Terms<'_>,
    executions: Decimal,
) -> Decimal {
    let Calls::Priced(parts) = lambda(state, used, source, false, assumptions) else {
        return Decimal::ZERO;
    };
    let attempts = used.entries + used.retries;
    let price = |one: Use| {
        let sum = Sum {
            units: one.units * attempts,
            ..Sum::default()
        };
        let line = line(one.row, sum, None, terms, executions).ok().flatten();
        line.map_or(Decimal::ZERO, |line| line.per_month)
    };
    parts.into_iter().map(price).sum()
}

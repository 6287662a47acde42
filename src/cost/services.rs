//! What the calls of tasks cost at the called services.
//!
//! The table of prices is small; calls without a price are listed and not estimated. The free tiers of other services are
//! not subtracted, since other workloads of the account may use them.

mod calls;

pub(super) use calls::parameter;

use super::assumptions::{Assumptions, Logging};
use super::money::tiered;
use super::usage::{Source, StateUsage, Usage};
use super::{EstimateError, Terms, money};
use crate::asl::{Kind, Machine, State};
use crate::aws::integration::Meter;
use crate::aws::price::{REFERENCE_REGION, ServicePrice};
use crate::spec::WorkflowType;
use calls::{BilledUnits, Billing, billing, lambda};
use indexmap::IndexMap;
use rust_decimal::Decimal;
use std::collections::HashMap;

/// The monthly cost by one price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceLine {
    /// The name of the price in the table.
    pub price: String,
    /// The service.
    pub service: String,
    /// The billed unit.
    pub unit: String,
    /// Units per month.
    pub quantity: Decimal,
    /// US dollars per month.
    pub per_month: Decimal,
    /// The states that call it; empty if it applies to the execution as a whole.
    pub states: Vec<String>,
    /// What was assumed to compute the quantity.
    pub assumed: Vec<String>,
    /// The workflow type that is charged; `None` for both.
    pub only: Option<WorkflowType>,
    /// The region of the price.
    pub region: String,
    /// The date of the price, `YYYY-MM-DD`.
    pub date: String,
}

impl ServiceLine {
    /// Whether a state machine of the type is charged.
    pub fn applies_to(&self, workflow: WorkflowType) -> bool {
        self.only.is_none_or(|only| only == workflow)
    }
}

/// Calls without a known price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unpriced {
    /// The call: `glue:startJobRun`.
    pub call: String,
    /// The states that make it.
    pub states: Vec<String>,
}

/// The units of one price, summed over states.
#[derive(Default)]
struct Sum {
    units: Decimal,
    states: Vec<String>,
    assumed: Vec<String>,
}

/// The cost of the calls of a month by price, and the calls without a price.
pub(super) fn lines(
    machine: &Machine<'_>,
    usage: &Usage,
    assumptions: &Assumptions,
    terms: &Terms<'_>,
    executions: Decimal,
) -> Result<(Vec<ServiceLine>, Vec<Unpriced>), EstimateError> {
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
        match billing(state, task, used, usage.source, assumptions) {
            Billing::Free => {}
            Billing::Unpriced(call) => unpriced.entry(call).or_default().push(name),
            Billing::Priced(parts) => {
                for one in parts {
                    let sum = sums.entry(one.price).or_default();
                    sum.units += attempts * one.units;
                    sum.states.push(name.clone());
                    sum.assumed
                        .extend(one.assumed.filter(|words| !sum.assumed.contains(words)));
                }
            }
        }
    });
    let mut lines = Vec::new();
    for (price, sum) in sums {
        let states = sum.states.clone();
        match line(price, sum, None, terms, executions)? {
            Some(line) => lines.push(line),
            None => unpriced.entry(price.to_owned()).or_default().extend(states),
        }
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

/// The cost by one price, from the units per execution; `None` if the price is not in the table.
fn line(
    price: &str,
    sum: Sum,
    only: Option<WorkflowType>,
    terms: &Terms<'_>,
    executions: Decimal,
) -> Result<Option<ServiceLine>, EstimateError> {
    if sum.units > Decimal::from(money::MAX_QUANTITY) {
        return Err(EstimateError::TooMany);
    }
    let Some(service) = terms.prices.services.get(price) else {
        return Ok(None);
    };
    let own: Option<(&String, &ServicePrice)> = service.prices.get_key_value(terms.tariff.region);
    let Some((region, rate)) = own.or_else(|| service.prices.get_key_value(REFERENCE_REGION)) else {
        return Ok(None);
    };
    let quantity = sum.units * executions;
    Ok(Some(ServiceLine {
        price: price.to_owned(),
        service: service.service.clone(),
        unit: service.unit.clone(),
        quantity,
        per_month: tiered(&rate.tiers, quantity),
        states: sum.states,
        assumed: sum.assumed,
        only,
        region: region.clone(),
        date: rate.date.clone(),
    }))
}

/// The monthly cost of the Lambda calls of one state, at first-tier prices.
pub(super) fn lambda_per_month(
    meter: Meter,
    state: &State<'_>,
    used: &StateUsage,
    source: Source,
    assumptions: &Assumptions,
    terms: &Terms<'_>,
    executions: Decimal,
) -> Decimal {
    let parts = lambda(meter, state, used, source, false, assumptions);
    let attempts = used.entries + used.retries;
    let cost = |one: BilledUnits| {
        let sum = Sum {
            units: one.units * attempts,
            ..Sum::default()
        };
        let line = line(one.price, sum, None, terms, executions).ok().flatten();
        line.map_or(Decimal::ZERO, |line| line.per_month)
    };
    parts.into_iter().map(cost).sum()
}

//! What the calls of tasks cost, at the services they go to.
//!
//! A small table: what it does not price is listed, not guessed. Free tiers of other services are not counted, since
//! other work of the account has a claim to them.

use super::assumptions::{Assumptions, Logging};
use super::money::tiered;
use super::usage::{Source, StateUsage, Usage, Workflow};
use super::{Terms, Unpriceable, money};
use crate::asl::state::Task;
use crate::asl::{Kind, Machine, State};
use crate::aws::price::ServicePrice;
use crate::aws::resource::{self, Pattern, Resource};
use crate::document::Node;
use indexmap::IndexMap;
use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;
use std::collections::HashMap;

/// The region whose prices stand in where the table has none of a region's own.
const REFERENCE: &str = "us-east-1";

/// KB that SNS, SQS and EventBridge bill as one request.
const MESSAGE_CHUNK_KB: u32 = 64;

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
    pub only: Option<Workflow>,
    /// The region that the price is of.
    pub region: String,
    /// The day the price is of.
    pub date: String,
}

impl ServiceLine {
    /// Whether a machine of a type pays it.
    pub fn is_of(&self, workflow: Workflow) -> bool {
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

/// Units of one row that one call uses.
struct Use {
    row: &'static str,
    units: Decimal,
    assumed: Option<String>,
}

/// What is known of a call.
enum Calls {
    /// It uses these.
    Priced(Vec<Use>),
    /// It costs nothing beyond what Step Functions charges.
    Free,
    /// The table does not know it.
    Unknown(String),
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
            Calls::Priced(uses) => {
                for one in uses {
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
        lines.extend(line("logs-gb", sum, Some(Workflow::Express), terms, executions)?);
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
    only: Option<Workflow>,
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

/// What one attempt at a task uses.
fn calls(
    state: &State<'_>,
    task: &Task<'_>,
    used: &StateUsage,
    source: Source,
    assumptions: &Assumptions,
) -> Calls {
    let Some(text) = task.resource.and_then(Node::as_str) else {
        return Calls::Unknown("a Resource that is not written down".to_owned());
    };
    let services = &assumptions.services;
    let own = assumptions.state(&state.name);
    let messages = || {
        let kb = services.message_kb;
        let chunks = (kb / Decimal::from(MESSAGE_CHUNK_KB)).ceil().max(Decimal::ONE);
        (chunks, Some(format!("messages of {kb} KB")))
    };
    let one = |row| {
        Calls::Priced(vec![Use {
            row,
            units: Decimal::ONE,
            assumed: None,
        }])
    };
    let resource = resource::classify(text);
    let call = match resource {
        Resource::LambdaFunction { .. } => return lambda(state, used, source, false, assumptions),
        Resource::Activity { .. } => return Calls::Free,
        _ => match resource.call() {
            Some(call) => call,
            None => return Calls::Unknown("a Resource that is not written down".to_owned()),
        },
    };
    match (call.service.text, call.action.text) {
        ("lambda", "invoke") => lambda(
            state,
            used,
            source,
            call.pattern == Pattern::WaitForTaskToken,
            assumptions,
        ),
        ("dynamodb", "getItem") => {
            let kb = own.and_then(|s| s.item_kb).unwrap_or(services.dynamodb_item_kb);
            let is_consistent = parameter(state, "ConsistentRead").and_then(Node::as_bool) == Some(true);
            let units = (kb / Decimal::from(4)).ceil().max(Decimal::ONE);
            let (units, how) = if is_consistent {
                (units, "strongly")
            } else {
                (units / Decimal::TWO, "eventually")
            };
            Calls::Priced(vec![Use {
                row: "dynamodb-read-units",
                units,
                assumed: Some(format!("items of {kb} KB, on demand, read {how} consistent")),
            }])
        }
        ("dynamodb", "putItem" | "updateItem" | "deleteItem") => {
            let kb = own.and_then(|s| s.item_kb).unwrap_or(services.dynamodb_item_kb);
            Calls::Priced(vec![Use {
                row: "dynamodb-write-units",
                units: kb.ceil().max(Decimal::ONE),
                assumed: Some(format!("items of {kb} KB, on demand")),
            }])
        }
        ("sns", "publish") => {
            let (units, assumed) = messages();
            Calls::Priced(vec![Use {
                row: "sns-requests",
                units,
                assumed,
            }])
        }
        ("sqs", "sendMessage") => {
            let queue = parameter(state, "QueueUrl").and_then(Node::as_str);
            let is_fifo = queue.is_some_and(|url| url.ends_with(".fifo"));
            let (units, assumed) = messages();
            Calls::Priced(vec![Use {
                row: if is_fifo {
                    "sqs-fifo-requests"
                } else {
                    "sqs-requests"
                },
                units,
                assumed,
            }])
        }
        ("events" | "eventbridge", "putEvents") => {
            let entries = parameter(state, "Entries")
                .and_then(Node::as_array)
                .map_or(1, <[Node]>::len);
            let (chunks, assumed) = messages();
            Calls::Priced(vec![Use {
                row: "eventbridge-events",
                units: chunks * Decimal::from(entries.max(1)),
                assumed,
            }])
        }
        ("s3", "putObject" | "copyObject" | "listObjects" | "listObjectsV2" | "listBuckets") => {
            one("s3-put-requests")
        }
        ("s3", "getObject" | "headObject" | "getObjectTagging") => one("s3-get-requests"),
        ("secretsmanager", "getSecretValue" | "describeSecret") => one("secrets-calls"),
        ("apigateway", "invoke") => Calls::Priced(vec![Use {
            row: "apigateway-rest-requests",
            units: Decimal::ONE,
            assumed: Some("every API is a REST API".to_owned()),
        }]),
        ("kms", _) => one("kms-requests"),
        ("states" | "sfn", _) => Calls::Free,
        (service, action) => Calls::Unknown(format!("{service}:{action}")),
    }
}

/// A request and its GB-seconds.
fn lambda(
    state: &State<'_>,
    used: &StateUsage,
    source: Source,
    waits: bool,
    assumptions: &Assumptions,
) -> Calls {
    let services = &assumptions.services;
    let own = assumptions.state(&state.name);
    let mb = own.and_then(|s| s.memory_mb).unwrap_or(services.lambda_memory_mb);
    let attempts = used.entries + used.retries;
    let assumed_ms = own.and_then(|s| s.duration_ms).filter(|_| !waits);
    let ms = match source {
        Source::Definition => None,
        // What a function takes is not what waiting for its token takes.
        Source::Simulation | Source::History => used.ms.checked_div(attempts).filter(|_| !waits),
    };
    let ms = ms.or_else(|| Decimal::from_f64(assumed_ms.unwrap_or(assumptions.defaults.task_ms.value)));
    let ms = ms.unwrap_or_default().ceil();
    let (row, kind) = if services.lambda_is_arm {
        ("lambda-arm-gb-seconds", "Arm")
    } else {
        ("lambda-x86-gb-seconds", "x86")
    };
    Calls::Priced(vec![
        Use {
            row: "lambda-requests",
            units: Decimal::ONE,
            assumed: None,
        },
        Use {
            row,
            // MB·ms to GB·s.
            units: mb * ms / Decimal::from(1_024_000),
            assumed: Some(format!("{mb} MB, {kind}, {ms} ms")),
        },
    ])
}

/// What a task passes under a name, where it is written down.
pub(super) fn parameter<'d>(state: &State<'d>, name: &str) -> Option<&'d Node> {
    let payload = state.data.parameters.as_ref().or(state.data.arguments.as_ref())?;
    payload.node.get(name)
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
    let Calls::Priced(uses) = lambda(state, used, source, false, assumptions) else {
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
    uses.into_iter().map(price).sum()
}

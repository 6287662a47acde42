//! What one call of a task is billed for at the called service.

use crate::asl::State;
use crate::asl::state::Task;
use crate::aws::integration::Meter;
use crate::aws::resource::{self, Pattern};
use crate::cost::assumptions::{self, Assumptions};
use crate::cost::usage::{Source, StateUsage};
use crate::document::Node;
use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;

/// KB that SNS, SQS, and EventBridge bill as one request.
const MESSAGE_CHUNK_KB: u32 = 64;

/// KB that DynamoDB bills as one read request unit.
const READ_CHUNK_KB: u32 = 4;

/// Units of one price.
pub(super) struct BilledUnits {
    /// The name of the price.
    pub(super) price: &'static str,
    /// Units per call.
    pub(super) units: Decimal,
    /// What was assumed to compute them.
    pub(super) assumed: Option<String>,
}

/// How a call is billed.
pub(super) enum Billing {
    /// By these units.
    Priced(Vec<BilledUnits>),
    /// The call is free, or billed by Step Functions only.
    Free,
    /// The price of this call is unknown.
    Unpriced(String),
}

impl BilledUnits {
    fn one(price: &'static str) -> Self {
        Self {
            price,
            units: Decimal::ONE,
            assumed: None,
        }
    }
}

/// How one attempt of a task is billed.
pub(super) fn billing(
    state: &State<'_>,
    task: &Task<'_>,
    used: &StateUsage,
    source: Source,
    assumptions: &Assumptions,
) -> Billing {
    let resource = task.resource.and_then(Node::as_str).map(resource::classify);
    let meter = resource.as_ref().and_then(resource::Resource::meter);
    let call = resource.as_ref().and_then(resource::Resource::call);
    let services = &assumptions.services;
    let item_kb = || {
        let own = assumptions.state(state.name).and_then(|s| s.item_kb);
        own.unwrap_or(services.dynamodb_item_kb)
    };
    let units = match meter {
        None => return Billing::Unpriced("a Resource that is not known before deployment".to_owned()),
        Some(Meter::Free) => return Billing::Free,
        Some(Meter::Unpriced) => {
            let name = call.map_or(String::new(), |call| {
                format!("{}:{}", call.service.text, call.action.text)
            });
            return Billing::Unpriced(name);
        }
        Some(meter @ Meter::LambdaInvocation { .. }) => {
            let waits = call.is_some_and(|call| call.pattern == Pattern::WaitForTaskToken);
            return Billing::Priced(lambda(meter, state, used, source, waits, assumptions));
        }
        Some(Meter::Request(price)) => BilledUnits::one(price),
        Some(Meter::RestApiRequest(price)) => BilledUnits {
            assumed: Some("every API is a REST API".to_owned()),
            ..BilledUnits::one(price)
        },
        Some(Meter::ItemRead(price)) => read(price, state, item_kb()),
        Some(Meter::ItemWrite(price)) => {
            let kb = item_kb();
            BilledUnits {
                price,
                units: kb.ceil().max(Decimal::ONE),
                assumed: Some(format!("items of {kb} KB, on demand")),
            }
        }
        Some(Meter::QueueMessage { standard, fifo }) => {
            let queue = parameter(state, "QueueUrl").and_then(Node::as_str);
            let is_fifo = queue.is_some_and(|url| url.strip_suffix(".fifo").is_some());
            messages(if is_fifo { fifo } else { standard }, 1, services)
        }
        Some(Meter::Message(price)) => messages(price, 1, services),
        Some(Meter::Entries(price)) => {
            let entries = parameter(state, "Entries").and_then(Node::as_array);
            messages(price, entries.map_or(1, <[Node]>::len), services)
        }
    };
    Billing::Priced(vec![units])
}

fn messages(price: &'static str, count: usize, services: &assumptions::Services) -> BilledUnits {
    let kb = services.message_kb;
    let chunks = (kb / Decimal::from(MESSAGE_CHUNK_KB)).ceil().max(Decimal::ONE);
    BilledUnits {
        price,
        units: chunks * Decimal::from(count.max(1)),
        assumed: Some(format!("messages of {kb} KB")),
    }
}

fn read(price: &'static str, state: &State<'_>, kb: Decimal) -> BilledUnits {
    let is_strong = parameter(state, "ConsistentRead").and_then(Node::as_bool) == Some(true);
    let chunks = (kb / Decimal::from(READ_CHUNK_KB)).ceil().max(Decimal::ONE);
    let (units, how) = if is_strong {
        (chunks, "strongly")
    } else {
        (chunks / Decimal::TWO, "eventually")
    };
    BilledUnits {
        price,
        units,
        assumed: Some(format!("items of {kb} KB, on demand, {how} consistent reads")),
    }
}

/// A request and the GB-seconds of the function; empty for another meter.
///
/// The function's duration is not known from a history if the task `waits` for its token.
pub(super) fn lambda(
    meter: Meter,
    state: &State<'_>,
    used: &StateUsage,
    source: Source,
    waits: bool,
    assumptions: &Assumptions,
) -> Vec<BilledUnits> {
    let Meter::LambdaInvocation { request, x86, arm } = meter else {
        return Vec::new();
    };
    let services = &assumptions.services;
    let own = assumptions.state(state.name);
    let mb = own.and_then(|s| s.memory_mb).unwrap_or(services.lambda_memory_mb);
    let assumed_ms = own.and_then(|s| s.duration_ms).filter(|_| !waits);
    let measured = match source {
        Source::Definition => None,
        Source::Simulation | Source::History => used
            .ms
            .checked_div(used.entries + used.retries)
            .filter(|_| !waits),
    };
    let default = || Decimal::from_f64(assumed_ms.unwrap_or(assumptions.defaults.task_ms.value));
    let ms = measured.or_else(default).unwrap_or_default().ceil();
    let (price, architecture) = if services.lambda_is_arm {
        (arm, "Arm")
    } else {
        (x86, "x86")
    };
    let duration = BilledUnits {
        price,
        // MB·ms to GB·s.
        units: mb * ms / Decimal::from(1_024_000),
        assumed: Some(format!("{mb} MB, {architecture}, {ms} ms")),
    };
    vec![BilledUnits::one(request), duration]
}

/// The value of a parameter, if it is written in the definition.
pub(in crate::cost) fn parameter<'d>(state: &State<'d>, name: &str) -> Option<&'d Node> {
    let payload = state.data.parameters.as_ref().or(state.data.arguments.as_ref())?;
    payload.node.get(name)
}

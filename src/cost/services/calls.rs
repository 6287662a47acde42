//! What one call of a task uses of the service it goes to.

use crate::asl::State;
use crate::asl::state::Task;
use crate::aws::resource::{self, Call, Pattern, Resource};
use crate::cost::assumptions::{self, Assumptions};
use crate::cost::usage::{Source, StateUsage};
use crate::document::Node;
use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;

/// KB that SNS, SQS and EventBridge bill as one request.
const MESSAGE_CHUNK_KB: u32 = 64;

/// KB that DynamoDB bills as one read; it bills each KB as one write.
const READ_CHUNK_KB: u32 = 4;

/// Units of one row that one call uses.
pub(super) struct Use {
    pub(super) row: &'static str,
    pub(super) units: Decimal,
    pub(super) assumed: Option<String>,
}

/// What is known of a call.
pub(super) enum Calls {
    /// It uses these.
    Priced(Vec<Use>),
    /// It costs nothing beyond what Step Functions charges.
    Free,
    /// The table does not know it.
    Unknown(String),
}

/// What an action is billed by.
#[derive(Clone, Copy)]
enum Meter {
    /// Requests of a Lambda function, and its GB-seconds.
    Function,
    /// Reads of an item.
    Read,
    /// Writes of an item.
    Write,
    /// Messages of a queue, standard or FIFO.
    Queue,
    /// Messages, so many KB each.
    Messages(&'static str),
    /// The events in `Entries`.
    Events,
    /// Each call.
    Requests(&'static str),
    /// Each call of an API that is assumed to be a REST API.
    RestApi,
    /// The child execution pays for itself.
    Child,
}

/// Service, actions, and what they are billed by; no actions stand for all of them.
const TABLE: &[(&str, &[&str], Meter)] = &[
    ("lambda", &["invoke"], Meter::Function),
    ("dynamodb", &["getItem"], Meter::Read),
    ("dynamodb", &["putItem", "updateItem", "deleteItem"], Meter::Write),
    ("sns", &["publish"], Meter::Messages("sns-requests")),
    ("sqs", &["sendMessage"], Meter::Queue),
    ("events", &["putEvents"], Meter::Events),
    ("eventbridge", &["putEvents"], Meter::Events),
    (
        "s3",
        &[
            "putObject",
            "copyObject",
            "listObjects",
            "listObjectsV2",
            "listBuckets",
        ],
        Meter::Requests("s3-put-requests"),
    ),
    (
        "s3",
        &["getObject", "headObject", "getObjectTagging"],
        Meter::Requests("s3-get-requests"),
    ),
    (
        "secretsmanager",
        &["getSecretValue", "describeSecret"],
        Meter::Requests("secrets-calls"),
    ),
    (
        "kms",
        &["encrypt", "decrypt", "generateDataKey"],
        Meter::Requests("kms-requests"),
    ),
    ("apigateway", &["invoke"], Meter::RestApi),
    ("states", &[], Meter::Child),
    ("sfn", &[], Meter::Child),
];

/// What one attempt at a task uses.
pub(super) fn calls(
    state: &State<'_>,
    task: &Task<'_>,
    used: &StateUsage,
    source: Source,
    assumptions: &Assumptions,
) -> Calls {
    let hidden = || Calls::Unknown("a Resource that is not written down".to_owned());
    let Some(text) = task.resource.and_then(Node::as_str) else {
        return hidden();
    };
    let resource = resource::classify(text);
    let call = match resource {
        Resource::LambdaFunction { .. } => return lambda(state, used, source, false, assumptions),
        Resource::Activity { .. } => return Calls::Free,
        _ => match resource.call() {
            Some(call) => call,
            None => return hidden(),
        },
    };
    let Some(meter) = meter(call) else {
        return Calls::Unknown(format!("{}:{}", call.service.text, call.action.text));
    };
    let own = assumptions.state(state.name);
    let services = &assumptions.services;
    let one = match meter {
        Meter::Child => return Calls::Free,
        Meter::Function => {
            let waits = call.pattern == Pattern::WaitForTaskToken;
            return lambda(state, used, source, waits, assumptions);
        }
        Meter::Read => read(state, own, services),
        Meter::Write => {
            let kb = own.and_then(|s| s.item_kb).unwrap_or(services.dynamodb_item_kb);
            Use {
                row: "dynamodb-write-units",
                units: kb.ceil().max(Decimal::ONE),
                assumed: Some(format!("items of {kb} KB, on demand")),
            }
        }
        Meter::Queue => {
            let queue = parameter(state, "QueueUrl").and_then(Node::as_str);
            let is_fifo = queue.is_some_and(|url| url.strip_suffix(".fifo").is_some());
            messages(
                if is_fifo {
                    "sqs-fifo-requests"
                } else {
                    "sqs-requests"
                },
                1,
                services,
            )
        }
        Meter::Messages(row) => messages(row, 1, services),
        Meter::Events => {
            let entries = parameter(state, "Entries").and_then(Node::as_array);
            messages("eventbridge-events", entries.map_or(1, <[Node]>::len), services)
        }
        Meter::Requests(row) => Use {
            row,
            units: Decimal::ONE,
            assumed: None,
        },
        Meter::RestApi => Use {
            row: "apigateway-rest-requests",
            units: Decimal::ONE,
            assumed: Some("every API is a REST API".to_owned()),
        },
    };
    Calls::Priced(vec![one])
}

fn meter(call: Call<'_>) -> Option<Meter> {
    let is_it = |(service, actions, _): &&(&str, &[&str], Meter)| {
        *service == call.service.text && (actions.is_empty() || actions.contains(&call.action.text))
    };
    TABLE.iter().find(is_it).map(|row| row.2)
}

fn messages(row: &'static str, count: usize, services: &assumptions::Services) -> Use {
    let kb = services.message_kb;
    let chunks = (kb / Decimal::from(MESSAGE_CHUNK_KB)).ceil().max(Decimal::ONE);
    Use {
        row,
        units: chunks * Decimal::from(count.max(1)),
        assumed: Some(format!("messages of {kb} KB")),
    }
}

fn read(state: &State<'_>, own: Option<&assumptions::State>, services: &assumptions::Services) -> Use {
    let kb = own.and_then(|s| s.item_kb).unwrap_or(services.dynamodb_item_kb);
    let is_strong = parameter(state, "ConsistentRead").and_then(Node::as_bool) == Some(true);
    let chunks = (kb / Decimal::from(READ_CHUNK_KB)).ceil().max(Decimal::ONE);
    let (units, how) = if is_strong {
        (chunks, "strongly")
    } else {
        (chunks / Decimal::TWO, "eventually")
    };
    Use {
        row: "dynamodb-read-units",
        units,
        assumed: Some(format!("items of {kb} KB, on demand, read {how} consistent")),
    }
}

/// A request and its GB-seconds.
pub(super) fn lambda(
    state: &State<'_>,
    used: &StateUsage,
    source: Source,
    waits: bool,
    assumptions: &Assumptions,
) -> Calls {
    let services = &assumptions.services;
    let own = assumptions.state(state.name);
    let mb = own.and_then(|s| s.memory_mb).unwrap_or(services.lambda_memory_mb);
    let assumed_ms = own.and_then(|s| s.duration_ms).filter(|_| !waits);
    let measured = match source {
        Source::Definition => None,
        // What a function takes is not what waiting for its token takes.
        Source::Simulation | Source::History => used
            .ms
            .checked_div(used.entries + used.retries)
            .filter(|_| !waits),
    };
    let default = || Decimal::from_f64(assumed_ms.unwrap_or(assumptions.defaults.task_ms.value));
    let ms = measured.or_else(default).unwrap_or_default().ceil();
    let (row, kind) = if services.lambda_is_arm {
        ("lambda-arm-gb-seconds", "Arm")
    } else {
        ("lambda-x86-gb-seconds", "x86")
    };
    let request = Use {
        row: "lambda-requests",
        units: Decimal::ONE,
        assumed: None,
    };
    let duration = Use {
        row,
        // MB·ms to GB·s.
        units: mb * ms / Decimal::from(1_024_000),
        assumed: Some(format!("{mb} MB, {kind}, {ms} ms")),
    };
    Calls::Priced(vec![request, duration])
}

/// What a task passes under a name, where it is written down.
pub(in crate::cost) fn parameter<'d>(state: &State<'d>, name: &str) -> Option<&'d Node> {
    let payload = state.data.parameters.as_ref().or(state.data.arguments.as_ref())?;
    payload.node.get(name)
}

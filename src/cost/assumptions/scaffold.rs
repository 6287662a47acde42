//! Generating an assumptions file for a definition, with every parameter and its default.

use super::Assumptions;
use crate::asl::state::choice::Condition;
use crate::asl::{Kind, Machine, State};
use crate::aws::resource;
use crate::cost::DEFAULT_EXECUTIONS;
use crate::document::Node;
use serde_json::{Map, Value, json};
use std::fmt::Write;

/// The format of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// With a comment for each parameter.
    Yaml,
    /// Without comments.
    Json,
}

/// A parameter with its default and its description.
struct Parameter {
    key: &'static str,
    value: Value,
    description: &'static str,
}

/// The text of an assumptions file for a state machine. Its values are the defaults, so it does not change the estimate.
pub fn scaffold(machine: &Machine<'_>, form: Form) -> String {
    let sections = [
        ("defaults", "Defaults for all states below", defaults()),
        (
            "services",
            "Assumptions about called services, for --services",
            services(),
        ),
    ];
    let mut states: Vec<(String, Vec<Parameter>)> = Vec::new();
    machine.for_each_state(&mut |_, state| {
        let parameters = parameters(state);
        if !parameters.is_empty() {
            states.push((state.name.as_str().to_owned(), parameters));
        }
    });
    match form {
        Form::Yaml => yaml(&sections, &states),
        Form::Json => as_json(&sections, &states),
    }
}

fn defaults() -> Vec<Parameter> {
    let d = Assumptions::default().defaults;
    vec![
        parameter("items", number(d.items.value.mean), "items of a Map"),
        parameter(
            "task_duration",
            json!(ms(d.task_ms.value)),
            "duration of a request-response task",
        ),
        parameter(
            "job_duration",
            json!(ms(d.job_ms.value)),
            "duration of a task that waits: .sync, .waitForTaskToken, activity",
        ),
        parameter(
            "wait_duration",
            json!(ms(d.wait_ms.value)),
            "duration of a Wait whose duration is computed",
        ),
        parameter(
            "failure_rate",
            number(d.failure_rate.value),
            "probability that one attempt of a task fails, 0 to 1",
        ),
        parameter(
            "payload_kb",
            number(d.payload_kb.value),
            "payload of a state, for the memory of Express",
        ),
    ]
}

fn services() -> Vec<Parameter> {
    vec![
        parameter(
            "lambda_memory_mb",
            json!(128),
            "of every function; memory_mb of a state overrides it",
        ),
        parameter("lambda_architecture", json!("x86"), "x86 or arm"),
        parameter(
            "dynamodb_item_kb",
            json!(1),
            "of every item; item_kb of a state overrides it",
        ),
        parameter("message_kb", json!(1), "of SNS, SQS, and EventBridge"),
        parameter(
            "express_logging",
            json!("ALL"),
            "log level of an Express workflow: OFF, ERROR, or ALL",
        ),
        parameter("log_event_kb", json!(1), "size of a log event"),
        parameter(
            "kms_requests_per_execution",
            json!(0),
            "for state machines with a customer managed key",
        ),
    ]
}

const fn parameter(key: &'static str, value: Value, description: &'static str) -> Parameter {
    Parameter {
        key,
        value,
        description,
    }
}

/// The parameters of a state.
fn parameters(state: &State<'_>) -> Vec<Parameter> {
    let d = Assumptions::default().defaults;
    match &state.kind {
        Kind::Choice(choice) => {
            let outcomes = choice.rules.len() + usize::from(choice.default.is_some());
            let each = if outcomes == 1 {
                json!(1)
            } else {
                json!(format!("1/{outcomes}"))
            };
            let odds = vec![each; choice.rules.len()];
            let description = if choice.default.is_some() {
                "one per rule, in order; Default gets the rest"
            } else {
                "one per rule, in order; the sum is 1"
            };
            let is_constant = |c: &Condition<'_>| matches!(c, Condition::Constant(_));
            if odds.is_empty() || choice.rules.iter().any(|r| is_constant(&r.condition)) {
                Vec::new()
            } else {
                vec![parameter("odds", Value::Array(odds), description)]
            }
        }
        Kind::Map(map) => {
            let literal = map.items.as_ref().and_then(|items| items.node.as_array());
            let items = literal.map_or(
                json!({"min": 0, "expected": number(d.items.value.mean)}),
                |list| json!(list.len()),
            );
            vec![
                parameter("items", items, "a number, or {min, expected, max}"),
                parameter("failure_rate", json!(0), "probability that the Map itself fails"),
            ]
        }
        Kind::Parallel(_) => vec![parameter(
            "failure_rate",
            json!(0),
            "probability that the Parallel itself fails",
        )],
        Kind::Task(task) => {
            let text = task.resource.and_then(Node::as_str).unwrap_or_default();
            let waits = !resource::classify(text).is_supported_in_express();
            let length = if waits { d.job_ms } else { d.task_ms };
            let limit = task
                .settings
                .timeout_seconds
                .as_ref()
                .and_then(|s| s.node().as_f64());
            let length = limit.map_or(length.value, |seconds| length.value.min(seconds * 1_000.0));
            vec![
                parameter(
                    "duration",
                    json!(ms(length)),
                    "per attempt; or {min, max}, {min, mode, max}, [measured, …]",
                ),
                parameter(
                    "failure_rate",
                    number(d.failure_rate.value),
                    "probability that one attempt fails",
                ),
            ]
        }
        Kind::Wait(wait) => {
            let is_literal = wait.seconds.as_ref().is_some_and(|s| s.expression().is_none());
            if is_literal {
                return Vec::new();
            }
            vec![parameter(
                "duration",
                json!(ms(d.wait_ms.value)),
                "duration of the wait",
            )]
        }
        Kind::Pass(_) | Kind::Succeed(_) | Kind::Fail(_) | Kind::Unknown => Vec::new(),
    }
}

/// A number, without a decimal point if it is an integer.
#[expect(clippy::cast_possible_truncation, reason = "a default is a small number")]
fn number(value: f64) -> Value {
    if value.fract() == 0.0 {
        json!(value as i64)
    } else {
        json!(value)
    }
}

fn ms(ms: f64) -> String {
    if ms >= 1_000.0 {
        format!("{}s", ms / 1_000.0)
    } else {
        format!("{ms}ms")
    }
}

type Section = (&'static str, &'static str, Vec<Parameter>);

fn yaml(sections: &[Section], states: &[(String, Vec<Parameter>)]) -> String {
    let mut text = format!(
        "# Assumptions of asl cost. Values that are removed keep their defaults.\n\
         # `asl schema assumptions` prints the schema of this file.\n\
         version: 1\n\
         executions_per_month: {DEFAULT_EXECUTIONS}\n\
         # Duration and memory of an Express execution, if known:\n\
         # express: {{ duration: 10s, memory_mb: 64 }}\n"
    );
    let mut put = |line: std::fmt::Arguments<'_>| {
        // Writing to a `String` cannot fail.
        let _ = text.write_fmt(line);
    };
    for (name, description, parameters) in sections {
        put(format_args!("\n# {description}\n{name}:\n"));
        for k in parameters {
            put(format_args!("  {}: {}  # {}\n", k.key, k.value, k.description));
        }
    }
    if !states.is_empty() {
        put(format_args!("\nstates:\n"));
    }
    for (name, parameters) in states {
        // A JSON string is valid YAML.
        put(format_args!("  {}:\n", json!(name)));
        for k in parameters {
            put(format_args!("    {}: {}  # {}\n", k.key, k.value, k.description));
        }
    }
    text
}

fn as_json(sections: &[Section], states: &[(String, Vec<Parameter>)]) -> String {
    let object = |parameters: &[Parameter]| -> Value {
        Value::Object(
            parameters
                .iter()
                .map(|k| (k.key.to_owned(), k.value.clone()))
                .collect::<Map<_, _>>(),
        )
    };
    let mut root = Map::new();
    root.insert("version".into(), json!(1));
    root.insert("executions_per_month".into(), json!(DEFAULT_EXECUTIONS));
    for (name, _, parameters) in sections {
        root.insert((*name).into(), object(parameters));
    }
    let states: Map<_, _> = states
        .iter()
        .map(|(name, parameters)| (name.clone(), object(parameters)))
        .collect();
    root.insert("states".into(), Value::Object(states));
    format!("{:#}\n", Value::Object(root))
}

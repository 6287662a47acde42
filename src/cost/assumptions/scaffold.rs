//! An assumptions file to start from: every knob that a definition has, each with its default.

use super::Assumptions;
use crate::asl::state::choice::Condition;
use crate::asl::{Kind, Machine, State};
use crate::aws::resource;
use crate::document::Node;
use serde_json::{Map, Value, json};
use std::fmt::Write;

/// The language to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// With a comment to each knob.
    Yaml,
    /// Without.
    Json,
}

/// A knob: its key, its value, and what it is.
struct Knob {
    key: &'static str,
    value: Value,
    about: &'static str,
}

/// The text of an assumptions file for a machine. Read again, it changes no price.
pub fn scaffold(machine: &Machine<'_>, form: Form) -> String {
    let sections = [
        (
            "defaults",
            "What holds for every state below that does not say more.",
            defaults(),
        ),
        (
            "services",
            "What --services takes the called services to do.",
            services(),
        ),
    ];
    let mut states: Vec<(String, Vec<Knob>)> = Vec::new();
    machine.for_each_state(&mut |_, state| {
        let knobs = knobs(state);
        if !knobs.is_empty() {
            states.push((state.name.as_str().to_owned(), knobs));
        }
    });
    match form {
        Form::Yaml => yaml(&sections, &states),
        Form::Json => as_json(&sections, &states),
    }
}

const EXECUTIONS: u64 = 1_000_000;

fn defaults() -> Vec<Knob> {
    let d = Assumptions::default().defaults;
    vec![
        knob("items", number(d.items.value.mean), "items of a Map"),
        knob(
            "task_duration",
            json!(ms(d.task_ms.value)),
            "a task that answers at once",
        ),
        knob(
            "job_duration",
            json!(ms(d.job_ms.value)),
            "a task that waits: .sync, .waitForTaskToken, an activity",
        ),
        knob(
            "wait_duration",
            json!(ms(d.wait_ms.value)),
            "a Wait whose length is computed",
        ),
        knob(
            "failure_rate",
            number(d.failure_rate.value),
            "how likely one attempt at a task fails, 0 to 1",
        ),
        knob(
            "payload_kb",
            number(d.payload_kb.value),
            "the data of a step, for the memory of Express",
        ),
    ]
}

fn services() -> Vec<Knob> {
    vec![
        knob(
            "lambda_memory_mb",
            json!(128),
            "of every function; a state may say its own as memory_mb",
        ),
        knob("lambda_architecture", json!("x86"), "or arm"),
        knob(
            "dynamodb_item_kb",
            json!(1),
            "of every item; a state may say its own as item_kb",
        ),
        knob("message_kb", json!(1), "of SNS, SQS and EventBridge"),
        knob(
            "express_logging",
            json!("ALL"),
            "the log level of an Express machine: OFF, ERROR or ALL",
        ),
        knob("log_event_kb", json!(1), "one event in the log"),
        knob(
            "kms_requests_per_execution",
            json!(0),
            "where a key of yours encrypts the machine's data",
        ),
    ]
}

const fn knob(key: &'static str, value: Value, about: &'static str) -> Knob {
    Knob { key, value, about }
}

/// What can be said of a state.
fn knobs(state: &State<'_>) -> Vec<Knob> {
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
            let about = if choice.default.is_some() {
                "one per rule, in order; the rest goes to Default"
            } else {
                "one per rule, in order; they sum to 1"
            };
            let is_constant = |c: &Condition<'_>| matches!(c, Condition::Constant(_));
            if odds.is_empty() || choice.rules.iter().any(|r| is_constant(&r.condition)) {
                Vec::new()
            } else {
                vec![knob("odds", Value::Array(odds), about)]
            }
        }
        Kind::Map(map) => {
            let written = map.items.as_ref().and_then(|items| items.node.as_array());
            let items = written.map_or(
                json!({"min": 0, "expected": number(d.items.value.mean)}),
                |list| json!(list.len()),
            );
            vec![
                knob("items", items, "a number, or {min, expected, max}"),
                knob(
                    "failure_rate",
                    json!(0),
                    "how likely the whole Map fails by itself",
                ),
            ]
        }
        Kind::Parallel(_) => vec![knob(
            "failure_rate",
            json!(0),
            "how likely the whole state fails by itself",
        )],
        Kind::Task(task) => {
            let text = task.resource.and_then(Node::as_str).unwrap_or_default();
            let waits = resource::classify(text).express_refusal().is_some();
            let length = if waits { d.job_ms } else { d.task_ms };
            let limit = task
                .settings
                .timeout_seconds
                .as_ref()
                .and_then(|s| s.node().as_f64());
            let length = limit.map_or(length.value, |seconds| length.value.min(seconds * 1_000.0));
            vec![
                knob(
                    "duration",
                    json!(ms(length)),
                    "one attempt; or {min, max}, {min, mode, max}, [measured, …]",
                ),
                knob(
                    "failure_rate",
                    number(d.failure_rate.value),
                    "how likely one attempt fails",
                ),
            ]
        }
        Kind::Wait(wait) => {
            let is_written = wait.seconds.as_ref().is_some_and(|s| s.expression().is_none());
            if is_written {
                return Vec::new();
            }
            vec![knob("duration", json!(ms(d.wait_ms.value)), "how long it waits")]
        }
        Kind::Pass(_) | Kind::Succeed(_) | Kind::Fail(_) | Kind::Unknown => Vec::new(),
    }
}

/// A whole number without a fraction.
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

type Section = (&'static str, &'static str, Vec<Knob>);

fn yaml(sections: &[Section], states: &[(String, Vec<Knob>)]) -> String {
    let mut text = format!(
        "# What asl cost assumes of this machine. What is left out keeps its default.\n\
         # `asl schema assumptions` says all there is.\n\
         version: 1\n\
         executions_per_month: {EXECUTIONS}\n\
         # Figures of a whole Express execution, where they are known:\n\
         # express: {{ duration: 10s, memory_mb: 64 }}\n"
    );
    let mut put = |line: std::fmt::Arguments<'_>| {
        // A String takes whatever is written to it.
        let _ = text.write_fmt(line);
    };
    for (name, about, knobs) in sections {
        put(format_args!("\n# {about}\n{name}:\n"));
        for k in knobs {
            put(format_args!("  {}: {}  # {}\n", k.key, k.value, k.about));
        }
    }
    if !states.is_empty() {
        put(format_args!("\nstates:\n"));
    }
    for (name, knobs) in states {
        // JSON's strings are YAML's, whatever characters a name has.
        put(format_args!("  {}:\n", json!(name)));
        for k in knobs {
            put(format_args!("    {}: {}  # {}\n", k.key, k.value, k.about));
        }
    }
    text
}

fn as_json(sections: &[Section], states: &[(String, Vec<Knob>)]) -> String {
    let object = |knobs: &[Knob]| -> Value {
        Value::Object(
            knobs
                .iter()
                .map(|k| (k.key.to_owned(), k.value.clone()))
                .collect::<Map<_, _>>(),
        )
    };
    let mut root = Map::new();
    root.insert("version".into(), json!(1));
    root.insert("executions_per_month".into(), json!(EXECUTIONS));
    for (name, _, knobs) in sections {
        root.insert((*name).into(), object(knobs));
    }
    let states: Map<_, _> = states
        .iter()
        .map(|(name, knobs)| (name.clone(), object(knobs)))
        .collect();
    root.insert("states".into(), Value::Object(states));
    format!("{:#}\n", Value::Object(root))
}

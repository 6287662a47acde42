//! Reading and validating assumptions files.

use super::{Assumptions, Child, Distribution, Logging, Setting, State};
use crate::asl::{self, Kind, Machine};
use crate::cost::duration;
use crate::cost::usage::Basis;
use crate::diagnostic::Diagnostic;
use crate::document::{Member, Node, Syntax};
use crate::prose;
use crate::schemas;
use crate::source::SourceFile;
use crate::spec::{StateType, WorkflowType};
use crate::user_file::{self, Errors, invalid, unknown_name};
use indexmap::IndexMap;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use std::sync::Arc;

/// The accepted error of the sum of odds, since people write 0.33.
const ODDS_TOLERANCE: f64 = 0.011;

/// Reads an assumptions file for some state machines, or returns all errors in it.
pub fn parse(
    source: Arc<SourceFile>,
    syntax: Syntax,
    machines: &[&Machine<'_>],
) -> Result<Assumptions, Vec<Diagnostic>> {
    // The schema is part of the binary, and a test compiles it.
    let schema = serde_json::from_str(schemas::ASSUMPTIONS).unwrap_or_default();
    let root = user_file::read_valid(source, syntax, &schema)?;
    let mut assumptions = Assumptions::default();
    read_globals(&mut assumptions, &root);
    let mut states: IndexMap<&str, &asl::State<'_>> = IndexMap::new();
    for machine in machines {
        machine.for_each_state(&mut |_, state| {
            states.insert(state.name.as_str(), state);
        });
    }
    let mut errors = Errors::default();
    check_order(&root, &mut errors);
    for member in root.get("states").and_then(Node::as_object).unwrap_or_default() {
        let name = member.key.as_str();
        match states.get(name) {
            Some(state) => {
                check_fields(state, member, &mut errors);
                assumptions
                    .states
                    .insert(name.to_owned(), read_state(&member.value));
            }
            None => errors.extend([unknown_name(
                member.key_span,
                "state",
                format!("undefined state `{name}`"),
                name,
                states.keys().copied(),
            )]),
        }
    }
    errors.into_result(assumptions)
}

fn read_globals(assumptions: &mut Assumptions, root: &Node) {
    assumptions.executions_per_month = root
        .get("executions_per_month")
        .and_then(decimal)
        .and_then(|n| n.to_u64());
    if let Some(express) = root.get("express") {
        assumptions.duration_ms = express
            .get("duration")
            .and_then(duration_distribution)
            .and_then(mean);
        assumptions.memory_mb = express.get("memory_mb").and_then(decimal);
    }
    let defaults = &mut assumptions.defaults;
    let of = |key: &str| root.get("defaults").and_then(|d| d.get(key));
    let mean_ms = |node: &Node| duration_distribution(node).map(|s| s.mean);
    set(&mut defaults.items, of("items").and_then(items));
    set(&mut defaults.task_ms, of("task_duration").and_then(mean_ms));
    set(&mut defaults.job_ms, of("job_duration").and_then(mean_ms));
    set(&mut defaults.wait_ms, of("wait_duration").and_then(mean_ms));
    set(&mut defaults.failure_rate, of("failure_rate").and_then(fraction));
    set(&mut defaults.payload_kb, of("payload_kb").and_then(Node::as_f64));
    let services = &mut assumptions.services;
    let of = |key: &str| root.get("services").and_then(|s| s.get(key));
    let amounts = [
        (&mut services.lambda_memory_mb, "lambda_memory_mb"),
        (&mut services.dynamodb_item_kb, "dynamodb_item_kb"),
        (&mut services.message_kb, "message_kb"),
        (&mut services.log_event_kb, "log_event_kb"),
        (&mut services.kms_requests, "kms_requests_per_execution"),
    ];
    for (amount, key) in amounts {
        if let Some(given) = of(key).and_then(decimal) {
            *amount = given;
        }
    }
    services.lambda_is_arm = of("lambda_architecture").and_then(Node::as_str) == Some("arm");
    if let Some(level) = of("express_logging").and_then(Node::as_str) {
        services.express_logging = if level == "ALL" {
            Logging::All
        } else {
            Logging::FailuresOnly
        };
    }
}

fn set<T>(setting: &mut Setting<T>, value: Option<T>) {
    if let Some(value) = value {
        *setting = Setting {
            value,
            basis: Basis::File,
        };
    }
}

fn read_state(node: &Node) -> State {
    let odds = |n: &Node| {
        n.as_array()
            .map(|list| list.iter().filter_map(fraction).collect())
    };
    State {
        odds: node.get("odds").and_then(odds),
        items: node.get("items").and_then(items),
        duration_ms: node
            .get("duration")
            .and_then(duration_distribution)
            .map(|s| s.mean),
        failure_rate: node.get("failure_rate").and_then(fraction),
        error: node.get("error").and_then(Node::as_str).map(str::to_owned),
        payload_kb: node.get("payload_kb").and_then(Node::as_f64),
        memory_mb: node.get("memory_mb").and_then(decimal),
        item_kb: node.get("item_kb").and_then(decimal),
        child: node.get("child").map(child),
    }
}

fn child(node: &Node) -> Child {
    Child {
        workflow: node
            .get("type")
            .and_then(Node::as_str)
            .and_then(WorkflowType::from_name)
            .unwrap_or_default(),
        transitions: node.get("transitions").and_then(decimal).unwrap_or_default(),
        duration_ms: node
            .get("duration")
            .and_then(duration_distribution)
            .and_then(mean)
            .unwrap_or_default(),
        memory_mb: node.get("memory_mb").and_then(decimal).unwrap_or_default(),
    }
}

/// Reports every `{min, mode, expected, max}` whose values do not increase.
fn check_order(node: &Node, errors: &mut Errors) {
    for member in node.as_object().unwrap_or_default() {
        let value = &member.value;
        let of = |key: &str| value.get(key).and_then(milliseconds);
        let ends: Vec<f64> = ["min", "mode", "expected", "max"]
            .into_iter()
            .filter_map(of)
            .collect();
        if !ends.is_sorted() {
            let message = format!(
                "the values of `{}` must increase from min to max",
                member.key.as_str()
            );
            errors.add(member.key_span, message);
        }
        check_order(value, errors);
    }
}

/// The state types that a key applies to.
const APPLICABLE_TYPES: [(&str, &[StateType]); 8] = [
    ("odds", &[StateType::Choice]),
    ("items", &[StateType::Map]),
    ("duration", &[StateType::Task, StateType::Wait]),
    (
        "failure_rate",
        &[StateType::Task, StateType::Map, StateType::Parallel],
    ),
    ("error", &[StateType::Task, StateType::Map, StateType::Parallel]),
    ("memory_mb", &[StateType::Task]),
    ("item_kb", &[StateType::Task]),
    ("child", &[StateType::Task]),
];

/// Reports keys that do not apply to the type of the state, and odds that do not match its rules.
fn check_fields(state: &asl::State<'_>, member: &Member, errors: &mut Errors) {
    let name = member.key.as_str();
    for field in member.value.as_object().unwrap_or_default() {
        let key = field.key.as_str();
        let Some((_, types)) = APPLICABLE_TYPES.iter().find(|(name, _)| *name == key) else {
            continue;
        };
        let own = state.state_type();
        if own.is_none_or(|own| types.contains(&own)) {
            continue;
        }
        let types: Vec<&str> = types.iter().map(|t| t.as_str()).collect();
        let own = own.map_or("", StateType::as_str);
        let message = format!(
            "`{key}` applies to {} states, but `{name}` is a {own} state",
            prose::list(&types)
        );
        errors.add(field.key_span, message);
    }
    if let (Kind::Choice(choice), Some(odds)) = (&state.kind, member.value.get("odds")) {
        let values: Vec<f64> = odds
            .as_array()
            .unwrap_or_default()
            .iter()
            .filter_map(fraction)
            .collect();
        let (rules, sum) = (choice.rules.len(), values.iter().sum::<f64>());
        let message = if values.len() != rules {
            Some(format!(
                "expected odds for the {rules} rules of `{name}`, found {}",
                values.len()
            ))
        } else if sum > 1.0 + ODDS_TOLERANCE {
            Some(format!(
                "the sum of the odds of `{name}` is {sum:.3}, which exceeds 1"
            ))
        } else if choice.default.is_none() && sum < 1.0 - ODDS_TOLERANCE {
            Some(format!(
                "the sum of the odds of `{name}` is {sum:.3}, but it must be 1 without a Default"
            ))
        } else {
            None
        };
        errors.extend(message.map(|message| invalid(odds.span, message)));
    }
}

fn decimal(node: &Node) -> Option<Decimal> {
    let text = node.as_number()?;
    text.parse().or_else(|_| Decimal::from_scientific(text)).ok()
}

fn mean(distribution: Distribution) -> Option<Decimal> {
    crate::cost::usage::quantity(distribution.mean)
}

/// A number, or a fraction such as `1/3`.
fn fraction(node: &Node) -> Option<f64> {
    if let Some(number) = node.as_f64() {
        return Some(number);
    }
    let (a, b) = node.as_str()?.split_once('/')?;
    Some(a.parse::<f64>().ok()? / b.parse::<f64>().ok()?)
}

fn milliseconds(node: &Node) -> Option<f64> {
    let text = node.as_number().or_else(|| node.as_str())?;
    match duration::parse(text) {
        Some(ms) => ms.to_f64(),
        None => node.as_f64().map(|seconds| seconds * 1_000.0),
    }
}

fn duration_distribution(node: &Node) -> Option<Distribution> {
    if let Some(list) = node.as_array() {
        let measured: Vec<f64> = list.iter().filter_map(milliseconds).collect();
        let count = u32::try_from(measured.len()).ok().filter(|&n| n > 0)?;
        return Some(Distribution {
            min: measured.iter().copied().fold(f64::INFINITY, f64::min),
            mean: measured.iter().sum::<f64>() / f64::from(count),
            max: measured.iter().copied().reduce(f64::max),
        });
    }
    let (Some(min), Some(max)) = (
        node.get("min").and_then(milliseconds),
        node.get("max").and_then(milliseconds),
    ) else {
        return milliseconds(node).map(Distribution::fixed);
    };
    let mean = node
        .get("mode")
        .and_then(milliseconds)
        .map_or(f64::midpoint(min, max), |mode| (min + mode + max) / 3.0);
    Some(Distribution {
        min,
        mean,
        max: Some(max),
    })
}

fn items(node: &Node) -> Option<Distribution> {
    if let Some(number) = node.as_f64() {
        return Some(Distribution::fixed(number));
    }
    let of = |key: &str| node.get(key).and_then(Node::as_f64);
    Some(Distribution {
        min: of("min").unwrap_or(0.0),
        mean: of("expected")?,
        max: of("max"),
    })
}

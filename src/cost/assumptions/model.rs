//! The data of an assumptions file, and the defaults.

use crate::cost::usage::Basis;
use rust_decimal::Decimal;
use std::collections::HashMap;

/// A value and its source.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Setting<T> {
    /// The value.
    pub value: T,
    /// The source.
    pub basis: Basis,
}

/// The distribution of a quantity.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Distribution {
    /// The minimum.
    pub min: f64,
    /// The mean.
    pub mean: f64,
    /// The maximum; `None` if there is none.
    pub max: Option<f64>,
}

impl Distribution {
    /// A constant.
    pub const fn fixed(value: f64) -> Self {
        Self {
            min: value,
            mean: value,
            max: Some(value),
        }
    }
}

/// All assumptions. The names in backticks are the keys of the file.
#[derive(Debug, Clone)]
pub struct Assumptions {
    /// `executions_per_month`
    pub executions_per_month: Option<u64>,
    /// `express.duration`, in milliseconds.
    pub duration_ms: Option<Decimal>,
    /// `express.memory_mb`
    pub memory_mb: Option<Decimal>,
    /// `defaults`
    pub defaults: Defaults,
    /// `services`
    pub services: Services,
    /// `states`, by name.
    pub states: HashMap<String, State>,
}

/// Defaults for states.
#[derive(Debug, Clone, Copy)]
pub struct Defaults {
    /// Number of items of a Map.
    pub items: Setting<Distribution>,
    /// Duration of a request-response task, in milliseconds.
    pub task_ms: Setting<f64>,
    /// Duration of a task that waits for a job, a task token, or an activity worker, in milliseconds.
    pub job_ms: Setting<f64>,
    /// Duration of a Wait state whose duration is computed, in milliseconds.
    pub wait_ms: Setting<f64>,
    /// Probability that one attempt of a task fails.
    pub failure_rate: Setting<f64>,
    /// Payload of a state, in kilobytes.
    pub payload_kb: Setting<f64>,
}

/// Assumptions about called services.
#[derive(Debug, Clone)]
pub struct Services {
    /// Memory of a Lambda function, in megabytes.
    pub lambda_memory_mb: Decimal,
    /// Whether Lambda functions run on Arm.
    pub lambda_is_arm: bool,
    /// Size of a DynamoDB item, in kilobytes.
    pub dynamodb_item_kb: Decimal,
    /// Size of a message, in kilobytes.
    pub message_kb: Decimal,
    /// Log level of an Express workflow.
    pub express_logging: Logging,
    /// Size of a log event, in kilobytes.
    pub log_event_kb: Decimal,
    /// KMS requests per execution.
    pub kms_requests: Decimal,
}

/// What an Express workflow logs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Logging {
    /// Nothing, or failures only, whose cost is neglected.
    FailuresOnly,
    /// Every event.
    All,
}

/// Assumptions about one state.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// Probability of each rule of a Choice.
    pub odds: Option<Vec<f64>>,
    /// Number of items of a Map.
    pub items: Option<Distribution>,
    /// Duration of an attempt, in milliseconds.
    pub duration_ms: Option<f64>,
    /// Probability that an attempt fails.
    pub failure_rate: Option<f64>,
    /// The error that attempts fail with.
    pub error: Option<String>,
    /// Payload, in kilobytes.
    pub payload_kb: Option<f64>,
    /// Memory of the called Lambda function, in megabytes.
    pub memory_mb: Option<Decimal>,
    /// Size of the DynamoDB item that it reads or writes, in kilobytes.
    pub item_kb: Option<Decimal>,
    /// The execution that it starts.
    pub child: Option<Child>,
}

/// The usage of an execution that a task starts.
#[derive(Debug, Clone, Copy)]
pub struct Child {
    /// Its workflow type.
    pub workflow: crate::spec::WorkflowType,
    /// Its transitions.
    pub transitions: Decimal,
    /// Its duration, in milliseconds.
    pub duration_ms: Decimal,
    /// Its memory, in megabytes.
    pub memory_mb: Decimal,
}

const fn default<T>(value: T) -> Setting<T> {
    Setting {
        value,
        basis: Basis::Default,
    }
}

impl Default for Assumptions {
    fn default() -> Self {
        Self {
            executions_per_month: None,
            duration_ms: None,
            memory_mb: None,
            defaults: Defaults {
                items: default(Distribution {
                    min: 0.0,
                    mean: 10.0,
                    max: None,
                }),
                task_ms: default(100.0),
                job_ms: default(60_000.0),
                wait_ms: default(60_000.0),
                failure_rate: default(0.0),
                payload_kb: default(4.0),
            },
            services: Services {
                lambda_memory_mb: Decimal::from(128),
                lambda_is_arm: false,
                dynamodb_item_kb: Decimal::ONE,
                message_kb: Decimal::ONE,
                express_logging: Logging::All,
                log_event_kb: Decimal::ONE,
                kms_requests: Decimal::ZERO,
            },
            states: HashMap::new(),
        }
    }
}

impl Assumptions {
    /// The assumptions about the state of this name.
    pub fn state(&self, name: &str) -> Option<&State> {
        self.states.get(name)
    }

    /// A value for one state, or else the default.
    pub(in crate::cost) fn setting<T>(
        &self,
        name: &str,
        own: fn(&State) -> Option<T>,
        default: Setting<T>,
    ) -> Setting<T> {
        self.state(name).and_then(own).map_or(default, |value| Setting {
            value,
            basis: Basis::File,
        })
    }
}

//! The data of assumptions, with their default values.

use crate::cost::usage::Basis;
use rust_decimal::Decimal;
use std::collections::HashMap;

/// A value and its source.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Setting<T> {
    /// The value.
    pub value: T,
    /// On whose word.
    pub basis: Basis,
}

/// A quantity that varies: its least, its mean and its greatest value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// The least.
    pub min: f64,
    /// The mean.
    pub mean: f64,
    /// The greatest; none where there is no bound.
    pub max: Option<f64>,
}

impl Spread {
    /// Always the same.
    pub const fn fixed(value: f64) -> Self {
        Self {
            min: value,
            mean: value,
            max: Some(value),
        }
    }
}

/// Everything that is assumed.
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

/// What holds where nothing more is said of a state.
#[derive(Debug, Clone, Copy)]
pub struct Defaults {
    /// Items of a Map.
    pub items: Setting<Spread>,
    /// A task that answers at once, in milliseconds.
    pub task_ms: Setting<f64>,
    /// A task that waits for a job, a token or a worker, in milliseconds.
    pub job_ms: Setting<f64>,
    /// A Wait whose length is computed, in milliseconds.
    pub wait_ms: Setting<f64>,
    /// How likely one attempt at a task fails.
    pub failure_rate: Setting<f64>,
    /// The data of a step, in kilobytes.
    pub payload_kb: Setting<f64>,
}

/// What called services are taken to do.
#[derive(Debug, Clone)]
pub struct Services {
    /// Memory of a Lambda function, in megabytes.
    pub lambda_memory_mb: Decimal,
    /// Lambda functions run on Arm.
    pub lambda_is_arm: bool,
    /// An item of DynamoDB, in kilobytes.
    pub dynamodb_item_kb: Decimal,
    /// A message, in kilobytes.
    pub message_kb: Decimal,
    /// The log level of an Express machine.
    pub express_logging: Logging,
    /// One event in the log, in kilobytes.
    pub log_event_kb: Decimal,
    /// Requests to KMS per execution.
    pub kms_requests: Decimal,
}

/// What an Express machine logs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Logging {
    /// Empty or only failures, which counts as empty.
    Little,
    /// Every event.
    All,
}

/// What is said of one state.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// How likely each rule of a Choice is taken.
    pub odds: Option<Vec<f64>>,
    /// Items of a Map.
    pub items: Option<Spread>,
    /// Length of an attempt, in milliseconds.
    pub duration_ms: Option<f64>,
    /// How likely an attempt fails.
    pub failure_rate: Option<f64>,
    /// The error it fails with.
    pub error: Option<String>,
    /// Its data, in kilobytes.
    pub payload_kb: Option<f64>,
    /// Memory of the Lambda function it calls.
    pub memory_mb: Option<Decimal>,
    /// The item of DynamoDB it reads or writes.
    pub item_kb: Option<Decimal>,
    /// The execution it starts.
    pub child: Option<Child>,
}

/// What an execution costs that a task starts.
#[derive(Debug, Clone, Copy)]
pub struct Child {
    /// Its type.
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
                items: default(Spread {
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
    /// What is said of a state by its name, if anything.
    pub fn state(&self, name: &str) -> Option<&State> {
        self.states.get(name)
    }

    /// What a state says, or else the default.
    pub(in crate::cost) fn of_state<T>(
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

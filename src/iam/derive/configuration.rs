//! What the configuration of a state machine needs. Sources: Step Functions developer guide, cw-logs, xray-iam, and
//! encryption-at-rest.

use super::settings::Settings;
use crate::aws::iam::requirement::{Necessity, Purpose};
use crate::iam::environment::Environment;
use crate::iam::required_permission::{Condition, RequiredPermission};
use crate::iam::target::Resources;

/// Actions without resource types, which create and manage the delivery of logs.
const LOGS: [&str; 7] = [
    "logs:CreateLogDelivery",
    "logs:GetLogDelivery",
    "logs:UpdateLogDelivery",
    "logs:ListLogDeliveries",
    "logs:PutResourcePolicy",
    "logs:DescribeResourcePolicies",
    "logs:DescribeLogGroups",
];

/// The action that removes the delivery when logging is turned off.
const UNUSUAL_LOGS: [&str; 1] = ["logs:DeleteLogDelivery"];

/// Actions that newer policies of AWS have, too.
const MORE_LOGS: [&str; 2] = ["logs:CreateLogStream", "logs:PutLogEvents"];

const TRACES: [&str; 4] = [
    "xray:PutTraceSegments",
    "xray:PutTelemetryRecords",
    "xray:GetSamplingRules",
    "xray:GetSamplingTargets",
];

/// An action in AWS's managed policy.
const MORE_TRACES: [&str; 1] = ["xray:GetSamplingStatisticSummaries"];

pub(super) fn needs(settings: &Settings, environment: &Environment) -> Vec<RequiredPermission> {
    let mut needs = Vec::new();
    let mut add = |actions: &[&'static str], necessity, purpose, service| {
        for action in actions {
            needs.push(RequiredPermission {
                is_published_on_all: true,
                ..RequiredPermission::new(*action, Resources::all(), purpose, necessity, service)
            });
        }
    };
    if settings.logs {
        add(&LOGS, Necessity::Required, Purpose::Logging, "Logs");
        add(&UNUSUAL_LOGS, Necessity::Completes, Purpose::Logging, "Logs");
        add(&MORE_LOGS, Necessity::Tolerated, Purpose::Logging, "Logs");
    }
    if settings.traces {
        add(&TRACES, Necessity::Completes, Purpose::Tracing, "Xray");
        add(&MORE_TRACES, Necessity::Tolerated, Purpose::Tracing, "Xray");
    }
    if let Some(key) = &settings.key {
        let machine = environment.machine_arn();
        let operator = if machine.contains('*') {
            "StringLike"
        } else {
            "StringEquals"
        };
        let of_machine = Condition {
            operator,
            key: "kms:EncryptionContext:aws:states:stateMachineArn",
            value: machine.into(),
        };
        for action in ["kms:Decrypt", "kms:GenerateDataKey"] {
            needs.push(RequiredPermission {
                conditions: vec![of_machine.clone()],
                ..RequiredPermission::new(
                    action,
                    Resources::new(vec![key.clone()]),
                    Purpose::Encryption,
                    Necessity::Required,
                    "Kms",
                )
            });
        }
        if settings.logs {
            needs.push(RequiredPermission {
                conditions: vec![Condition {
                    operator: "StringLike",
                    key: "kms:EncryptionContext:SourceArn",
                    value: environment.arn("logs:~:*").into(),
                }],
                ..RequiredPermission::new(
                    "kms:GenerateDataKey",
                    Resources::new(vec![key.clone()]),
                    Purpose::Encryption,
                    Necessity::Required,
                    "Logs",
                )
            });
        }
    }
    needs
}

//! `unsupported-in-express`

use crate::asl::{Kind, State};
use crate::aws::resource::{classify, is_malformed_activity};
use crate::document::Node;
use crate::lint::aws::{AwsCode, AwsMessage};
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::lint::rules::execution;
use crate::spec::WorkflowType;

declare_rule! {
    /// An Express workflow uses a feature that only Standard workflows support.
    ///
    /// ## What it does
    ///
    /// In Express workflows, and in Distributed Maps whose `ExecutionType` is `EXPRESS`, reports `.sync`,
    /// `.waitForTaskToken`, activities, and Distributed Maps. The workflow type is not part of a definition: pass
    /// `--type EXPRESS`.
    ///
    /// ## Why is this bad?
    ///
    /// Deployment fails: AWS rejects the definition, since an Express execution cannot be suspended to wait for a job
    /// or callback.
    ///
    /// ## Fails
    ///
    /// ```json,express
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::glue:startJobRun.sync", "Parameters": {"JobName": "J"}, "End": true}}}
    /// ```
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Map", "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS"}, "StartAt": "B", "States": {"B": {"Type": "Task", "Resource": "arn:aws:states:::glue:startJobRun.sync", "Parameters": {"JobName": "J"}, "End": true}}}, "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json,express
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::glue:startJobRun", "Parameters": {"JobName": "J"}, "End": true}}}
    /// ```
    pub static RULE = {
        name: "unsupported-in-express",
        family: Task,
        severity: Error,
        aws: AwsCode::SchemaValidationFailed,
        check: Check::Machine(check),
    }
}

fn check(cx: &Context<'_, '_>, findings: &mut Findings<'_>) {
    execution::for_each_state(cx, &mut |state, execution| {
        if execution.workflow_type == WorkflowType::Express {
            check_state(state, findings);
        }
    });
}

fn check_state(state: &State<'_>, findings: &mut Findings<'_>) {
    match &state.kind {
        Kind::Task(task) => task
            .resource
            .into_iter()
            .for_each(|node| check_resource(node, findings)),
        Kind::Map(map) if map.is_distributed => {
            let mode = map.processor_config.and_then(|config| config.get("Mode"));
            let place = mode.map_or(state.name_span, |node| node.span);
            findings.add(
                Finding::new(place, "Distributed Map is not supported in Express workflows")
                    .help("use an inline Map or a Standard workflow")
                    .aws(AwsMessage::DistributedMapInExpress),
            );
        }
        _ => {}
    }
}

fn check_resource(node: &Node, findings: &mut Findings<'_>) {
    let Some(text) = node.as_str() else { return };
    let resource = classify(text);
    if resource.is_supported_in_express() && !is_malformed_activity(text) {
        return;
    }
    let (message, refusal) = match resource.call().map(|call| call.pattern) {
        None => (
            "activities are not supported in Express workflows".to_owned(),
            AwsMessage::ActivityInExpress,
        ),
        Some(pattern) => (
            format!("`{}` is not supported in Express workflows", pattern.suffix()),
            AwsMessage::WaitingInExpress(pattern),
        ),
    };
    findings.add(
        Finding::new(node.span, message)
            .help("call it without waiting or use a Standard workflow")
            .aws(refusal),
    );
}

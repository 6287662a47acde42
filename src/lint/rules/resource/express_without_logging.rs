//! `express-without-logging`

use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::spec::WorkflowType;
use crate::template::{Resource, Setting};

declare_rule! {
    /// An Express state machine has no logging.
    ///
    /// ## What it does
    ///
    /// Reports an Express state machine of a template without logging, or with the log level `OFF`.
    ///
    /// ## Why is this bad?
    ///
    /// AWS keeps no history of Express executions: without logs, the cause of a failure cannot be determined.
    ///
    /// ## Fails
    ///
    /// ```yaml
    /// Resources:
    ///   Flow:
    ///     Type: AWS::StepFunctions::StateMachine
    ///     Properties:
    ///       StateMachineType: EXPRESS
    ///       RoleArn: !GetAtt Role.Arn
    ///       Definition:
    ///         StartAt: A
    ///         States: {A: {Type: Succeed}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```yaml
    /// Resources:
    ///   Flow:
    ///     Type: AWS::StepFunctions::StateMachine
    ///     Properties:
    ///       StateMachineType: EXPRESS
    ///       RoleArn: !GetAtt Role.Arn
    ///       Definition:
    ///         StartAt: A
    ///         States: {A: {Type: Succeed}}
    ///       LoggingConfiguration:
    ///         Level: ERROR
    ///         Destinations: [{CloudWatchLogsLogGroup: {LogGroupArn: !GetAtt Logs.Arn}}]
    /// ```
    pub static RULE = {
        name: "express-without-logging",
        family: Resource,
        severity: Warning,
        check: Check::Resource(check),
    }
}

fn check(resource: &Resource, findings: &mut Findings<'_>) {
    let configuration = &resource.configuration;
    let span = match configuration.logging {
        Setting::Absent => resource.name_span,
        Setting::Off(span) => span,
        Setting::On | Setting::Unknown => return,
    };
    if configuration.workflow_type == Some(WorkflowType::Express) {
        let message = format!("Express state machine `{}` has no logging", resource.name);
        findings.add(
            Finding::new(span, message)
                .help("add a logging configuration with level ERROR or ALL")
                .requires_whole_file(),
        );
    }
}

//! `missing-tracing`

use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::template::{Resource, Setting};

declare_rule! {
    /// A state machine has no X-Ray tracing.
    ///
    /// ## What it does
    ///
    /// Reports a state machine of a template without X-Ray tracing.
    ///
    /// ## Why is this bad?
    ///
    /// Without traces, it is hard to tell which of the called services causes latency.
    ///
    /// ## Fails
    ///
    /// ```yaml
    /// Resources:
    ///   Flow:
    ///     Type: AWS::StepFunctions::StateMachine
    ///     Properties:
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
    ///       RoleArn: !GetAtt Role.Arn
    ///       Definition:
    ///         StartAt: A
    ///         States: {A: {Type: Succeed}}
    ///       TracingConfiguration: {Enabled: true}
    /// ```
    pub static RULE = {
        name: "missing-tracing",
        family: Resource,
        severity: Info,
        advice: true,
        check: Check::Resource(check),
    }
}

fn check(resource: &Resource, findings: &mut Findings<'_>) {
    let span = match resource.configuration.tracing {
        Setting::Absent => resource.name_span,
        Setting::Off(span) => span,
        Setting::On | Setting::Unknown => return,
    };
    let message = format!("state machine `{}` does not enable tracing", resource.name);
    findings.add(
        Finding::new(span, message)
            .help("enable X-Ray tracing")
            .requires_whole_file(),
    );
}

//! `missing-encryption-key`

use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::template::{Resource, Setting};

declare_rule! {
    /// A state machine does not use a customer managed key.
    ///
    /// ## What it does
    ///
    /// Reports a state machine of a template without a customer managed key. Off by default, since only some security
    /// policies require such keys.
    ///
    /// ## Why is this bad?
    ///
    /// Definition, input, and output are encrypted with a key that AWS owns, so its use can be neither restricted nor
    /// audited.
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
    ///       EncryptionConfiguration: {Type: CUSTOMER_MANAGED_KMS_KEY, KmsKeyId: !Ref Key}
    /// ```
    pub static RULE = {
        name: "missing-encryption-key",
        family: Resource,
        severity: Warning,
        optional: true,
        check: Check::Resource(check),
    }
}

fn check(resource: &Resource, findings: &mut Findings<'_>) {
    let span = match resource.configuration.key {
        Setting::Absent => resource.name_span,
        Setting::Off(span) => span,
        Setting::On | Setting::Unknown => return,
    };
    let message = format!(
        "state machine `{}` does not use a customer managed key",
        resource.name
    );
    findings.add(
        Finding::new(span, message)
            .help("add an encryption configuration with a KMS key")
            .requires_whole_file(),
    );
}

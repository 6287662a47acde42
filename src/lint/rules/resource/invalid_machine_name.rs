//! `invalid-machine-name`

use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::spec::placeholder;
use crate::spec::quota::MACHINE_NAME_CHARACTERS;
use crate::template::Resource;

declare_rule! {
    /// A state machine has an invalid name.
    ///
    /// ## What it does
    ///
    /// Reports names that are empty, have more than 80 characters, or contain whitespace, brackets, wildcards, or one
    /// of ``"#%\^|~`$&,;:/``.
    ///
    /// ## Why is this bad?
    ///
    /// Deployment fails: AWS rejects the name with `InvalidName`.
    ///
    /// ## Fails
    ///
    /// ```yaml
    /// Resources:
    ///   Flow:
    ///     Type: AWS::StepFunctions::StateMachine
    ///     Properties:
    ///       StateMachineName: order flow
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
    ///       StateMachineName: order-flow
    ///       RoleArn: !GetAtt Role.Arn
    ///       Definition:
    ///         StartAt: A
    ///         States: {A: {Type: Succeed}}
    /// ```
    pub static RULE = {
        name: "invalid-machine-name",
        family: Resource,
        severity: Error,
        check: Check::Resource(check),
    }
}

/// API reference, `CreateStateMachine`, `name`.
const REFUSED: &str = "<>{}[]?*\"#%\\^|~`$&,;:/";

fn check(resource: &Resource, findings: &mut Findings<'_>) {
    let Some((name, span)) = &resource.configuration.name else {
        return;
    };
    if placeholder::is_in(name) {
        return;
    }
    let refused = |c: &char| c.is_whitespace() || c.is_control() || REFUSED.contains(*c);
    let message = match (name.chars().find(refused), name.chars().count()) {
        (Some(c), _) => format!("state machine name contains invalid character {c:?}"),
        (None, n) if n > MACHINE_NAME_CHARACTERS => {
            format!(
                "state machine name has {n} characters; the maximum is {MACHINE_NAME_CHARACTERS}"
            )
        }
        (None, 0) => "state machine name is empty".to_owned(),
        _ => return,
    };
    findings.add(Finding::new(*span, message));
}

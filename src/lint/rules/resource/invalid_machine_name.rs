//! `invalid-machine-name`

use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::spec::quota::MACHINE_NAME_CHARACTERS;
use crate::template::Resource;

declare_rule! {
    /// A state machine has a name that AWS refuses.
    ///
    /// ## What it does
    ///
    /// Reports names of more than 80 characters, and with blanks, brackets, wildcards or one of
    /// ``"#%\^|~`$&,;:/`` in them.
    ///
    /// ## Why is this bad?
    ///
    /// AWS answers `InvalidName`.
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
    if name.contains("${") {
        return;
    }
    let refused = |c: &char| c.is_whitespace() || c.is_control() || REFUSED.contains(*c);
    let message = match (name.chars().find(refused), name.chars().count()) {
        (Some(c), _) => format!("A state machine's name may not hold {c:?}"),
        (None, n) if n > MACHINE_NAME_CHARACTERS => {
            format!(
                "A state machine's name has at most {MACHINE_NAME_CHARACTERS} characters; this one has {n}"
            )
        }
        (None, 0) => "A state machine's name may not be empty".to_owned(),
        _ => return,
    };
    findings.add(Finding::new(*span, message));
}

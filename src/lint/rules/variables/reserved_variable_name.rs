//! `reserved-variable-name`

use crate::asl::variable::{RESERVED, assigned, assigns};
use crate::asl::State;
use crate::lint::aws::{AwsCode, AwsMessage};
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// `Assign` sets the reserved variable `$states`.
    ///
    /// ## What it does
    ///
    /// Reports an assignment of a variable named `states`.
    ///
    /// ## Why is this bad?
    ///
    /// Deployment fails: `$states` is reserved for the input, the result, and the context object.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "Assign": {"states": []}, "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "Assign": {"stages": []}, "Next": "B"}, "B": {"Type": "Succeed", "OutputPath": "$stages"}}}
    /// ```
    pub static RULE = {
        name: "reserved-variable-name",
        family: Variables,
        severity: Error,
        aws: AwsCode::ReservedVariableName,
        check: Check::State(check),
    }
}

fn check(_cx: &Context<'_, '_>, state: &State<'_>, findings: &mut Findings<'_>) {
    for variable in assigns(state).flat_map(|(payload, _)| assigned(state, payload)) {
        if variable.name == RESERVED {
            findings.add(
                Finding::new(variable.span, "variable name `states` is reserved")
                    .help("rename the variable")
                    .aws(AwsMessage::ReservedVariable),
            );
        }
    }
}

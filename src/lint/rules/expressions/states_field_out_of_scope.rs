//! `states-field-out-of-scope`

use super::accessors::{place, references};
use crate::asl::{Expression, Owner, State};
use crate::diagnostic::Severity;
use crate::expr::jsonata::ReferenceKind;
use crate::lint::aws::{AwsCode, AwsMessage};
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::spec::StateType;
use std::collections::HashSet;

declare_rule! {
    /// `$states.result` or `$states.errorOutput` is read where it does not exist.
    ///
    /// ## What it does
    ///
    /// Reports `$states.result` outside of the `Output` and `Assign` of a Task, Parallel, or Map, and `$states.errorOutput`
    /// outside of the `Output` and `Assign` of a catcher.
    ///
    /// ## Why is this bad?
    ///
    /// Deployment fails: AWS rejects the definition. That includes `$states.result` in a catcher, whose state has no
    /// result.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "QueryLanguage": "JSONata", "States": {"A": {"Type": "Pass", "Output": "{% $states.result.id %}", "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "QueryLanguage": "JSONata", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Arguments": {"FunctionName": "f"}, "Output": "{% $states.result.Payload %}", "Catch": [{"ErrorEquals": ["States.ALL"], "Output": "{% $states.errorOutput.Cause %}", "Next": "B"}], "Next": "B"}, "B": {"Type": "Succeed"}}}
    /// ```
    pub static RULE = {
        name: "states-field-out-of-scope",
        family: Expressions,
        severity: Error,
        aws: AwsCode::UnsupportedJsonataExpression,
        check: Check::Jsonata(check),
    }
}

fn check(cx: &Context<'_, '_>, state: &State<'_>, e: &Expression<'_>, findings: &mut Findings<'_>) {
    let mut reported = HashSet::new();
    for reference in references(e) {
        let (ReferenceKind::Variable(variable), false, Some(field)) =
            (&reference.kind, reference.bound, reference.path.first())
        else {
            continue;
        };
        if variable != "states" {
            continue;
        }
        let help = match field.name.as_str() {
            "result" if !sees_result(state, e) => {
                "use it only in `Output` and `Assign` of a Task, Parallel, or Map state; `$states.input` is available everywhere"
            }
            "errorOutput" if !matches!(e.owner, Owner::Catcher(_)) => {
                "use it only in `Output` and `Assign` of a catcher"
            }
            _ => continue,
        };
        let name = &field.name;
        let finding = Finding::new(
            place(cx, e, reference.range.start..field.range.end),
            format!("`$states.{name}` is not available in this field"),
        )
        .help(help)
        .unless_tainted(state.node, "Type");
        // A catcher without a result fails only if it is used.
        let finding = match e.owner {
            Owner::Catcher(_) => finding.severity(Severity::Warning),
            _ => finding,
        };
        findings.add(if reported.insert(name) {
            finding.aws_at(AwsMessage::UnknownStatesField(name), e.node.span)
        } else {
            finding.aws_silent()
        });
    }
}

fn sees_result(state: &State<'_>, e: &Expression<'_>) -> bool {
    let has_result = matches!(
        state.state_type(),
        Some(StateType::Task | StateType::Parallel | StateType::Map)
    );
    has_result && e.owner == Owner::State && matches!(e.field, "Output" | "Assign")
}

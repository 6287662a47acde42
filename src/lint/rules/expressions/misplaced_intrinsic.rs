//! `misplaced-intrinsic`

use super::accessors::field_name;
use super::intended_syntax::IntendedSyntax;
use crate::asl::{AllowedExpression, Expression, Owner, State};
use crate::lint::aws::{AwsCode, AwsMessage};
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// An intrinsic function is used in a field that only accepts a path.
    ///
    /// ## What it does
    ///
    /// Reports calls of `States.…` in `InputPath`, `OutputPath`, `ItemsPath`, `Variable`, and every other field that
    /// accepts only a path.
    ///
    /// ## Why is this bad?
    ///
    /// Deployment fails: AWS rejects the definition. Functions can be called under keys that end with `.$`, and in
    /// `ErrorPath` and `CausePath`.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "InputPath": "States.StringToJson($.body)", "End": true}}}
    /// ```
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Choice", "Choices": [{"Variable": "States.ArrayLength($.items)", "NumericEquals": 0, "Next": "B"}], "Default": "B"}, "B": {"Type": "Succeed"}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "Parameters": {"count.$": "States.ArrayLength($.items)"}, "End": true}}}
    /// ```
    pub static RULE = {
        name: "misplaced-intrinsic",
        family: Expressions,
        severity: Error,
        aws: AwsCode::SchemaValidationFailed,
        check: Check::Malformed(check),
    }
}

fn check(_cx: &Context<'_, '_>, _state: &State<'_>, e: &Expression<'_>, findings: &mut Findings<'_>) {
    let takes_path_only = matches!(
        e.allowed,
        AllowedExpression::Path | AllowedExpression::ReferencePath | AllowedExpression::ReferencePathWithoutContext | AllowedExpression::ResultPath
    );
    if !takes_path_only || IntendedSyntax::guess(e.text) != IntendedSyntax::Call {
        return;
    }
    let finding = Finding::new(
        e.node.span,
        format!("`{}` must be a path, not an intrinsic function", field_name(e)),
    )
    .label("intrinsic function")
    .help("compute the value in a preceding Pass state, under a key that ends with `.$`, and reference its result");
    findings.add(if matches!(e.owner, Owner::ChoiceRule(_)) {
        finding.aws(AwsMessage::ReferencePathWithoutDollar)
    } else {
        finding.aws(AwsMessage::InvalidJsonPath)
    });
}

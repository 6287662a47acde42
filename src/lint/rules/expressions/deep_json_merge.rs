//! `deep-json-merge`

use crate::diagnostic::{Edit, Fix};
use super::accessors::{calls, place};
use crate::asl::{Expression, State};
use crate::expr::intrinsic::ArgumentKind;
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// `States.JsonMerge` is called with a deep merge.
    ///
    /// ## What it does
    ///
    /// Reports `true` as the third argument of `States.JsonMerge`.
    ///
    /// ## Why is this bad?
    ///
    /// AWS only supports shallow merges. It accepts the definition, but every execution that reaches this call fails
    /// with `States.Runtime`, which cannot be caught.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "Parameters": {"all.$": "States.JsonMerge($.defaults, $.order, true)"}, "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "Parameters": {"all.$": "States.JsonMerge($.defaults, $.order, false)"}, "End": true}}}
    /// ```
    pub static RULE = {
        name: "deep-json-merge",
        family: Expressions,
        severity: Error,
        fix: Safe,
        check: Check::Intrinsic(check),
    }
}

fn check(cx: &Context<'_, '_>, _state: &State<'_>, e: &Expression<'_>, findings: &mut Findings<'_>) {
    for call in calls(e) {
        let Some(argument) = call
            .arguments
            .get(2)
            .filter(|_| &*call.name == "States.JsonMerge")
        else {
            continue;
        };
        if !matches!(argument.kind, ArgumentKind::Bool(true)) {
            continue;
        }
        let span = place(cx, e, argument.range.clone());
        findings.add(
            Finding::new(span, "`States.JsonMerge` does not support deep merges")
                .label("always fails")
                .help("pass `false`, or use a JSONata state for a deep merge")
                .fix(Fix::safe("replace it with `false`", vec![Edit::new(span, "false")])),
        );
    }
}

//! `fail-path-intrinsic`

use crate::diagnostic::Fix;
use super::accessors::place;
use crate::asl::{AllowedExpression, Expression, Parsed, State};
use crate::expr::intrinsic::{Function, Returns};
use crate::lint::aws::{AwsCode, AwsMessage};
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// `ErrorPath` or `CausePath` calls a function that does not return a string.
    ///
    /// ## What it does
    ///
    /// Reports calls in `ErrorPath` and `CausePath` other than `States.Format`, `States.JsonToString`, `States.ArrayGetItem`,
    /// `States.Base64Encode`, `States.Base64Decode`, `States.Hash`, and `States.UUID`.
    ///
    /// ## Why is this bad?
    ///
    /// Deployment fails: an error name and a cause are strings, so AWS only accepts functions that return one.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Fail", "Error": "Stock", "CausePath": "States.MathAdd($.missing, 1)"}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Fail", "Error": "Stock", "CausePath": "States.Format('{} are missing', $.missing)"}}}
    /// ```
    pub static RULE = {
        name: "fail-path-intrinsic",
        family: Expressions,
        severity: Error,
        aws: AwsCode::SchemaValidationFailed,
        fix: Unsafe,
        check: Check::Intrinsic(check),
    }
}

fn check(cx: &Context<'_, '_>, _state: &State<'_>, e: &Expression<'_>, findings: &mut Findings<'_>) {
    let (Parsed::Intrinsic(call), AllowedExpression::ReferencePathOrIntrinsic) = (e.parsed(), e.allowed) else {
        return;
    };
    if call.function.is_none_or(may_give_text) {
        return;
    }
    findings.add(
        Finding::new(
            place(cx, e, call.name_range.clone()),
            format!("`{}` cannot call `{}`, which does not return a string", e.field, call.name),
        )
        .help("convert the value to a string with `States.Format`")
        .fix(Fix::guess(
            "convert it with `States.Format`",
            cx.editor()
                .rewrite(e.node.span, e.text, &format!("States.Format('{{}}', {})", e.text.trim())),
        ))
        .aws_at(AwsMessage::InvalidJsonPath, e.node.span),
    );
}

/// `States.ArrayGetItem` returns a string if the array contains strings, and the developer guide lists it.
fn may_give_text(function: &Function) -> bool {
    matches!(function.returns, Returns::Text | Returns::Item)
}

//! `intrinsic-arity`

use super::accessors::{calls, place};
use crate::asl::{Expression, State};
use crate::expr::intrinsic::Function;
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::prose::plural_suffix;

declare_rule! {
    /// An intrinsic function has the wrong number of arguments.
    ///
    /// ## What it does
    ///
    /// Counts the arguments of every call, nested ones included.
    ///
    /// ## Why is this bad?
    ///
    /// AWS accepts the definition, but every execution that reaches this call fails with `States.Runtime`, which cannot
    /// be caught.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "Parameters": {"next.$": "States.MathAdd($.count)"}, "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "Parameters": {"next.$": "States.MathAdd($.count, 1)"}, "End": true}}}
    /// ```
    pub static RULE = {
        name: "intrinsic-arity",
        family: Expressions,
        severity: Error,
        check: Check::Intrinsic(check),
    }
}

fn check(cx: &Context<'_, '_>, _state: &State<'_>, e: &Expression<'_>, findings: &mut Findings<'_>) {
    for call in calls(e) {
        let count = call.arguments.len();
        let Some(function) = call.function.filter(|f| !f.takes(count)) else {
            continue;
        };
        // The surplus arguments, or the parentheses if arguments are missing.
        let too_many = function.max.and_then(|max| call.arguments.get(max));
        let (start, end) = match (too_many, call.arguments.last()) {
            (Some(first), Some(last)) => (first.range.start, last.range.end),
            _ => (call.name_range.end, call.range.end),
        };
        findings.add(
            Finding::new(
                place(cx, e, start..end),
                format!("`{}` expects {}, not {count}", call.name, expected(function)),
            )
            .label("the call always fails"),
        );
    }
}

fn expected(function: &Function) -> String {
    match (function.min, function.max) {
        (_, Some(0)) => "no arguments".into(),
        (min, Some(max)) if min == max => format!("{max} argument{}", plural_suffix(max)),
        (min, Some(max)) => format!("{min} to {max} arguments"),
        (min, None) => format!("at least {min} argument{}", plural_suffix(min)),
    }
}

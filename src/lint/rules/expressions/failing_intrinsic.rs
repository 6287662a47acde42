//! `failing-intrinsic`

use super::accessors::{calls, place};
use super::intrinsic_argument_type::mismatches;
use crate::asl::{Expression, State};
use crate::expr::intrinsic::{ALGORITHMS, ArgumentKind, Call};
use crate::expr::{Scope, Seeded};
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::value::Value;

declare_rule! {
    /// A call of an intrinsic function fails for every input.
    ///
    /// ## What it does
    ///
    /// Evaluates calls whose arguments are all literals, and checks arguments of other calls that always cause a
    /// failure: a chunk size below 1, a step of 0.
    ///
    /// ## Why is this bad?
    ///
    /// AWS accepts the definition, but every execution that reaches this call fails with `States.Runtime`, which cannot
    /// be caught.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "Parameters": {"pages.$": "States.ArrayPartition($.items, 0)"}, "End": true}}}
    /// ```
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "Parameters": {"numbers.$": "States.ArrayRange(0, 5000, 1)"}, "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "Parameters": {"pages.$": "States.ArrayPartition($.items, 25)", "numbers.$": "States.ArrayRange(0, 500, 1)"}, "End": true}}}
    /// ```
    pub static RULE = {
        name: "failing-intrinsic",
        family: Expressions,
        severity: Error,
        check: Check::Intrinsic(check),
    }
}

fn check(cx: &Context<'_, '_>, _state: &State<'_>, e: &Expression<'_>, findings: &mut Findings<'_>) {
    for call in calls(e) {
        if is_reported_elsewhere(call) {
            continue;
        }
        if let Some((i, message)) = decisive(call) {
            findings.add(Finding::new(
                place(cx, e, call.arguments[i].range.clone()),
                message,
            ));
        } else if is_closed(call) {
            let inner_fails = call.calls()[1..].iter().any(|inner| failure(inner).is_some());
            let Some(cause) = failure(call).filter(|_| !inner_fails) else {
                continue;
            };
            findings.add(
                Finding::new(
                    place(cx, e, call.range.clone()),
                    format!("call of `{}` always fails", call.name),
                )
                .label(cause),
            );
        }
    }
}

/// An argument that makes the call fail for all other arguments.
fn decisive(call: &Call) -> Option<(usize, &'static str)> {
    let is_zero = |i: usize, below_too: bool| match call.arguments.get(i).map(|a| &a.kind) {
        Some(ArgumentKind::Number(number)) => {
            let whole = number.as_f64().trunc();
            whole == 0.0 || (below_too && whole < 0.0)
        }
        _ => false,
    };
    match &*call.name {
        "States.ArrayPartition" if is_zero(1, true) => Some((
            1,
            "the chunk size of `States.ArrayPartition` must be at least 1 after truncation",
        )),
        "States.ArrayRange" if is_zero(2, false) => Some((
            2,
            "the step of `States.ArrayRange` must not be 0 after truncation",
        )),
        _ => None,
    }
}

/// Wrong names, counts, types, templates, and algorithms are reported by other rules.
fn is_reported_elsewhere(call: &Call) -> bool {
    let is_unknown_algorithm =
        |kind: &ArgumentKind| matches!(kind, ArgumentKind::Text(t) if !ALGORITHMS.contains(&&*t.value));
    call.function.is_none_or(|f| !f.takes(call.arguments.len()))
        || mismatches(call).any(|m| m.is_some())
        || match &*call.name {
            "States.Format" | "States.JsonMerge" => true,
            "States.Hash" => is_unknown_algorithm(&call.arguments[1].kind),
            _ => false,
        }
}

/// Whether it contains no path, so that its value is known before the run.
fn is_closed(call: &Call) -> bool {
    call.arguments.iter().all(|argument| match &argument.kind {
        ArgumentKind::Path(_) => false,
        ArgumentKind::Call(inner) => is_closed(inner),
        _ => true,
    })
}

/// AWS's reason why a call of literals fails.
fn failure(call: &Call) -> Option<String> {
    let nothing = Value::empty_object();
    let fault = call
        .eval(&Scope::new(&nothing, &nothing, &()), &mut Seeded::new(0))
        .err()?;
    let reason = fault
        .cause
        .rsplit_once(call.text())
        .map_or(&*fault.cause, |(_, rest)| rest);
    Some(reason.trim_start_matches(['.', ' ']).lines().next()?.to_owned())
}

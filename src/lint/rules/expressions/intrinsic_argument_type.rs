//! `intrinsic-argument-type`

use super::accessors::{calls, place};
use crate::asl::{Expression, State};
use crate::expr::intrinsic::{Returns, ArgumentKind, Call, Kind};
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// An intrinsic function has an argument of the wrong type.
    ///
    /// ## What it does
    ///
    /// Compares literal arguments, and nested calls that always return a string, with the parameter types of the
    /// function. The type of a path's value is not known until the state runs.
    ///
    /// ## Why is this bad?
    ///
    /// AWS accepts the definition, but every execution that reaches this call fails with `States.Runtime`, which cannot
    /// be caught.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "Parameters": {"next.$": "States.MathAdd($.count, '1')"}, "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "Parameters": {"next.$": "States.MathAdd($.count, 1)"}, "End": true}}}
    /// ```
    pub static RULE = {
        name: "intrinsic-argument-type",
        family: Expressions,
        severity: Error,
        check: Check::Intrinsic(check),
    }
}

fn check(cx: &Context<'_, '_>, _state: &State<'_>, e: &Expression<'_>, findings: &mut Findings<'_>) {
    for call in calls(e) {
        for (argument, (wanted, found)) in call
            .arguments
            .iter()
            .zip(mismatches(call))
            .filter_map(|(a, m)| Some((a, m?)))
        {
            findings.add(
                Finding::new(
                    place(cx, e, argument.range.clone()),
                    format!("argument of `{}` must be {wanted}, not {found}", call.name),
                )
                .label("the call always fails"),
            );
        }
    }
}

/// The expected and the actual type of each argument whose type is wrong.
pub(super) fn mismatches(call: &Call) -> impl Iterator<Item = Option<(&'static str, &'static str)>> {
    let function = call.function;
    call.arguments
        .iter()
        .enumerate()
        .map(move |(i, argument)| mismatch(function?.parameter(i)?, &argument.kind))
}

fn mismatch(kind: Kind, argument: &ArgumentKind) -> Option<(&'static str, &'static str)> {
    let found = match argument {
        ArgumentKind::Text(_) => "a string",
        ArgumentKind::Number(_) => "a number",
        ArgumentKind::Bool(_) => "a boolean",
        ArgumentKind::Null => "null",
        ArgumentKind::Call(call) if call.function.is_some_and(|f| f.returns == Returns::Text) => "a string",
        ArgumentKind::Path(_) | ArgumentKind::Call(_) => return None,
    };
    let wanted = match kind {
        Kind::Any | Kind::Shallow => return None,
        // It is not known whether AWS accepts null as a string.
        Kind::Text if matches!(found, "a string" | "null") => return None,
        Kind::Integer if found == "a number" => return None,
        Kind::Text => "a string",
        Kind::Integer => "a number",
        Kind::Array => "an array",
        Kind::Object => "an object",
    };
    Some((wanted, found))
}

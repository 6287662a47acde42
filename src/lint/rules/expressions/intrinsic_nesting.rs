//! `intrinsic-nesting`

use super::accessors::place;
use crate::asl::{Expression, Parsed, State};
use crate::expr::intrinsic::{ArgumentKind, Call};
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::spec::quota::INTRINSIC_DEPTH;

declare_rule! {
    /// Intrinsic functions are nested too deeply.
    ///
    /// ## What it does
    ///
    /// Reports calls that are nested in more than nine other calls.
    ///
    /// ## Why is this bad?
    ///
    /// Step Functions supports at most ten nested functions in a field.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "Parameters": {"a.$": "States.Array(States.Array(States.Array(States.Array(States.Array(States.Array(States.Array(States.Array(States.Array(States.Array(States.Array(1)))))))))))"}, "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "Parameters": {"a.$": "States.Array(States.Array(States.Array(1)))"}, "End": true}}}
    /// ```
    pub static RULE = {
        name: "intrinsic-nesting",
        family: Expressions,
        severity: Error,
        check: Check::Intrinsic(check),
    }
}

fn check(cx: &Context<'_, '_>, _state: &State<'_>, e: &Expression<'_>, findings: &mut Findings<'_>) {
    let Parsed::Intrinsic(call) = e.parsed() else {
        return;
    };
    let depth = call.depth();
    if depth <= INTRINSIC_DEPTH {
        return;
    }
    let Some(deep) = at_depth(call, INTRINSIC_DEPTH + 1) else {
        return;
    };
    findings.add(
        Finding::new(
            place(cx, e, deep.name_range.clone()),
            format!(
                "{depth} nested intrinsic functions; the maximum is {INTRINSIC_DEPTH}"
            ),
        )
        .label(format!("nesting level {}", INTRINSIC_DEPTH + 1))
        .help("compute the inner part in a preceding Pass state"),
    );
}

/// The first call at a depth; the outermost is at 1.
fn at_depth(call: &Call, depth: usize) -> Option<&Call> {
    if depth == 1 {
        return Some(call);
    }
    call.arguments.iter().find_map(|argument| match &argument.kind {
        ArgumentKind::Call(inner) => at_depth(inner, depth - 1),
        _ => None,
    })
}

//! `wait-outlasts-execution`

use crate::asl::{Kind, Scalar};
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::lint::rules::execution;

declare_rule! {
    /// A Wait state exceeds the maximum duration of the execution.
    ///
    /// ## What it does
    ///
    /// Compares `Seconds` of a Wait state with the state machine's `TimeoutSeconds` and with the maximum duration: one
    /// year for Standard workflows, five minutes for Express workflows. The workflow type is not part of a definition:
    /// pass `--type EXPRESS`.
    ///
    /// ## Why is this bad?
    ///
    /// Every execution that reaches the Wait state times out there.
    ///
    /// ## Fails
    ///
    /// ```json,express
    /// {"StartAt": "A", "States": {"A": {"Type": "Wait", "Seconds": 600, "End": true}}}
    /// ```
    ///
    /// ```json
    /// {"TimeoutSeconds": 3600, "StartAt": "A", "States": {"A": {"Type": "Wait", "Seconds": 86400, "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"TimeoutSeconds": 172800, "StartAt": "A", "States": {"A": {"Type": "Wait", "Seconds": 86400, "End": true}}}
    /// ```
    pub static RULE = {
        name: "wait-outlasts-execution",
        family: Limits,
        severity: Error,
        check: Check::Machine(check),
    }
}

fn check(cx: &Context<'_, '_>, findings: &mut Findings<'_>) {
    execution::for_each_state(cx, &mut |state, execution| {
        let Kind::Wait(wait) = &state.kind else { return };
        let Some(seconds) = wait.seconds.as_ref().and_then(Scalar::literal_i64) else {
            return;
        };
        let place = wait.seconds.as_ref().map_or(state.name_span, |s| s.node().span);
        if seconds >= execution.seconds() {
            findings.add(
                Finding::new(
                    place,
                    format!("wait of {seconds} s exceeds {}", execution.limit()),
                )
                .help("reduce the wait or increase the limit"),
            );
        }
    });
}

//! `wait-outlasts-execution`

use crate::asl::{Kind, Scalar};
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::lint::rules::execution;

declare_rule! {
    /// A Wait takes longer than the execution may last.
    ///
    /// ## What it does
    ///
    /// Compares `Seconds` of a Wait with the machine's `TimeoutSeconds`, with the year that a Standard execution may last and
    /// the five minutes of an Express one. The type of a machine is no part of its definition: say `--type EXPRESS`.
    ///
    /// ## Why is this bad?
    ///
    /// No execution gets past the Wait: it times out there.
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
                    format!("A Wait of {seconds} s does not fit into {}", execution.limit()),
                )
                .help("wait for less, or raise what limits the execution"),
            );
        }
    });
}

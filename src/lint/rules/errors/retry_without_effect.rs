//! `retry-without-effect`

use crate::asl::{Retrier, State};
use crate::document::Node;
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::prose;

declare_rule! {
    /// A retrier that never retries configures its delays.
    ///
    /// ## What it does
    ///
    /// Reports `IntervalSeconds`, `BackoffRate`, `MaxDelaySeconds`, and `JitterStrategy` next to `"MaxAttempts": 0`.
    ///
    /// ## Why is this bad?
    ///
    /// `"MaxAttempts": 0` means that these errors are never retried, so the other settings suggest retries that do not
    /// happen.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "f"}, "Retry": [{"ErrorEquals": ["States.ALL"], "MaxAttempts": 0, "IntervalSeconds": 5}], "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "f"}, "Retry": [{"ErrorEquals": ["Declined"], "MaxAttempts": 0}, {"ErrorEquals": ["States.ALL"], "IntervalSeconds": 5}], "End": true}}}
    /// ```
    pub static RULE = {
        name: "retry-without-effect",
        family: Errors,
        severity: Info,
        check: Check::Retrier(check),
    }
}

fn check(
    _cx: &Context<'_, '_>,
    _state: &State<'_>,
    _index: usize,
    retrier: &Retrier<'_>,
    findings: &mut Findings<'_>,
) {
    let Some(attempts) = retrier.max_attempts.filter(|n| n.as_i64() == Some(0)) else {
        return;
    };
    let settings = [
        ("IntervalSeconds", retrier.interval_seconds),
        ("BackoffRate", retrier.backoff_rate),
        ("MaxDelaySeconds", retrier.max_delay_seconds),
        ("JitterStrategy", retrier.jitter_strategy),
    ];
    let idle: Vec<(&str, &Node)> = settings
        .into_iter()
        .filter_map(|(name, node)| Some((name, node?)))
        .collect();
    let [(_, first), ..] = idle.as_slice() else { return };
    let names = prose::quoted_list(idle.iter().map(|(name, _)| name));
    let verb = if idle.len() == 1 { "has" } else { "have" };
    findings.add(
        Finding::new(
            first.span,
            format!("{names} {verb} no effect without retries"),
        )
        .related(attempts.span, "no retries")
        .help("remove them or raise `MaxAttempts`"),
    );
}

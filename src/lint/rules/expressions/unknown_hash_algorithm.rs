//! `unknown-hash-algorithm`

use crate::diagnostic::Fix;
use super::accessors::{calls, place};
use crate::asl::{Expression, State};
use crate::expr::intrinsic::{ALGORITHMS, ArgumentKind};
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::prose::{self, closest, similar_name};

declare_rule! {
    /// `States.Hash` is called with an unknown algorithm.
    ///
    /// ## What it does
    ///
    /// Compares a literal second argument of `States.Hash` with the supported names. The comparison is case-sensitive.
    ///
    /// ## Why is this bad?
    ///
    /// AWS accepts the definition, but every execution that reaches this call fails with `States.Runtime`, which cannot
    /// be caught.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "Parameters": {"sum.$": "States.Hash($.body, 'SHA256')"}, "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "Parameters": {"sum.$": "States.Hash($.body, 'SHA-256')"}, "End": true}}}
    /// ```
    pub static RULE = {
        name: "unknown-hash-algorithm",
        family: Expressions,
        severity: Error,
        fix: Either,
        check: Check::Intrinsic(check),
    }
}

fn check(cx: &Context<'_, '_>, _state: &State<'_>, e: &Expression<'_>, findings: &mut Findings<'_>) {
    for call in calls(e) {
        let Some(argument) = call.arguments.get(1).filter(|_| &*call.name == "States.Hash") else {
            continue;
        };
        let ArgumentKind::Text(algorithm) = &argument.kind else {
            continue;
        };
        if ALGORITHMS.contains(&&*algorithm.value) {
            continue;
        }
        let span = place(cx, e, argument.range.clone());
        let finding = Finding::new(
            span,
            format!("unknown algorithm `{}` of `States.Hash`", algorithm.value),
        );
        findings.add(match closest(&algorithm.value, ALGORITHMS) {
            Some(name) => {
                // The quotes stay: they may be escaped in the file.
                let inside = argument.range.start + 1..argument.range.end.saturating_sub(1);
                finding
                    .help(similar_name("algorithm", name))
                    .fix(Fix::spelling(place(cx, e, inside), &algorithm.value, name))
            }
            None => finding.help(format!("available algorithms: {}", prose::list(ALGORITHMS))),
        });
    }
}

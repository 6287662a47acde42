//! `invalid-jsonata`

use super::accessors::place;
use crate::asl::{AllowedExpression, Expression, Parsed, State};
use crate::lint::aws::{AwsCode, AwsMessage};
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// An expression is not valid JSONata.
    ///
    /// ## What it does
    ///
    /// Parses the text between `{%` and `%}` as JSONata 2.0.6, the version of Step Functions, and reports the first
    /// syntax error. `??` and `?:` need later versions.
    ///
    /// ## Why is this bad?
    ///
    /// Deployment fails: AWS rejects the definition.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "QueryLanguage": "JSONata", "States": {"A": {"Type": "Pass", "Output": "{% $sum($states.input.prices %}", "End": true}}}
    /// ```
    ///
    /// ```json
    /// {"StartAt": "A", "QueryLanguage": "JSONata", "States": {"A": {"Type": "Pass", "Output": "{% $states.input.name ?? 'nobody' %}", "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "QueryLanguage": "JSONata", "States": {"A": {"Type": "Pass", "Output": "{% $exists($states.input.name) ? $states.input.name : 'nobody' %}", "End": true}}}
    /// ```
    pub static RULE = {
        name: "invalid-jsonata",
        family: Expressions,
        severity: Error,
        aws: AwsCode::InvalidJsonataExpression,
        check: Check::Malformed(check),
    }
}

fn check(cx: &Context<'_, '_>, _state: &State<'_>, e: &Expression<'_>, findings: &mut Findings<'_>) {
    let (Parsed::Malformed(error), AllowedExpression::Jsonata) = (e.parsed(), e.allowed) else {
        return;
    };
    let finding = Finding::new(
        place(cx, e, error.range.clone()),
        format!("invalid JSONata: {}", error.message),
    )
    .aws_at(AwsMessage::InvalidJsonata(&error.message), e.node.span);
    findings.add(match advice(&e.text[e.offset..], error.range.start) {
        Some(help) => finding.help(help),
        None => finding,
    });
}

/// Advice for the most common errors, by the text around the location.
fn advice(text: &str, at: usize) -> Option<&'static str> {
    let around = text
        .get(at.saturating_sub(1)..(at + 2).min(text.len()))
        .unwrap_or_default();
    if around.contains("??") {
        Some("use `$exists(a) ? a : b`; JSONata 2.0.6 does not support `??`")
    } else if around.contains("?:") {
        Some("use `a ? a : b`; JSONata 2.0.6 does not support `?:`")
    } else if text.trim_end_matches("%}").contains("%}") {
        Some(
            "use one expression per string and concatenate with `&`: `{% 'Hello, ' & $name & '!' %}`",
        )
    } else if around.contains("==") {
        Some("use a single `=` to compare")
    } else if around.contains("&&") || around.contains("||") {
        Some("use `and` and `or`")
    } else {
        None
    }
}

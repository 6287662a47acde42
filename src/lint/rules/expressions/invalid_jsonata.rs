//! `invalid-jsonata`

use super::accessors::place;
use crate::asl::{Demand, Expression, Parsed, State};
use crate::lint::aws::AwsCode;
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// An expression is no JSONata.
    ///
    /// ## What it does
    ///
    /// Parses what stands between `{%` and `%}` as JSONata 2.0.6, which Step Functions runs, and reports the first place
    /// where that fails. `??` and `?:` came with later versions.
    ///
    /// ## Why is this bad?
    ///
    /// AWS refuses the definition.
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
        aws: AwsCode::Refused("INVALID_JSONATA_EXPRESSION"),
        check: Check::Expression(check),
    }
}

fn check(cx: &Context<'_, '_>, _state: &State<'_>, e: &Expression<'_>, findings: &mut Findings<'_>) {
    let (Parsed::Malformed(error), Demand::Jsonata) = (&e.parsed, e.demand) else {
        return;
    };
    let finding = Finding::new(
        place(cx, e, error.range.clone()),
        format!("The JSONata does not parse: {}", error.message),
    )
    .aws_at(error.message.clone(), e.node.span);
    findings.add(match advice(&e.text[e.offset..], error.range.start) {
        Some(help) => finding.help(help),
        None => finding,
    });
}

/// What the commonest faults have in common: the text around the place.
fn advice(text: &str, at: usize) -> Option<&'static str> {
    let around = text
        .get(at.saturating_sub(1)..(at + 2).min(text.len()))
        .unwrap_or_default();
    if around.contains("??") {
        Some("Step Functions has JSONata 2.0.6, without `??`: write `$exists(a) ? a : b`")
    } else if around.contains("?:") {
        Some("Step Functions has JSONata 2.0.6, without `?:`: write `a ? a : b`")
    } else if text.trim_end_matches("%}").contains("%}") {
        Some(
            "one string holds one expression: join its parts with `&`, as in `{% 'Hello, ' & $name & '!' %}`",
        )
    } else if around.contains("==") {
        Some("JSONata compares with a single `=`")
    } else if around.contains("&&") || around.contains("||") {
        Some("JSONata has the words `and` and `or`")
    } else {
        None
    }
}

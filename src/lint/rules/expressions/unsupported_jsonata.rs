//! `unsupported-jsonata`

use super::accessors::{place, references};
use crate::asl::{Expression, State};
use crate::expr::jsonata::{Reference, ReferenceKind};
use crate::lint::aws::{AwsCode, AwsMessage};
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use std::collections::HashSet;

declare_rule! {
    /// A JSONata expression reads an input that Step Functions does not provide.
    ///
    /// ## What it does
    ///
    /// Reports bare names, `$`, `*`, `**`, and `%` at the top level of an expression, and `$$` anywhere. After the dot
    /// of a path, in a predicate, a sort term, or a grouping they refer to the current value and are allowed.
    ///
    /// ## Why is this bad?
    ///
    /// Deployment fails: AWS rejects the definition. An expression has no implicit input: the state's input is
    /// `$states.input`, and variables are `$name`.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "QueryLanguage": "JSONata", "States": {"A": {"Type": "Pass", "Output": {"id": "{% order.id %}"}, "End": true}}}
    /// ```
    ///
    /// ```json
    /// {"StartAt": "A", "QueryLanguage": "JSONata", "States": {"A": {"Type": "Pass", "Output": {"id": "{% $.order.id %}"}, "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "QueryLanguage": "JSONata", "States": {"A": {"Type": "Pass", "Output": {"id": "{% $states.input.orders[total > 10].id %}"}, "End": true}}}
    /// ```
    pub static RULE = {
        name: "unsupported-jsonata",
        family: Expressions,
        severity: Error,
        aws: AwsCode::UnsupportedJsonataExpression,
        check: Check::Jsonata(check),
    }
}

fn check(cx: &Context<'_, '_>, _state: &State<'_>, e: &Expression<'_>, findings: &mut Findings<'_>) {
    let mut reported = HashSet::new();
    for reference in references(e).iter().filter(|r| reads_input(r)) {
        let name = &e.text[e.offset..][reference.range.clone()];
        let finding = Finding::new(
            place(cx, e, reference.range.clone()),
            format!("`{name}` refers to an implicit input, which Step Functions does not provide"),
        )
        .help(advice(reference, name));
        // AWS reports each name once per expression.
        findings.add(if !reported.insert(name) {
            finding.aws_silent()
        } else if reference.kind == ReferenceKind::Root {
            finding.aws_at(AwsMessage::RootReference, e.node.span)
        } else {
            finding.aws_at(AwsMessage::TopLevelReference(name), e.node.span)
        });
    }
}

fn reads_input(reference: &Reference) -> bool {
    match reference.kind {
        ReferenceKind::Root => true,
        ReferenceKind::Context | ReferenceKind::Name(_) | ReferenceKind::Wildcard => reference.top_level,
        ReferenceKind::Variable(_) => false,
    }
}

fn advice(reference: &Reference, name: &str) -> String {
    match &reference.kind {
        ReferenceKind::Name(_) if reference.called => {
            format!("use `${name}(…)` to call the function")
        }
        ReferenceKind::Name(_) => {
            format!("use `$states.input.{name}` for the state input or `${name}` for a variable")
        }
        _ => {
            "use `$states.input` for the state input or `$states.context` for the context object".into()
        }
    }
}

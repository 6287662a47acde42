//! `unknown-states-field`

use crate::diagnostic::Fix;
use super::accessors::{place, references};
use crate::asl::{Expression, State};
use crate::expr::jsonata::ReferenceKind;
use crate::lint::aws::{AwsCode, AwsMessage};
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::prose::{closest, similar_name};
use std::collections::HashSet;

const FIELDS: [&str; 4] = ["context", "errorOutput", "input", "result"];

declare_rule! {
    /// `$states` has no such field.
    ///
    /// ## What it does
    ///
    /// Reports fields of `$states` other than `input`, `context`, `result`, and `errorOutput`.
    ///
    /// ## Why is this bad?
    ///
    /// Deployment fails: AWS rejects the definition.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "QueryLanguage": "JSONata", "States": {"A": {"Type": "Pass", "Output": "{% $states.inputs.id %}", "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "QueryLanguage": "JSONata", "States": {"A": {"Type": "Pass", "Output": "{% $states.input.id %}", "End": true}}}
    /// ```
    pub static RULE = {
        name: "unknown-states-field",
        family: Expressions,
        severity: Warning,
        aws: AwsCode::UnsupportedJsonataExpression,
        fix: Either,
        check: Check::Jsonata(check),
    }
}

fn check(cx: &Context<'_, '_>, _state: &State<'_>, e: &Expression<'_>, findings: &mut Findings<'_>) {
    let mut reported = HashSet::new();
    for reference in references(e) {
        let (ReferenceKind::Variable(variable), false, Some(field)) =
            (&reference.kind, reference.bound, reference.path.first())
        else {
            continue;
        };
        let name = field.name.as_str();
        if variable != "states" || FIELDS.contains(&name) {
            continue;
        }
        let span = place(cx, e, field.range.clone());
        let finding = Finding::new(span, format!("unknown field `{name}` of `$states`"));
        let finding = if reported.insert(name) {
            finding.aws_at(AwsMessage::UnknownStatesField(name), e.node.span)
        } else {
            finding.aws_silent()
        };
        findings.add(match closest(name, FIELDS) {
            Some(meant) => finding
                .help(similar_name("field", format_args!("$states.{meant}")))
                .fix(Fix::spelling(span, name, meant).titled(format!("replace it with `$states.{meant}`"))),
            None => finding.help("available fields: `input`, `context`, `result`, `errorOutput`"),
        });
    }
}

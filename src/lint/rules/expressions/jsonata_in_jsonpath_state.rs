//! `jsonata-in-jsonpath-state`

use super::accessors::{aws_node, field_name};
use super::intended_syntax::IntendedSyntax;
use crate::asl::{Expression, Kind, Parsed, Part, Scalar, State};
use crate::diagnostic::Severity;
use crate::document::{Node, NodeKind, Text};
use crate::expr::jsonata::{Delimiters, delimiters};
use crate::lint::aws::{AwsCode, AwsMessage};
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::source::Span;
use crate::spec::QueryLanguage;

declare_rule! {
    /// A JSONPath state contains a JSONata expression.
    ///
    /// ## What it does
    ///
    /// Reports strings between `{%` and `%}` in states whose query language is JSONPath. A state uses the query
    /// language of the state machine unless it sets `QueryLanguage`; the default is JSONPath.
    ///
    /// ## Why is this bad?
    ///
    /// The text is not evaluated but passed on unchanged. Under a key that ends with `.$`, and in a field that requires
    /// a path, AWS rejects the definition.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "Parameters": {"id": "{% $states.input.id %}"}, "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "QueryLanguage": "JSONata", "Output": {"id": "{% $states.input.id %}"}, "End": true}}}
    /// ```
    pub static RULE = {
        name: "jsonata-in-jsonpath-state",
        family: Expressions,
        severity: Warning,
        aws: AwsCode::SchemaValidationFailed,
        check: Check::State(check),
    }
}

const HELP: &str =
    "add `\"QueryLanguage\": \"JSONata\"` to the state, or use a path under a key that ends with `.$`";

fn check(_cx: &Context<'_, '_>, state: &State<'_>, findings: &mut Findings<'_>) {
    if state.language != QueryLanguage::JsonPath {
        return;
    }
    state.for_each_part(&mut |part| {
        part.for_each_expression(&mut |e| refused(state, e, findings));
        match part {
            Part::Payload(payload) => plain_strings(payload.node, findings),
            // The schema checks numbers and timestamps; a Fail state's strings can be anything.
            Part::Scalar(Scalar::Literal(node)) if matches!(state.kind, Kind::Fail(_)) => {
                if let Some(text) = node.as_text() {
                    literal(text, node.span, findings);
                }
            }
            Part::Scalar(_) | Part::Expression(_) => {}
        }
    });
    if let Kind::Pass(pass) = &state.kind
        && let Some(result) = pass.result
    {
        plain_strings(result, findings);
    }
}

/// JSONata where any text is valid.
fn literal(text: &Text, place: Span, findings: &mut Findings<'_>) {
    // `{% if x %}a{% endif %}` is a directive of a template engine.
    if delimiters(text) == Delimiters::Both && !text.has_placeholder() {
        findings.add(
            Finding::new(
                place,
                "JSONata is not evaluated in a JSONPath state",
            )
            .help(HELP)
            .aws_silent(),
        );
    }
}

/// JSONata where AWS expects a path.
fn refused(state: &State<'_>, e: &Expression<'_>, findings: &mut Findings<'_>) {
    if !matches!(e.parsed(), Parsed::Malformed(_)) || IntendedSyntax::guess(e.text) != IntendedSyntax::Jsonata {
        return;
    }
    let finding = Finding::new(
        e.node.span,
        format!(
            "`{}` contains JSONata, but the query language of the state is JSONPath",
            field_name(e)
        ),
    )
    .severity(Severity::Error)
    .help(HELP);
    findings.add(match e.key {
        Some(key) => finding.aws_at(AwsMessage::InvalidDollarValue(key), aws_node(state, e)),
        None => finding.aws(AwsMessage::InvalidJsonPath),
    });
}

/// Strings that are not under a `.$` key.
fn plain_strings(node: &Node, findings: &mut Findings<'_>) {
    match &node.kind {
        NodeKind::String(text) => literal(text, node.span, findings),
        NodeKind::Array(items) => items.iter().for_each(|item| plain_strings(item, findings)),
        NodeKind::Object(members) => {
            let plain = members.iter().filter(|member| !member.key.ends_with(".$"));
            plain.for_each(|member| plain_strings(&member.value, findings));
        }
        _ => {}
    }
}

//! `not-a-reference-path`

use super::accessors::place;
use crate::asl::{AllowedExpression, Expression, Owner, Parsed, State};
use crate::expr::jsonpath::Root;
use crate::lint::aws::{AwsCode, AwsMessage};
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// A path that must identify a single value could match several.
    ///
    /// ## What it does
    ///
    /// Reports wildcards, slices, lists of indexes, filters, `..`, and functions in `ResultPath`, in the `…Path` fields
    /// that need a single value, and in `Variable` and the `…Path` operators of Choice rules; and `$$` in the `…Path`
    /// numbers of a Map.
    ///
    /// ## Why is this bad?
    ///
    /// Deployment fails: AWS requires a reference path here, which identifies exactly one value.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Wait", "SecondsPath": "$.waits[*]", "End": true}}}
    /// ```
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "ResultPath": "$..total", "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Wait", "SecondsPath": "$.waits[0].seconds", "End": true}}}
    /// ```
    pub static RULE = {
        name: "not-a-reference-path",
        family: Expressions,
        severity: Error,
        aws: AwsCode::SchemaValidationFailed,
        check: Check::Expression(check),
    }
}

fn check(cx: &Context<'_, '_>, _state: &State<'_>, e: &Expression<'_>, findings: &mut Findings<'_>) {
    let Parsed::Path(path) = e.parsed() else { return };
    let is_compared = matches!(e.owner, Owner::ChoiceRule(_)) && e.key.is_none();
    let wants_reference = matches!(
        e.allowed,
        AllowedExpression::ReferencePath
            | AllowedExpression::ReferencePathWithoutContext
            | AllowedExpression::ResultPath
            | AllowedExpression::ReferencePathOrIntrinsic
    );
    if !wants_reference && !is_compared {
        return;
    }
    if let Err(error) = path.as_reference() {
        let is_bracket = path.text()[error.range.clone()].starts_with('[');
        findings.add(
            Finding::new(
                place(cx, e, error.range),
                format!("`{}` is not a reference path: {}", e.field, error.message),
            )
            .help(advice(e))
            .aws_at(
                if is_bracket {
                    AwsMessage::ReferencePathWithBracket
                } else {
                    AwsMessage::NotAReferencePath
                },
                e.node.span,
            ),
        );
    } else if *path.root() == Root::Context && e.allowed == AllowedExpression::ReferencePathWithoutContext {
        findings.add(
            Finding::new(
                place(cx, e, 0..2),
                format!("`{}` cannot read the context object", e.field),
            )
            .help("pass the number in the state's input, or assign it to a variable")
            .aws_at(AwsMessage::NotAReferencePath, e.node.span),
        );
    }
}

fn advice(e: &Expression<'_>) -> &'static str {
    if e.allowed == AllowedExpression::ResultPath {
        "use a path to a single location of the input, such as `$.result`"
    } else {
        "use a path to a single value; a preceding Pass state can select it with any path in `Parameters`"
    }
}

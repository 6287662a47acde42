//! `result-path-root`

use super::accessors::place;
use crate::asl::{AllowedExpression, Expression, Parsed, State};
use crate::expr::jsonpath::Root;
use crate::lint::aws::{AwsCode, AwsMessage};
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// `ResultPath` begins with the context object or a variable.
    ///
    /// ## What it does
    ///
    /// Reports a `ResultPath` that begins with `$$` or with the name of a variable.
    ///
    /// ## Why is this bad?
    ///
    /// Deployment fails: `ResultPath` can only write into the input of the state. Variables are assigned with `Assign`.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "ResultPath": "$$.Execution.Input", "End": true}}}
    /// ```
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "ResultPath": "$total", "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "ResultPath": "$.total", "End": true}}}
    /// ```
    pub static RULE = {
        name: "result-path-root",
        family: Expressions,
        severity: Error,
        aws: AwsCode::SchemaValidationFailed,
        check: Check::Expression(check),
    }
}

fn check(cx: &Context<'_, '_>, _state: &State<'_>, e: &Expression<'_>, findings: &mut Findings<'_>) {
    let (Parsed::Path(path), AllowedExpression::ResultPath) = (e.parsed(), e.allowed) else {
        return;
    };
    let (length, what, help) = match path.root() {
        Root::Input => return,
        Root::Context => (
            2,
            "the context object",
            "begin the path with `$.`; the context object is read-only".to_owned(),
        ),
        Root::Variable(name) => (
            1 + name.len(),
            "a variable",
            format!(
                "assign the variable with `\"Assign\": {{\"{name}.$\": \"$\"}}`, or begin the path with `$.`"
            ),
        ),
    };
    findings.add(
        Finding::new(place(cx, e, 0..length), format!("`ResultPath` cannot write to {what}"))
            .help(help)
            .aws_at(AwsMessage::NotAReferencePath, e.node.span),
    );
}

//! `query-language-downgrade`

use crate::asl::State;
use crate::lint::aws::{AwsCode, AwsMessage};
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::spec::QueryLanguage;

declare_rule! {
    /// A state uses JSONPath in a JSONata state machine.
    ///
    /// ## What it does
    ///
    /// Reports `"QueryLanguage": "JSONPath"` in a state of a state machine whose `QueryLanguage` is `JSONata`.
    ///
    /// ## Why is this bad?
    ///
    /// Deployment fails: a JSONPath state machine can have JSONata states, but not vice versa.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"QueryLanguage": "JSONata", "StartAt": "A", "States": {"A": {"Type": "Pass", "QueryLanguage": "JSONPath", "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"QueryLanguage": "JSONPath", "StartAt": "A", "States": {"A": {"Type": "Pass", "QueryLanguage": "JSONata", "End": true}}}
    /// ```
    pub static RULE = {
        name: "query-language-downgrade",
        family: Fields,
        severity: Error,
        aws: AwsCode::SchemaValidationFailed,
        check: Check::State(check),
    }
}

fn check(cx: &Context<'_, '_>, state: &State<'_>, findings: &mut Findings<'_>) {
    if cx.machine.query_language != QueryLanguage::Jsonata || state.language != QueryLanguage::JsonPath {
        return;
    }
    let Some(member) = state
        .node
        .member("QueryLanguage")
        .filter(|m| m.value.as_str() == Some(QueryLanguage::JsonPath.as_str()))
    else {
        return;
    };
    findings.add(
        Finding::new(
            member.value.span,
            "a state cannot use JSONPath in a JSONata state machine",
        )
        .help("convert the state to JSONata, or set `QueryLanguage` in the states instead of the state machine")
        .aws_at(AwsMessage::QueryLanguageDowngrade, state.node.span),
    );
}

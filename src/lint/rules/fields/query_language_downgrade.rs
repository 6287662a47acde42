//! `query-language-downgrade`

use crate::asl::State;
use crate::lint::aws::{self, AwsCode};
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::spec::QueryLanguage;

declare_rule! {
    /// A state goes back to JSONPath in a machine written in JSONata.
    ///
    /// ## What it does
    ///
    /// Reports `"QueryLanguage": "JSONPath"` on a state whose machine says `JSONata`.
    ///
    /// ## Why is this bad?
    ///
    /// AWS refuses the definition: a JSONPath machine may have JSONata states, but not the reverse.
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
        aws: AwsCode::Refused("SCHEMA_VALIDATION_FAILED"),
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
            "A state cannot go back to JSONPath: the whole machine is written in JSONata",
        )
        .help("write the state in JSONata, or set QueryLanguage on the states instead of the machine")
        .aws_at(aws::QUERY_LANGUAGE_DOWNGRADE, state.node.span),
    );
}

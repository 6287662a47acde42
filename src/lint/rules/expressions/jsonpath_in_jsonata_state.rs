//! `jsonpath-in-jsonata-state`

use super::intended_syntax::looks_computed;
use crate::asl::{Payload, State};
use crate::document::Node;
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::spec::QueryLanguage;

declare_rule! {
    /// A JSONata state contains a path or an intrinsic function.
    ///
    /// ## What it does
    ///
    /// Reports strings such as `$.order.id`, `$$.Execution.Id`, and `States.UUID()` in the payloads of JSONata states.
    ///
    /// ## Why is this bad?
    ///
    /// The text is not evaluated but passed on unchanged. This often happens when a state machine is migrated from
    /// JSONPath to JSONata.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "QueryLanguage": "JSONata", "States": {"A": {"Type": "Pass", "Output": {"id": "$.order.id"}, "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "QueryLanguage": "JSONata", "States": {"A": {"Type": "Pass", "Output": {"id": "{% $states.input.order.id %}"}, "End": true}}}
    /// ```
    pub static RULE = {
        name: "jsonpath-in-jsonata-state",
        family: Expressions,
        severity: Warning,
        check: Check::Payload(check),
    }
}

fn check(_cx: &Context<'_, '_>, state: &State<'_>, payload: &Payload<'_>, findings: &mut Findings<'_>) {
    if state.language == QueryLanguage::Jsonata {
        literals(payload.node, findings);
    }
}

/// `dollar-key-in-jsonata` reports keys that end with `.$`; the value of a key that ends with `Path` may be a path as text.
fn literals(node: &Node, findings: &mut Findings<'_>) {
    if let Some(text) = node.as_text()
        && looks_computed(node)
    {
        findings.add(
            Finding::new(
                node.span,
                format!(
                    "`{}` is not evaluated in a JSONata state",
                    text.as_str()
                ),
            )
            .help(advice(text)),
        );
    }
    node.as_array()
        .unwrap_or_default()
        .iter()
        .for_each(|item| literals(item, findings));
    for member in node.as_object().unwrap_or_default() {
        if !member.key.ends_with(".$") && !member.key.ends_with("Path") {
            literals(&member.value, findings);
        }
    }
}

fn advice(text: &str) -> String {
    if let Some(rest) = text.strip_prefix("$$.") {
        format!("use `{{% $states.context.{rest} %}}`")
    } else if let Some(rest) = text.strip_prefix("$.") {
        format!("use `{{% $states.input.{rest} %}}`")
    } else {
        "convert it to JSONata between `{%` and `%}`".into()
    }
}

//! `dollar-key-in-jsonata`

use crate::diagnostic::{Edit, Fix};
use super::literal_under_dollar_key::suffix;
use crate::asl::{Payload, State};
use crate::document::Node;
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::spec::QueryLanguage;

declare_rule! {
    /// A key in a JSONata payload ends with `.$`.
    ///
    /// ## What it does
    ///
    /// Reports keys that end with `.$` in the payloads of JSONata states.
    ///
    /// ## Why is this bad?
    ///
    /// The suffix only has a meaning in JSONPath states. Here it remains part of the key, so the receiver of the
    /// payload does not find the key without it.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "QueryLanguage": "JSONata", "States": {"A": {"Type": "Pass", "Output": {"id.$": "{% $states.input.id %}"}, "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "QueryLanguage": "JSONata", "States": {"A": {"Type": "Pass", "Output": {"id": "{% $states.input.id %}"}, "End": true}}}
    /// ```
    pub static RULE = {
        name: "dollar-key-in-jsonata",
        family: Payloads,
        severity: Warning,
        fix: Unsafe,
        check: Check::Payload(check),
    }
}

fn check(cx: &Context<'_, '_>, state: &State<'_>, payload: &Payload<'_>, findings: &mut Findings<'_>) {
    if state.language != QueryLanguage::Jsonata {
        return;
    }
    if payload.field != "Assign" {
        walk(cx, payload.node, findings);
        return;
    }
    // In a key of `Assign` itself, `invalid-variable-name` reports the suffix.
    let variables = payload.node.as_object().unwrap_or_default();
    for m in variables {
        walk(cx, &m.value, findings);
    }
}

fn walk(cx: &Context<'_, '_>, node: &Node, findings: &mut Findings<'_>) {
    node.as_array()
        .unwrap_or_default()
        .iter()
        .for_each(|item| walk(cx, item, findings));
    let members = node.as_object().unwrap_or_default();
    for member in members {
        walk(cx, &member.value, findings);
        let Some(plain) = member.key.strip_suffix(".$") else {
            continue;
        };
        let finding = Finding::new(
            member.key_span,
            format!(
                "`.$` remains part of the key `{}` in a JSONata state",
                member.key.as_str()
            ),
        )
        .help(format!(
            "rename it to `{plain}`; a value between `{{%` and `%}}` is evaluated under any key"
        ));
        let is_free = !plain.is_empty() && members.iter().all(|m| m.key.as_str() != plain);
        findings.add(if is_free {
            finding.fix(Fix::guess(
                format!("rename the key to `{plain}`"),
                vec![Edit::remove(suffix(cx, &member.key))],
            ))
        } else {
            finding
        });
    }
}

//! `duplicate-dollar-key`

use foldhash::HashMap;
use std::cell::LazyCell;
use crate::asl::{Payload, State};
use crate::document::{Member, Node, NodeKind};
use crate::lint::aws::{AwsCode, AwsMessage};
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::source::Span;
use crate::spec::QueryLanguage;

declare_rule! {
    /// An object has a key both with and without `.$`.
    ///
    /// ## What it does
    ///
    /// Reports keys of JSONPath payload templates that only differ by the suffix `.$`.
    ///
    /// ## Why is this bad?
    ///
    /// Both would be the same field of the result, which the specification does not allow. AWS rejects the definition,
    /// so deployment fails.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "Parameters": {"channel": "alerts", "channel.$": "$.channel"}, "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "Parameters": {"channel.$": "$.channel"}, "End": true}}}
    /// ```
    pub static RULE = {
        name: "duplicate-dollar-key",
        family: Payloads,
        severity: Error,
        aws: AwsCode::SchemaValidationFailed,
        check: Check::Payload(check),
    }
}

/// Up to this number of members, comparing all of them is faster than a hash table.
const FEW_MEMBERS: usize = 16;

fn check(_cx: &Context<'_, '_>, state: &State<'_>, payload: &Payload<'_>, findings: &mut Findings<'_>) {
    if state.language == QueryLanguage::JsonPath && !payload.expressions.is_empty() {
        walk(payload.node, payload.node.span, findings);
    }
}

fn walk(node: &Node, payload: Span, findings: &mut Findings<'_>) {
    let members = match &node.kind {
        NodeKind::Array(items) => return items.iter().for_each(|item| walk(item, payload, findings)),
        NodeKind::Object(members) => members,
        _ => return,
    };
    let by_key: LazyCell<HashMap<&str, &Member>, _> =
        LazyCell::new(|| members.iter().rev().map(|m| (m.key.as_str(), m)).collect());
    let first = |key: &str| {
        if members.len() <= FEW_MEMBERS {
            members.iter().find(|m| m.key.as_str() == key)
        } else {
            by_key.get(key).copied()
        }
    };
    for member in members {
        let Some(plain) = member.key.strip_suffix(".$") else {
            walk(&member.value, payload, findings);
            continue;
        };
        let Some(other) = first(plain) else {
            continue;
        };
        findings.add(
            Finding::new(
                member.key_span,
                format!("`{plain}` and `{plain}.$` define the same field"),
            )
            .related(other.key_span, "also defined here")
            .help("keep one of them")
            .aws_at(AwsMessage::DuplicateField(plain), payload),
        );
    }
}

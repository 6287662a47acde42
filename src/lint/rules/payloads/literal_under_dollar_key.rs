//! `literal-under-dollar-key`

use crate::asl::{Parsed, Payload, State};
use crate::diagnostic::{Edit, Fix};
use crate::document::{Node, Text};
use crate::lint::aws::{AwsCode, AwsMessage};
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::lint::rules::expressions::intended_syntax::IntendedSyntax;
use crate::prose;
use crate::source::Span;

declare_rule! {
    /// The value of a key that ends with `.$` is neither a path nor a call.
    ///
    /// ## What it does
    ///
    /// Reports keys of JSONPath payload templates that end with `.$` and whose value is plain text or not a string.
    ///
    /// ## Why is this bad?
    ///
    /// Deployment fails: AWS rejects the definition, since `.$` requires a value that can be evaluated.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "Parameters": {"stage.$": "production"}, "End": true}}}
    /// ```
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "Parameters": {"order.$": {"id.$": "$.id"}}, "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "Parameters": {"stage": "production", "order": {"id.$": "$.id"}}, "End": true}}}
    /// ```
    pub static RULE = {
        name: "literal-under-dollar-key",
        family: Payloads,
        severity: Error,
        aws: AwsCode::SchemaValidationFailed,
        fix: Either,
        check: Check::Payload(check),
    }
}

fn check(cx: &Context<'_, '_>, _state: &State<'_>, payload: &Payload<'_>, findings: &mut Findings<'_>) {
    let mut add = |key: &Text, value: &Node, what: &str| {
        let plain = &key[..key.len() - 2];
        let finding = Finding::new(
            value.span,
            format!(
                "value of `{}` must be a path or an intrinsic function, not {what}",
                key.as_str()
            ),
        )
        .help(format!(
            "rename the key to `{plain}` to pass the value unchanged"
        ))
        .aws_at(AwsMessage::InvalidDollarValue(key), payload.node.span);
        findings.add(if plain.is_empty() || has_member(payload.node, plain, value) {
            finding
        } else {
            let edits = vec![Edit::remove(suffix(cx, key))];
            let title = format!("rename the key to `{plain}`");
            // A string may have been meant as a path; any other value cannot be one.
            finding.fix(if value.as_str().is_some() {
                Fix::guess(title, edits)
            } else {
                Fix::safe(title, edits)
            })
        });
    };
    for e in &payload.expressions {
        if let (Some(key), Parsed::Malformed(_), IntendedSyntax::Text) =
            (e.key, e.parsed(), IntendedSyntax::guess(e.text))
        {
            let what = if e.text.is_empty() {
                "an empty string"
            } else {
                "plain text"
            };
            add(key, e.node, what);
        }
    }
    for member in &payload.misplaced {
        add(
            &member.key,
            &member.value,
            &prose::with_article(member.value.kind_name()),
        );
    }
}

/// The bytes of the `.$` at the end of a key.
pub(super) fn suffix(cx: &Context<'_, '_>, key: &Text) -> Span {
    cx.place(key, key.len() - 2..key.len())
}

/// Whether the object that contains `value` already has a member of that name.
fn has_member(node: &Node, name: &str, value: &Node) -> bool {
    if !node.span.contains(value.span) || std::ptr::eq(node, value) {
        return false;
    }
    let members = node.as_object().unwrap_or_default();
    if members.iter().any(|m| std::ptr::eq(&raw const m.value, value)) {
        return members.iter().any(|m| m.key.as_str() == name);
    }
    let items = node.as_array().unwrap_or_default().iter();
    items
        .chain(members.iter().map(|m| &m.value))
        .any(|child| has_member(child, name, value))
}

//! `missing-dollar`

use crate::asl::{Payload, State};
use crate::diagnostic::{Edit, Fix};
use crate::document::{Member, Node, NodeKind};
use crate::expr::intrinsic::Call;
use crate::lint::aws::{AwsCode, AwsMessage};
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::lint::rules::expressions::intended_syntax::looks_computed;
use crate::spec::QueryLanguage;
use crate::spec::intrinsic::PREFIX;
use std::rc::Rc;

declare_rule! {
    /// A value looks like a path or a call, but its key does not end with `.$`.
    ///
    /// ## What it does
    ///
    /// Reports strings such as `$.order.id`, `$$.Execution.Id`, and `States.UUID()` in JSONPath payload templates under
    /// keys without `.$`, and in arrays. Keys that end with `Path` are ignored, since their value may be a path as
    /// a string.
    ///
    /// ## Why is this bad?
    ///
    /// The text is passed on unchanged, so the receiver gets the path instead of its value. AWS accepts the definition
    /// with a warning.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "Parameters": {"id": "$.order.id"}, "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "Parameters": {"id.$": "$.order.id", "price": "$5"}, "End": true}}}
    /// ```
    pub static RULE = {
        name: "missing-dollar",
        family: Payloads,
        severity: Warning,
        aws: AwsCode::NoDollar,
        fix: Unsafe,
        check: Check::Payload(check),
    }
}

fn check(cx: &Context<'_, '_>, state: &State<'_>, payload: &Payload<'_>, findings: &mut Findings<'_>) {
    if state.language == QueryLanguage::JsonPath {
        walk(cx, payload.node, findings);
    }
}

fn walk(cx: &Context<'_, '_>, node: &Node, findings: &mut Findings<'_>) {
    match &node.kind {
        NodeKind::Object(members) => {
            for member in members.iter().filter(|m| !m.key.ends_with(".$")) {
                if !looks_computed(&member.value) {
                    walk(cx, &member.value, findings);
                } else if !member.key.ends_with("Path") {
                    findings.add(without_dollar(cx, member, members));
                }
            }
        }
        NodeKind::Array(items) => {
            for item in items {
                if looks_computed(item) {
                    let finding = Finding::new(item.span, "value in an array is not evaluated");
                    findings.add(missing_dollar(finding.help(
                        "build the array with `States.Array(…)` under a key that ends with `.$`",
                    )));
                } else {
                    walk(cx, item, findings);
                }
            }
        }
        _ => {}
    }
}

fn without_dollar(cx: &Context<'_, '_>, member: &Member, siblings: &[Member]) -> Finding<'static> {
    let key = member.key.as_str();
    let finding = Finding::new(
        member.value.span,
        format!("value of `{key}` is not evaluated: the key does not end with `.$`"),
    )
    .label("passed on unchanged");
    if let Some(name) = unknown_function(&member.value) {
        return missing_dollar(finding.help(format!("`{name}` is not an intrinsic function")));
    }
    let finding = finding.help(format!("rename the key to `{key}.$`"));
    let dollar = format!("{key}.$");
    // An escape that is meant as text may be invalid in a call.
    let has_escape = member.value.as_str().is_some_and(|text| text.contains('\\'));
    missing_dollar(if has_escape || siblings.iter().any(|m| m.key.as_str() == dollar) {
        finding
    } else {
        let end = cx.place(&member.key, key.len()..key.len());
        finding.fix(Fix::guess(format!("rename the key to `{dollar}`"), vec![Edit::new(end, ".$")]))
    })
}

/// The function that a value calls, if no such function exists.
fn unknown_function(value: &Node) -> Option<Rc<str>> {
    let text = value.as_str().filter(|text| text.starts_with(PREFIX))?;
    let call = Call::parse(text).ok()?;
    call.function.is_none().then_some(call.name)
}

fn missing_dollar(finding: Finding<'_>) -> Finding<'_> {
    finding.aws(AwsMessage::MissingDollar)
}

//! `payload-too-large`

use crate::asl::{Kind, Payload, State};
use crate::document::{Node, Syntax};
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::lint::rules::size;
use crate::source::Span;
use crate::spec::quota::PAYLOAD_BYTES;

declare_rule! {
    /// A payload exceeds the size limit.
    ///
    /// ## What it does
    ///
    /// Adds up the bytes that the literal parts of a payload, and the `Result` of a Pass state, need as compact JSON.
    ///
    /// ## Why is this bad?
    ///
    /// Inputs, outputs, arguments, and variables are limited to 262,144 bytes. AWS accepts the definition, but every
    /// execution that reaches the state fails with `States.DataLimitExceeded`.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "Result": "(x repeated 262144 times)", "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "Result": "x", "End": true}}}
    /// ```
    pub static RULE = {
        name: "payload-too-large",
        family: Payloads,
        severity: Error,
        check: Check::State(check),
    }
}

fn check(cx: &Context<'_, '_>, state: &State<'_>, findings: &mut Findings<'_>) {
    let mut report = |node: &Node, place: Span, is_payload: bool| {
        // In JSON no value is longer than its text; a YAML alias can be.
        if cx.document.syntax != Syntax::Yaml && (node.span.len() as usize) <= PAYLOAD_BYTES {
            return;
        }
        let bytes = if is_payload {
            size::payload_json_len(node, state.language)
        } else {
            size::json_len(node)
        };
        if bytes > PAYLOAD_BYTES {
            findings.add(
                Finding::new(
                    place,
                    format!("payload has at least {bytes} bytes; the maximum is {PAYLOAD_BYTES}"),
                )
                .help("store large data in Amazon S3 or a table and pass a reference"),
            );
        }
    };
    state.for_each_payload(&mut |p: &Payload<'_>| {
        let key = state
            .node
            .member(p.field)
            .filter(|m| std::ptr::eq(&raw const m.value, p.node));
        report(p.node, key.map_or(start_of(p.node), |m| m.key_span), true);
    });
    if let (Kind::Pass(_), Some(result)) = (&state.kind, state.node.member("Result")) {
        report(&result.value, result.key_span, false);
    }
}

/// The first byte, since underlining a large value would not help.
fn start_of(node: &Node) -> Span {
    Span::new(node.span.start, node.span.start + 1)
}

//! `static-result`

use crate::asl::{Kind, State};
use crate::diagnostic::{Edit, Fix};
use crate::document::Node;
use crate::expr::intrinsic::Call;
use crate::expr::jsonpath::Path;
use crate::lint::aws::{AwsCode, AwsMessage};
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::lint::rules::expressions::intended_syntax::looks_computed;
use crate::source::Span;
use crate::spec::QueryLanguage;

declare_rule! {
    /// The `Result` of a Pass state contains a value that looks computed.
    ///
    /// ## What it does
    ///
    /// Reports keys that end with `.$`, and strings that look like a path or a call, in the `Result` of a Pass state.
    ///
    /// ## Why is this bad?
    ///
    /// `Result` is passed on unchanged, including keys that end with `.$`, so later states read the path instead of its
    /// value. AWS accepts the definition with a warning. `Parameters` is evaluated.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "Result": {"id.$": "$.order.id"}, "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "Parameters": {"id.$": "$.order.id"}, "End": true}}}
    /// ```
    pub static RULE = {
        name: "static-result",
        family: Payloads,
        severity: Warning,
        aws: AwsCode::PassResultIsStatic,
        fix: Unsafe,
        check: Check::State(check),
    }
}

fn check(cx: &Context<'_, '_>, state: &State<'_>, findings: &mut Findings<'_>) {
    let (Kind::Pass(_), QueryLanguage::JsonPath) = (&state.kind, state.language) else {
        return;
    };
    let Some(result) = state.node.member("Result") else {
        return;
    };
    let mut found = Found::default();
    walk(&result.value, &mut found);
    let Some(first) = found.places.first() else { return };
    let mut finding = Finding::new(
        *first,
        "`Result` is passed on unchanged and never evaluated",
    )
    .help("rename `Result` to `Parameters`, which evaluates keys that end with `.$`")
    .aws_at(AwsMessage::PathInResult, result.value.span);
    for place in &found.places[1..] {
        finding = finding.related(*place, "also not evaluated");
    }
    // Only the text of the key is replaced, with or without quotes around it.
    findings.add(if found.has_bare || state.node.get("Parameters").is_some() {
        finding
    } else {
        finding.fix(Fix::guess(
            "rename `Result` to `Parameters`",
            vec![Edit::new(cx.place(&result.key, 0..result.key.len()), "Parameters")],
        ))
    });
}

/// The values that look computed.
#[derive(Default)]
struct Found {
    /// In the order of the text.
    places: Vec<Span>,
    /// Whether one of them is not valid under a `.$` key, so that renaming the field is not enough.
    has_bare: bool,
}

fn walk(node: &Node, found: &mut Found) {
    if looks_computed(node) {
        found.places.push(node.span);
        found.has_bare = true;
    }
    node.as_array()
        .unwrap_or_default()
        .iter()
        .for_each(|item| walk(item, found));
    for member in node.as_object().unwrap_or_default() {
        if member.key.ends_with(".$") {
            found.places.push(member.key_span);
            found.has_bare |= !is_valid(&member.value);
        } else {
            walk(&member.value, found);
        }
    }
}

/// Whether a value is valid under a key that ends with `.$`. An escape that is meant as text may be invalid in a call.
fn is_valid(value: &Node) -> bool {
    let is_path_or_call = |text: &str| Path::parse(text).is_ok() || Call::parse(text).is_ok();
    value
        .as_str()
        .is_some_and(|text| !text.contains('\\') && is_path_or_call(text))
}

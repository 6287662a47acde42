//! `unpaired-jsonata-delimiter`

use crate::asl::{Kind, Payload, Scalar, State};
use crate::diagnostic::Fix;
use crate::document::{Node, Text};
use crate::expr::jsonata::{Delimiters, delimiters};
use crate::lint::aws::{AwsCode, AwsMessage};
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::spec::QueryLanguage;

declare_rule! {
    /// A string has only one of the JSONata delimiters.
    ///
    /// ## What it does
    ///
    /// Checks the strings of JSONata states: one that begins with `{%` must end with `%}`, and vice versa. Whitespace
    /// outside the delimiters is not allowed.
    ///
    /// ## Why is this bad?
    ///
    /// Deployment fails: AWS rejects the definition.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "QueryLanguage": "JSONata", "States": {"A": {"Type": "Pass", "Output": "{% $states.input }", "End": true}}}
    /// ```
    ///
    /// ```json
    /// {"StartAt": "A", "QueryLanguage": "JSONata", "States": {"A": {"Type": "Pass", "Output": " {% $states.input %}", "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "QueryLanguage": "JSONata", "States": {"A": {"Type": "Pass", "Output": "{% $states.input %}", "End": true}}}
    /// ```
    pub static RULE = {
        name: "unpaired-jsonata-delimiter",
        family: Expressions,
        severity: Error,
        aws: AwsCode::SchemaValidationFailed,
        fix: Either,
        check: Check::State(check),
    }
}

fn check(cx: &Context<'_, '_>, state: &State<'_>, findings: &mut Findings<'_>) {
    for_each_literal(state, &mut |node, text| {
        if text.has_placeholder() {
            return;
        }
        let (message, range) = match delimiters(text) {
            Delimiters::None | Delimiters::Both => return,
            Delimiters::OnlyOpening => ("string begins with `{%` but does not end with `%}`", 0..2),
            Delimiters::OnlyClosing => (
                "string ends with `%}` but does not begin with `{%`",
                text.len() - 2..text.len(),
            ),
        };
        let finding = Finding::new(cx.place(text, range), message)
            .help(advice(text))
            .fix(paired(cx, node, text))
            .aws_at(AwsMessage::JsonataDelimiters, node.span);
        findings.add(finding);
    });
}

/// Removes what is outside the delimiters, or adds the one that is missing.
fn paired(cx: &Context<'_, '_>, node: &Node, text: &str) -> Option<Fix> {
    let trimmed = text.trim();
    if delimiters(trimmed) == Delimiters::Both {
        let edits = cx.editor().rewrite(node.span, text, trimmed);
        return Some(Fix::safe("remove the whitespace outside the delimiters", edits));
    }
    if text.matches("{%").count() + text.matches("%}").count() != 1 {
        return None;
    }
    let whole = match delimiters(text) {
        Delimiters::OnlyOpening => format!("{} %}}", text.trim_end()),
        _ => format!("{{% {}", text.trim_start()),
    };
    let edits = cx.editor().rewrite(node.span, text, &whole);
    Some(Fix::guess("add the other delimiter", edits))
}

fn advice(text: &str) -> &'static str {
    let trimmed = text.trim();
    if delimiters(trimmed) == Delimiters::Both && text.starts_with("{%") && text.ends_with('\n') {
        "remove the line break at the end, in YAML with `|-` or `>-`"
    } else if delimiters(trimmed) == Delimiters::Both {
        "remove the whitespace outside `{%` and `%}`"
    } else if text.contains("{%") && text.contains("%}") {
        "move the surrounding text into the expression: `{% 'Hello, ' & $name %}`"
    } else {
        "enclose the expression in `{%` and `%}`"
    }
}

/// Calls `f` with every string that may be an expression in a JSONata state.
pub(super) fn for_each_literal<'d>(state: &State<'d>, f: &mut dyn FnMut(&'d Node, &'d Text)) {
    if state.language != QueryLanguage::Jsonata {
        return;
    }
    state.for_each_payload(&mut |payload: &Payload<'d>| strings(payload.node, f));
    let mut scalar = |node: &'d Node| {
        if let Some(text) = node.as_text() {
            f(node, text);
        }
    };
    state.for_each_scalar(&mut |s: &Scalar<'d>| scalar(s.node()));
    if let Kind::Choice(choice) = &state.kind {
        choice
            .rules
            .iter()
            .filter_map(|rule| rule.node.get("Condition"))
            .for_each(scalar);
    }
}

fn strings<'d>(node: &'d Node, f: &mut dyn FnMut(&'d Node, &'d Text)) {
    if let Some(text) = node.as_text() {
        f(node, text);
    }
    node.as_array()
        .unwrap_or_default()
        .iter()
        .for_each(|item| strings(item, f));
    let members = node.as_object().unwrap_or_default();
    for member in members {
        strings(&member.value, f);
    }
}

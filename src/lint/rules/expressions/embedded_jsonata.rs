//! `embedded-jsonata`

use super::unpaired_jsonata_delimiter::for_each_literal;
use crate::asl::State;
use crate::expr::jsonata::{Delimiters, delimiters};
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// A JSONata expression is embedded in a longer string.
    ///
    /// ## What it does
    ///
    /// Reports strings of JSONata states that contain `{% … %}` with other text before and after it.
    ///
    /// ## Why is this bad?
    ///
    /// Only a string that consists of a single expression is evaluated. AWS passes this string on unchanged, with the
    /// text of the expression in it.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "QueryLanguage": "JSONata", "States": {"A": {"Type": "Pass", "Output": "Hello, {% $states.input.name %}!", "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "QueryLanguage": "JSONata", "States": {"A": {"Type": "Pass", "Output": "{% 'Hello, ' & $states.input.name & '!' %}", "End": true}}}
    /// ```
    pub static RULE = {
        name: "embedded-jsonata",
        family: Expressions,
        severity: Warning,
        check: Check::State(check),
    }
}

fn check(cx: &Context<'_, '_>, state: &State<'_>, findings: &mut Findings<'_>) {
    for_each_literal(state, &mut |_, text| {
        let Some(open) = text.find("{%").filter(|_| delimiters(text) == Delimiters::None) else {
            return;
        };
        let Some(length) = text[open..].find("%}") else {
            return;
        };
        findings.add(
            Finding::new(
                cx.place(text, open..open + length + 2),
                "embedded expression is not evaluated",
            )
            .help("turn the whole string into one expression and concatenate with `&`: `{% 'Hello, ' & $name & '!' %}`"),
        );
    });
}

//! `embedded-jsonata`

use super::unpaired_jsonata_delimiter::for_each_literal;
use crate::asl::State;
use crate::expr::jsonata::{Delimiters, delimiters};
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// A JSONata expression stands inside a longer text.
    ///
    /// ## What it does
    ///
    /// Reports strings of JSONata states that hold `{% … %}` with other text before and after it.
    ///
    /// ## Why is this bad?
    ///
    /// Only a string that is an expression from end to end is evaluated. AWS passes this one on as it is written.
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
                "This expression is not evaluated: text stands around it",
            )
            .help("make the whole string one expression and join its parts with `&`: `{% 'Hello, ' & $name & '!' %}`"),
        );
    });
}

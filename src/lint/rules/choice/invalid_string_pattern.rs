//! `invalid-string-pattern`

use crate::asl::State;
use crate::asl::semantics::string_pattern::Pattern;
use crate::asl::state::choice::{ChoiceRule, Comparison};
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// `StringMatches` pattern has an invalid escape sequence.
    ///
    /// ## What it does
    ///
    /// Reports a backslash in `StringMatches` that is followed by neither `*` nor another backslash.
    ///
    /// ## Why is this bad?
    ///
    /// The specification defines it as an error when the rule is evaluated: the execution fails. In JSON, each backslash of the
    /// pattern is written twice: `"\\*"` matches an asterisk, `"\\\\"` a backslash.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Choice", "Choices": [{"Variable": "$.path", "StringMatches": "C:\\temp\\*", "Next": "B"}], "Default": "B"}, "B": {"Type": "Succeed"}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Choice", "Choices": [{"Variable": "$.path", "StringMatches": "C:\\\\temp\\\\*", "Next": "B"}], "Default": "B"}, "B": {"Type": "Succeed"}}}
    /// ```
    pub static RULE = {
        name: "invalid-string-pattern",
        family: Choice,
        severity: Error,
        check: Check::ChoiceRule(check),
    }
}

fn check(
    cx: &Context<'_, '_>,
    _state: &State<'_>,
    _index: usize,
    rule: &ChoiceRule<'_>,
    findings: &mut Findings<'_>,
) {
    rule.condition.for_each_test(&mut |test| {
        if test.operator.comparison != Comparison::Matches {
            return;
        }
        let Some(text) = test.member.value.as_text().filter(|t| !t.has_placeholder()) else {
            return;
        };
        if let Err(at) = Pattern::parse(text) {
            findings.add(
                Finding::new(
                    cx.place(text, at..at + 1),
                    "invalid escape sequence: expected `*` or a backslash after this backslash",
                )
                .help("in JSON, write `\\\\\\\\` for a backslash and `\\\\*` for an asterisk"),
            );
        }
    });
}

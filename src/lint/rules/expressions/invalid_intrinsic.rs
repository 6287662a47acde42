//! `invalid-intrinsic`

use super::accessors::{aws_node, calls, field_name, place};
use super::intended_syntax::IntendedSyntax;
use crate::asl::{Demand, Expression, Parsed, State};
use crate::expr::intrinsic::ArgumentKind;
use crate::lint::aws::{self, AwsCode};
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use std::ops::Range;

declare_rule! {
    /// A call of an intrinsic function is not well formed.
    ///
    /// ## What it does
    ///
    /// Reads calls such as `States.Format('Hello, {}', $.name)` and reports the first place where one breaks off: strings in
    /// double quotes, missing commas and parentheses, text after the call, a backslash before a character that needs none.
    ///
    /// ## Why is this bad?
    ///
    /// AWS refuses the definition.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "Parameters": {"text.$": "States.Format(\"Hello, {}\", $.name)"}, "End": true}}}
    /// ```
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "Parameters": {"text.$": "States.Format('Hello, {}', $.name"}, "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "Parameters": {"text.$": "States.Format('It\\'s {}', $.name)"}, "End": true}}}
    /// ```
    pub static RULE = {
        name: "invalid-intrinsic",
        family: Expressions,
        severity: Error,
        aws: AwsCode::Refused("SCHEMA_VALIDATION_FAILED"),
        check: Check::Expression(check),
    }
}

fn check(cx: &Context<'_, '_>, state: &State<'_>, e: &Expression<'_>, findings: &mut Findings<'_>) {
    if !matches!(
        e.demand,
        Demand::PathOrIntrinsic | Demand::ReferencePathOrIntrinsic
    ) {
        return;
    }
    let Some((range, reason, help)) = fault(e) else {
        return;
    };
    let name = field_name(e);
    let finding = Finding::new(
        place(cx, e, range),
        format!("The call in `{name}` is not well formed: {reason}"),
    )
    .help(help);
    findings.add(match e.key {
        Some(key) => finding.aws_at(aws::invalid_dollar_value(key), aws_node(state, e)),
        None => finding.aws_at(aws::INVALID_JSONPATH, e.node.span),
    });
}

fn fault<'e>(e: &'e Expression<'_>) -> Option<(Range<usize>, &'e str, &'static str)> {
    match &e.parsed {
        Parsed::Malformed(error) if IntendedSyntax::of(e.text) == IntendedSyntax::Call => Some((
            error.range.clone(),
            &error.message,
            "write a call as `States.Format('{} of {}', $.count, 10)`: strings in single quotes, commas between arguments",
        )),
        Parsed::Intrinsic(_) if e.text.starts_with(char::is_whitespace) => {
            let blanks = e.text.len() - e.text.trim_start().len();
            Some((0..blanks, "a blank stands before it", "take the blank away"))
        }
        Parsed::Intrinsic(_) => bad_escape(e).map(|range| {
            (
                range,
                "a backslash stands before a character that cannot be escaped",
                "only `\\'`, `\\{`, `\\}` and `\\\\` are escapes; JSON doubles each backslash",
            )
        }),
        _ => None,
    }
}

fn bad_escape(e: &Expression<'_>) -> Option<Range<usize>> {
    let calls = calls(e);
    let mut arguments = calls.iter().flat_map(|call| &call.arguments);
    arguments.find_map(|argument| match &argument.kind {
        ArgumentKind::Text(literal) => literal.bad_escape.clone(),
        _ => None,
    })
}

//! `invalid-intrinsic`

use crate::diagnostic::Fix;
use crate::expr::intrinsic::Call;
use super::accessors::{aws_node, calls, field_name, place};
use super::intended_syntax::IntendedSyntax;
use crate::asl::{AllowedExpression, Expression, Parsed, State};
use crate::expr::intrinsic::ArgumentKind;
use crate::lint::aws::{AwsCode, AwsMessage};
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use std::ops::Range;

declare_rule! {
    /// A call of an intrinsic function has invalid syntax.
    ///
    /// ## What it does
    ///
    /// Parses calls such as `States.Format('Hello, {}', $.name)` and reports the first syntax error: strings in double
    /// quotes, missing commas and parentheses, text after the call, a backslash before a character that must not be
    /// escaped.
    ///
    /// ## Why is this bad?
    ///
    /// Deployment fails: AWS rejects the definition.
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
        aws: AwsCode::SchemaValidationFailed,
        fix: Either,
        check: Check::Expression(check),
    }
}

fn check(cx: &Context<'_, '_>, state: &State<'_>, e: &Expression<'_>, findings: &mut Findings<'_>) {
    if !matches!(
        e.allowed,
        AllowedExpression::PathOrIntrinsic | AllowedExpression::ReferencePathOrIntrinsic
    ) {
        return;
    }
    let Some((range, reason, help)) = fault(e) else {
        return;
    };
    let name = field_name(e);
    let finding = Finding::new(
        place(cx, e, range),
        format!("invalid intrinsic function call in `{name}`: {reason}"),
    )
    .help(help)
    .fix(repaired(cx, e));
    findings.add(match e.key {
        Some(key) => finding.aws_at(AwsMessage::InvalidDollarValue(key), aws_node(state, e)),
        None => finding.aws_at(AwsMessage::InvalidJsonPath, e.node.span),
    });
}

/// Removes white space before the call, replaces double quotes, or closes parentheses, if the text is then a call.
fn repaired(cx: &Context<'_, '_>, e: &Expression<'_>) -> Option<Fix> {
    let text = e.text.as_str();
    let trimmed = text.trim();
    let rewrite = |new: &str| cx.editor().rewrite(e.node.span, text, new);
    if let Parsed::Intrinsic(_) = e.parsed() {
        let is_padded = text.len() != text.trim_start().len();
        return is_padded.then(|| Fix::safe("remove the whitespace", rewrite(text.trim_start())));
    }
    let single = trimmed.replace('"', "'");
    let open = trimmed.matches('(').count().checked_sub(trimmed.matches(')').count())?;
    let closed = format!("{trimmed}{}", ")".repeat(open));
    let closed_single = format!("{single}{}", ")".repeat(open));
    let candidates = [
        ("use single quotes", single),
        ("close the parenthesis", closed),
        ("use single quotes and close the parenthesis", closed_single),
    ];
    let is_call = |text: &str| Call::parse(text).is_ok_and(|call| call.function.is_some());
    let (title, new) = candidates.into_iter().find(|(_, new)| is_call(new))?;
    Some(Fix::guess(title, rewrite(&new)))
}

fn fault<'e>(e: &'e Expression<'_>) -> Option<(Range<usize>, &'e str, &'static str)> {
    match e.parsed() {
        Parsed::Malformed(error) if IntendedSyntax::guess(e.text) == IntendedSyntax::Call => Some((
            error.range.clone(),
            &error.message,
            "use single quotes for strings and commas between arguments: `States.Format('{} of {}', $.count, 10)`",
        )),
        Parsed::Intrinsic(_) if e.text.starts_with(char::is_whitespace) => {
            let blanks = e.text.len() - e.text.trim_start().len();
            Some((0..blanks, "leading whitespace", "remove the whitespace"))
        }
        Parsed::Intrinsic(_) => bad_escape(e).map(|range| {
            (
                range,
                "invalid escape sequence",
                "use only the escapes `\\'`, `\\{`, `\\}`, and `\\\\`, with each backslash doubled in JSON",
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

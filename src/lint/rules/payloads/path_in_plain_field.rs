//! `path-in-plain-field`

use crate::asl::state::choice::operator::Operand;
use crate::asl::state::choice::{Operator, Test};
use crate::asl::{Kind, Scalar, State};
use crate::diagnostic::{Edit, Fix};
use crate::document::Member;
use crate::lint::aws::{AwsCode, AwsMessage};
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::lint::rules::expressions::intended_syntax::looks_computed;
use crate::spec::QueryLanguage;
use crate::spec::intrinsic::PREFIX;

declare_rule! {
    /// A path is used in a field that treats it as a string.
    ///
    /// ## What it does
    ///
    /// Reports values that look like a path or a call in `Error` and `Cause` of a Fail state, and in string comparisons
    /// of Choice rules, in JSONPath states.
    ///
    /// ## Why is this bad?
    ///
    /// The path itself is used: the error name becomes `$.error`, and a comparison compares with the string `$.error`.
    /// AWS accepts the definition with a warning. The field whose name ends with `Path` evaluates a path.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Fail", "Error": "OrderFailed", "Cause": "$.reason"}}}
    /// ```
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Choice", "Choices": [{"Variable": "$.stage", "StringEquals": "$.wanted", "Next": "B"}], "Default": "B"}, "B": {"Type": "Succeed"}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Fail", "Error": "OrderFailed", "CausePath": "$.reason"}}}
    /// ```
    pub static RULE = {
        name: "path-in-plain-field",
        family: Payloads,
        severity: Warning,
        aws: AwsCode::NoPath,
        fix: Unsafe,
        check: Check::State(check),
    }
}

fn check(cx: &Context<'_, '_>, state: &State<'_>, findings: &mut Findings<'_>) {
    if state.language != QueryLanguage::JsonPath {
        return;
    }
    match &state.kind {
        Kind::Fail(fail) => {
            for (field, scalar) in [("Error", &fail.error), ("Cause", &fail.cause)] {
                if let (Some(Scalar::Literal(_)), Some(member)) = (scalar, state.node.member(field)) {
                    report(cx, member, true, findings);
                }
            }
        }
        Kind::Choice(choice) => choice.rules.iter().for_each(|rule| {
            rule.condition.for_each_test(&mut |test: &Test<'_>| {
                let operator = test.operator;
                if operator.operand == Operand::String && !operator.is_path && !operator.is_type_test() {
                    report(cx, test.member, false, findings);
                }
            });
        }),
        _ => {}
    }
}

fn report(cx: &Context<'_, '_>, member: &Member, may_call: bool, findings: &mut Findings<'_>) {
    if !looks_computed(&member.value) {
        return;
    }
    let key = member.key.as_str();
    let twin = format!("{key}Path");
    let is_call = member
        .value
        .as_str()
        .is_some_and(|text| text.starts_with(PREFIX));
    let has_twin = may_call || (!is_call && Operator::from_name(&twin).is_some());
    let finding = Finding::new(
        member.value.span,
        format!("path in `{key}` is not evaluated"),
    )
    .aws(AwsMessage::PathInPlainField);
    findings.add(if has_twin {
        let end = cx.place(&member.key, key.len()..key.len());
        finding.help(format!("use `{twin}` for a path")).fix(Fix::guess(
            format!("rename the field to `{twin}`"),
            vec![Edit::new(end, "Path")],
        ))
    } else {
        finding.help("compute the value in a preceding state and compare the result")
    });
}

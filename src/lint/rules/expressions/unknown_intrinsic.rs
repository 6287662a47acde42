//! `unknown-intrinsic`

use crate::diagnostic::Fix;
use super::accessors::{aws_node, calls, place};
use crate::asl::{Expression, State};
use crate::expr::intrinsic::table;
use crate::lint::aws::{AwsCode, AwsMessage};
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::prose::{closest, similar_name};
use crate::spec::intrinsic::PREFIX;

declare_rule! {
    /// An intrinsic function does not exist.
    ///
    /// ## What it does
    ///
    /// Compares the name of every call, including nested ones, with the eighteen intrinsic functions. Names are
    /// case-sensitive.
    ///
    /// ## Why is this bad?
    ///
    /// Deployment fails: AWS rejects the definition.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "Parameters": {"id.$": "States.Uuid()"}, "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "Parameters": {"id.$": "States.UUID()"}, "End": true}}}
    /// ```
    pub static RULE = {
        name: "unknown-intrinsic",
        family: Expressions,
        severity: Error,
        aws: AwsCode::SchemaValidationFailed,
        fix: Either,
        check: Check::Intrinsic(check),
    }
}

fn check(cx: &Context<'_, '_>, state: &State<'_>, e: &Expression<'_>, findings: &mut Findings<'_>) {
    let calls = calls(e);
    let unknown = calls.iter().filter(|call| call.function.is_none());
    for (i, call) in unknown.enumerate() {
        let span = place(cx, e, call.name_range.clone());
        let finding = Finding::new(span, format!("unknown intrinsic function `{}`", call.name));
        let finding = match closest_function(&call.name) {
            Some(name) => {
                finding
                    .help(similar_name("function", name))
                    .fix(Fix::spelling(span, &call.name, name))
            }
            None => finding.help("see \"Intrinsic functions\" in the developer guide for all functions"),
        };
        // AWS reports one error per expression.
        findings.add(match (i, e.key) {
            (0, Some(key)) => finding.aws_at(AwsMessage::InvalidDollarValue(key), aws_node(state, e)),
            (0, None) => finding.aws_at(AwsMessage::InvalidJsonPath, e.node.span),
            _ => finding.aws_silent(),
        });
    }
}

fn closest_function(name: &str) -> Option<&'static str> {
    let names = || table::all().map(|f| f.name);
    let last = name.rsplit('.').next()?;
    let same_function = names().find(|n| n[PREFIX.len()..].eq_ignore_ascii_case(last));
    same_function.or_else(|| closest(name, names()))
}

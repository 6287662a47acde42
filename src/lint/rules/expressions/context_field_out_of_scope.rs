//! `context-field-out-of-scope`

use super::accessors::place;
use super::unknown_context_field::for_each_context_path;
use crate::asl::{Expression, Kind, State};
use crate::diagnostic::Severity;
use crate::lint::aws::AwsCode;
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::spec::QueryLanguage;

declare_rule! {
    /// A field of the context object is read where it does not exist.
    ///
    /// ## What it does
    ///
    /// Reports `Map.Item` in states outside a Map, and `Task.Token` in states that are not a Task.
    ///
    /// ## Why is this bad?
    ///
    /// A JSONPath state fails with `States.Runtime`, and in JSONata the expression has no value. AWS rejects a definition
    /// with `$states.context.Task` in a Pass state, so that is an error.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "Parameters": {"item.$": "$$.Map.Item.Value"}, "End": true}}}
    /// ```
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "Parameters": {"token.$": "$$.Task.Token"}, "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Map", "ItemSelector": {"item.$": "$$.Map.Item.Value"}, "ItemProcessor": {"StartAt": "B", "States": {"B": {"Type": "Pass", "End": true}}}, "End": true}}}
    /// ```
    pub static RULE = {
        name: "context-field-out-of-scope",
        family: Expressions,
        severity: Warning,
        aws: AwsCode::UnsupportedJsonataExpression,
        check: Check::Expression(check),
    }
}

fn check(cx: &Context<'_, '_>, state: &State<'_>, e: &Expression<'_>, findings: &mut Findings<'_>) {
    for_each_context_path(e, &mut |names| {
        let Some((first, range)) = names.first() else {
            return;
        };
        let (message, help) = match *first {
            "Map" if !sees_item(state) => (
                "`Map.Item` is only available inside a Map",
                "read it in the `ItemSelector` of a Map or in a state of its item processor",
            ),
            "Task" if !matches!(state.kind, Kind::Task(_)) => (
                "`Task.Token` is only available in a Task",
                "read it in the arguments of a Task whose `Resource` ends with `.waitForTaskToken`",
            ),
            _ => return,
        };
        let end = names.last().map_or(range.end, |(_, last)| last.end);
        let finding = Finding::new(place(cx, e, range.start..end), message)
            .help(help)
            .unless_tainted(state.node, "Type");
        // Measured on AWS in September 2026 for Pass states.
        let is_refused = *first == "Task"
            && state.language == QueryLanguage::Jsonata
            && matches!(state.kind, Kind::Pass(_));
        findings.add(if is_refused {
            finding.severity(Severity::Error)
        } else {
            finding.aws_silent()
        });
    });
}

fn sees_item(state: &State<'_>) -> bool {
    let pointer = state.pointer();
    let is_inside = |processor: &str| pointer.contains(processor);
    matches!(state.kind, Kind::Map(_))
        || is_inside("/ItemProcessor/States/")
        || is_inside("/Iterator/States/")
}

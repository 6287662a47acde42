//! `context-field-out-of-scope`

use super::accessors::place;
use super::unknown_context_field::for_each_context_path;
use crate::asl::{Expression, Kind, State};
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// A field of the context object is read where it is not there.
    ///
    /// ## What it does
    ///
    /// Reports `Map.Item` in states that no Map surrounds, and `Task.Token` in states that are no Task.
    ///
    /// ## Why is this bad?
    ///
    /// Nothing is there: a JSONPath state fails with `States.Runtime`, and a JSONata expression sees nothing.
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
                "There is no Map here whose item the context object could hold",
                "a Map's own `ItemSelector` and the states inside its processor see `Map.Item`",
            ),
            "Task" if !matches!(state.kind, Kind::Task(_)) => (
                "Only a Task has a token",
                "read it in the arguments of the Task that waits for it, whose Resource ends in `.waitForTaskToken`",
            ),
            _ => return,
        };
        let end = names.last().map_or(range.end, |(_, last)| last.end);
        findings.add(
            Finding::new(place(cx, e, range.start..end), message)
                .help(help)
                .unless_tainted(state.node, "Type"),
        );
    });
}

fn sees_item(state: &State<'_>) -> bool {
    let is_inside = |processor: &str| state.pointer.contains(processor);
    matches!(state.kind, Kind::Map(_))
        || is_inside("/ItemProcessor/States/")
        || is_inside("/Iterator/States/")
}

//! `choice-without-default`

use crate::asl::State;
use crate::asl::state::Choice;
use crate::decision::Decision;
use crate::diagnostic::Fix;
use crate::edit::Content;
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::spec::StateType;
use crate::spec::quota::STATE_NAME_CHARACTERS;

declare_rule! {
    /// Choice state has no `Default`.
    ///
    /// ## What it does
    ///
    /// Reports Choice states without `Default`, unless the rules match every value of the types that they compare: `true` and
    /// `false`, or numbers below 5 and numbers from 5 on.
    ///
    /// ## Why is this bad?
    ///
    /// If no rule matches, the execution fails with `States.Runtime`, which cannot be caught. (The specification calls the error
    /// `States.NoChoiceMatched`.)
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Choice", "Choices": [{"Variable": "$.kind", "StringEquals": "order", "Next": "B"}]}, "B": {"Type": "Succeed"}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Choice", "Choices": [{"Variable": "$.kind", "StringEquals": "order", "Next": "B"}], "Default": "C"}, "B": {"Type": "Succeed"}, "C": {"Type": "Fail"}}}
    /// ```
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Choice", "Choices": [{"Variable": "$.n", "NumericLessThan": 5, "Next": "B"}, {"Variable": "$.n", "NumericGreaterThanEquals": 5, "Next": "C"}]}, "B": {"Type": "Succeed"}, "C": {"Type": "Fail"}}}
    /// ```
    pub static RULE = {
        name: "choice-without-default",
        family: Choice,
        severity: Info,
        fix: Unsafe,
        check: Check::Decision(check),
    }
}

fn check(cx: &Context<'_, '_>, state: &State<'_>, choice: &Choice<'_>, decision: Option<&Decision>, findings: &mut Findings<'_>) {
    if state.node.get("Default").is_some() || choice.rules.is_empty() {
        return;
    }
    let matches_all = decision.is_some_and(|d| d.has_unmatched_expected == Some(false));
    if !matches_all {
        findings.add(
            Finding::new(
                state.name_span,
                format!("Choice state `{}` has no `Default`", state.name.as_str()),
            )
            .help(
                "add a `Default` for values that no rule matches, such as a Fail state with a descriptive cause",
            )
            .fix(failing_default(cx, state))
            .unless_tainted(state.node, "Default"),
        );
    }
}

/// Adds a Fail state for values that no rule matches.
fn failing_default(cx: &Context<'_, '_>, state: &State<'_>) -> Option<Fix> {
    let (scope, _) = cx.position_of(state)?;
    let states = scope.machine.node.get("States")?;
    let name = state.name.as_str();
    let fail = format!("{name} {SUFFIX}");
    if state.name.has_placeholder()
        || cx.state_named(&fail).is_some()
        || fail.chars().count() > STATE_NAME_CHARACTERS
    {
        return None;
    }
    let content = Content::Object(vec![
        ("Type", Content::text(StateType::Fail.as_str())),
        ("Error", Content::text("NoChoiceMatched")),
        ("Cause", Content::text(format!("No rule of {name} matches the input."))),
    ]);
    let editor = cx.editor();
    let edits = || {
        let mut edits = editor.insert(state.node, Some("Choices"), "Default", &Content::text(fail.as_str()))?;
        edits.extend(editor.insert(states, Some(name), &fail, &content)?);
        Ok(edits)
    };
    let title = format!("add a Fail state `{fail}` as `Default`");
    Some(Fix::guess(title, edits()).changing_states())
}

/// The end of the name of the Fail state after a Choice state's name.
const SUFFIX: &str = "without match";

//! `missing-target`

use crate::asl::Target;
use crate::asl::transition_graph::Cause;
use crate::diagnostic::Fix;
use crate::document::Node;
use crate::edit::Content;
use crate::lint::aws::{AwsCode, AwsMessage};
use crate::lint::context::{Context, Scope};
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::prose::{closest, similar_name};
use crate::spec::StateType;
use crate::spec::quota::STATE_NAME_CHARACTERS;

declare_rule! {
    /// A transition references an undefined state.
    ///
    /// ## What it does
    ///
    /// Reports `StartAt`, `Next`, `Default`, and the `Next` of Choice rules and catchers that do not name a state of
    /// their own scope. A transition can neither leave the branch or item processor that contains it nor enter one.
    ///
    /// ## Why is this bad?
    ///
    /// Deployment fails: AWS rejects the definition, since the execution could not continue after this transition.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}, "C": {"Type": "Succeed"}}}
    /// ```
    ///
    /// ```json
    /// {"StartAt": "B", "States": {"A": {"Type": "Pass", "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Succeed"}}}
    /// ```
    pub static RULE = {
        name: "missing-target",
        family: Flow,
        severity: Error,
        aws: AwsCode::MissingTransitionTarget,
        fix: Either,
        check: Check::Scope(check),
    }
}

fn check(cx: &Context<'_, '_>, scope: &Scope<'_, '_>, findings: &mut Findings<'_>) {
    // Missing `States` are reported as such, and a macro of the template may insert a state of any name.
    if scope.machine.node.get("States").is_none_or(Node::is_unknown) {
        return;
    }
    for dangling in &scope.flow.dangling {
        let name = dangling.target.name.as_str();
        let field = match (dangling.from, dangling.cause) {
            (None, _) => "StartAt",
            (_, Cause::Default) => "Default",
            _ => "Next",
        };
        // A state that is not an object is reported as such.
        let is_there = scope.has_named(name);
        let finding = Finding::new(
            dangling.target.span,
            format!("`{field}` references undefined state `{name}`"),
        )
        .label("not defined in this scope")
        .requires_whole_file()
        .cascading_if(is_there || findings.tainted().contains(scope.machine.node.span, "States"))
        .aws(AwsMessage::MissingTarget(name));
        findings.add(advise(cx, scope, &dangling.target, finding));
    }
}

/// Where a state of this name is defined, or a state with a similar name.
fn advise<'a>(
    cx: &Context<'_, '_>,
    scope: &Scope<'_, '_>,
    target: &Target<'_>,
    finding: Finding<'a>,
) -> Finding<'a> {
    let name = target.name.as_str();
    if let Some(state) = cx.state_named(name) {
        return finding
            .related(state.name_span, "defined here, in another scope")
            .help("a transition cannot enter or leave a Parallel branch or a Map processor");
    }
    let names = scope.machine.states.iter().map(|s| s.name.as_str());
    match closest(name, names) {
        Some(close) => {
            let edits = cx.editor().rewrite(target.span, name, close);
            let title = format!("replace it with `{close}`");
            finding.help(similar_name("state", close)).fix(if name.eq_ignore_ascii_case(close) {
                Fix::safe(title, edits)
            } else {
                Fix::guess(title, edits)
            })
        }
        None => finding
            .help("define the state or reference an existing one")
            .fix(new_state(cx, scope, name).filter(|_| !target.name.has_placeholder())),
    }
}

/// Adds a state of the missing name, which fails until the user writes what it does.
fn new_state(cx: &Context<'_, '_>, scope: &Scope<'_, '_>, name: &str) -> Option<Fix> {
    let states = scope.machine.node.get("States")?;
    let count = name.chars().count();
    if count == 0 || count > STATE_NAME_CHARACTERS || scope.has_named(name) {
        return None;
    }
    let content = Content::Object(vec![
        ("Type", Content::text(StateType::Fail.as_str())),
        ("Error", Content::text("NotImplemented")),
    ]);
    let edits = cx.editor().insert(states, None, name, &content);
    Some(Fix::guess(format!("add a Fail state `{name}`"), edits).changing_states())
}

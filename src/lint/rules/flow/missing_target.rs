//! `missing-target`

use crate::asl::transition_graph::Cause;
use crate::document::Node;
use crate::lint::aws::{self, AwsCode};
use crate::lint::context::{Context, Scope};
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::prose::{closest, similar_name};

declare_rule! {
    /// A transition leads to a state that does not exist.
    ///
    /// ## What it does
    ///
    /// Reports `StartAt`, `Next`, `Default` and the `Next` of Choice rules and catchers that name no state of their own
    /// scope. A transition cannot leave the branch or item processor it stands in, nor enter one.
    ///
    /// ## Why is this bad?
    ///
    /// AWS refuses the definition.
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
        aws: AwsCode::Refused("MISSING_TRANSITION_TARGET"),
        check: Check::Scope(check),
    }
}

fn check(cx: &Context<'_, '_>, scope: &Scope<'_, '_>, findings: &mut Findings<'_>) {
    // What a macro of the template puts in may be a state of any name.
    if scope.machine.node.get("States").is_some_and(Node::is_unknown) {
        return;
    }
    for dangling in &scope.flow.dangling {
        let name = dangling.target.name.as_str();
        let field = match (dangling.from, dangling.cause) {
            (None, _) => "StartAt",
            (_, Cause::Default) => "Default",
            _ => "Next",
        };
        // One that is no object is reported as that.
        let is_there = scope.has_named(name);
        let finding = Finding::new(
            dangling.target.span,
            format!("`{field}` leads to `{name}`, which is no state here"),
        )
        .label("no such state in this scope")
        .requires_whole_file()
        .cascading_if(is_there || findings.tainted().contains(scope.machine.node.span, "States"))
        .aws(aws::missing_target(name));
        findings.add(advise(cx, scope, name, finding));
    }
}

/// Where the name does exist, or which name is close.
fn advise(cx: &Context<'_, '_>, scope: &Scope<'_, '_>, name: &str, finding: Finding) -> Finding {
    let elsewhere = cx.scopes.iter().find_map(|s| s.machine.state(name));
    if let Some(state) = elsewhere {
        return finding
            .related(state.name_span, "a state of that name is here, in another scope")
            .help("a transition cannot enter or leave a branch of a Parallel or the processor of a Map");
    }
    let names = scope.machine.states.iter().map(|s| s.name.as_str());
    match closest(name, names) {
        Some(close) => finding.help(similar_name("state", close)),
        None => finding.help("add the state, or name one that exists"),
    }
}

//! `deprecated-iterator`

use crate::asl::{Kind, State};
use crate::diagnostic::Fix;
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// A Map uses `Iterator`, the deprecated name of `ItemProcessor`.
    ///
    /// ## What it does
    ///
    /// Reports `Iterator` on Map states.
    ///
    /// ## Why is this bad?
    ///
    /// `ItemProcessor` has replaced it, and only `ItemProcessor` supports `ProcessorConfig`, which can make the Map
    /// distributed.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Map", "Iterator": {"StartAt": "B", "States": {"B": {"Type": "Pass", "End": true}}}, "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Map", "ItemProcessor": {"StartAt": "B", "States": {"B": {"Type": "Pass", "End": true}}}, "End": true}}}
    /// ```
    pub static RULE = {
        name: "deprecated-iterator",
        family: Map,
        severity: Info,
        fix: Safe,
        check: Check::State(check),
    }
}

fn check(cx: &Context<'_, '_>, state: &State<'_>, findings: &mut Findings<'_>) {
    let Some(member) = state.node.member("Iterator") else {
        return;
    };
    if matches!(&state.kind, Kind::Map(map) if map.uses_iterator) {
        findings.add(
            Finding::new(member.key_span, "`Iterator` is deprecated; its new name is `ItemProcessor`")
                .help("rename it to `ItemProcessor`, which accepts the same value")
                .fix(Fix::safe("rename it to `ItemProcessor`", cx.editor().rename(member, "ItemProcessor"))),
        );
    }
}

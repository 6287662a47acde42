//! `deprecated-map-parameters`

use crate::asl::{Kind, State};
use crate::diagnostic::Fix;
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// A Map uses `Parameters`, the deprecated name of `ItemSelector`.
    ///
    /// ## What it does
    ///
    /// Reports `Parameters` on Map states.
    ///
    /// ## Why is this bad?
    ///
    /// `ItemSelector` has replaced it. AWS still accepts `Parameters`, but documents only `ItemSelector`.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Map", "Parameters": {"id.$": "$.id"}, "ItemProcessor": {"StartAt": "B", "States": {"B": {"Type": "Pass", "End": true}}}, "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Map", "ItemSelector": {"id.$": "$.id"}, "ItemProcessor": {"StartAt": "B", "States": {"B": {"Type": "Pass", "End": true}}}, "End": true}}}
    /// ```
    pub static RULE = {
        name: "deprecated-map-parameters",
        family: Map,
        severity: Info,
        fix: Safe,
        check: Check::State(check),
    }
}

fn check(cx: &Context<'_, '_>, state: &State<'_>, findings: &mut Findings<'_>) {
    let Some(member) = state.node.member("Parameters") else {
        return;
    };
    if matches!(&state.kind, Kind::Map(map) if map.uses_parameters) {
        findings.add(
            Finding::new(
                member.key_span,
                "`Parameters` of a Map is deprecated; its new name is `ItemSelector`",
            )
            .help("rename it to `ItemSelector`, which accepts the same value")
                .fix(Fix::safe("rename it to `ItemSelector`", cx.editor().rename(member, "ItemSelector"))),
        );
    }
}

//! `inline-map-with-distributed-field`

use crate::asl::{Kind, State};
use crate::document::{Node, Text};
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// An inline Map has a field that only Distributed Maps use.
    ///
    /// ## What it does
    ///
    /// Reports `ItemReader`, `ItemBatcher`, `ResultWriter`, `Label`, and the tolerated failures on a Map whose
    /// processor is not in mode `DISTRIBUTED`.
    ///
    /// ## Why is this bad?
    ///
    /// AWS accepts at least some such definitions, but the field has no effect: the data set is not read, and a failing
    /// item still fails the Map.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Map", "ToleratedFailureCount": 5, "ItemProcessor": {"StartAt": "B", "States": {"B": {"Type": "Pass", "End": true}}}, "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Map", "ToleratedFailureCount": 5, "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}, "StartAt": "B", "States": {"B": {"Type": "Pass", "End": true}}}, "End": true}}}
    /// ```
    pub static RULE = {
        name: "inline-map-with-distributed-field",
        family: Map,
        severity: Warning,
        check: Check::State(check),
    }
}

const FIELDS: [&str; 8] = [
    "ItemReader",
    "ItemBatcher",
    "ResultWriter",
    "Label",
    "ToleratedFailureCount",
    "ToleratedFailureCountPath",
    "ToleratedFailurePercentage",
    "ToleratedFailurePercentagePath",
];

fn check(_cx: &Context<'_, '_>, state: &State<'_>, findings: &mut Findings<'_>) {
    let Kind::Map(map) = &state.kind else { return };
    let mode = map.processor_config.and_then(|c| c.get("Mode"));
    let is_unknown = state.machines().is_empty()
        || map.processor_config.is_some_and(Node::is_unknown)
        || mode.is_some_and(|m| m.is_unknown() || m.as_text().is_some_and(Text::has_placeholder));
    if map.is_distributed || is_unknown {
        return;
    }
    for member in FIELDS.iter().filter_map(|name| state.node.member(name)) {
        findings.add(
            Finding::new(member.key_span, format!("`{}` has no effect in an inline Map", member.key.as_str()))
                .help("set `ProcessorConfig` to `{\"Mode\": \"DISTRIBUTED\", \"ExecutionType\": …}`, or remove the field")
                .unless_tainted(state.node, "ItemProcessor"),
        );
    }
}

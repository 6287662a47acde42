//! `outer-variable-in-distributed-map`

use super::undefined_variable::for_each_unset;
use crate::asl::{Kind, State};
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// A state in a Distributed Map reads a variable from outside.
    ///
    /// ## What it does
    ///
    /// Reports variables that are assigned outside a Distributed Map and read in the states of its item processor.
    ///
    /// ## Why is this bad?
    ///
    /// Each item or batch runs as a separate child workflow execution, which has no access to the variables of its
    /// parent, so the variable never has a value. The fields of the Map itself, such as `ItemSelector` and
    /// `ItemBatcher`, can read it.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "Assign": {"rate": 2}, "Next": "M"}, "M": {"Type": "Map", "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}, "StartAt": "B", "States": {"B": {"Type": "Pass", "Parameters": {"rate.$": "$rate"}, "End": true}}}, "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "Assign": {"rate": 2}, "Next": "M"}, "M": {"Type": "Map", "ItemSelector": {"rate.$": "$rate"}, "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}, "StartAt": "B", "States": {"B": {"Type": "Pass", "Parameters": {"rate.$": "$.rate"}, "End": true}}}, "End": true}}}
    /// ```
    pub static RULE = {
        name: "outer-variable-in-distributed-map",
        family: Variables,
        severity: Error,
        check: Check::Machine(check),
    }
}

fn check(cx: &Context<'_, '_>, findings: &mut Findings<'_>) {
    let is_distributed = |s: &State<'_>| matches!(&s.kind, Kind::Map(map) if map.is_distributed);
    if !cx
        .scopes
        .iter()
        .flat_map(|s| &s.machine.states)
        .any(is_distributed)
    {
        return;
    }
    for_each_unset(cx, &mut |read| {
        if read.is_hidden {
            findings.add(
                Finding::new(read.span, format!("`${}` is not available inside a Distributed Map", read.name))
                    .label("has no value")
                    .help("pass the value with `ItemSelector` of the Map or `BatchInput` of its `ItemBatcher`"),
            );
        }
    });
}

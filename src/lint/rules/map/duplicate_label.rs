//! `duplicate-label`

use crate::asl::Kind;
use crate::document::Node;
use crate::lint::aws::AwsCode;
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use std::collections::HashMap;

declare_rule! {
    /// Two Distributed Maps have the same `Label`.
    ///
    /// ## What it does
    ///
    /// Compares the labels of all Map states, at every depth.
    ///
    /// ## Why is this bad?
    ///
    /// Deployment fails: AWS rejects the definition, since the label identifies the Map Runs of a state machine.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Map", "Label": "L", "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}, "StartAt": "B", "States": {"B": {"Type": "Pass", "End": true}}}, "Next": "C"}, "C": {"Type": "Map", "Label": "L", "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}, "StartAt": "D", "States": {"D": {"Type": "Pass", "End": true}}}, "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Map", "Label": "L", "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}, "StartAt": "B", "States": {"B": {"Type": "Pass", "End": true}}}, "End": true}}}
    /// ```
    pub static RULE = {
        name: "duplicate-label",
        family: Map,
        severity: Error,
        aws: AwsCode::DuplicateLabelName,
        check: Check::Machine(check),
    }
}

fn check(cx: &Context<'_, '_>, findings: &mut Findings<'_>) {
    let mut first: HashMap<&str, &Node> = HashMap::new();
    for state in cx.scopes.iter().flat_map(|s| &s.machine.states) {
        let Kind::Map(map) = &state.kind else { continue };
        let Some(node) = map.label else { continue };
        let Some(label) = node.as_text().filter(|t| !t.has_placeholder()) else {
            continue;
        };
        if let Some(other) = first.get(label.as_str()) {
            findings.add(
                Finding::new(
                    node.span,
                    format!("duplicate `Label` `{}`", label.as_str()),
                )
                .related(other.span, "first defined here")
                .help("rename one of the labels or remove it"),
            );
        } else {
            first.insert(label.as_str(), node);
        }
    }
}

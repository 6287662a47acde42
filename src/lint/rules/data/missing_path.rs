//! `missing-path`

use super::failure;
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::shape::{Analysis, Fault};

declare_rule! {
    /// A path selects nothing in any execution.
    ///
    /// ## What it does
    ///
    /// Follows the data from the input of the execution through every state, and reports a path to a field that the data
    /// never has at that state.
    ///
    /// ## Why is this bad?
    ///
    /// A JSONPath state fails with `States.Runtime`, which cannot be caught, and a JSONata state fails with
    /// `States.QueryEvaluationError`. Often an earlier Task has no `ResultPath`, so its result replaced the payload.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "Result": {"x": 1}, "Next": "B"}, "B": {"Type": "Pass", "Parameters": {"y.$": "$.z"}, "End": true}}}
    /// ```
    ///
    /// ```json
    /// {"StartAt": "A", "QueryLanguage": "JSONata", "States": {"A": {"Type": "Pass", "Output": {"x": 1}, "Next": "B"}, "B": {"Type": "Pass", "Output": "{% $states.input.z %}", "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "Result": {"x": 1}, "Next": "B"}, "B": {"Type": "Pass", "Parameters": {"y.$": "$.x"}, "End": true}}}
    /// ```
    pub static RULE = {
        name: "missing-path",
        family: Data,
        severity: Error,
        check: Check::Data(check),
    }
}

fn check(cx: &Context<'_, '_>, analysis: &Analysis<'_, '_>, findings: &mut Findings<'_>) {
    for observation in analysis.observations.failing() {
        if !observation.is_certain() {
            continue;
        }
        let finding = match observation.faults.first() {
            Some((_, Fault::MissingPath(missing))) => {
                let message = format!("`{}` never has a value", missing.path);
                failure::missing_path(observation, missing, message)
            }
            Some((_, Fault::PathConflict(conflict))) => {
                let message = format!(
                    "`{}` cannot be written: `{}` is {}, not an object",
                    conflict.path,
                    conflict.parent_path,
                    conflict.parent.types()
                );
                Finding::new(failure::span(observation), message)
            }
            _ => continue,
        };
        findings.add(finding.severity(failure::severity(cx, observation)));
    }
}

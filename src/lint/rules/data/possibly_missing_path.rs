//! `possibly-missing-path`

use super::failure;
use crate::lint::context::Context;
use crate::lint::finding::Findings;
use crate::lint::rule::{Check, declare_rule};
use crate::prose;
use crate::shape::{Analysis, Fault, Observation};

declare_rule! {
    /// A path selects nothing on one of the execution paths to a state.
    ///
    /// ## What it does
    ///
    /// Follows the data along every execution path to a state, and reports a path to a field that the data certainly lacks
    /// on one of them and has on another.
    ///
    /// ## Why is this bad?
    ///
    /// The state works in tests of one execution path and fails on the other, for example after a `Catch`.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {
    ///   "StartAt": "C",
    ///   "States": {
    ///     "C": {"Type": "Choice", "Choices": [{"Variable": "$.x", "IsPresent": true, "Next": "A"}], "Default": "B"},
    ///     "A": {"Type": "Pass", "Result": {"id": 1, "code": 2}, "Next": "D"},
    ///     "B": {"Type": "Pass", "Result": {"id": 1}, "Next": "D"},
    ///     "D": {"Type": "Pass", "Parameters": {"code.$": "$.code"}, "End": true}
    ///   }
    /// }
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {
    ///   "StartAt": "C",
    ///   "States": {
    ///     "C": {"Type": "Choice", "Choices": [{"Variable": "$.x", "IsPresent": true, "Next": "A"}], "Default": "B"},
    ///     "A": {"Type": "Pass", "Result": {"id": 1, "code": 2}, "Next": "D"},
    ///     "B": {"Type": "Pass", "Result": {"id": 1, "code": null}, "Next": "D"},
    ///     "D": {"Type": "Pass", "Parameters": {"code.$": "$.code"}, "End": true}
    ///   }
    /// }
    /// ```
    pub static RULE = {
        name: "possibly-missing-path",
        family: Data,
        severity: Warning,
        check: Check::Data(check),
    }
}

fn check(_cx: &Context<'_, '_>, analysis: &Analysis<'_, '_>, findings: &mut Findings<'_>) {
    for observation in analysis.observations.failing() {
        let Some((_, Fault::MissingPath(missing))) = observation.faults.first() else {
            continue;
        };
        if !observation.is_certain() {
            let message = format!("`{}` has no value {}", missing.path, describe_paths(observation));
            findings.add(failure::missing_path(observation, missing, message));
        }
    }
}

/// The execution paths on which the part fails, by the state before it.
fn describe_paths(observation: &Observation<'_, '_>) -> String {
    let states: Vec<&str> = observation
        .failing_after()
        .iter()
        .map(|state| state.name.as_str())
        .collect();
    if states.is_empty() {
        "on some execution paths".to_owned()
    } else {
        format!("when this state follows {}", prose::or_list(states))
    }
}

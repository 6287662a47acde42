//! `impossible-comparison`

use super::failure;
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::shape::{Analysis, Fault};

declare_rule! {
    /// A comparison is never true, because the value has another type.
    ///
    /// ## What it does
    ///
    /// Follows the data to each condition, and reports comparisons of values whose type is never the one that the operator
    /// compares.
    ///
    /// ## Why is this bad?
    ///
    /// A JSONPath rule never matches, so its `Next` is never taken. In JSONata, `<` and `>` of a string and a number
    /// fail with `States.QueryEvaluationError`.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {
    ///   "StartAt": "A",
    ///   "States": {
    ///     "A": {"Type": "Pass", "Parameters": {"n.$": "States.Format('{}', $.n)"}, "Next": "C"},
    ///     "C": {"Type": "Choice", "Choices": [{"Variable": "$.n", "NumericLessThan": 5, "Next": "D"}], "Default": "D"},
    ///     "D": {"Type": "Succeed"}
    ///   }
    /// }
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {
    ///   "StartAt": "A",
    ///   "States": {
    ///     "A": {"Type": "Pass", "Parameters": {"n.$": "$.n"}, "Next": "C"},
    ///     "C": {"Type": "Choice", "Choices": [{"Variable": "$.n", "NumericLessThan": 5, "Next": "D"}], "Default": "D"},
    ///     "D": {"Type": "Succeed"}
    ///   }
    /// }
    /// ```
    pub static RULE = {
        name: "impossible-comparison",
        family: Data,
        severity: Warning,
        check: Check::Data(check),
    }
}

fn check(cx: &Context<'_, '_>, analysis: &Analysis<'_, '_>, findings: &mut Findings<'_>) {
    for observation in analysis.observations.failing() {
        let Some((_, fault)) = observation.faults.first() else {
            continue;
        };
        if !observation.is_certain() {
            continue;
        }
        let span = failure::span(observation);
        match fault {
            Fault::NeverTrue {
                operator,
                expected,
                found,
            } => {
                let message = format!("`{operator}` is never true: the value is {}, not {expected}", found.types());
                findings.add(Finding::new(span, message));
            }
            Fault::InvalidOperands {
                operator: operator @ ("<" | "<=" | ">" | ">="),
                left,
                right,
            } => {
                let message = format!("`{operator}` cannot compare {} with {}", left.types(), right.types());
                findings.add(Finding::new(span, message).severity(failure::severity(cx, observation)));
            }
            _ => {}
        }
    }
}

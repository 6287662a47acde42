//! `invalid-argument-shape`

use super::failure;
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::shape::{Analysis, Fault};

declare_rule! {
    /// A function or operator gets a value of a type that it does not accept.
    ///
    /// ## What it does
    ///
    /// Follows the data to each expression, and reports arguments of intrinsic functions and JSONata functions, operands,
    /// conditions, and computed settings such as `SecondsPath` whose type or value is never a valid one.
    ///
    /// ## Why is this bad?
    ///
    /// The state fails with `States.Runtime`, or with `States.QueryEvaluationError` in JSONata.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {
    ///   "StartAt": "A",
    ///   "States": {
    ///     "A": {"Type": "Pass", "Result": {"n": "1"}, "Next": "B"},
    ///     "B": {"Type": "Pass", "Parameters": {"n.$": "States.MathAdd($.n, 1)"}, "End": true}
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
    ///     "A": {"Type": "Pass", "Result": {"n": 1}, "Next": "B"},
    ///     "B": {"Type": "Pass", "Parameters": {"n.$": "States.MathAdd($.n, 1)"}, "End": true}
    ///   }
    /// }
    /// ```
    pub static RULE = {
        name: "invalid-argument-shape",
        family: Data,
        severity: Error,
        check: Check::Data(check),
    }
}

fn check(cx: &Context<'_, '_>, analysis: &Analysis<'_, '_>, findings: &mut Findings<'_>) {
    for observation in analysis.observations.failing() {
        let Some((_, fault)) = observation.faults.first() else {
            continue;
        };
        let message = match fault {
            Fault::InvalidArgument {
                function,
                index,
                expected,
                found,
            } => format!(
                "argument {} of `{function}` must be {expected}, not {}",
                index + 1,
                found.types()
            ),
            Fault::InvalidOperands {
                operator: operator @ ("+" | "-" | "*" | "/" | "%" | ".."),
                left,
                right,
            } => format!(
                "the operands of `{operator}` must be numbers, not {} and {}",
                left.types(),
                right.types()
            ),
            Fault::UnexpectedType { expected, found } if !failure::is_about_items(observation) => {
                format!("the value must be {expected}, not {}", found.types())
            }
            Fault::UnexpectedValue {
                argument,
                expected,
                found,
            } => {
                let found = found.value_or_types();
                match argument {
                    Some((function, index)) => {
                        format!("argument {} of `{function}` must be {expected}, not {found}", index + 1)
                    }
                    None => format!("the value must be {expected}, not {found}"),
                }
            }
            _ => continue,
        };
        let finding = Finding::new(failure::span(observation), message);
        findings.add(finding.severity(failure::severity(cx, observation)));
    }
}

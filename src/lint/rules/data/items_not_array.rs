//! `items-not-array`

use super::failure;
use crate::diagnostic::Severity;
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::shape::{Analysis, Fault, Subject};
use crate::value::Value;

declare_rule! {
    /// The items of a Map are not an array.
    ///
    /// ## What it does
    ///
    /// Follows the data to each Map, and reports `Items`, `ItemsPath`, or an input that is never an array.
    ///
    /// ## Why is this bad?
    ///
    /// The Map fails before its first iteration.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {
    ///   "StartAt": "A",
    ///   "States": {
    ///     "A": {"Type": "Pass", "Result": {"rows": {"count": 1}}, "Next": "M"},
    ///     "M": {"Type": "Map", "ItemsPath": "$.rows", "ItemProcessor": {"StartAt": "P", "States": {"P": {"Type": "Pass", "End": true}}}, "End": true}
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
    ///     "A": {"Type": "Pass", "Result": {"rows": [1]}, "Next": "M"},
    ///     "M": {"Type": "Map", "ItemsPath": "$.rows", "ItemProcessor": {"StartAt": "P", "States": {"P": {"Type": "Pass", "End": true}}}, "End": true}
    ///   }
    /// }
    /// ```
    pub static RULE = {
        name: "items-not-array",
        family: Data,
        severity: Error,
        check: Check::Data(check),
    }
}

fn check(cx: &Context<'_, '_>, analysis: &Analysis<'_, '_>, findings: &mut Findings<'_>) {
    for observation in analysis.observations.failing() {
        let Some((_, Fault::UnexpectedType { found, .. })) = observation.faults.first() else {
            continue;
        };
        if !failure::is_about_items(observation) || !observation.is_certain() {
            continue;
        }
        let subject = match observation.subject {
            Subject::State(_) => "the input of the Map",
            _ => "the value for the items",
        };
        let message = format!("{subject} is {}, not an array", found.types());
        let mut finding = Finding::new(failure::span(observation), message);
        if let Subject::State(_) = observation.subject {
            finding = finding.help("select an array with `ItemsPath` or `Items`");
        }
        // An ARN is a placeholder that a test or a template replaces with the items.
        let is_arn = |value: &Value| value.as_str().is_some_and(|text| text.starts_with("arn:"));
        let severity = if found.constants().is_some_and(|values| values.iter().all(is_arn)) {
            Severity::Warning
        } else {
            failure::severity(cx, observation)
        };
        findings.add(finding.severity(severity));
    }
}

//! `shadowed-variable`

use crate::asl::variable::assigned_in;
use super::reaching_assignments::ReachingAssignments;
use crate::asl::Machine;
use crate::lint::aws::{AwsCode, AwsMessage};
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// An inner scope assigns a variable that already has a value outside.
    ///
    /// ## What it does
    ///
    /// Compares the variables that are assigned inside a Parallel or Map state with those that may have been assigned
    /// before it. A variable that is only assigned afterwards, such as in its own `Assign` or catchers, can have the
    /// same name. AWS applies the rule to Distributed Maps too, although their states cannot read outer variables.
    ///
    /// ## Why is this bad?
    ///
    /// Deployment fails: an inner scope cannot change a variable of an outer scope.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "Assign": {"total": 0}, "Next": "M"}, "M": {"Type": "Map", "ItemProcessor": {"StartAt": "B", "States": {"B": {"Type": "Pass", "Assign": {"total": 1}, "End": true}}}, "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "Assign": {"total": 0}, "Next": "M"}, "M": {"Type": "Map", "ItemProcessor": {"StartAt": "B", "States": {"B": {"Type": "Pass", "Parameters": {"total.$": "States.MathAdd($total, 1)"}, "End": true}}}, "End": true}}}
    /// ```
    pub static RULE = {
        name: "shadowed-variable",
        family: Variables,
        severity: Error,
        aws: AwsCode::DuplicateVariableName,
        check: Check::Machine(check),
    }
}

fn check(cx: &Context<'_, '_>, findings: &mut Findings<'_>) {
    let mut reach = None;
    for (i, scope) in cx
        .scopes
        .iter()
        .enumerate()
        .filter(|(_, s)| !s.machine.is_outermost())
    {
        for variable in assigned_in(scope.machine) {
            let reach = reach.get_or_insert_with(|| ReachingAssignments::new(cx));
            let name = variable.name;
            if !reach.is_set_outside(i, name) {
                continue;
            }
            let finding = Finding::new(
                variable.span,
                format!("`${name}` is already assigned in an outer scope"),
            )
            .help("rename one of the variables, and return values of an inner scope in its output")
            .aws(AwsMessage::ShadowedVariable(name));
            let around = cx
                .scopes
                .iter()
                .map(|s| s.machine)
                .filter(|m| surrounds(m, scope.machine));
            let first = around.flat_map(assigned_in).find(|other| other.name == name);
            findings.add(match first {
                Some(first) => finding.related(first.span, "assigned here"),
                None => finding,
            });
        }
    }
}

fn surrounds(outer: &Machine<'_>, inner: &Machine<'_>) -> bool {
    let below = inner.pointer.strip_prefix(&*outer.pointer);
    below.is_some_and(|rest| rest.starts_with('/'))
}

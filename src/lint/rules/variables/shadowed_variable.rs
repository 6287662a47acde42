//! `shadowed-variable`

use super::assignment::assigned_in;
use super::reach::Reach;
use crate::asl::Machine;
use crate::lint::aws::{self, AwsCode};
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// A branch or an item processor sets a variable that already has a value around it.
    ///
    /// ## What it does
    ///
    /// Compares the variables that are set inside a Parallel or an inline Map with those that may be set on a way to it. One that
    /// is set only afterwards, by its own `Assign` or catchers say, may have the same name; so may any in a Distributed Map,
    /// which sees no variables of the outside.
    ///
    /// ## Why is this bad?
    ///
    /// AWS refuses the definition: inner scopes read the variables of outer ones, and cannot change them.
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
        aws: AwsCode::Refused("DUPLICATE_VARIABLE_NAME"),
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
            let reach = reach.get_or_insert_with(|| Reach::of(cx));
            let name = variable.name;
            if !reach.is_set_outside(i, name) {
                continue;
            }
            let finding = Finding::new(
                variable.span,
                format!("`${name}` already has a value around this scope"),
            )
            .help("give one of the two another name; an inner scope hands values out by its output")
            .aws(aws::shadowed_variable(name));
            let around = cx
                .scopes
                .iter()
                .map(|s| s.machine)
                .filter(|m| surrounds(m, scope.machine));
            let first = around.flat_map(assigned_in).find(|other| other.name == name);
            findings.add(match first {
                Some(first) => finding.related(first.span, "set here"),
                None => finding,
            });
        }
    }
}

fn surrounds(outer: &Machine<'_>, inner: &Machine<'_>) -> bool {
    let below = inner.pointer.strip_prefix(outer.pointer.as_str());
    below.is_some_and(|rest| rest.starts_with('/'))
}

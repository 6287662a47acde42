//! `shadowed-variable`

use super::{Assignment, assigned_in};
use crate::asl::{Kind, Machine};
use crate::lint::rule::declare_rule;
use crate::lint::{AwsCode, Check};
use crate::lint::{Context, Finding, Findings};
use std::collections::HashMap;

declare_rule! {
    /// A branch or an item processor sets a variable that a scope around it sets, too.
    ///
    /// ## What it does
    ///
    /// Compares the variables that are set inside a Parallel or an inline Map with those that are set around it. A Distributed
    /// Map sees no variables of the outside, and begins anew.
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
    pub static SHADOWED_VARIABLE = {
        name: "shadowed-variable",
        family: Variables,
        severity: Error,
        aws: AwsCode::Refused("DUPLICATE_VARIABLE_NAME"),
        check: Check::Machine(check),
    }
}

fn check(cx: &Context<'_, '_>, findings: &mut Findings<'_>) {
    walk(cx.machine, &HashMap::new(), findings);
}

fn walk<'d>(machine: &Machine<'d>, outer: &HashMap<&'d str, Assignment<'d>>, findings: &mut Findings<'_>) {
    let mut seen = outer.clone();
    for variable in assigned_in(machine) {
        match outer.get(variable.name) {
            Some(first) => {
                let name = variable.name;
                findings.add(
                    Finding::new(
                        variable.span,
                        format!("`${name}` is set in a scope around this one, too"),
                    )
                    .related(first.span, "set here")
                    .help("give one of the two another name; an inner scope hands values out by its output")
                    .aws(format!(
                        "The variable name '{name}' was already defined in a parent scope."
                    )),
                );
            }
            None => {
                seen.entry(variable.name).or_insert(variable);
            }
        }
    }
    for state in &machine.states {
        let begins_anew = matches!(&state.kind, Kind::Map(map) if map.is_distributed);
        let nothing = HashMap::new();
        let outer = if begins_anew { &nothing } else { &seen };
        state
            .machines()
            .iter()
            .for_each(|inner| walk(inner, outer, findings));
    }
}

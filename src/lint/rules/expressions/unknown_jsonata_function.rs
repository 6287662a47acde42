//! `unknown-jsonata-function`

use super::accessors::{place, references};
use crate::asl::{Expression, State};
use crate::diagnostic::{Fix, Severity};
use crate::expr::jsonata::{ReferenceKind, builtins};
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::asl::variable::assigned_in;
use crate::prose::{closest, similar_name};

declare_rule! {
    /// A JSONata expression calls an undefined function.
    ///
    /// ## What it does
    ///
    /// Reports calls `$name(…)` of functions that are neither built into JSONata, nor among the six that Step Functions
    /// adds, nor defined in the expression itself. Step Functions does not support `$eval`. Workflow variables contain
    /// data, which cannot be called.
    ///
    /// ## Why is this bad?
    ///
    /// AWS accepts the definition, but the state fails with `States.QueryEvaluationError` when it evaluates the call. A
    /// call of `$eval` is an error, any other a warning, since a later version of Step Functions may have the function.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "QueryLanguage": "JSONata", "States": {"A": {"Type": "Pass", "Output": "{% $upperCase($states.input.name) %}", "End": true}}}
    /// ```
    ///
    /// ```json
    /// {"StartAt": "A", "QueryLanguage": "JSONata", "States": {"A": {"Type": "Pass", "Output": "{% $eval($states.input.formula) %}", "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "QueryLanguage": "JSONata", "States": {"A": {"Type": "Pass", "Output": "{% ($shout := function($s){ $uppercase($s) & '!' }; $shout($states.input.name)) %}", "End": true}}}
    /// ```
    pub static RULE = {
        name: "unknown-jsonata-function",
        family: Expressions,
        severity: Warning,
        fix: Either,
        check: Check::Jsonata(check),
    }
}

fn check(cx: &Context<'_, '_>, _state: &State<'_>, e: &Expression<'_>, findings: &mut Findings<'_>) {
    for reference in references(e) {
        let ReferenceKind::Variable(name) = &reference.kind else {
            continue;
        };
        if !reference.called || reference.bound || builtins::find(name).is_some() {
            continue;
        }
        let span = place(cx, e, reference.range.clone());
        let finding = Finding::new(span, format!("unknown function `${name}`"));
        let finding = if name == "eval" {
            finding
                .severity(Severity::Error)
                .label("not supported by Step Functions")
                .help("use `$parse` to parse JSON; Step Functions cannot evaluate a string as an expression")
        } else if is_variable(cx, name) {
            finding.help("a variable of this name exists, but variables contain data, which cannot be called")
        } else if let Some(close) = closest_function(name) {
            finding
                .help(similar_name("function", format_args!("${close}")))
                .fix(Fix::spelling(span, &format!("${name}"), &format!("${close}")))
        } else {
            finding
                .help("define it in the expression, `($f := function($x){ … }; $f(1))`, or call a built-in function")
        };
        findings.add(finding);
    }
}

fn is_variable(cx: &Context<'_, '_>, name: &str) -> bool {
    let mut assigned = cx.scopes.iter().flat_map(|s| assigned_in(s.machine));
    assigned.any(|variable| variable.name == name)
}

fn closest_function(name: &str) -> Option<&'static str> {
    closest(name, builtins::BUILTINS.iter().map(|b| b.name))
}

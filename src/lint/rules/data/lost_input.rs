//! `lost-input`

use super::reads::for_each_read;
use crate::asl::{Kind, State};
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::prose;
use crate::shape::Analysis;
use crate::spec::QueryLanguage;

declare_rule! {
    /// A result replaces a payload whose fields are read later.
    ///
    /// ## What it does
    ///
    /// Reports a JSONPath Task, Parallel, or Map without `ResultPath` that reads a field of its input, if a later state reads
    /// the same field, and nothing is known about the result.
    ///
    /// ## Why is this bad?
    ///
    /// The later state fails unless the result happens to contain the field.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {
    ///   "StartAt": "A",
    ///   "States": {
    ///     "A": {"Type": "Task", "Resource": "arn:aws:lambda:eu-west-1:111122223333:function:a", "Parameters": {"id.$": "$.id"}, "Next": "B"},
    ///     "B": {"Type": "Pass", "Parameters": {"id.$": "$.id"}, "End": true}
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
    ///     "A": {"Type": "Task", "Resource": "arn:aws:lambda:eu-west-1:111122223333:function:a", "Parameters": {"id.$": "$.id"}, "ResultPath": "$.a", "Next": "B"},
    ///     "B": {"Type": "Pass", "Parameters": {"id.$": "$.id"}, "End": true}
    ///   }
    /// }
    /// ```
    pub static RULE = {
        name: "lost-input",
        family: Data,
        severity: Info,
        check: Check::Data(check),
    }
}

fn check<'d>(cx: &Context<'_, 'd>, analysis: &Analysis<'_, 'd>, findings: &mut Findings<'_>) {
    for scope in &cx.scopes {
        let states = &scope.machine.states;
        let mut fields: Vec<Option<Vec<&str>>> = vec![None; states.len()];
        for later in states {
            let scenarios = analysis.scenarios(scope.machine, later);
            let Some(replaced_by) = scenarios.first().and_then(|scenario| scenario.origin.replaced_by) else {
                continue;
            };
            let is_same = scenarios.iter().all(|scenario| {
                scenario.origin.replaced_by == Some(replaced_by) && scenario.payload.is_any()
            });
            let Some(state) = states.get(replaced_by).filter(|state| is_same && replaces(state)) else {
                continue;
            };
            let before = fields[replaced_by].get_or_insert_with(|| first_fields(state));
            let after = first_fields(later);
            let lost: Vec<&str> = before.iter().copied().filter(|name| after.contains(name)).collect();
            if lost.is_empty() {
                continue;
            }
            let name = state.name.as_str();
            let message = format!(
                "the result of `{name}` replaces the payload, but {} of the payload is read later",
                prose::and_list(&lost)
            );
            let finding = Finding::new(state.name_span, message)
                .related(later.name_span, "read here")
                .help("keep the payload with a `ResultPath`");
            findings.add(finding);
        }
    }
}

/// Whether the result of a state replaces its input.
fn replaces(state: &State<'_>) -> bool {
    let has_result = matches!(state.kind, Kind::Task(_) | Kind::Parallel(_) | Kind::Map(_));
    let data = &state.data;
    has_result
        && state.language == QueryLanguage::JsonPath
        && !data.result_path.is_given()
        && !data.output_path.is_given()
        && data.result_selector.is_none()
}

/// The fields at the top of the input that a state reads.
fn first_fields<'a>(state: &'a State<'_>) -> Vec<&'a str> {
    let mut names = Vec::new();
    for_each_read(state, &mut |_, read| {
        if read.variable.is_none()
            && let Some((name, _)) = read.fields.next()
            && !names.contains(&name)
        {
            names.push(name);
        }
    });
    names
}

//! `missing-parameter`

use super::api::{self, Api};
use super::arguments::{self, Arguments, Object};
use super::missing_http_connection::HOLDERS;
use crate::aws::resource::Resource;
use crate::aws::sdk::Lookup;
use crate::diagnostic::Severity;
use crate::lint::aws::{AwsCode, AwsMessage};
use crate::lint::context::{Context, TaskState};
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::prose;
use crate::spec::QueryLanguage;

declare_rule! {
    /// A required parameter of the called action is missing.
    ///
    /// ## What it does
    ///
    /// Reports Tasks whose `Parameters` or `Arguments` lack a parameter that the action requires, neither as `Name` nor
    /// as `Name.$`. Without the whole field, the state's input is passed unchanged and may contain the parameters, so
    /// the finding is a warning, except that AWS SDK integrations in JSONata states require `Arguments`. If a single
    /// expression computes all parameters, nothing is reported.
    ///
    /// ## Why is this bad?
    ///
    /// The task fails in every execution: either Step Functions rejects the arguments, or the service returns an error.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"Payload.$": "$"}, "End": true}}}
    /// ```
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName.$": "$.function", "Payload.$": "$"}, "End": true}}}
    /// ```
    ///
    /// ```json
    /// {"QueryLanguage": "JSONata", "StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Arguments": "{% $states.input.call %}", "End": true}}}
    /// ```
    pub static RULE = {
        name: "missing-parameter",
        family: Task,
        severity: Error,
        aws: AwsCode::SchemaValidationFailed,
        check: Check::Task(check),
    }
}

fn check(_cx: &Context<'_, '_>, task: &TaskState<'_, '_>, findings: &mut Findings<'_>) {
    let Some(call) = task.resource.call() else {
        return;
    };
    let action = call.action.text;
    let passed = arguments::from_state(task.state);
    if matches!(task.resource, Resource::Sdk { .. })
        && task.state.language == QueryLanguage::Jsonata
        && matches!(passed, Arguments::Input)
    {
        findings.add(missing_arguments(task, action));
        return;
    }
    let Some(api) = api::called_by(&task.resource) else {
        return;
    };
    match passed {
        Arguments::Unknown => {}
        Arguments::Object(passed) => {
            for names in missing(api, &passed) {
                let finding = Finding::new(
                    arguments::place(task.state),
                    format!("missing parameter {} of `{action}`", prose::or_list(&names)),
                );
                let finding = arguments::depends_on_arguments(finding, task.state);
                findings.add(match *names.as_slice() {
                    [name] => finding
                        .help(match task.state.language {
                            QueryLanguage::JsonPath => format!("add `{name}`, or `{name}.$` with a path"),
                            QueryLanguage::Jsonata => format!("add `{name}`"),
                        })
                        .aws_at(AwsMessage::MissingParameter(name), passed.node.span),
                    _ => finding.help("add one of them").aws_silent(),
                });
            }
        }
        Arguments::Input => {
            let required = api.required();
            let Some(resource) = task.task.resource.filter(|_| !required.is_empty()) else {
                return;
            };
            let names: Vec<_> = required.iter().map(prose::or_list).collect();
            let finding = Finding::new(
                resource.span,
                format!(
                    "`{action}` requires {}, and the task passes its input unchanged",
                    prose::list(&names)
                ),
            )
            .severity(Severity::Warning)
            .help("specify the parameters in `Parameters` (JSONPath) or `Arguments` (JSONata)")
            .aws_silent();
            findings.add(arguments::depends_on_arguments(finding, task.state));
        }
    }
}

/// AWS rejects an SDK integration in a JSONata state without `Arguments`, even if the action has no parameters.
fn missing_arguments(task: &TaskState<'_, '_>, action: &str) -> Finding<'static> {
    let required = api::called_by(&task.resource).map_or_else(Vec::new, Api::required);
    let names: Vec<_> = required.iter().map(prose::or_list).collect();
    let help = if names.is_empty() {
        "add `\"Arguments\": {}`".to_owned()
    } else {
        format!("add `Arguments` with {}", names.join(", "))
    };
    let finding = Finding::new(
        task.task.resource.map_or(task.state.name_span, |node| node.span),
        format!("missing `Arguments` of `{action}`"),
    )
    .help(help)
    .aws_at(AwsMessage::MissingParameter("Arguments"), task.state.node.span);
    arguments::depends_on_arguments(finding, task.state)
}

/// The requirements that are not met. A misspelled name meets one, since another rule reports the spelling.
fn missing(api: Api, passed: &Object<'_>) -> Vec<Vec<&'static str>> {
    let misspelt: Vec<&str> = passed
        .parameters
        .iter()
        .filter_map(|p| match api.find(p.name) {
            Lookup::Found(_) => None,
            Lookup::OtherCase(meant) => Some(meant),
            Lookup::Missing { suggestion } => suggestion,
        })
        .collect();
    let mut required = api.required();
    required.retain(|names| {
        // `missing-http-connection` reports these.
        let is_connection = names.iter().all(|name| HOLDERS.contains(name));
        !is_connection
            && !names
                .iter()
                .any(|name| passed.may_have(name) || misspelt.contains(name))
    });
    required
}

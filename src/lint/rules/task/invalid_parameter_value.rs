//! `invalid-parameter-value`

use super::arguments::{self, Arguments, Object};
use crate::aws::integration::{Integration, http};
use crate::aws::resource::Resource;
use crate::lint::aws::AwsCode;
use crate::lint::context::{Context, TaskState};
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::prose::{self, closest, similar_name};
use crate::spec::QueryLanguage;

declare_rule! {
    /// A parameter has a value that the integration does not accept.
    ///
    /// ## What it does
    ///
    /// Checks parameters of optimized integrations that accept only certain strings (`Method`, `AuthType`,
    /// `InvocationType`, and others), `Headers` and `QueryParameters` of `apigateway:invoke`, whose values must be
    /// lists, and `Payload` of `lambda:invoke`, which must not be a literal number or boolean in JSONata states.
    ///
    /// ## Why is this bad?
    ///
    /// The task fails with `States.Runtime` in every execution, before the service is called. That error cannot be caught. AWS
    /// rejects a definition with such a `Payload`.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::apigateway:invoke", "Parameters": {"ApiEndpoint": "x.execute-api.eu-west-1.amazonaws.com", "Method": "get"}, "End": true}}}
    /// ```
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::apigateway:invoke", "Parameters": {"ApiEndpoint": "x.execute-api.eu-west-1.amazonaws.com", "Method": "GET", "Headers": {"Accept": "text/plain"}}, "End": true}}}
    /// ```
    ///
    /// ```json
    /// {"QueryLanguage": "JSONata", "StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Arguments": {"FunctionName": "F", "Payload": 1}, "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::apigateway:invoke", "Parameters": {"ApiEndpoint": "x.execute-api.eu-west-1.amazonaws.com", "Method": "GET", "Headers": {"Accept": ["text/plain"]}}, "End": true}}}
    /// ```
    pub static RULE = {
        name: "invalid-parameter-value",
        family: Task,
        severity: Error,
        aws: AwsCode::SchemaValidationFailed,
        check: Check::Task(check),
    }
}

/// The service, the path of the parameter, and the allowed values.
const WORDS: [(&str, &[&str], &[&str]); 6] = [
    ("apigateway", &["AuthType"], &http::API_GATEWAY_AUTH_TYPES),
    ("apigateway", &["Method"], &http::API_GATEWAY_METHODS),
    ("http", &["Method"], &http::METHODS),
    (
        "http",
        &["Transform", "RequestBodyEncoding"],
        &http::BODY_ENCODINGS,
    ),
    (
        "http",
        &["Transform", "RequestEncodingOptions", "ArrayFormat"],
        &http::ARRAY_FORMATS,
    ),
    (
        "lambda",
        &["InvocationType"],
        &["RequestResponse", "Event", "DryRun"],
    ),
];

/// Parameters of `apigateway:invoke` that are objects of lists.
const LISTS: [&str; 2] = ["Headers", "QueryParameters"];

fn check(_cx: &Context<'_, '_>, task: &TaskState<'_, '_>, findings: &mut Findings<'_>) {
    let Resource::Optimized { integration, .. } = task.resource else {
        return;
    };
    let Arguments::Object(passed) = arguments::from_state(task.state) else {
        return;
    };
    check_words(integration, &passed, findings);
    if integration.service == "lambda" && task.state.language == QueryLanguage::Jsonata {
        check_payload(&passed, findings);
    }
    if integration.service != "apigateway" {
        return;
    }
    for name in LISTS {
        let object = passed
            .find(name)
            .and_then(arguments::Parameter::literal)
            .and_then(arguments::object);
        for entry in object.iter().flat_map(|o| &o.parameters) {
            if entry.literal().is_some_and(|value| value.as_array().is_none()) {
                findings.add(
                    Finding::new(
                        entry.member.value.span,
                        format!("values in `{name}` must be lists"),
                    )
                    .help("enclose the value in brackets")
                    .aws_silent(),
                );
            }
        }
    }
}

fn check_payload(passed: &Object<'_>, findings: &mut Findings<'_>) {
    let payload = passed.find("Payload").and_then(arguments::Parameter::literal);
    let Some(payload) = payload.filter(|node| node.as_number().is_some() || node.as_bool().is_some()) else {
        return;
    };
    findings.add(
        Finding::new(payload.span, "`Payload` must not be a literal number or boolean")
            .help("compute the value with an expression, such as `{% 1 %}`"),
    );
}

fn check_words(integration: &Integration, passed: &Object<'_>, findings: &mut Findings<'_>) {
    for (_, way, words) in WORDS
        .iter()
        .filter(|(service, ..)| *service == integration.service)
    {
        let Some((last, holders)) = way.split_last() else {
            continue;
        };
        let mut object = arguments::object(passed.node);
        for holder in holders {
            object = object
                .and_then(|o| o.find(holder)?.literal())
                .and_then(arguments::object);
        }
        let Some(parameter) = object.and_then(|o| o.find(last)) else {
            continue;
        };
        let Some(word) = parameter.literal_str().filter(|word| !words.contains(word)) else {
            continue;
        };
        let help = closest(word, words.iter().copied()).map_or_else(
            || format!("allowed values: {}", prose::list(words.iter())),
            |meant| similar_name("value", meant),
        );
        findings.add(
            Finding::new(
                parameter.member.value.span,
                format!("invalid value `{word}` for `{last}`"),
            )
            .help(help)
            .aws_silent(),
        );
    }
}

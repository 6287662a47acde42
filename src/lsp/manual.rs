//! The documentation of functions, resources, errors, and the context object, as Markdown.

use crate::aws::integration::{self, Integration, Requirement};
use crate::aws::resource::{Pattern, Resource, classify};
use crate::aws::sdk;
use crate::expr::intrinsic::{self, Kind};
use crate::expr::jsonata::builtins::{self, Builtin};
use crate::prose;
use crate::spec::error_name::{self, Matched};

/// The developer guide, where the pages of integrations are.
const GUIDE: &str = "https://docs.aws.amazon.com/step-functions/latest/dg";

/// The pages of the services whose page is not named `connect-` and the service in the `Resource`.
const PAGES: [(&str, &str); 9] = [
    ("apigateway", "connect-api-gateway"),
    ("dynamodb", "connect-ddb"),
    ("elasticmapreduce", "connect-emr"),
    ("emr-containers", "connect-emr-eks"),
    ("events", "connect-eventbridge"),
    ("http", "call-https-apis"),
    ("states", "connect-stepfunctions"),
    ("bedrockagentcore", "supported-services-awssdk"),
    ("s3", "state-map-distributed"),
];

/// The address of the page of an optimized integration.
fn page(service: &str) -> String {
    let named = PAGES.iter().find(|(known, _)| *known == service);
    match named {
        Some((_, page)) => format!("{GUIDE}/{page}.html"),
        None => format!("{GUIDE}/connect-{service}.html"),
    }
}

/// What a `Resource` calls.
pub(super) fn resource(arn: &str) -> Option<String> {
    match classify(arn) {
        Resource::Optimized { integration, call } => Some(optimized(integration, call.pattern)),
        Resource::MapData { integration, call } => Some(optimized(integration, call.pattern)),
        Resource::Sdk { call } => sdk_action(call.service.text, call.action.text),
        Resource::LambdaFunction { name, .. } => Some(format!(
            "Invokes the Lambda function `{}`. Its result is the response of the function.\n\n\
             [Lambda in the developer guide]({})",
            name.text,
            page("lambda")
        )),
        Resource::Activity { name } => Some(format!(
            "Activity `{}`: a worker polls for the task and reports its result.",
            name.text
        )),
        _ => None,
    }
}

fn optimized(row: &Integration, pattern: Pattern) -> String {
    let mut text = format!("**{}:{}**, optimized integration\n\n", row.service, row.action);
    text.push_str(match pattern {
        Pattern::RequestResponse => "Calls the service and continues with its response.",
        Pattern::Sync | Pattern::Sync2 => "Starts the work and waits until it is complete.",
        Pattern::WaitForTaskToken => "Calls the service and waits until the task token is returned.",
    });
    let required: Vec<String> = row
        .required
        .iter()
        .map(|requirement| prose::or_list(requirement.names()))
        .collect();
    if !required.is_empty() {
        push_fmt!(text, "\n\nRequired parameters: {}", required.join(", "));
    }
    let is_required = |name: &&&str| {
        row.required
            .iter()
            .any(|r: &Requirement| r.names().contains(*name))
    };
    let optional: Vec<&str> = row
        .parameters
        .iter()
        .filter(|name| !is_required(name))
        .copied()
        .collect();
    if !optional.is_empty() {
        push_fmt!(
            text,
            "\n\nOptional parameters: {}",
            prose::abridged_list(&optional, 20)
        );
    }
    push_fmt!(
        text,
        "\n\n[{} in the developer guide]({})",
        row.service,
        page(row.service)
    );
    text
}

/// What an action of the AWS SDK is.
pub(super) fn sdk_action(service: &str, action: &str) -> Option<String> {
    let service = sdk::service(service)?;
    let action = service.action(action)?;
    let mut text = format!("**{}:{}**, AWS SDK integration", service.name(), action.name);
    if !action.is_supported {
        text.push_str("\n\nStep Functions does not support this action.");
    }
    let required: Vec<&str> = action.required().collect();
    if !required.is_empty() {
        push_fmt!(text, "\n\nRequired parameters: {}", prose::quoted_list(&required));
    }
    let optional: Vec<&str> = action.parameters().skip(required.len()).collect();
    if !optional.is_empty() {
        push_fmt!(
            text,
            "\n\nOptional parameters: {}",
            prose::abridged_list(&optional, 20)
        );
    }
    let errors: Vec<String> = action
        .errors()
        .map(|error| format!("{}.{error}", service.error_prefix()))
        .collect();
    if !errors.is_empty() {
        push_fmt!(text, "\n\nErrors: {}", prose::abridged_list(&errors, 12));
    }
    push_fmt!(
        text,
        "\n\n[AWS SDK integrations in the developer guide]({GUIDE}/supported-services-awssdk.html)"
    );
    Some(text)
}

/// The parameters of the action that a `Resource` calls, required ones first, and whether each is required.
pub(super) fn parameters(arn: &str) -> Vec<(&'static str, bool)> {
    match classify(arn) {
        Resource::Optimized { integration, .. } | Resource::MapData { integration, .. } => {
            let is_required = |name: &str| integration.required.iter().any(|r| r.names().contains(&name));
            let mut all: Vec<_> = integration
                .parameters
                .iter()
                .map(|name| (*name, is_required(name)))
                .collect();
            all.sort_by_key(|(_, is_required)| !is_required);
            all
        }
        Resource::Sdk { call } => {
            let action = sdk::service(call.service.text).and_then(|service| service.action(call.action.text));
            let Some(action) = action else { return Vec::new() };
            let required: Vec<&str> = action.required().collect();
            action
                .parameters()
                .map(|name| (name, required.contains(&name)))
                .collect()
        }
        _ => Vec::new(),
    }
}

/// The names of the errors that the service called by a `Resource` raises.
pub(super) fn errors(arn: &str) -> Vec<String> {
    match classify(arn) {
        Resource::LambdaFunction { .. } => lambda_errors(),
        Resource::Optimized { integration, .. } if integration.service == "lambda" => lambda_errors(),
        Resource::Optimized { integration, .. } => {
            let api = integration
                .api
                .and_then(|(service, action)| sdk::service(service)?.action(action));
            let names: Vec<&str> = api.into_iter().flat_map(|action| action.errors()).collect();
            let prefixes = integration.error_prefixes.iter();
            prefixes
                .flat_map(|prefix| names.iter().map(move |name| format!("{prefix}.{name}")))
                .collect()
        }
        Resource::Sdk { call } => {
            let service = sdk::service(call.service.text);
            let action = service.and_then(|service| service.action(call.action.text));
            let prefix = service.map(|service| service.error_prefix()).unwrap_or_default();
            let names = action.into_iter().flat_map(|action| action.errors());
            names.map(|name| format!("{prefix}.{name}")).collect()
        }
        _ => Vec::new(),
    }
}

fn lambda_errors() -> Vec<String> {
    let declared = sdk::service("lambda").and_then(|service| service.action("invoke"));
    let declared = declared.into_iter().flat_map(|action| action.errors());
    let transient = crate::aws::error::LAMBDA_TRANSIENT
        .iter()
        .map(|name| (*name).to_owned());
    let mut all: Vec<String> = transient.collect();
    all.extend(
        declared
            .map(|name| format!("Lambda.{name}"))
            .filter(|name| !all.contains(name))
            .collect::<Vec<_>>(),
    );
    all
}

/// What a reserved error name means.
pub(super) fn error(name: &str) -> Option<String> {
    let reserved = error_name::find(name)?;
    let about = match name {
        error_name::ALL => "Matches every error except `States.Runtime`.",
        error_name::TASK_FAILED => {
            "Matches every error except `States.Timeout`; as an error, a task that failed without a name of its own."
        }
        error_name::TIMEOUT => "A task or an execution exceeded its timeout, or a task missed a heartbeat.",
        error_name::HEARTBEAT_TIMEOUT => "A task missed a heartbeat.",
        error_name::BRANCH_FAILED => "A branch of a Parallel state failed.",
        error_name::DATA_LIMIT_EXCEEDED => "A payload is larger than the quota.",
        error_name::EXCEED_TOLERATED_FAILURE_THRESHOLD => {
            "More items of a Distributed Map failed than it tolerates."
        }
        error_name::HTTP_SOCKET => "The endpoint of an HTTP Task could not be reached.",
        error_name::INTRINSIC_FAILURE => "An intrinsic function failed on its arguments.",
        error_name::ITEM_READER_FAILED => "A Map state could not read its items.",
        error_name::NO_CHOICE_MATCHED => {
            "No rule of a Choice state matched, according to the specification; AWS reports `States.Runtime`."
        }
        error_name::PARAMETER_PATH_FAILURE => "A path in a payload template selected nothing.",
        error_name::PERMISSIONS => "The execution role lacks a permission.",
        error_name::QUERY_EVALUATION_ERROR => {
            "A JSONata expression failed, returned nothing, or returned a value of the wrong type."
        }
        error_name::REFERENCE_PATH_CONFLICT | error_name::RESULT_PATH_MATCH_FAILURE => {
            "`ResultPath` cannot be applied to the input."
        }
        error_name::RESULT_WRITER_FAILED => "A Map state could not write its results.",
        error_name::RUNTIME => "The interpreter could not continue, for example because of an invalid path.",
        _ => "",
    };
    let matched = match reserved.matched {
        Matched::ByTaskFailed | Matched::PresumablyByTaskFailed => {
            "`States.ALL` and `States.TaskFailed` match it, too."
        }
        Matched::ByAll => "`States.ALL` matches it, too; `States.TaskFailed` does not.",
        Matched::Never => "It cannot be caught or retried.",
        Matched::Wildcard => "It must be the only name, in the last entry.",
    };
    Some(format!("**{name}**\n\n{about}\n\n{matched}"))
}

/// The signature of a function: its label, and the places of its parameters in it.
pub(super) struct Signature {
    pub(super) label: String,
    pub(super) parameters: Vec<String>,
}

/// The signature of a JSONata function, without `$`, or of an intrinsic function.
pub(super) fn signature(name: &str) -> Option<Signature> {
    if let Some(function) = name.strip_prefix('$').and_then(builtins::find) {
        return Some(builtin_signature(function));
    }
    let function = intrinsic::table::find(name)?;
    let mut parameters: Vec<String> = Vec::new();
    for (i, kind) in function.parameters.iter().enumerate() {
        let word = match kind {
            Kind::Any => "value",
            Kind::Text => "string",
            Kind::Integer => "number",
            Kind::Array => "array",
            Kind::Object => "object",
            Kind::Shallow => "false",
        };
        parameters.push(if i >= function.min {
            format!("{word}?")
        } else {
            word.to_owned()
        });
    }
    if function.max.is_none() {
        parameters.push("…".to_owned());
    }
    Some(Signature {
        label: format!("{}({})", function.name, parameters.join(", ")),
        parameters,
    })
}

fn builtin_signature(function: &Builtin) -> Signature {
    let inner = function.signature.trim_matches(['<', '>']);
    let (parameters, result) = split_result(function.signature).unwrap_or((inner, ""));
    let mut words: Vec<String> = Vec::new();
    let mut rest = parameters.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '?' | '-' => {
                if let Some(last) = words.last_mut() {
                    last.push('?');
                }
            }
            '+' => words.push("…".to_owned()),
            '<' => {
                let of: String = rest.by_ref().take_while(|c| *c != '>').collect();
                if let (Some(last), Some(item)) = (words.last_mut(), of.chars().next())
                    && last == "array"
                {
                    *last = format!("{}[]", word(item));
                }
            }
            '(' => {
                let types: String = rest.by_ref().take_while(|c| *c != ')').collect();
                let types: Vec<&str> = types.chars().map(word).collect();
                words.push(types.join(" | "));
            }
            c => words.push(word(c).to_owned()),
        }
    }
    let mut label = format!("${}({})", function.name, words.join(", "));
    if let Some(first) = result.chars().next() {
        push_fmt!(label, ": {}", word(first));
    }
    Signature {
        label,
        parameters: words,
    }
}

/// The parameters and the result of a signature.
fn split_result(signature: &str) -> Option<(&str, &str)> {
    let inner = signature.strip_prefix('<')?.strip_suffix('>')?;
    let mut depth = 0;
    for (at, c) in inner.char_indices() {
        match c {
            '<' | '(' => depth += 1,
            '>' | ')' => depth -= 1,
            ':' if depth == 0 => return Some((&inner[..at], &inner[at + 1..])),
            _ => {}
        }
    }
    Some((inner, ""))
}

const fn word(letter: char) -> &'static str {
    match letter {
        's' => "string",
        'n' => "number",
        'b' => "boolean",
        'a' => "array",
        'o' => "object",
        'f' => "function",
        'l' => "null",
        _ => "value",
    }
}

/// The fields of the context object and of `$states`, with what they are.
pub(super) const CONTEXT: [(&str, &str); 20] = [
    ("Execution", "The execution."),
    ("Execution.Id", "ARN of the execution."),
    ("Execution.Input", "Input of the execution."),
    ("Execution.Name", "Name of the execution."),
    ("Execution.RedriveCount", "How often the execution was redriven."),
    ("Execution.RedriveTime", "Time of the last redrive."),
    ("Execution.RoleArn", "ARN of the execution role."),
    ("Execution.StartTime", "Time at which the execution started."),
    ("Map", "The iteration of a Map state."),
    ("Map.Item", "The item of the iteration."),
    ("Map.Item.Index", "Index of the item, starting at 0."),
    (
        "Map.Item.Key",
        "Key of the item, if the items are the members of an object.",
    ),
    ("Map.Item.Source", "Source of the item in a Distributed Map."),
    ("Map.Item.Value", "The item."),
    ("State", "The state."),
    ("State.EnteredTime", "Time at which the state was entered."),
    ("State.Name", "Name of the state."),
    ("State.RetryCount", "How often the state was retried."),
    ("StateMachine", "The state machine, with `Id` and `Name`."),
    ("Task.Token", "Task token of a task that waits for a callback."),
];

/// The fields of `$states`.
pub(super) const STATES: [(&str, &str); 4] = [
    ("input", "Input of the state."),
    ("result", "Result of the task, the branches, or the iterations."),
    ("errorOutput", "Error and cause of a caught error."),
    ("context", "The context object."),
];

/// The optimized integrations of Task states, as `Resource` values.
pub(super) fn optimized_arns() -> impl Iterator<Item = (String, &'static Integration)> {
    integration::all().iter().flat_map(|row| {
        let arn = move |pattern: &Pattern| {
            (
                format!(
                    "arn:aws:states:::{}:{}{}",
                    row.service,
                    row.action,
                    pattern.suffix()
                ),
                row,
            )
        };
        row.patterns.iter().map(arn)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_signatures() {
        for (name, expected) in [
            ("$substring", "$substring(string?, number, number?): string"),
            ("$sum", "$sum(number[]): number"),
            ("$contains", "$contains(string?, string | function): boolean"),
            ("$zip", "$zip(array, …)"),
            ("$uuid", "$uuid(): string"),
            ("States.Format", "States.Format(string, value?, …)"),
            ("States.UUID", "States.UUID()"),
        ] {
            assert_eq!(signature(name).map(|s| s.label), Some(expected.to_owned()));
        }
    }

    #[test]
    fn every_reserved_error_has_documentation() {
        for reserved in error_name::RESERVED {
            assert!(
                !error(reserved.name).unwrap().contains("\n\n\n"),
                "{}",
                reserved.name
            );
        }
    }
}

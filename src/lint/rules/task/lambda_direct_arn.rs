//! `lambda-direct-arn`

use crate::asl::State;
use crate::aws::resource::Resource;
use crate::diagnostic::{Edit, Fix};
use crate::document::{Member, Node};
use crate::edit::Content;
use crate::lint::context::{Context, TaskState};
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::spec::QueryLanguage;

declare_rule! {
    /// A Task calls a Lambda function by the function's own ARN.
    ///
    /// ## What it does
    ///
    /// Reports the ARN of a function as `Resource`.
    ///
    /// ## Why is this bad?
    ///
    /// AWS recommends `arn:aws:states:::lambda:invoke`. Only with it can the function be chosen at run time, be invoked
    /// asynchronously, or wait for a task token, and the result also contains status and version.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:lambda:eu-west-1:123456789012:function:f", "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "f", "Payload.$": "$"}, "OutputPath": "$.Payload", "End": true}}}
    /// ```
    pub static RULE = {
        name: "lambda-direct-arn",
        family: Task,
        severity: Info,
        fix: Unsafe,
        check: Check::Task(check),
    }
}

fn check(cx: &Context<'_, '_>, task: &TaskState<'_, '_>, findings: &mut Findings<'_>) {
    let Some(node) = task.task.resource else { return };
    if matches!(task.resource, Resource::LambdaFunction { .. }) {
        findings.add(
            Finding::new(node.span, "the function is called by its own ARN")
                .help(
                    "call `arn:aws:states:::lambda:invoke` with `FunctionName` and `Payload`; the function's response is then the \
                     result's `Payload`",
                )
                .fix(invocation(cx, task.state, node)),
        );
    }
}

/// Calls the function through the integration, with the same payload and result. `None` if a field reads the result in a
/// way that depends on its place.
fn invocation(cx: &Context<'_, '_>, state: &State<'_>, resource: &Node) -> Option<Fix> {
    let (node, editor) = (state.node, cx.editor());
    let language = Language::new(state.language);
    let is_unread = node.member("ResultPath").is_some_and(|m| m.value.is_null());
    let reads_result = |field: &&str| node.get(field).is_some() && !is_unread;
    if language.result_fields.iter().any(reads_result) || node.get("Assign").is_some() {
        return None;
    }
    let text = resource.as_text().filter(|text| !text.has_placeholder())?;
    let partition = text.split(':').nth(1)?;
    let integration = format!("arn:{partition}:states:::lambda:invoke");
    let edits = || {
        let mut edits = editor.replace(resource, &Content::text(integration))?;
        match node.member(language.payload_field) {
            Some(payload) => edits.extend(wrapped(payload, text)?),
            None => {
                let arguments = vec![
                    ("FunctionName", Content::text(text.as_str())),
                    (language.payload_key, Content::text(language.input)),
                ];
                let arguments = Content::Object(arguments);
                edits.extend(editor.insert(node, Some("Resource"), language.payload_field, &arguments)?);
            }
        }
        if !is_unread {
            let result = Content::text(language.result);
            edits.extend(editor.insert(node, Some("Resource"), language.output_field, &result)?);
        }
        Ok(edits)
    };
    Some(Fix::guess("call it with `lambda:invoke`", edits()))
}

/// The names of a query language for what a task passes and what it returns.
struct Language {
    payload_field: &'static str,
    payload_key: &'static str,
    input: &'static str,
    output_field: &'static str,
    result: &'static str,
    /// The fields that read the result.
    result_fields: &'static [&'static str],
}

impl Language {
    const fn new(language: QueryLanguage) -> Self {
        match language {
            QueryLanguage::JsonPath => Self {
                payload_field: "Parameters",
                payload_key: "Payload.$",
                input: "$",
                output_field: "OutputPath",
                result: "$.Payload",
                result_fields: &["ResultPath", "ResultSelector", "OutputPath"],
            },
            QueryLanguage::Jsonata => Self {
                payload_field: "Arguments",
                payload_key: "Payload",
                input: "{% $states.input %}",
                output_field: "Output",
                result: "{% $states.result.Payload %}",
                result_fields: &["Output"],
            },
        }
    }
}

/// Makes the value of a field the `Payload` of the call.
fn wrapped(payload: &Member, function: &str) -> Result<Vec<Edit>, &'static str> {
    let span = payload.value.span;
    let is_flow = payload.value.as_object().is_some_and(|members| {
        members
            .first()
            .is_none_or(|first| first.key_span.start > span.start)
    });
    if !is_flow {
        return Err("the current value is a YAML block");
    }
    Ok(vec![
        Edit::insert(span.start, format!("{{\"FunctionName\": \"{function}\", \"Payload\": ")),
        Edit::insert(span.end, "}"),
    ])
}

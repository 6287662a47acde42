//! `lambda-without-retry`

use crate::asl::{Kind, Machine, Retrier, State};
use crate::aws::error::LAMBDA_TRANSIENT;
use crate::aws::resource::{Resource, classify};
use crate::diagnostic::Fix;
use crate::document::{Node, Text};
use crate::edit::Content;
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::prose;
use crate::spec::error_name::{ALL, TASK_FAILED};
use std::sync::LazyLock;

declare_rule! {
    /// A Lambda task does not retry transient errors.
    ///
    /// ## What it does
    ///
    /// Reports Tasks that call a Lambda function if no retrier, of the Task or of an enclosing state, matches one of
    /// `Lambda.ServiceException`, `Lambda.AWSLambdaException`, `Lambda.SdkClientException`, and
    /// `Lambda.TooManyRequestsException`. `States.ALL` and `States.TaskFailed` match all of them.
    ///
    /// ## Why is this bad?
    ///
    /// Lambda occasionally fails with these errors although the function itself works, and without a retrier the execution fails.
    /// The best practices of AWS recommend retrying them.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "f"}, "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "f"}, "Retry": [{"ErrorEquals": ["Lambda.ServiceException", "Lambda.AWSLambdaException", "Lambda.SdkClientException", "Lambda.TooManyRequestsException"]}], "End": true}}}
    /// ```
    pub static RULE = {
        name: "lambda-without-retry",
        family: Task,
        severity: Info,
        advice: true,
        fix: Unsafe,
        check: Check::Machine(check),
    }
}

/// The help for a task without any retrier for these errors.
static HELP: LazyLock<String> =
    LazyLock::new(|| format!("add a retrier for {}", prose::quoted_list(LAMBDA_TRANSIENT)));

fn check(cx: &Context<'_, '_>, findings: &mut Findings<'_>) {
    walk(cx, cx.machine, &mut Vec::new(), findings);
}

/// `around` are the retriers of the enclosing states, which also apply to the errors of a branch or an item.
fn walk<'a, 'd>(cx: &Context<'_, 'd>, machine: &'a Machine<'d>, around: &mut Vec<&'a [Retrier<'d>]>, findings: &mut Findings<'_>) {
    for state in &machine.states {
        around.push(state.retry());
        check_state(cx, state, around, findings);
        for inner in state.machines() {
            walk(cx, inner, around, findings);
        }
        around.pop();
    }
}

fn check_state(cx: &Context<'_, '_>, state: &State<'_>, retriers: &[&[Retrier<'_>]], findings: &mut Findings<'_>) {
    let Kind::Task(task) = &state.kind else { return };
    let Some(resource) = task.resource.and_then(Node::as_str) else {
        return;
    };
    let missing: Vec<_> = LAMBDA_TRANSIENT
        .iter()
        .filter(|error| !retriers.iter().copied().flatten().any(|r| matches(r, error)))
        .collect();
    if missing.is_empty() || !calls_lambda(&classify(resource)) || has_unknown_retry(state, retriers) {
        return;
    }
    let name = state.name.as_str();
    let fix = retried(cx, state, &missing);
    let finding = if missing.len() == LAMBDA_TRANSIENT.len() {
        Finding::new(
            state.name_span,
            format!(
                "Lambda task `{name}` does not retry transient errors"
            ),
        )
        .help(HELP.as_str())
    } else {
        let place = state.node.member("Retry").map_or(state.name_span, |m| m.key_span);
        Finding::new(
            place,
            format!(
                "no retrier of Lambda task `{name}` matches {}",
                prose::quoted_list(missing)
            ),
        )
        .help("add the name to the retrier of the other transient Lambda errors")
    };
    findings.add(finding.fix(fix).unless_tainted(state.node, "Retry"));
}

/// Adds the errors to the retrier that has the others, or a retrier for all of them.
fn retried(cx: &Context<'_, '_>, state: &State<'_>, missing: &[&&str]) -> Fix {
    let editor = cx.editor();
    let names = || missing.iter().map(|name| Content::text(**name)).collect();
    let retrier = || {
        Content::Object(vec![
            ("ErrorEquals", Content::List(names())),
            ("IntervalSeconds", Content::Number("1".into())),
            ("MaxAttempts", Content::Number("3".into())),
            ("BackoffRate", Content::Number("2".into())),
            ("JitterStrategy", Content::text("FULL")),
        ])
    };
    let is_transient = |retrier: &&Retrier<'_>| retrier.names().any(|name| LAMBDA_TRANSIENT.contains(&name));
    let others = state.retry().iter().find(is_transient);
    let edits = match (others.and_then(|r| r.node.get("ErrorEquals")), state.node.get("Retry")) {
        // One edit each: an array that is written over several lines stays so.
        (Some(list), _) => missing.iter().try_fold(Vec::new(), |mut edits, name| {
            edits.extend(editor.push(list, &Content::text(**name))?);
            Ok(edits)
        }),
        (None, Some(list)) => editor.push(list, &retrier()),
        (None, None) => {
            let fields = ["Parameters", "Arguments", "Resource"];
            let last = fields.into_iter().find(|field| state.node.get(field).is_some());
            editor.insert(state.node, last, "Retry", &Content::List(vec![retrier()]))
        }
    };
    Fix::guess("retry them with exponential backoff", edits)
}

fn calls_lambda(resource: &Resource<'_>) -> bool {
    match resource {
        Resource::LambdaFunction { .. } => true,
        Resource::Optimized { integration, .. } => integration.service == "lambda",
        _ => false,
    }
}

fn matches(retrier: &Retrier<'_>, error: &str) -> bool {
    retrier
        .names()
        .any(|name| name == error || name == ALL || name == TASK_FAILED)
}

/// Whether a template hides a retrier, or an error name in one.
fn has_unknown_retry(state: &State<'_>, retriers: &[&[Retrier<'_>]]) -> bool {
    let hides = |node: &Node| node.is_unknown() || node.as_text().is_some_and(Text::has_placeholder);
    let written = state.node.get("Retry");
    let in_own =
        written.is_some_and(|node| hides(node) || node.as_array().unwrap_or_default().iter().any(hides));
    in_own
        || retriers.iter().copied().flatten().any(|r| {
            r.node.get("ErrorEquals").is_none_or(hides) || r.error_equals.iter().any(|name| hides(name))
        })
}

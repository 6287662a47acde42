//! `unmatchable-error`

use super::handler;
use crate::asl::{Kind, State};
use crate::aws::error::{self, Verdict};
use crate::aws::resource::classify;
use crate::diagnostic::{Fix, Severity};
use crate::document::Node;
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::prose;
use std::cell::LazyCell;
use crate::spec::error_name::{ALL, HEARTBEAT_TIMEOUT, TIMEOUT};

declare_rule! {
    /// A retrier or catcher names an error that the state cannot raise.
    ///
    /// ## What it does
    ///
    /// Compares the names in `ErrorEquals` with the errors of the service that the Task calls, and reports patterns
    /// such as `Lambda.*`, since names are compared as a whole. The errors of functions, activities, and callbacks can
    /// have any name and are not checked.
    ///
    /// ## Why is this bad?
    ///
    /// The retrier or catcher never applies. A common mistake: errors of the optimized integration begin with
    /// `DynamoDB.`, those of `aws-sdk:dynamodb` with `DynamoDb.`
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:dynamodb:putItem", "Parameters": {"TableName": "T", "Item.$": "$.item"}, "Retry": [{"ErrorEquals": ["DynamoDB.ProvisionedThroughputExceededException"]}], "End": true}}}
    /// ```
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::sns:publish", "Parameters": {"TopicArn": "T", "Message": "M"}, "Retry": [{"ErrorEquals": ["Lambda.ServiceException"]}], "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:dynamodb:putItem", "Parameters": {"TableName": "T", "Item.$": "$.item"}, "Retry": [{"ErrorEquals": ["DynamoDb.ProvisionedThroughputExceededException"]}], "End": true}}}
    /// ```
    pub static RULE = {
        name: "unmatchable-error",
        family: Errors,
        severity: Warning,
        fix: Either,
        check: Check::State(check),
    }
}

fn check(cx: &Context<'_, '_>, state: &State<'_>, findings: &mut Findings<'_>) {
    let resource = LazyCell::new(|| match &state.kind {
        Kind::Task(task) => task.resource.and_then(Node::as_str).map(classify),
        _ => None,
    });
    for (name, node) in handler::names(state) {

        if name.contains('*') {
            findings.add(
                Finding::new(
                    node.span,
                    format!("`{name}` matches no error: names are compared as a whole"),
                )
                .help("list the names; the only wildcards are `States.ALL` and `States.TaskFailed`"),
            );
            continue;
        }
        if name == HEARTBEAT_TIMEOUT && !catches_timeouts(state) {
            findings.add(
                Finding::new(
                    node.span,
                    "AWS can report a missed heartbeat as `States.Timeout`",
                )
                .severity(Severity::Info)
                .help("add `States.Timeout` next to it"),
            );
        }
        if error::is_of_every_task(name) {
            continue;
        }
        let Some(resource) = &*resource else { continue };
        let service = || resource.call().map_or("this task", |call| call.resource_type);
        match error::can_fail_with(resource, name) {
            Verdict::Possible | Verdict::Uncatchable => {}
            Verdict::Misspelled { suggestion } => {
                let place = node
                    .as_text()
                    .map_or(node.span, |text| cx.place(text, 0..text.len()));
                findings.add(
                    Finding::new(node.span, format!("`{}` does not raise `{name}`", service()))
                        .help(prose::similar_name("error", &suggestion))
                        .fix(Fix::spelling(place, name, &suggestion)),
                );
            }
            Verdict::Impossible { prefixes } => {
                let help = if prefixes.is_empty() {
                    "remove the name".to_owned()
                } else {
                    let own = prefixes.iter().map(|prefix| format!("{prefix}."));
                    format!("its error names start with {}", prose::or_list(own))
                };
                findings.add(
                    Finding::new(node.span, format!("`{}` cannot fail with `{name}`", service())).help(help),
                );
            }
        }
    }
}

fn catches_timeouts(state: &State<'_>) -> bool {
    handler::names(state).any(|(name, _)| [ALL, TIMEOUT].contains(&name))
}

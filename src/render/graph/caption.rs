//! Captions of nodes, edges, and scopes.

use super::condition;
use super::settings::Detail;
use crate::asl::state::{Fail, Map, Task, Wait};
use crate::asl::transition_graph::Cause;
use crate::asl::{Kind, Retrier, Scalar, State};
use crate::aws::resource::{self, Resource};
use crate::diagnostic::Severity;
use crate::document::{Node as Value, NodeKind as ValueKind};
use crate::graph::{Activity, Change, ClusterKind, Edge, EdgeKind, Node, NodeKind};
use crate::prose::{self, duration, truncate};
use crate::render::visible::one_line;
use crate::spec::{StateType, defaults};
use std::borrow::Cow;

/// Maximum length of an edge label, by level of detail.
const LABEL: [usize; 3] = [0, 40, 100];
/// Maximum length of a line below a name, by level of detail.
const LINE: [usize; 3] = [0, 40, 60];
/// Maximum length of a line that combines several facts.
const PACK: usize = 26;
/// Maximum length of a comment.
const COMMENT: usize = 240;

/// The text on a node.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Caption {
    /// The name, safe to print; empty for start and end.
    pub(super) title: String,
    /// The smaller lines below the name.
    pub(super) lines: Vec<String>,
}

/// The caption of a node, including its marks.
pub(super) fn node_caption(node: &Node<'_>, detail: Detail) -> Caption {
    let mut caption = definition_caption(node, detail);
    caption.lines.extend(marks(node));
    caption
}

/// The caption of a node without marks.
fn definition_caption(node: &Node<'_>, detail: Detail) -> Caption {
    let mut caption = Caption {
        title: title(node),
        lines: Vec::new(),
    };
    if detail == Detail::Low {
        return caption;
    }
    let Some(state) = node.state else {
        if node.kind == NodeKind::Missing {
            caption.lines.push("undefined state".into());
        }
        return caption;
    };
    let mut facts = facts(state, detail);
    if detail == Detail::High {
        facts.extend(state.retry().iter().map(retrier));
        let limit = LINE[detail as usize];
        caption.lines.extend(facts.iter().map(|f| truncate(f, limit)));
        let comment = state
            .comment
            .map(|c| truncate(&one_line(c.as_str().trim()), COMMENT));
        caption.lines.extend(comment.filter(|c| !c.is_empty()));
    } else {
        facts.extend(retry(state.retry()));
        let limit = LINE[detail as usize];
        caption
            .lines
            .extend(pack(facts.iter().map(|f| truncate(f, limit))));
    }
    caption
}

/// Combines facts into lines of at most [`PACK`] characters, separated by dots.
fn pack(facts: impl Iterator<Item = String>) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for fact in facts {
        match lines.last_mut() {
            Some(line) if line.chars().count() + fact.chars().count() + 3 <= PACK => {
                line.push_str(" · ");
                line.push_str(&fact);
            }
            _ => lines.push(fact),
        }
    }
    lines
}

/// The name, safe to print. A blank name is quoted so that it is visible.
fn title(node: &Node<'_>) -> String {
    let name = one_line(node.name);
    match node.kind {
        NodeKind::Start | NodeKind::End => String::new(),
        _ if name.trim().is_empty() => format!("\"{name}\""),
        _ => name.into_owned(),
    }
}

/// The marks of a node as text.
fn marks(node: &Node<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    let mark = &node.mark;
    lines.extend(mark.change.map(|change| change.as_str().to_owned()));
    if let Some(activity) = mark.activity.as_ref().filter(|activity| activity.entries > 0) {
        lines.extend(traced(node, activity));
    }
    let count = |severity: Severity| mark.findings.iter().filter(|f| f.severity == severity).count();
    let counts = [
        (count(Severity::Error), "error"),
        (count(Severity::Warning), "warning"),
        (count(Severity::Info), "info"),
    ];
    let counts: Vec<String> = counts
        .into_iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, word)| match word {
            // It has no plural.
            "info" => format!("{n} info"),
            _ => crate::prose::plural(n, word),
        })
        .collect();
    if !counts.is_empty() {
        lines.push(prose::list(&counts));
    }
    lines
}

/// The activity of an execution in a state: visits, retries, duration, and errors.
fn traced(node: &Node<'_>, activity: &Activity<'_>) -> Vec<String> {
    let mut facts = Vec::new();
    if activity.entries > 1 {
        facts.push(format!("×{}", activity.entries));
    }
    if activity.retries > 0 {
        let word = if activity.retries == 1 { "retry" } else { "retries" };
        facts.push(format!("{} {word}", activity.retries));
    }
    if activity.ms > 0 {
        facts.push(duration::rounded(activity.ms));
    }
    let mut lines: Vec<String> = Vec::new();
    if !facts.is_empty() && node.state.is_some() {
        lines.push(facts.join(" · "));
    }
    if let Some(error) = activity.error {
        let name = error.error.as_deref().filter(|name| !name.is_empty());
        lines.push(match (name, activity.is_failure) {
            (Some(name), true) => format!("failed: {}", one_line(name)),
            (None, true) => "failed".to_owned(),
            (Some(name), false) => format!("caught: {}", one_line(name)),
            (None, false) => "error caught".to_owned(),
        });
    }
    lines
}

/// The label of an edge, including its marks; `None` for a plain `Next`.
pub(super) fn edge_label(edge: &Edge<'_>, detail: Detail) -> Option<String> {
    let change = match edge.mark.change {
        Some(Change::Added) => Some("+".to_owned()),
        Some(Change::Removed) => Some("−".to_owned()),
        Some(Change::Changed) | None => None,
    };
    let taken = edge.mark.taken.filter(|&n| n > 1).map(|n| format!("×{n}"));
    let words = [change, transition_label(edge, detail), taken];
    let words: Vec<String> = words.into_iter().flatten().collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// The label of an edge without marks.
fn transition_label(edge: &Edge<'_>, detail: Detail) -> Option<String> {
    let words = match edge.kind {
        _ if detail == Detail::Low => return None,
        EdgeKind::Start | EdgeKind::End | EdgeKind::Exit(Cause::Next) => return None,
        EdgeKind::Exit(Cause::Default) => "default".to_owned(),
        EdgeKind::Exit(Cause::Rule(i)) => match &edge.state?.kind {
            Kind::Choice(choice) => condition::text(&choice.rules.get(i)?.condition),
            _ => return None,
        },
        EdgeKind::Exit(Cause::Catch(i)) => {
            let names: Vec<&str> = edge.state?.catch().get(i)?.names().collect();
            if names.is_empty() {
                return None;
            }
            prose::list(&names)
        }
    };
    let words = one_line(&words).split_whitespace().collect::<Vec<_>>().join(" ");
    Some(truncate(&words, LABEL[detail as usize])).filter(|w| !w.is_empty())
}

/// The label of a cluster that is not the only one of its state: branches of a Parallel, numbered from 0 as in histories.
pub(super) fn cluster_label(kind: ClusterKind) -> Option<String> {
    match kind {
        ClusterKind::Branch(i) => Some(format!("branch {i}")),
        _ => None,
    }
}

fn facts(state: &State<'_>, detail: Detail) -> Vec<String> {
    match &state.kind {
        Kind::Task(task) => task_facts(task, detail),
        Kind::Wait(wait) => wait_facts(wait),
        Kind::Fail(fail) => fail_facts(fail, detail),
        Kind::Map(map) => map_facts(map),
        Kind::Parallel(_) => vec![StateType::Parallel.as_str().to_owned()],
        Kind::Unknown => vec!["unknown type".to_owned()],
        Kind::Pass(_) | Kind::Choice(_) | Kind::Succeed(_) => Vec::new(),
    }
}

fn task_facts(task: &Task<'_>, detail: Detail) -> Vec<String> {
    let mut facts = Vec::new();
    let text = task.resource.and_then(Value::as_str);
    facts.extend(text.map(|t| one_line(&integration(t)).into_owned()));
    if detail == Detail::High {
        let limits = [
            ("timeout", &task.settings.timeout_seconds),
            ("heartbeat", &task.settings.heartbeat_seconds),
        ];
        for (word, limit) in limits {
            facts.extend(
                limit
                    .as_ref()
                    .map(|s| format!("{word} {}", seconds(scalar(s).as_ref()))),
            );
        }
    }
    facts
}

/// A short form of a Task's `Resource`: `lambda:invoke`, `sqs:sendMessage.waitForTaskToken`, `function Charge`.
pub(in crate::render) fn integration(text: &str) -> Cow<'_, str> {
    let classified = resource::classify(text);
    if let Some(call) = classified.call() {
        return format!("{}:{}", call.resource_type, call.resource).into();
    }
    match classified {
        Resource::LambdaFunction { name, .. } => format!("function {}", name.text).into(),
        Resource::Activity { name } => format!("activity {}", name.text).into(),
        _ => text.into(),
    }
}

fn wait_facts(wait: &Wait<Scalar<'_>>) -> Vec<String> {
    let duration = wait.seconds.as_ref().map(|s| seconds(&scalar(s)));
    let until = wait.timestamp.as_ref().map(|t| format!("until {}", scalar(t)));
    duration.into_iter().chain(until).collect()
}

fn fail_facts(fail: &Fail<Scalar<'_>>, detail: Detail) -> Vec<String> {
    let error = fail.error.as_ref().map(|e| scalar(e).into_owned());
    let cause = fail.cause.as_ref().filter(|_| detail == Detail::High);
    error
        .into_iter()
        .chain(cause.map(|c| scalar(c).into_owned()))
        .collect()
}

fn map_facts(map: &Map<'_>) -> Vec<String> {
    let mut facts = vec![
        if map.is_distributed {
            "Distributed Map"
        } else {
            "Map"
        }
        .to_owned(),
    ];
    let items = map.items_path.as_ref().map(|e| Cow::Borrowed(e.text.as_str()));
    let items = items.or_else(|| map.items.as_ref().and_then(|p| value(p.node)));
    facts.extend(items.map(|i| format!("over {}", one_line(&i))));
    let reader = map.item_reader.as_ref().and_then(|r| r.resource?.as_str());
    facts.extend(reader.map(|r| format!("reads {}", one_line(&integration(r)))));
    let at_a_time = map.settings.max_concurrency.as_ref().map(|s| scalar(s));
    facts.extend(at_a_time.filter(|n| n != "0").map(|n| format!("{n} at a time")));
    facts
}

/// `retry 3×`, or `retry 3×, 1×` for several retriers; `None` if none retries.
fn retry(retriers: &[Retrier<'_>]) -> Option<String> {
    let counts: Vec<String> = retriers
        .iter()
        .map(attempts)
        .filter(|n| n != "0")
        .map(|n| format!("{n}×"))
        .collect();
    (!counts.is_empty()).then(|| format!("retry {}", prose::list(&counts)))
}

fn retrier(retrier: &Retrier<'_>) -> String {
    let names: Vec<&str> = retrier.names().collect();
    let on = one_line(&prose::list(&names)).into_owned();
    format!("retry {}× on {on}", attempts(retrier))
}

/// The maximum attempts of a retrier; `?` if they are not known before deployment.
fn attempts(retrier: &Retrier<'_>) -> String {
    max_attempts(retrier).map_or_else(|| "?".to_owned(), |n| n.to_string())
}

/// The maximum attempts of a retrier, or AWS's default; `None` if they are not a literal.
pub(super) fn max_attempts(retrier: &Retrier<'_>) -> Option<i64> {
    retrier
        .max_attempts
        .map_or(Some(defaults::MAX_ATTEMPTS.into()), Value::as_i64)
}

fn seconds(value: &str) -> String {
    format!("{value} s")
}

/// The value of a field, or the expression that computes it.
fn scalar<'a>(scalar: &'a Scalar<'_>) -> Cow<'a, str> {
    value(scalar.node()).unwrap_or(Cow::Borrowed("?"))
}

fn value(node: &Value) -> Option<Cow<'_, str>> {
    Some(match &node.kind {
        ValueKind::String(text) => one_line(condition::inner_of_jsonata(text)),
        ValueKind::Number(number) => Cow::Borrowed(number.as_str()),
        ValueKind::Array(items) => format!("{} items", items.len()).into(),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integrations_are_named_after_their_api() {
        let cases = [
            ("arn:aws:states:::lambda:invoke", "lambda:invoke"),
            (
                "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
                "sqs:sendMessage.waitForTaskToken",
            ),
            (
                "arn:aws:states:::aws-sdk:dynamodb:getItem",
                "aws-sdk:dynamodb:getItem",
            ),
            (
                "arn:aws:lambda:eu-west-1:123456789012:function:Charge:live",
                "function Charge",
            ),
            (
                "arn:aws:states:eu-west-1:123456789012:activity:Pack",
                "activity Pack",
            ),
            ("${ChargeFunctionArn}", "${ChargeFunctionArn}"),
        ];
        for (text, words) in cases {
            assert_eq!(integration(text), words);
        }
    }

    #[test]
    fn truncated_text_ends_with_an_ellipsis() {
        assert_eq!(truncate("abcdef", 6), "abcdef");
        assert_eq!(truncate("abc def", 5), "abc…");
        assert_eq!(truncate("אבגדה", 3), "אב…");
    }
}

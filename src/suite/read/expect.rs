//! `expect` of an execution.

use super::fields;
use crate::document::{Member, Node};
use crate::expr::jsonata;
use crate::history::Status;
use crate::suite::model::Expect;
use crate::suite::spanned::Spanned;
use crate::user_file::{DURATION_HELP, Errors, duration_text};

const KEYS: [&str; 15] = [
    "status",
    "path",
    "visits",
    "never",
    "output",
    "match",
    "assert",
    "calls",
    "error",
    "cause",
    "failed-state",
    "caught-by",
    "duration",
    "transitions",
    "cost",
];

const COUNT_HELP: &str = "use a number, or a number after `<`, `<=`, `=`, `>=`, or `>`";

/// Reads the expectations of an execution.
pub(super) fn read(node: &Node, errors: &mut Errors) -> Expect {
    let mut expect = Expect::default();
    for member in errors.members("an object of expectations", node) {
        expectation(&mut expect, member, errors);
    }
    expect
}

fn expectation(expect: &mut Expect, member: &Member, errors: &mut Errors) {
    let value = &member.value;
    match member.key.as_str() {
        "status" => {
            let statuses = [
                Status::Succeeded,
                Status::Failed,
                Status::TimedOut,
                Status::Aborted,
            ];
            let statuses = statuses.map(|status| (status.as_str(), status));
            expect.status = fields::named("status", value, errors, statuses);
        }
        "path" => {
            let states = fields::texts("a list of states", value, errors);
            expect.path = Some(Spanned::new(states, member.key_span));
        }
        "visits" => {
            for state in errors.members("an object with the number of visits of each state", value) {
                let count = |text: &str| text.parse().ok();
                if let Some(bound) = fields::bound(&state.value, COUNT_HELP, errors, count) {
                    expect.visits.push((fields::name(state), bound));
                }
            }
        }
        "never" => expect.never = fields::texts("a list of states", value, errors),
        "output" => expect.output = Some(fields::expected(value, errors)),
        "match" => expect.matching = Some(fields::expected(value, errors)),
        "assert" => expect.assert = assertions(value, errors),
        "calls" => {
            for state in errors.members("an object with the requests of each state", value) {
                if state.value.as_array().is_none() {
                    errors.expected("a list of requests", &state.value);
                    continue;
                }
                expect
                    .calls
                    .push((fields::name(state), fields::expected(&state.value, errors)));
            }
        }
        "error" => expect.error = fields::pattern(value, errors),
        "cause" => expect.cause = fields::cause(value, errors),
        "failed-state" => expect.failed_state = fields::text(value, errors),
        "caught-by" => expect.caught_by = fields::text(value, errors),
        "duration" => expect.duration = duration(value, errors),
        "transitions" => {
            expect.transitions = fields::bound(value, COUNT_HELP, errors, |text| text.parse().ok());
        }
        "cost" => {
            let amount = |text: &str| text.trim_start_matches('$').parse().ok();
            let help = "use an amount in US dollars, such as `<= 0.0004`";
            expect.cost = fields::bound(value, help, errors, amount);
        }
        _ => errors.unknown_key(member, &KEYS),
    }
}

/// A bound for a duration.
pub(super) fn duration(node: &Node, errors: &mut Errors) -> Option<Spanned<crate::suite::bound::Bound<i64>>> {
    let millis = |text: &str| {
        let seconds = text.parse::<f64>().ok();
        match seconds {
            Some(_) => duration_text(&format!("{text}s")),
            None => duration_text(text),
        }
    };
    fields::bound(node, DURATION_HELP, errors, millis)
}

/// JSONata expressions; the delimiters of Step Functions are optional.
pub(super) fn assertions(node: &Node, errors: &mut Errors) -> Vec<Spanned<String>> {
    let mut texts = fields::texts("a JSONata expression, or a list of them", node, errors);
    for text in &mut texts {
        if let Some((inner, _)) = jsonata::strip(&text.value) {
            text.value = inner.to_owned();
        }
        if let Err(error) = jsonata::Expression::parse(&text.value) {
            errors.add(text.span, format!("invalid expression: {error}"));
        }
    }
    texts
}

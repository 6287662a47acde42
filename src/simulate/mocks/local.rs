//! The MockConfigFile.json of Step Functions Local.
//!
//! Source: developer guide, "Using mocked service integrations for testing".

use super::outcomes::{AfterLast, Mocks, Outcome, OutcomeEnd, Outcomes};
use crate::asl::literal;
use crate::diagnostic::Diagnostic;
use crate::document::{Member, Node};
use crate::expr::payload::Template;
use crate::history::ErrorData;
use crate::prose;
use crate::simulate::world::{Answer, End};
use crate::spec::error_name;
use crate::user_file::{Errors, invalid};
use std::borrow::Cow;
use std::rc::Rc;

/// A `MockConfigFile.json`.
#[derive(Debug)]
pub struct LocalConfig<'d> {
    root: &'d Node,
}

/// Reads a tree as a `MockConfigFile.json`; `None` if it is something else.
pub fn read_local(root: &Node) -> Option<LocalConfig<'_>> {
    root.get("StateMachines").and_then(Node::as_object)?;
    Some(LocalConfig { root })
}

impl<'d> LocalConfig<'d> {
    /// The names of its machines.
    pub fn machines(&self) -> Vec<&'d str> {
        names(self.root.get("StateMachines"))
    }

    /// The names of a machine's test cases.
    pub fn test_cases(&self, machine: &str) -> Vec<&'d str> {
        names(self.machine(machine))
    }

    fn machine(&self, machine: &str) -> Option<&'d Node> {
        self.root.get("StateMachines")?.get(machine)?.get("TestCases")
    }

    /// The states of a test case.
    pub fn states(&self, machine: &str, test_case: &str) -> &'d [Member] {
        let states = self.machine(machine).and_then(|cases| cases.get(test_case));
        states.and_then(Node::as_object).unwrap_or_default()
    }

    /// The mocks of a test case. All errors are reported.
    pub fn mocks(&self, machine: &str, test_case: &str) -> Result<Mocks, Vec<Diagnostic>> {
        let mut mocks = Mocks::default();
        let mut errors = Errors::default();
        for member in self.states(machine, test_case) {
            let Some(name) = member.value.as_str() else {
                errors.expected("the name of a mocked response", &member.value);
                continue;
            };
            let Some(response) = self.response(name) else {
                let help = prose::closest(name, self.responses().map(|m| m.key.as_str()))
                    .map(|close| prose::similar_name("response", close));
                let message = format!("undefined mocked response `{name}`");
                errors.extend([Diagnostic {
                    help: help.map(Cow::from),
                    ..invalid(member.value.span, message)
                }]);
                continue;
            };
            let outcomes = outcomes(response, name, &mut errors);
            mocks.states.insert(member.key.as_str().into(), outcomes);
        }
        errors.into_result(mocks).map_err(|mut errors| {
            // A response that is shared by several states is reported once.
            errors.dedup_by(|a, b| a.span == b.span && a.message == b.message);
            errors
        })
    }

    /// The mocked responses. The documentation spells the key `MockedResponse` in one place.
    fn responses(&self) -> impl Iterator<Item = &'d Member> + use<'d> {
        let members = |key| self.root.get(key).and_then(Node::as_object).unwrap_or_default();
        members("MockedResponses").iter().chain(members("MockedResponse"))
    }

    fn response(&self, name: &str) -> Option<&'d Node> {
        let member = self.responses().find(|m| m.key.as_str() == name)?;
        Some(&member.value)
    }
}

fn names(node: Option<&Node>) -> Vec<&str> {
    let members = node.and_then(Node::as_object).unwrap_or_default();
    members.iter().map(|m| m.key.as_str()).collect()
}

fn outcomes(response: &Node, name: &str, errors: &mut Errors) -> Outcomes {
    let mut ranges = Vec::new();
    let Some(members) = response.as_object() else {
        errors.expected("an object of attempts", response);
        return Outcomes::default();
    };
    for member in members {
        let end = end(&member.value, errors);
        let Some(range) = attempts(member.key.as_str()) else {
            let message = format!("invalid attempt `{}`", member.key.as_str());
            let help = "use a number, starting at 0, or a range such as `1-3`".to_owned();
            errors.add_with_help(member.key_span, message, help);
            continue;
        };
        ranges.push((range, end, member.key_span));
    }
    ranges.sort_by_key(|((first, _), ..)| *first);
    let mut list = Vec::new();
    let mut next = 0;
    for ((first, last), end, span) in ranges {
        if first < next {
            errors.add(span, format!("attempt {first} is defined twice"));
            continue;
        }
        if first > next {
            list.push(Outcome::times(first - next, OutcomeEnd::Throw(undefined(name))));
        }
        list.push(Outcome::times(last - first + 1, end));
        next = last + 1;
    }
    Outcomes {
        list,
        after_last: AfterLast::Fail,
    }
}

/// `2` or `0-3`, inclusive.
fn attempts(key: &str) -> Option<(u32, u32)> {
    let number = |text: &str| text.trim().parse::<u32>().ok().filter(|n| *n < u32::MAX);
    match key.split_once('-') {
        None => number(key).map(|n| (n, n)),
        Some((first, last)) => {
            let (first, last) = (number(first)?, number(last)?);
            (first <= last).then_some((first, last))
        }
    }
}

fn end(node: &Node, errors: &mut Errors) -> OutcomeEnd {
    let Some(members) = node.as_object() else {
        errors.expected("an object with `Return` or `Throw`", node);
        return OutcomeEnd::Timeout;
    };
    let is_known = |m: &&Member| matches!(m.key.as_str(), "Return" | "Throw");
    for unknown in members.iter().filter(|m| !is_known(m)) {
        errors.unknown_key(unknown, &["Return", "Throw"]);
    }
    match (node.get("Return"), node.get("Throw")) {
        (Some(value), None) => OutcomeEnd::Return(Template::Literal(literal::value(value))),
        (None, Some(throw)) => OutcomeEnd::Throw(thrown(throw, errors)),
        _ => {
            errors.add_with_help(
                node.span,
                "an attempt must return a result or throw an error",
                "set either `Return` or `Throw`",
            );
            OutcomeEnd::Timeout
        }
    }
}

fn thrown(node: &Node, errors: &mut Errors) -> ErrorData {
    let Some(members) = node.as_object() else {
        errors.expected("an object with `Error` and `Cause`", node);
        return ErrorData::default();
    };
    let mut data = ErrorData::default();
    for member in members {
        // Values other than strings are passed as JSON text.
        let text = match member.value.as_str() {
            Some(text) => Rc::from(text),
            None => literal::value(&member.value).to_json().into(),
        };
        match member.key.as_str() {
            "Error" => data.error = Some(text),
            "Cause" => data.cause = Some(text),
            _ => errors.unknown_key(member, &["Error", "Cause"]),
        }
    }
    data
}

fn undefined(name: &str) -> ErrorData {
    ErrorData {
        error: Some(error_name::RUNTIME.into()),
        cause: Some(format!("The mocked response {name} does not define this attempt.").into()),
    }
}

impl Outcome {
    fn times(times: u32, end: OutcomeEnd) -> Self {
        Self {
            times: Some(times),
            ..Self::once(end)
        }
    }
}

/// The outcome of an attempt after the last defined one.
pub(super) fn beyond(state: &str, attempt: u32) -> Answer {
    Answer {
        end: End::Throw(ErrorData {
            error: Some(error_name::RUNTIME.into()),
            cause: Some(
                format!("The mocked response of {state} does not define the attempt {attempt}.").into(),
            ),
        }),
        duration: 0,
        submitted: None,
    }
}

#[cfg(test)]
mod tests {
    use super::attempts;

    #[test]
    fn attempts_are_numbers_or_ranges() {
        assert_eq!((attempts("0"), attempts("1-3")), (Some((0, 0)), Some((1, 3))));
        assert_eq!((attempts("3-1"), attempts("x"), attempts("")), (None, None, None));
    }
}

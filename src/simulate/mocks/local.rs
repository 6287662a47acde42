//! The MockConfigFile.json of Step Functions Local.
//!
//! Source: developer guide, "Using mocked service integrations for testing". What Step Functions Local ignores, such as mocks
//! of states that are not tasks, is reported as a warning: published test suites contain it.

use super::names::misnamed;
use super::outcomes::{AfterLast, MockedCompletion, Mocks, Outcome, Outcomes};
use crate::asl::literal;
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::{Member, Node};
use crate::expr::payload::Template;
use crate::history::ErrorData;
use crate::prose;
use crate::simulate::plan::Plan;
use crate::simulate::world::{Completion, TaskOutcome};
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
        objects(self.root.get("StateMachines"))
    }

    /// The names of a machine's test cases.
    pub fn test_cases(&self, machine: &str) -> Vec<&'d str> {
        objects(self.machine(machine))
    }

    fn machine(&self, machine: &str) -> Option<&'d Node> {
        self.root.get("StateMachines")?.get(machine)?.get("TestCases")
    }

    /// The mocks of a test case for the tasks of a machine. All errors are reported, and what is ignored is added to
    /// `warnings`.
    pub fn mocks(
        &self,
        machine: &str,
        test_case: &str,
        plan: &Plan,
        warnings: &mut Vec<Diagnostic>,
    ) -> Result<Mocks, Vec<Diagnostic>> {
        let states = self.machine(machine).and_then(|cases| cases.get(test_case));
        let states = states.and_then(Node::as_object).unwrap_or_default();
        let mut mocks = Mocks::default();
        let mut errors = Errors::default();
        let mut ignored = Errors::default();
        ignored.extend(misnamed(states, &[plan]));
        let is_task = |member: &&Member| {
            let mut named = plan
                .states
                .iter()
                .filter(|step| *step.name == *member.key.as_str());
            named.any(|step| step.task().is_some())
        };
        for member in states.iter().filter(is_task) {
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
            let outcomes = outcomes(response, name, &mut errors, &mut ignored);
            mocks.states.insert(member.key.as_str().into(), outcomes);
        }
        // A response that is shared by several states is reported once.
        let once = |mut found: Vec<Diagnostic>| {
            found.dedup_by(|a, b| a.span == b.span && a.message == b.message);
            found
        };
        let ignored = once(ignored.into_result(()).err().unwrap_or_default());
        warnings.extend(ignored.into_iter().map(|found| Diagnostic {
            severity: Severity::Warning,
            ..found
        }));
        errors.into_result(mocks).map_err(once)
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

/// The names of the members that are objects. Others are comments.
fn objects(node: Option<&Node>) -> Vec<&str> {
    let members = node.and_then(Node::as_object).unwrap_or_default();
    let members = members.iter().filter(|m| m.value.as_object().is_some());
    members.map(|m| m.key.as_str()).collect()
}

fn outcomes(response: &Node, name: &str, errors: &mut Errors, ignored: &mut Errors) -> Outcomes {
    let mut ranges = Vec::new();
    let Some(members) = response.as_object() else {
        errors.expected("an object of attempts", response);
        return Outcomes::default();
    };
    for member in members {
        let key = member.key.as_str();
        let Some(range) = attempts(key) else {
            let message = format!("invalid attempt `{key}`");
            let help = "use a number, starting at 0, or a range such as `1-3`";
            let is_number = key.starts_with(|c: char| c.is_ascii_digit());
            let found = if is_number { &mut *errors } else { &mut *ignored };
            found.add_with_help(member.key_span, message, help);
            continue;
        };
        let completion = completion(&member.value, errors, ignored);
        ranges.push((range, completion, member.key_span));
    }
    ranges.sort_by_key(|((first, _), ..)| *first);
    let mut list = Vec::new();
    let mut next = 0;
    for ((first, last), completion, span) in ranges {
        if first < next {
            errors.add(span, format!("attempt {first} is defined twice"));
            continue;
        }
        if first > next {
            list.push(Outcome::times(
                first - next,
                MockedCompletion::Undefined(undefined(name)),
            ));
        }
        list.push(Outcome::times(last - first + 1, completion));
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

fn completion(node: &Node, errors: &mut Errors, ignored: &mut Errors) -> MockedCompletion {
    let Some(members) = node.as_object() else {
        errors.expected("an object with `Return` or `Throw`", node);
        return MockedCompletion::Timeout;
    };
    let is_known = |m: &&Member| matches!(m.key.as_str(), "Return" | "Throw");
    for unknown in members.iter().filter(|m| !is_known(m)) {
        ignored.unknown_key(unknown, &["Return", "Throw"]);
    }
    match (node.get("Return"), node.get("Throw")) {
        (Some(value), None) => MockedCompletion::Return(Template::Literal(literal::value(value))),
        (None, Some(throw)) => MockedCompletion::Throw(thrown(throw, errors, ignored)),
        _ => {
            errors.add_with_help(
                node.span,
                "an attempt must return a result or throw an error",
                "set either `Return` or `Throw`",
            );
            MockedCompletion::Timeout
        }
    }
}

fn thrown(node: &Node, errors: &mut Errors, ignored: &mut Errors) -> ErrorData {
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
            _ => ignored.unknown_key(member, &["Error", "Cause"]),
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
    fn times(times: u32, completion: MockedCompletion) -> Self {
        Self {
            times: Some(times),
            ..Self::once(completion)
        }
    }
}

/// The outcome of an attempt after the last defined one.
pub(super) fn after_last(state: &str, attempt: u32) -> TaskOutcome {
    TaskOutcome {
        completion: Completion::Throw(ErrorData {
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

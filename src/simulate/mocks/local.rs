//! The MockConfigFile.json of Step Functions Local, as it is.
//!
//! Source: developer guide, "Using mocked service integrations for testing".

use super::{Beyond, Mocks, Outcome, OutcomeEnd, Outcomes};
use crate::asl::{error_name, literal};
use crate::document::Node;
use crate::expr::payload::Template;
use crate::history::ErrorData;
use crate::simulate::world::{Answer, End, Trouble};
use crate::value::Value;
use std::rc::Rc;

/// A `MockConfigFile.json`, read.
#[derive(Debug)]
pub struct LocalConfig<'d> {
    root: &'d Node,
}

/// Reads a tree as a `MockConfigFile.json`; `None` where it is none.
pub fn read_local(root: &Node) -> Option<LocalConfig<'_>> {
    root.get("StateMachines").and_then(Node::as_object)?;
    Some(LocalConfig { root })
}

impl<'d> LocalConfig<'d> {
    /// The names of the machines in it.
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

    /// The mocks of a test case.
    pub fn mocks(&self, machine: &str, test_case: &str) -> Result<Mocks, Trouble> {
        let mut mocks = Mocks::default();
        let states = self.machine(machine).and_then(|cases| cases.get(test_case));
        for member in states.and_then(Node::as_object).unwrap_or_default() {
            let state = member.key.as_str();
            let name = member.value.as_str().unwrap_or_default();
            // The documents once call the key `MockedResponse`.
            let responses = ["MockedResponses", "MockedResponse"];
            let Some(response) = responses.iter().find_map(|key| self.root.get(key)?.get(name)) else {
                return Err(Trouble::new(format!(
                    "The test case `{test_case}` answers `{state}` with `{name}`, which is not among the MockedResponses"
                )));
            };
            mocks.states.insert(state.into(), outcomes(response, name)?);
        }
        Ok(mocks)
    }
}

fn names(node: Option<&Node>) -> Vec<&str> {
    let members = node.and_then(Node::as_object).unwrap_or_default();
    members.iter().map(|m| m.key.as_str()).collect()
}

fn outcomes(response: &Node, name: &str) -> Result<Outcomes, Trouble> {
    let mut ranges = Vec::new();
    for member in response.as_object().unwrap_or_default() {
        let Some(range) = attempts(member.key.as_str()) else {
            return Err(Trouble::new(format!(
                "`{}` of the mocked response `{name}` is no attempt",
                member.key.as_str()
            ))
            .help("a number counted from 0, or a range such as `1-3`"));
        };
        ranges.push((range, end(&member.value)));
    }
    ranges.sort_by_key(|((first, _), _)| *first);
    let mut list = Vec::new();
    let mut next = 0;
    for ((first, last), end) in ranges {
        if first > next {
            list.push(Outcome::times(first - next, OutcomeEnd::Throw(undefined(name))));
        }
        list.push(Outcome::times(last + 1 - first.min(last), end));
        next = last + 1;
    }
    Ok(Outcomes {
        list,
        beyond: Beyond::Fail,
    })
}

/// `2` or `0-3`, both ends included.
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

fn end(node: &Node) -> OutcomeEnd {
    if let Some(throw) = node.get("Throw") {
        let text = |key: &str| throw.get(key).map(|n| Rc::from(text_of(n).as_str()));
        return OutcomeEnd::Throw(ErrorData {
            error: text("Error"),
            cause: text("Cause"),
        });
    }
    OutcomeEnd::Return(Template::Literal(
        node.get("Return").map_or(Value::Null, literal::value),
    ))
}

/// A string's text; of anything else its JSON.
fn text_of(node: &Node) -> String {
    node.as_str()
        .map_or_else(|| literal::value(node).to_json(), str::to_owned)
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
            end,
            duration: 0,
            times: Some(times),
            when: None,
            submitted: None,
        }
    }
}

/// What an attempt beyond the defined ones comes to.
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

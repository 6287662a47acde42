//! Recorded executions, and gaps in recordings.

use super::event::History;
use std::collections::HashSet;
use std::rc::Rc;

/// A recorded execution.
#[derive(Debug, Default)]
pub struct Recorded {
    /// Its ARN, which only logs contain.
    pub execution: Option<Rc<str>>,
    /// Its events, sorted by id.
    pub events: History,
    /// The unknown event types, each once. Their events are omitted.
    pub unknown: Vec<String>,
    /// What the recording does not contain.
    pub gaps: Gaps,
}

/// What a recording does not contain. Logs lack events below the log level, and data unless it is included in them.
#[derive(Debug, Default)]
pub struct Gaps {
    /// The id of the first event that is missing before the last one.
    pub first: Option<u64>,
    /// The number of events that are missing before the last one.
    pub events: u64,
    /// The ids of the events whose input or output is missing or truncated.
    pub data: HashSet<u64>,
}

/// An error in the text of a recording.
#[derive(Debug, PartialEq, Eq)]
pub struct ParseError {
    /// What is wrong.
    pub message: String,
    /// The byte offset of a JSON syntax error.
    pub offset: Option<usize>,
}

impl Gaps {
    /// Whether anything is missing.
    pub fn is_empty(&self) -> bool {
        self.events == 0 && self.data.is_empty()
    }
}

impl Recorded {
    /// The name of the execution, if the recording contains its ARN.
    pub fn name(&self) -> Option<&str> {
        self.execution.as_deref().map(execution_name)
    }

    /// Whether `selector` is the ARN or the name of the execution.
    pub fn is_named(&self, selector: &str) -> bool {
        self.execution.as_deref() == Some(selector) || self.name() == Some(selector)
    }
}

/// The name of the execution with this ARN: the part after the name of the state machine.
pub fn execution_name(arn: &str) -> &str {
    arn.split(':').nth(NAME).unwrap_or(arn)
}

/// The index of the name in `arn:aws:states:REGION:ACCOUNT:express:MACHINE:NAME:UUID` and in
/// `arn:aws:states:REGION:ACCOUNT:execution:MACHINE:NAME`.
const NAME: usize = 7;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn executions_are_selected_by_arn_or_name() {
        for (arn, name) in [
            (
                "arn:aws:states:eu-west-1:111111111111:express:Orders:order-7:0a1b",
                "order-7",
            ),
            (
                "arn:aws:states:eu-west-1:111111111111:execution:Orders:order-8",
                "order-8",
            ),
            ("order-9", "order-9"),
        ] {
            let recorded = Recorded {
                execution: Some(arn.into()),
                ..Recorded::default()
            };
            assert_eq!(recorded.name(), Some(name));
            assert!(recorded.is_named(name) && recorded.is_named(arn) && !recorded.is_named("Orders"));
        }
        assert!(!Recorded::default().is_named(""));
    }
}

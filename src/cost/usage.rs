//! The usage of Step Functions by one execution, independent of its source.

use crate::prose::duration;
use crate::spec::WorkflowType;
use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;

/// What usage is computed from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// The definition and assumptions.
    Definition,
    /// Simulated executions.
    Simulation,
    /// Recorded executions.
    History,
}

impl Source {
    /// The name in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Definition => "definition",
            Self::Simulation => "simulation",
            Self::History => "history",
        }
    }
}

/// The mean usage of one execution, including executions that it starts and that Step Functions bills.
#[derive(Debug, Clone)]
pub struct Usage {
    /// What it is computed from.
    pub source: Source,
    /// The number of executions it is the mean of; `None` for a definition.
    pub samples: Option<u64>,
    /// How many of them have recordings from which events or data are missing; `None` unless they are recorded.
    pub incomplete: Option<u64>,
    /// Transitions of the execution and of its STANDARD children.
    pub transitions: Transitions,
    /// Transitions of its STANDARD children only.
    pub child_transitions: Decimal,
    /// Duration in milliseconds.
    pub duration_ms: Decimal,
    /// Billed duration of an Express execution: the mean of durations that are rounded up to the next 100 ms.
    pub billed_ms: Decimal,
    /// Memory in megabytes.
    pub memory_mb: Decimal,
    /// History events.
    pub events: Decimal,
    /// Its states and those of the children of Distributed Maps, in the order of the text.
    pub states: Vec<StateUsage>,
    /// The executions that it starts.
    pub children: Vec<ChildExecutions>,
    /// The assumptions that were used.
    pub assumed: Vec<Assumption>,
}

/// The prefix of the subjects of assumptions from which the duration is computed.
const DURATION_OF: &str = "duration of";

/// The subject of assumptions from which the memory is computed.
pub(super) const STATE_PAYLOAD: &str = "payload of a state";

impl Usage {
    /// Replaces the duration, in milliseconds.
    pub fn set_duration(&mut self, ms: Decimal, basis: Basis) {
        self.duration_ms = ms;
        self.billed_ms = billed_ms(ms);
        self.assumed.retain(|a| !a.subject.starts_with(DURATION_OF));
        self.assumed.push(Assumption {
            subject: "duration of an execution",
            value: duration::mean(ms),
            basis,
            states: Vec::new(),
        });
    }

    /// Replaces the memory, in megabytes.
    pub fn set_memory(&mut self, mb: Decimal, basis: Basis) {
        self.memory_mb = mb;
        self.assumed
            .retain(|a| a.subject != STATE_PAYLOAD && a.subject != MEMORY);
        self.assumed.push(Assumption {
            subject: MEMORY,
            value: format!("{} MB", mb.normalize()),
            basis,
            states: Vec::new(),
        });
    }
}

/// The subject of the assumption about the memory itself.
const MEMORY: &str = "memory of an Express execution";

/// The formula by which AWS estimates the memory of an Express execution, as an assumption.
pub(super) fn memory_formula() -> Assumption {
    Assumption {
        subject: MEMORY,
        value: "50 MB plus the definition and the payloads of concurrent states".to_owned(),
        basis: Basis::Aws,
        states: Vec::new(),
    }
}

/// Transitions per execution.
#[derive(Debug, Clone)]
pub struct Transitions {
    /// The fewest of an execution that ends; `None` if none can end.
    pub min: Option<u64>,
    /// The mean.
    pub expected: Decimal,
    /// The most; `None` if there is no upper bound.
    pub max: Option<u64>,
    /// The states because of which there is no upper bound: those of loops, and Maps with any number of items.
    pub unbounded: Vec<String>,
}

/// The usage of one state.
#[derive(Debug, Clone)]
pub struct StateUsage {
    /// Its name.
    pub name: String,
    /// Its JSON pointer in the definition.
    pub pointer: String,
    /// The number of entries.
    pub entries: Decimal,
    /// The number of retries.
    pub retries: Decimal,
    /// The number of child executions that a Distributed Map starts.
    pub starts: Decimal,
    /// The number of iterations of an inline Map.
    pub iterations: Decimal,
    /// The time of tasks and waits, including retries and the delays before them, in milliseconds. Zero for states that
    /// contain other states, to which the time belongs.
    pub ms: Decimal,
    /// The execution that it belongs to.
    pub owner: Owner,
}

/// The execution that a state belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// The execution of the state machine.
    Execution,
    /// A child of a Distributed Map.
    Child(WorkflowType),
}

impl StateUsage {
    /// Its transitions: one for each entry, each retry, and each child of a Distributed Map.
    pub fn transitions(&self) -> Decimal {
        self.entries + self.retries + self.starts
    }

    /// The transitions that are billed if the state machine is of type STANDARD.
    pub fn billed_transitions(&self) -> Decimal {
        match self.owner {
            Owner::Child(WorkflowType::Express) => Decimal::ZERO,
            Owner::Execution | Owner::Child(WorkflowType::Standard) => self.transitions(),
        }
    }
}

/// Executions that a state starts and that are billed separately.
#[derive(Debug, Clone)]
pub struct ChildExecutions {
    /// The name of the state.
    pub state: String,
    /// Their workflow type.
    pub workflow: WorkflowType,
    /// The number per execution of the state machine.
    pub count: Decimal,
    /// Transitions of each.
    pub transitions: Decimal,
    /// Billed duration of each, in milliseconds.
    pub billed_ms: Decimal,
    /// Memory of each, in megabytes.
    pub memory_mb: Decimal,
    /// History events of each.
    pub events: Decimal,
    /// Whether their states are part of [`Usage::states`] and their transitions are counted there.
    pub is_listed: bool,
}

/// The source of an assumption.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Basis {
    /// A default of asl.
    Default,
    /// The assumptions file.
    File,
    /// The command line.
    Flag,
    /// The definition.
    Definition,
    /// A formula or rule that AWS has published.
    Aws,
}

impl Basis {
    /// The name in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::File => "file",
            Self::Flag => "flag",
            Self::Definition => "definition",
            Self::Aws => "aws",
        }
    }
}

/// An assumption that an estimate uses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assumption {
    /// The subject: "items of a Map".
    pub subject: &'static str,
    /// The value: "10".
    pub value: String,
    /// The source of the value.
    pub basis: Basis,
    /// The states it applies to; empty if it applies to all.
    pub states: Vec<String>,
}

/// The fixed part of AWS's estimate of the memory of an Express execution, in megabytes.
const BASE_MB: f64 = 50.0;

/// AWS's estimate of the memory of an Express execution, in megabytes, from the sizes of the definition and of the payloads
/// of all concurrent steps, in kilobytes. Source: AWS Step Functions pricing page, example for Express workflows.
pub fn memory_mb(definition_kb: f64, payload_kb: f64) -> f64 {
    BASE_MB + (definition_kb + payload_kb) / 1_000.0
}

/// Milliseconds that Express bills for a duration: rounded up to the next 100, at least 100.
pub fn billed_ms(duration_ms: Decimal) -> Decimal {
    let hundred = Decimal::ONE_HUNDRED;
    ((duration_ms / hundred).ceil() * hundred).max(hundred)
}

/// Megabytes that Express bills for an amount of memory: rounded up to the next 64, at least 64.
pub fn billed_mb(memory_mb: Decimal) -> Decimal {
    let chunk = Decimal::from(64);
    ((memory_mb / chunk).ceil() * chunk).max(chunk)
}

/// An estimate as a decimal, rounded to ten places; `None` if it is not finite or exceeds [`super::money::MAX_QUANTITY`].
pub fn quantity(estimate: f64) -> Option<Decimal> {
    let rounded = Decimal::from_f64(estimate)?.round_dp(10).normalize();
    (rounded.abs() <= super::money::MAX_QUANTITY.into()).then_some(rounded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_billed_duration_up_to_100_ms() {
        let billed = |ms: &str| billed_ms(ms.parse().unwrap()).to_string();
        assert_eq!(
            ["0", "1", "100", "100.001", "101", "11300"].map(billed),
            ["100", "100", "100", "200", "200", "11300"]
        );
    }

    #[test]
    fn rounds_billed_memory_up_to_64_mb() {
        let billed = |mb: &str| billed_mb(mb.parse().unwrap()).to_string();
        assert_eq!(
            ["0", "50", "62.85", "64", "64.1", "65", "128"].map(billed),
            ["64", "64", "64", "64", "128", "128", "128"]
        );
    }

    #[test]
    fn rounds_away_floating_point_noise() {
        assert_eq!(quantity(0.1 + 0.2).unwrap().to_string(), "0.3");
        assert_eq!(quantity(2.000_000_000_000_000_4).unwrap().to_string(), "2");
        assert_eq!(quantity(f64::INFINITY), None);
        assert_eq!(quantity(1e13), None);
    }
}

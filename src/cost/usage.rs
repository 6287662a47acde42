//! What executions use of Step Functions: the one thing that prices are put on, wherever it was learnt.

use crate::prose::duration;
use crate::spec::WorkflowType;
use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;

/// Where usage was learnt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// From the definition alone, by odds.
    Definition,
    /// From simulated executions.
    Simulation,
    /// From recorded executions.
    History,
}

impl Source {
    /// As reports print it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Definition => "definition",
            Self::Simulation => "simulation",
            Self::History => "history",
        }
    }
}

/// What one execution uses, on average. Executions that it starts and that Step Functions bills too are part of it.
#[derive(Debug, Clone)]
pub struct Usage {
    /// Where it was learnt.
    pub source: Source,
    /// The executions it is the mean of; none for a definition.
    pub samples: Option<u64>,
    /// Transitions of the execution and of its children of type STANDARD.
    pub transitions: Transitions,
    /// Transitions of its children of type STANDARD alone.
    pub child_transitions: Decimal,
    /// How long the execution takes, in milliseconds.
    pub duration_ms: Decimal,
    /// How long it takes as Express bills it: each execution rounded up to the next 100 ms, on average.
    pub billed_ms: Decimal,
    /// How much memory it takes, in megabytes.
    pub memory_mb: Decimal,
    /// Events in its history.
    pub events: Decimal,
    /// Its states and those of a Distributed Map's children, in the order of the text.
    pub states: Vec<StateUsage>,
    /// The executions it starts.
    pub children: Vec<Children>,
    /// What was assumed on the way.
    pub assumed: Vec<Assumed>,
}

/// What the length of an execution rests on, where nobody gives it.
const OF_DURATION: &str = "length of";

/// What its memory rests on.
pub(super) const OF_MEMORY: &str = "data of a step";

impl Usage {
    /// Takes a duration, in milliseconds, on someone's word.
    pub fn set_duration(&mut self, ms: Decimal, basis: Basis) {
        self.duration_ms = ms;
        self.billed_ms = billed_ms(ms);
        self.assumed.retain(|a| !a.what.starts_with(OF_DURATION));
        self.assumed.push(Assumed {
            what: "length of an execution",
            value: duration::mean(ms),
            basis,
            states: Vec::new(),
        });
    }

    /// Takes an amount of memory, in megabytes, on someone's word.
    pub fn set_memory(&mut self, mb: Decimal, basis: Basis) {
        self.memory_mb = mb;
        self.assumed.retain(|a| a.what != OF_MEMORY && a.what != MEMORY);
        self.assumed.push(Assumed {
            what: MEMORY,
            value: format!("{} MB", mb.normalize()),
            basis,
            states: Vec::new(),
        });
    }
}

/// What is said of the memory itself.
pub(super) const MEMORY: &str = "memory of an Express execution";

/// Transitions per execution.
#[derive(Debug, Clone)]
pub struct Transitions {
    /// The fewest of an execution that ends; none where none can end.
    pub min: Option<u64>,
    /// On average.
    pub expected: Decimal,
    /// The most; none where they have no bound.
    pub max: Option<u64>,
    /// The states that make them unbounded: those of loops, and Maps of any length.
    pub unbounded: Vec<String>,
}

/// What one state uses.
#[derive(Debug, Clone)]
pub struct StateUsage {
    /// Its name.
    pub name: String,
    /// Its JSON pointer in the definition; empty where usage comes from histories alone.
    pub pointer: String,
    /// How often it is entered.
    pub entries: Decimal,
    /// How often it is tried again.
    pub retries: Decimal,
    /// How many child executions a Distributed Map starts in it.
    pub starts: Decimal,
    /// How many iterations an inline Map runs in it.
    pub iterations: Decimal,
    /// How long tasks and waits take in it, retries and the waits between them included, in milliseconds. Zero for
    /// states that hold others: theirs is the time.
    pub ms: Decimal,
    /// The execution it belongs to.
    pub owner: Owner,
}

/// The execution that a state belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// The machine's own.
    Execution,
    /// A child of a Distributed Map.
    Child(WorkflowType),
}

impl StateUsage {
    /// Its transitions: each entry, each retry, each child of a Distributed Map.
    pub fn transitions(&self) -> Decimal {
        self.entries + self.retries + self.starts
    }

    /// The transitions of it that are billed where the machine is of type STANDARD.
    pub fn billed_transitions(&self) -> Decimal {
        match self.owner {
            Owner::Child(WorkflowType::Express) => Decimal::ZERO,
            Owner::Execution | Owner::Child(WorkflowType::Standard) => self.transitions(),
        }
    }
}

/// Executions that a state starts and that are billed on their own.
#[derive(Debug, Clone)]
pub struct Children {
    /// The name of the state.
    pub state: String,
    /// Their type.
    pub workflow: WorkflowType,
    /// How many, per execution of the machine.
    pub count: Decimal,
    /// Transitions of one of them.
    pub transitions: Decimal,
    /// Billed duration of one of them, in milliseconds.
    pub billed_ms: Decimal,
    /// Memory of one of them, in megabytes.
    pub memory_mb: Decimal,
    /// Events of one of them.
    pub events: Decimal,
    /// Its states are among those of [`Usage::states`], so its transitions are counted there.
    pub is_listed: bool,
}

/// The source of an assumption.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Basis {
    /// Nobody's: asl's default.
    Default,
    /// The assumptions file's.
    File,
    /// The command line's.
    Flag,
    /// The definition's.
    Definition,
    /// AWS's: a formula or a rule it has published.
    Aws,
}

impl Basis {
    /// As reports print it.
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

/// Something a figure rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assumed {
    /// What it is about: "items of a Map".
    pub what: &'static str,
    /// What was taken: "10".
    pub value: String,
    /// On whose word.
    pub basis: Basis,
    /// The states it applies to; empty if it applies to all.
    pub states: Vec<String>,
}

/// Megabytes that AWS's estimate gives to an Express execution before its definition and its data.
const BASE_MB: f64 = 50.0;

/// AWS's estimate of the memory of an Express execution, in megabytes: of its definition and of the payloads of all
/// steps under way, both in kilobytes.
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

/// An estimate as a decimal, rounded to ten places; none where it is no number or past what is priced.
pub fn quantity(estimate: f64) -> Option<Decimal> {
    let rounded = Decimal::from_f64(estimate)?.round_dp(10).normalize();
    (rounded.abs() <= super::money::MOST.into()).then_some(rounded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn express_bills_by_the_hundred_milliseconds() {
        let billed = |ms: &str| billed_ms(ms.parse().unwrap()).to_string();
        assert_eq!(
            ["0", "1", "100", "100.001", "101", "11300"].map(billed),
            ["100", "100", "100", "200", "200", "11300"]
        );
    }

    #[test]
    fn express_bills_memory_by_64_megabytes() {
        let billed = |mb: &str| billed_mb(mb.parse().unwrap()).to_string();
        assert_eq!(
            ["0", "50", "62.85", "64", "64.1", "65", "128"].map(billed),
            ["64", "64", "64", "64", "128", "128", "128"]
        );
    }

    #[test]
    fn estimates_lose_the_noise_of_floats() {
        assert_eq!(quantity(0.1 + 0.2).unwrap().to_string(), "0.3");
        assert_eq!(quantity(2.000_000_000_000_000_4).unwrap().to_string(), "2");
        assert_eq!(quantity(f64::INFINITY), None);
        assert_eq!(quantity(1e13), None);
    }
}

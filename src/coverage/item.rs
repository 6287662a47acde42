//! The items that coverage counts.

use crate::asl::transition_graph::Cause;
use crate::simulate::StateId;
use crate::source::Span;

/// A kind of items, which reports count separately.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// States that were entered.
    States,
    /// Transitions that were taken.
    Transitions,
    /// Retriers that were used, and those whose attempts were exhausted.
    Retries,
    /// Maps with no, one, and many items.
    Maps,
    /// Branches of a Parallel that ended successfully.
    Branches,
    /// Tasks and executions that reached their time limits.
    Timeouts,
}

impl Kind {
    /// All kinds, in the order of reports.
    pub const ALL: [Self; 6] = [
        Self::States,
        Self::Transitions,
        Self::Retries,
        Self::Maps,
        Self::Branches,
        Self::Timeouts,
    ];

    /// The name in reports and thresholds.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::States => "states",
            Self::Transitions => "transitions",
            Self::Retries => "retries",
            Self::Maps => "maps",
            Self::Branches => "branches",
            Self::Timeouts => "timeouts",
        }
    }

    /// The kind of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// The number of items of a Map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Quantity {
    /// No items.
    None,
    /// One item.
    One,
    /// Two or more items.
    Many,
}

impl Quantity {
    /// All quantities.
    pub const ALL: [Self; 3] = [Self::None, Self::One, Self::Many];

    /// The quantity of this number of items.
    pub const fn new(items: usize) -> Self {
        match items {
            0 => Self::None,
            1 => Self::One,
            _ => Self::Many,
        }
    }

    /// The words in reports.
    const fn words(self) -> &'static str {
        match self {
            Self::None => "no items",
            Self::One => "one item",
            Self::Many => "many items",
        }
    }
}

/// The part of a state that an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// The state was entered.
    State,
    /// A transition was taken.
    Exit(Cause),
    /// The retrier of this index has repeated the state.
    RetryUsed(usize),
    /// The retrier of this index had no attempts left.
    RetryExhausted(usize),
    /// A Map had this number of items.
    Items(Quantity),
    /// The branch of this index ended successfully.
    Branch(usize),
    /// The task reached its time limit.
    Timeout,
    /// The execution reached its time limit.
    Deadline,
}

impl Part {
    /// The kind under which it is counted.
    pub const fn kind(self) -> Kind {
        match self {
            Self::State => Kind::States,
            Self::Exit(_) => Kind::Transitions,
            Self::RetryUsed(_) | Self::RetryExhausted(_) => Kind::Retries,
            Self::Items(_) => Kind::Maps,
            Self::Branch(_) => Kind::Branches,
            Self::Timeout | Self::Deadline => Kind::Timeouts,
        }
    }

    /// The name of the item of a state; `target` is where a transition goes.
    pub(super) fn name(self, state: &str, target: Option<&str>) -> String {
        let to = target.unwrap_or("?");
        match self {
            Self::State => state.to_owned(),
            Self::Exit(Cause::Next) => format!("{state} → {to}"),
            Self::Exit(Cause::Rule(rule)) => format!("{state} → {to} (Choices[{rule}])"),
            Self::Exit(Cause::Default) => format!("{state} → {to} (Default)"),
            Self::Exit(Cause::Catch(catcher)) => format!("{state} → {to} (Catch[{catcher}])"),
            Self::RetryUsed(retrier) => format!("{state} Retry[{retrier}] used"),
            Self::RetryExhausted(retrier) => format!("{state} Retry[{retrier}] exhausted"),
            Self::Items(quantity) => format!("{state} with {}", quantity.words()),
            Self::Branch(branch) => format!("{state} Branches[{branch}]"),
            Self::Timeout => format!("{state} times out"),
            Self::Deadline => "the execution times out".to_owned(),
        }
    }
}

/// An item that coverage counts.
#[derive(Debug, Clone)]
pub struct Item {
    /// The part of the state.
    pub part: Part,
    /// The state; the first one for [`Part::Deadline`].
    pub state: StateId,
    /// A name that is unique in the machine: `Charge`, `Charge → Ship (Catch[0])`.
    pub name: String,
    /// The location in the document: the state's key, or the field of the item.
    pub span: Span,
}

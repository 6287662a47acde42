//! Inspection of the data inside a state, as `TestState` shows it.

use crate::value::Value;

/// A point in a state's data flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Point {
    /// After `InputPath`.
    AfterInputPath,
    /// After `Parameters` or `Arguments`.
    AfterArguments,
    /// After `ItemsPath` or `Items`.
    AfterItemsPath,
    /// After the reader's `ItemsPointer`.
    AfterItemsPointer,
    /// The number of items of a Map, if it is known. It is not part of a response.
    ItemCount,
    /// After `ItemSelector`.
    AfterItemSelector,
    /// After `ItemBatcher`.
    AfterItemBatcher,
    /// The raw result.
    Result,
    /// After `ResultSelector`.
    AfterResultSelector,
    /// After `ResultPath`.
    AfterResultPath,
    /// The value of `MaxConcurrency`.
    MaxConcurrency,
    /// The value of `ToleratedFailureCount`.
    ToleratedFailureCount,
    /// The value of `ToleratedFailurePercentage`.
    ToleratedFailurePercentage,
}

/// An observer of the data flow.
pub trait Inspector {
    /// Receives the value at a point in a state's data flow.
    fn inspect(&mut self, point: Point, state: &str, value: &Value);
}

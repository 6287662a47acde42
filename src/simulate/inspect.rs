//! A look at the data inside a state, as `TestState` shows it.

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
    /// How many items a Map has, where that is known. No response shows it.
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
    /// `MaxConcurrency` as it came out.
    MaxConcurrency,
    /// `ToleratedFailureCount` as it came out.
    ToleratedFailureCount,
    /// `ToleratedFailurePercentage` as it came out.
    ToleratedFailurePercentage,
}

/// Whoever wants to see.
pub trait Inspector {
    /// A value at a point of a state.
    fn inspect(&mut self, point: Point, state: &str, value: &Value);
}

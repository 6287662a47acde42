//! Coverage: which states and transitions of a machine its executions have used.
//!
//! A [`Catalog`] lists the items of a machine, each with its location in the user's file. A [`Recorder`] observes executions
//! and counts the items that they use; the counts of several executions, or of several threads, are added up in a
//! [`Coverage`], which also knows the items that are proved unreachable.

mod catalog;
mod counts;
mod item;
mod measured;
mod proof;
#[cfg(test)]
mod tests;
mod threshold;

pub use catalog::Catalog;
pub use counts::{Counts, Recorder};
pub use item::{Item, Kind, Part, Quantity};
pub use measured::{CaseStates, Coverage, Tally};
pub use proof::Proofs;
pub use threshold::{Shortfall, Thresholds};

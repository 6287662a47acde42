//! Decisions of Choice states: which rule is taken for which values, in both query languages.
//!
//! The conditions become formulas over predicates about the values of paths. [`decide()`] tries every combination of values
//! that the predicates can distinguish, to find rules that are never taken; a [`Solver`] finds values with which a
//! certain rule is taken.

mod atoms;
mod cases;
mod decide;
mod formula;
mod jsonata;
mod outcome;
mod predicate;
mod read;
mod requirement;
mod solver;
mod space;
mod witness;

pub use decide::{Decision, condition_span, decide};
pub use outcome::Reachability;
pub use requirement::{Requirement, Test, requirements};
pub use solver::{Relation, Solution, Solver};

//! Generation of tests: cases of inputs and mocks that cover the states and transitions of a machine.
//!
//! The search is guided by coverage. It runs the machine with a script (an input, and outcomes of tasks), and supplies
//! values that expressions need, until no state fails by accident. For each item that is not covered, it takes a run that
//! reaches the state, and changes its script: the conditions of a Choice are solved, and the goals are followed
//! backward through the data flow to the field of the input or of the result that they come from; errors come from the names
//! in `Retry` and `Catch`. Whether a changed script covers the item is seen when it runs. All of this is bounded and
//! deterministic.

mod case;
mod choose;
mod expected_type;
mod explore;
mod fault;
mod goal;
mod handler;
mod intrinsic;
mod jsonata;
mod lookup;
mod name;
mod origin;
mod path;
mod reads;
mod recorded;
mod reference;
mod repair;
mod run;
mod script;
mod search;
mod store;
#[cfg(test)]
mod tests;
mod trace;
mod truth;

pub use case::Case;
pub use script::{Outcome, Script, ScriptedCompletion};
pub use search::{Generated, Seed, Settings, generate};

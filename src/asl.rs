//! The Amazon States Language as types: one struct per concept, named as the specification names it.
//!
//! Everything borrows from the [`Node`] tree it was lowered from, so each part can say where it was written.
//! Lowering ([`lower`]) removes history: `Iterator` is an `ItemProcessor`, a Map's `Parameters` is its
//! `ItemSelector`, `TimeoutSecondsPath` is a `TimeoutSeconds` that is computed, and every state knows its
//! effective query language. What does not have the shape the schema asks for is left out, not reported.

pub mod expression;
mod field;
mod fields;
pub mod literal;
pub mod lower;
mod machine;
mod object;
pub mod part;
pub mod retry;
pub mod semantics;
pub mod state;
pub mod template;
mod transition;
pub mod transition_graph;
pub mod walk;

pub use expression::{Demand, Expression, Owner, Parsed};
pub use field::{Payload, Scalar};
pub use machine::{Machine, State};
pub use part::Part;
pub use retry::{Catcher, Retrier};
pub use state::Kind;
pub use transition::{Target, Transition};

//! The Amazon States Language as types: one struct per concept, named as the specification names it.
//!
//! Everything borrows from the [`Node`](crate::document::Node) tree that it was lowered from, so each part knows where
//! it was written. Lowering ([`lower`]) normalizes the definition: `Iterator` becomes an `ItemProcessor`, a Map's
//! `Parameters` becomes its `ItemSelector`, `TimeoutSecondsPath` becomes a computed `TimeoutSeconds`, and every state has its
//! effective query language. Values without the shape that the schema requires are left out, not reported.

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
pub mod variable;
pub mod walk;

pub use expression::{AllowedExpression, Expression, Owner, Parsed};
pub use field::{Payload, Scalar};
pub use machine::{Machine, State, state_pointer};
pub use part::Part;
pub use retry::{Catcher, Retrier};
pub use state::Kind;
pub use transition::{Target, Transition};

//! How a state machine uses data: which parts of its input and of each task's result later states read, and which values
//! lead to success.
//!
//! A backward data-flow analysis. [`Shape`](super::Shape) says what a value may be; [`Usage`] says what a value should be,
//! so that the states that receive it can work. It is a heuristic, from which samples are made, and proves nothing.

mod condition;
mod cycle;
mod expression;
mod flow;
mod jsonata;
mod kind;
mod place;
mod reads;
mod sample;
mod scope;
#[cfg(test)]
mod tests;
mod tree;

pub use cycle::Cycle;
pub use flow::{StateUsage, Usages};
pub use kind::Type;
pub use sample::Sampler;
pub use tree::Usage;

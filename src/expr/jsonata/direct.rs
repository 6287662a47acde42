//! Direct evaluation of simple expressions: aggregates and comparisons over paths of names, such as
//! `$sum($states.input.lines.(price * quantity)) > 100 ? 'gold' : 'basic'`. They read values without converting them,
//! and need no evaluator.
//!
//! Everything else, including errors, is left to the evaluator.

mod item;
mod node;
#[cfg(test)]
mod tests;

pub(super) use node::Direct;

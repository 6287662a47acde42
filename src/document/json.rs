//! JSON to a tree in one pass, without recursion, and with recovery from errors.
//!
//! Valid text takes the fast path in `reader` and `scan`. Anything else is handled by `recover`, which reports it and puts
//! the reader into a state from which it can continue. Every step advances in the text or pops a frame, and lookahead is
//! bounded, so that the time is linear for any text.

mod brackets;
mod part;
mod quotes;
mod reader;
mod recover;
mod scan;
#[cfg(test)]
mod tests;
mod words;

pub(super) use part::read_part;
pub(super) use reader::read;
pub(super) use scan::is_number;

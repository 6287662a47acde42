//! JSON text to a tree: one pass, no recursion, and past as many faults as can be mended.
//!
//! A text within the grammar takes the short paths of `reader` and `scan`; whatever is not goes to `recover`, which
//! reports it and puts the reader into a state it can go on from. Every step moves on in the text or pops a frame, and
//! looks ahead a bounded way, so that the time is linear whatever the text.

mod brackets;
mod quotes;
mod reader;
mod recover;
mod scan;
#[cfg(test)]
mod tests;
mod words;

pub(super) use reader::read;
pub(super) use scan::is_number;

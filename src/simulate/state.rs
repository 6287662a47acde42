//! What each of the eight types of state does.

mod choice;
mod fail;
pub(super) mod map;
mod parallel;
mod pass;
mod succeed;
pub(super) mod task;
mod wait;

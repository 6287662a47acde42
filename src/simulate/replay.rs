//! A recorded execution as a world: tasks return what they returned in the recording.

mod compare;
mod mocks;
mod recording;
mod world;

pub use compare::{Departure, Difference, Step, What, departure, step_count};
pub use recording::Recording;
pub use world::ReplayedWorld;

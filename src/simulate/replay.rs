//! A recorded execution as a world: tasks return what they returned in the recording.

mod compare;
mod mocks;
mod recording;
mod world;

pub use compare::{Difference, Divergence, Step, StepAction, first_divergence, step_count};
pub use recording::Recording;
pub use world::ReplayedWorld;

//! States: what all have in common, and the fields of each of the eight types.

pub mod choice;
mod data_flow;
pub mod fail;
mod kind;
pub mod map;
pub mod parallel;
pub mod pass;
pub mod succeed;
pub mod task;
pub mod wait;

pub use super::field::NullablePath;
pub use choice::Choice;
pub use data_flow::DataFlow;
pub use fail::Fail;
pub use kind::Kind;
pub use map::Map;
pub use parallel::Parallel;
pub use pass::Pass;
pub use succeed::Succeed;
pub use task::Task;
pub use wait::Wait;

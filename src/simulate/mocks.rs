//! Mocks: a world in which tasks return predefined results.

mod encode;
mod format;
mod local;
mod names;
mod outcomes;
mod sample;
mod samples;
mod scaffold;
mod world;

pub use encode::{OutcomeText, converted, outcomes_value};
pub use format::{read, returning};
pub use local::{LocalConfig, read_local};
pub use names::unknown;
pub use outcomes::{AfterLast, ChildRef, MockedCompletion, Mocks, Outcome, Outcomes};
pub use sample::sample_result as sample;
pub use samples::Samples;
pub use scaffold::{Form, scaffold};
pub use world::{DEFAULT_START, MockedWorld, Settings, Unmocked};

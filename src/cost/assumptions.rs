//! Values that the cost depends on and a definition does not contain: odds, item counts, durations, failure rates.

mod model;
mod read;
mod scaffold;

pub use model::{Assumptions, Child, Defaults, Distribution, Logging, Services, Setting, State};
pub use read::parse;
pub use scaffold::{Form, scaffold};

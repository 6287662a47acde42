//! What a definition does not say and its price depends on: odds, item counts, durations, failure rates.

mod model;
mod read;
mod scaffold;

pub use model::{Assumptions, Child, Defaults, Logging, Services, Setting, Spread, State};
pub use read::parse;
pub use scaffold::{Form, scaffold};

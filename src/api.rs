//! The public API: operations on the text of a definition.

mod definition;
mod error;
mod estimator;
mod finding;
mod linter;
mod simulator;

pub use error::Error;
pub use estimator::{Estimate, Estimator, Price};
pub use finding::Finding;
pub use linter::Linter;
pub use simulator::{Execution, Simulator, TaskCall, TaskError};

//! Shapes: what is known about the data at each point of a state machine, without running it.
//!
//! A [`Shape`] describes a set of JSON values. [`analyze`] follows the data from the input of an execution through all
//! states to a fixed point. The result is sound: every value of a real execution is contained in the shape at its place, if
//! the input and the task results are as declared. Where nothing is known, the shape is any.

mod analysis;
mod condition;
mod constants;
mod context;
mod declarations;
mod display;
mod expression;
mod fault;
mod intrinsic;
pub mod json_schema;
mod jsonata;
mod jsonpath;
mod lattice;
mod literal;
mod observation;
mod path;
mod response;
mod scenario;
mod scope;
mod setting;
mod split;
mod state_shapes;
#[cfg(test)]
mod tests;
mod transfer;
mod types;
pub mod usage;
mod values;

pub use analysis::{Analysis, Detail, analyze};
pub use constants::Constants;
pub use declarations::{Declarations, Declared, DeclaredResult};
pub use display::field_key;
pub use fault::{Fault, MissingPath, PathRoot};
pub use observation::{Observation, Observations, Subject};
pub use response::is_outline;
pub use scenario::{Origin, Scenario};
pub use scope::Variables;
pub use state_shapes::StateShapes;
pub use types::{Array, Field, Object, Shape, Union};

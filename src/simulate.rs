//! The simulator: it runs a definition as Step Functions would, with mocked services, on a virtual clock.
//!
//! A definition is compiled once into a [`Plan`], which can be run any number of times ([`run()`]). Everything outside
//! it is provided by a [`World`]: results of tasks, objects in S3, randomness, the start time. The result is an
//! [`Execution`] with its history. An execution that fails is a result like any other; an [`Error`] means that
//! the simulation itself cannot continue.

mod bindings;
mod clock;
mod context;
mod cycle;
mod data_flow;
mod description;
mod distribution;
mod engine;
mod error_handling;
mod evaluator;
mod execution;

mod frame;
mod identity;
mod ids;
mod inspect;
mod item;
mod join;
mod journal;
mod lifecycle;
mod limits;
pub mod mocks;
mod number;
mod observer;
mod options;
pub mod plan;
mod repeat;
pub mod replay;
mod running;
mod scheduler;
mod state;
mod state_cx;
mod state_error;
pub mod test_state;
mod variables;
mod waiting;
pub mod world;

pub use distribution::{Distribution, FailureKind, Histogram};
pub use engine::{run, run_observed};
pub use execution::{Child, Count, Execution, MapRun, Nested, Note, NoteKind, Peak, Tally};
pub use identity::{ACCOUNT, Identity, REGION, machine_arn};
pub use inspect::{Inspector, Point};
pub use observer::{Observer, StateEvent, StateLocation};
pub use options::{ChildMachine, DEFAULT_MAX_PAYLOAD, Options, TestStateOptions};
pub use plan::{Plan, StateId};
pub use repeat::{Repetition, repeat};
pub use world::{Error, World};

//! A definition made ready to run: states are numbers instead of names, templates and conditions are compiled,
//! settings are read. Made once, run any number of times; nothing is parsed or looked up by name during a run.

mod build;
mod condition;
mod data;
mod ids;
mod machine;
mod state;

pub use condition::{Condition, Operand, Test};
pub use data::{Compiled, DataFlow, Placement, Select, Setting};
pub use ids::{Exit, ScopeId, StateId};
pub use machine::{Plan, Scope};
pub use state::{
    Batcher, Catcher, Choice, Distributed, Fail, Map, Pattern, Reader, Retrier, Rule, State, StateKind, Task,
    Wait, Writer,
};

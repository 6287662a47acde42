//! Constants of the Amazon States Language and of AWS Step Functions, each defined once and typed.
//!
//! This module imports nothing, so that every other module can use it.

pub mod defaults;
pub mod error_name;
pub mod intrinsic;
pub mod map_mode;
pub mod placeholder;
pub mod query_language;
pub mod quota;
pub mod state_type;
pub mod workflow_type;

pub use query_language::QueryLanguage;
pub use state_type::StateType;
pub use workflow_type::WorkflowType;

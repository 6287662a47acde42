//! Roles: the statements of their policies, and whether they allow what is needed.

mod decision;
mod plugin;
mod read;
mod statement;

pub use decision::{Decision, DenialReason, Role};
pub use statement::{ActionPlace, PolicyKind, Statement, StatementSource};

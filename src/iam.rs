//! The role of a state machine: what it needs, and whether a given role has it.
//!
//! `derive` finds the permissions that the states of a machine need ([`RequiredPermission`]), `compose` turns them into policies, and
//! `check` compares them with a [`Role`]. Resources are strings in which `*` and `?` are wildcards and `${Name}` is a part
//! that is unknown until deployment.

mod argument;
mod check;
mod check_all;
#[cfg(test)]
mod comparison;
mod compose;
mod condition;
mod denial;
mod derive;
mod environment;
mod pattern;
mod policy;
mod required_permission;
mod role;
mod s3_uri;
mod sdk_call;
mod statement_names;
mod target;

pub use argument::Argument;
pub use check::{ExcessPermissions, Finding, Findings, Missing, check};
pub use check_all::{MachineRole, check_all};
pub use compose::{Composition, compose};
pub use denial::{Authorizer, Call, Denial};
pub use derive::{Derivation, Settings, SourceState, derive};
pub use environment::Environment;
pub use policy::{Policy, PolicyStatement, trust_policy};
pub use required_permission::{Condition, Origin, RequiredPermission};
pub use role::{ActionPlace, Decision, DenialReason, PolicyKind, Role, Statement, StatementSource};

//! Derives the permissions that a state machine needs from its definition and its configuration.

mod call;
mod configuration;
mod connection;
mod derivation;
mod map_data;
mod settings;

pub(super) use call::{assumption, needs_of_call};
pub use derivation::{Derivation, SourceState, derive};
pub use settings::Settings;

//! States and the ways between them.

use crate::lint::rule::Rule;

mod duplicate_state_name;
mod endless_loop;
mod invalid_state_name;
mod missing_target;
mod no_terminal_state;
mod unreachable_state;

pub use duplicate_state_name::DUPLICATE_STATE_NAME;
pub use endless_loop::ENDLESS_LOOP;
pub use invalid_state_name::INVALID_STATE_NAME;
pub use missing_target::MISSING_TARGET;
pub use no_terminal_state::NO_TERMINAL_STATE;
pub use unreachable_state::UNREACHABLE_STATE;

/// The family's rules.
pub const RULES: &[&Rule] = &[
    &DUPLICATE_STATE_NAME,
    &ENDLESS_LOOP,
    &INVALID_STATE_NAME,
    &MISSING_TARGET,
    &NO_TERMINAL_STATE,
    &UNREACHABLE_STATE,
];

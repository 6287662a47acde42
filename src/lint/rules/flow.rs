//! Rules about states and transitions.

use crate::lint::rule::rules;

rules! {
    duplicate_state_name,
    endless_loop,
    invalid_state_name,
    missing_target,
    no_terminal_state,
    unreachable_state,
}

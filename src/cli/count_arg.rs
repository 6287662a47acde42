//! Counts on the command line.

use std::num::NonZeroUsize;

/// Parses a number that is greater than zero.
pub(super) fn positive(text: &str) -> Result<NonZeroUsize, String> {
    text.parse()
        .map_err(|_| "expected an integer greater than 0".to_owned())
}

//! Appending formatted text to strings.

/// Appends formatted text to a `String`. This cannot fail, so the result of `write!` is discarded.
macro_rules! push_fmt {
    ($string:expr, $($format:tt)*) => {{
        use std::fmt::Write as _;
        let _ = write!($string, $($format)*);
    }};
}

//! The JSON value that flows through a run.

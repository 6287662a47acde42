//! The one test binary; each area is a module.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod cli;
mod completions;
mod graph;
mod layers;
mod render;
mod schemas;

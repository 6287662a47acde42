//! The one test binary; each area is a module.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod book;
mod cli;
mod completions;
mod cost;
mod documents;
mod fixing;

mod fuzz;
mod generate;
mod graph;
mod help;
mod hostile;
mod input;
mod layers;
mod libyaml;
mod lsp;
mod output;
mod packages;
mod printable;
mod reading;
mod readme;
mod render;
mod report_formats;
mod rules;
mod schemas;
mod shapes;
mod simulate;
mod suites;
mod telltales;
mod template;
mod test_state;

//! Test suites for state machines: `*.asl-test.yaml`.
//!
//! A [`Suite`] is read from a file ([`read()`]) or built by code, and can be written as YAML ([`write()`]). Values of any
//! shape (inputs, mocks, expected outputs) are [`Node`](crate::document::Node)s, so that a failed expectation can be shown
//! where it is written.

mod bound;
mod calls;
mod check;
mod check_state;
mod compare;
mod failure;
mod filter;
mod matcher;
mod model;
mod names;
mod read;
mod snapshots;
mod spanned;
pub mod summary;
#[cfg(test)]
mod tests;
mod text_pattern;
mod tree;
mod write;

pub use bound::{Bound, Operator};
pub use check::Observed;
pub use failure::{Diff, Failure, expectation};
pub use filter::{Filter, Subject, syntax as filter_syntax};
pub use model::{
    Case, Cause, Content, Entry, ExecutionTest, Expect, MachineRef, ReplayTest, Settings, StateExpect,
    StateTest, Suite, Test, Unmocked,
};
pub use read::{read, read_case_file};
pub use snapshots::Snapshots;
pub use spanned::Spanned;
pub use text_pattern::TextPattern;
pub use tree::{expected, node};
pub use write::{write, write_entries};

//! How an execution looks: as AWS's events, as a summary for programs, as a timeline for people.

mod aws;
mod json;

pub use aws::{Origin, events};
pub use json::summary;

//! The contents of a file.

use super::issue::TemplateIssue;
use super::machine::EmbeddedMachine;
use super::resource::Resource;

/// The state machines and resources in a file.
#[derive(Debug, Default)]
pub struct Contents<'d> {
    /// The state machines, in source order.
    pub machines: Vec<EmbeddedMachine<'d>>,
    /// The state machine resources of a template, in source order, including those whose definition cannot be read.
    pub resources: Vec<Resource>,
    /// The reasons why probable state machines of the file were not read. Empty if any state machine or resource was found.
    pub unread: Vec<TemplateIssue>,
}

impl Contents<'_> {
    /// Whether neither a state machine nor a resource was found.
    pub const fn is_empty(&self) -> bool {
        self.machines.is_empty() && self.resources.is_empty()
    }
}

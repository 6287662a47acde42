//! What a file holds.

use super::found::Found;
use super::resource::Resource;

/// What a file holds.
#[derive(Debug, Default)]
pub struct Contents<'d> {
    /// The state machines, in the order of the text.
    pub machines: Vec<Found<'d>>,
    /// The resources of a template that are state machines, in the order of the text, readable or not.
    pub resources: Vec<Resource>,
}

//! Workflow variables: each frame has a scope; inner scopes can read outer ones of the same execution.

use super::frame::Frames;
use super::ids::FrameId;
use crate::expr::Variables;
use crate::value::Value;

/// The variables that a frame can read.
pub(super) struct VariableScope<'a> {
    pub(super) frames: &'a Frames,
    pub(super) frame: FrameId,
}

impl Variables for VariableScope<'_> {
    fn get(&self, name: &str) -> Option<&Value> {
        let mut at = Some(self.frame);
        while let Some(id) = at {
            let frame = &self.frames[id];
            if let Some(value) = frame.variables.get(name) {
                return Some(value);
            }
            at = frame.parent;
        }
        None
    }
}

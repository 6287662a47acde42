//! The ids of executions and of their frames.

/// An execution: the requested one, or one that it starts. As for frames, the generation tells whether the slot has been
/// reused since.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct RunId {
    pub(super) at: u32,
    pub(super) generation: u32,
}

impl RunId {
    /// The requested execution.
    pub(super) const FIRST: Self = Self { at: 0, generation: 0 };
}

/// A frame, as an index into the arena. A different generation means that the slot has been reused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FrameId {
    pub(super) at: u32,
    pub(super) generation: u32,
}

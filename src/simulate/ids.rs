//! The ids of what an engine runs: executions, and the frames within them.

/// An execution of an engine: the one asked for, or a child of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct RunId(pub(super) usize);

impl RunId {
    /// The execution that was asked for.
    pub(super) const FIRST: Self = Self(0);
}

/// A frame, as an index into the arena of frames. It may outlive its frame, which the generation then tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FrameId {
    pub(super) at: u32,
    pub(super) generation: u32,
}

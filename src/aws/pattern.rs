//! Service integration patterns.

/// How a task's end is learnt: what follows the action in its Resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pattern {
    /// Go on when the API has answered.
    RequestResponse,
    /// `.sync`: wait for the job to end.
    Sync,
    /// `.sync:2`: wait for the job to end; the output of a nested execution comes parsed.
    Sync2,
    /// `.waitForTaskToken`: wait for `SendTaskSuccess` or `SendTaskFailure`.
    WaitForTaskToken,
}

impl Pattern {
    /// As written after the action, with its dot; empty for request-response.
    pub const fn suffix(self) -> &'static str {
        match self {
            Pattern::RequestResponse => "",
            Pattern::Sync => ".sync",
            Pattern::Sync2 => ".sync:2",
            Pattern::WaitForTaskToken => ".waitForTaskToken",
        }
    }

    pub(super) fn from_suffix(text: &str) -> Option<Self> {
        match text {
            "sync" => Some(Pattern::Sync),
            "sync:2" => Some(Pattern::Sync2),
            "waitForTaskToken" => Some(Pattern::WaitForTaskToken),
            _ => None,
        }
    }
}

//! Service integration patterns.

/// When a task completes, according to the suffix of the action in its `Resource`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pattern {
    /// When the API has responded.
    RequestResponse,
    /// `.sync`: when the job has ended.
    Sync,
    /// `.sync:2`: when the execution has ended; its output is parsed.
    Sync2,
    /// `.waitForTaskToken`: on `SendTaskSuccess` or `SendTaskFailure`.
    WaitForTaskToken,
}

impl Pattern {
    /// The suffix of the action, with its dot; empty for request-response.
    pub const fn suffix(self) -> &'static str {
        match self {
            Pattern::RequestResponse => "",
            Pattern::Sync => ".sync",
            Pattern::Sync2 => ".sync:2",
            Pattern::WaitForTaskToken => ".waitForTaskToken",
        }
    }

    /// The pattern with this suffix, without its dot.
    pub(super) fn from_suffix(text: &str) -> Option<Self> {
        match text {
            "sync" => Some(Pattern::Sync),
            "sync:2" => Some(Pattern::Sync2),
            "waitForTaskToken" => Some(Pattern::WaitForTaskToken),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suffixes_are_read_as_they_are_written() {
        for pattern in [Pattern::Sync, Pattern::Sync2, Pattern::WaitForTaskToken] {
            let suffix = pattern.suffix().strip_prefix('.').unwrap();
            assert_eq!(Pattern::from_suffix(suffix), Some(pattern), "{suffix}");
        }
        assert_eq!(Pattern::RequestResponse.suffix(), "");
    }

    #[test]
    fn rejects_other_suffixes() {
        for suffix in [
            "",
            ".sync",
            "Sync",
            "sync:",
            "sync:1",
            "sync:3",
            "waitForTasktoken",
            "sync.waitForTaskToken",
        ] {
            assert_eq!(Pattern::from_suffix(suffix), None, "{suffix}");
        }
    }
}

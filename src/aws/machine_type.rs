//! The two types of state machine.

/// The type of a state machine: it decides which features AWS allows and how it bills.
///
/// Developer guide, "Choosing workflow type in Step Functions".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum MachineType {
    /// `STANDARD`: exactly once, up to a year, billed by transition.
    #[default]
    Standard,
    /// `EXPRESS`: up to five minutes, billed by request and GB-second.
    Express,
}

impl MachineType {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Standard, Self::Express];

    /// The word AWS uses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Standard => "STANDARD",
            Self::Express => "EXPRESS",
        }
    }

    /// The type that a word names, in capitals or not.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|t| t.as_str().eq_ignore_ascii_case(word))
    }
}

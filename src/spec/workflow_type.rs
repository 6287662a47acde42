//! The two types of workflow.

/// The type of a state machine: it decides which features AWS allows and how it bills.
///
/// Source: Step Functions developer guide, "Choosing workflow type in Step Functions".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum WorkflowType {
    /// `STANDARD`: exactly-once execution, up to a year, billed by state transition.
    #[default]
    Standard,
    /// `EXPRESS`: at-least-once execution, up to five minutes, billed by request and GB-second.
    Express,
}

impl WorkflowType {
    /// Both types, in the order of the documentation.
    pub const ALL: [Self; 2] = [Self::Standard, Self::Express];

    /// The name in the API and in templates, in capital letters.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Standard => "STANDARD",
            Self::Express => "EXPRESS",
        }
    }

    /// The type with this name, in any case.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|t| t.as_str().eq_ignore_ascii_case(name))
    }

    /// Whether this is [`Self::Express`].
    pub const fn is_express(self) -> bool {
        matches!(self, Self::Express)
    }
}

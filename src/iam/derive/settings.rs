//! The configuration of a state machine.

/// The configuration of a state machine besides its definition.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Whether it writes logs.
    pub logs: bool,
    /// Whether it sends traces.
    pub traces: bool,
    /// The customer managed key with which it is encrypted.
    pub key: Option<String>,
}

//! Errors of the library's operations.

use super::finding::Finding;
use crate::diagnostic::Diagnostic;
use crate::source::SourceFile;
use std::fmt;

/// Why an operation has no result.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// AWS would reject the definition, for these reasons.
    InvalidDefinition(Vec<Finding>),
    /// A mock file is invalid, for these reasons.
    InvalidMocks(Vec<Finding>),
    /// The file contains no state machine, or several of them: their number.
    NotOneStateMachine(usize),
    /// No rule has this name.
    UnknownRule(String),
    /// There is no pricing data for this region.
    UnknownRegion(String),
    /// Not a timestamp of RFC 3339 with an offset.
    InvalidTimestamp(String),
    /// The simulation cannot continue, for example because it exceeded the number of transitions.
    Simulation(String),
    /// The definition has no price, for example because an execution never ends.
    NoPrice(String),
}

pub(super) fn findings(diagnostics: Vec<Diagnostic>, file: &SourceFile) -> Vec<Finding> {
    let finding = |diagnostic| Finding::new(diagnostic, file);
    diagnostics.into_iter().map(finding).collect()
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |f: &mut fmt::Formatter<'_>, what: &str, findings: &[Finding]| {
            write!(f, "invalid {what}")?;
            findings.iter().try_for_each(|finding| write!(f, "\n  {finding}"))
        };
        match self {
            Self::InvalidDefinition(findings) => list(f, "definition", findings),
            Self::InvalidMocks(findings) => list(f, "mocks", findings),
            Self::NotOneStateMachine(count) => {
                write!(f, "expected one state machine, found {count}")
            }
            Self::UnknownRule(name) => write!(f, "unknown rule `{name}`"),
            Self::UnknownRegion(name) => write!(f, "no pricing data for region `{name}`"),
            Self::InvalidTimestamp(text) => write!(f, "invalid timestamp `{text}`"),
            Self::Simulation(message) | Self::NoPrice(message) => f.write_str(message),
        }
    }
}

impl std::error::Error for Error {}

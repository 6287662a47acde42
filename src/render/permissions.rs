//! Output formats of derived policies, and of checks of roles.

mod checked;
mod derived;
mod json;
mod report;

pub use checked::{Checked, CheckedMachine};
pub use derived::Derived;
pub use report::{write_check, write_explanation};

use crate::render::style::Style;
use std::io::{self, Write};

/// Output formats of `asl iam`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Text for people; only with --check and --explain
    Text,
    /// JSON; run asl schema iam for its schema, or asl schema iam-check with --check
    Json,
}

impl Format {
    /// Writes derived policies.
    pub fn write(self, derived: &Derived<'_>, style: Style, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Self::Text => write_explanation(derived, style, out),
            Self::Json => json::write(derived, out),
        }
    }

    /// Writes the findings of a check.
    pub fn write_check(self, checked: &Checked<'_>, style: Style, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Self::Json => json::write_check(checked, out),
            _ => report::write_check(checked, style, out),
        }
    }
}

//! Output formats of derived policies, and of checks of roles.

mod cdk;
mod checked;
mod derived;
mod formats;
mod json;
mod report;
mod terraform;
mod yaml;

pub use checked::{Checked, CheckedMachine};
pub use derived::Derived;
pub use report::{write_check, write_explanation};

use crate::render::printable::Notation;
use crate::render::style::Style;
use std::io::{self, Write};

/// Output formats of `asl iam`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Text for people; only with --check and --explain
    Text,
    /// JSON, described by asl schema iam, or with --check by asl schema iam-check
    Json,
    /// YAML
    Yaml,
    /// A role as a resource of CloudFormation
    Cloudformation,
    /// The property Policies of a state machine in SAM
    Sam,
    /// A role in Terraform
    Terraform,
    /// A role in TypeScript for the CDK
    Cdk,
}

impl Format {
    /// How characters that could mislead a reader are written.
    pub const fn notation(self) -> Notation {
        match self {
            Self::Json | Self::Cdk => Notation::Json,
            Self::Text | Self::Yaml | Self::Cloudformation | Self::Sam | Self::Terraform => Notation::Symbol,
        }
    }

    /// Writes derived policies.
    pub fn write(self, derived: &Derived<'_>, style: Style, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Self::Text => write_explanation(derived, style, out),
            Self::Json => json::write(derived, out),
            Self::Yaml => yaml::write_plain(derived, out),
            Self::Cloudformation => yaml::write_cloudformation(derived, out),
            Self::Sam => yaml::write_sam(derived, out),
            Self::Terraform => terraform::write(derived, out),
            Self::Cdk => cdk::write(derived, out),
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

//! Output formats of `asl explain`: the manual of a rule, and the list of all.

mod info;
mod json;
mod markdown;
mod text;

pub use info::RuleInfo;

use crate::render::style::Style;
use std::io::{self, Write};

/// The output formats of `asl explain`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Text for a terminal
    Text,
    /// JSON
    Json,
    /// Markdown
    Markdown,
}

impl Format {
    /// Writes the manual of one rule.
    pub fn write_manual(self, rule: &RuleInfo, style: Style, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Self::Text => text::manual(rule, style, out),
            Self::Json => json::manual(rule, out),
            Self::Markdown => markdown::manual(rule, out),
        }
    }

    /// Writes the list of rules, by family.
    pub fn write_list(self, rules: &[RuleInfo], style: Style, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Self::Text => text::list(rules, style, out),
            Self::Json => json::list(rules, out),
            Self::Markdown => markdown::list(rules, out),
        }
    }
}

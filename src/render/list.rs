//! Output formats of lists of state machines.

mod json;
mod row;
mod text;

pub use row::Row;

use crate::render::printable::Notation;
use crate::render::style::Style;
use std::io::{self, Write};

/// Output formats of lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Format {
    /// Table
    #[default]
    Text,
    /// JSON object with an array
    Json,
}

impl Format {
    /// How characters that must not be printed raw are written.
    pub const fn notation(self) -> Notation {
        match self {
            Self::Json => Notation::Json,
            Self::Text => Notation::Symbol,
        }
    }

    /// Writes a list.
    pub fn write(self, rows: &[Row], style: Style, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Self::Text => text::write(rows, style, out),
            Self::Json => json::write(rows, out),
        }
    }
}

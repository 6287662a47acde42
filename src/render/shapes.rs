//! Output formats of the types of data.

mod changes;
mod json;
mod json_schema;
mod listing;
mod names;
mod point;
mod text;
mod typescript;

pub use changes::write as write_changes;
pub use listing::Listing;
pub use point::Point;

use crate::render::printable::Notation;
use crate::render::style::Style;
use std::io::{self, Write};

/// Output formats of `asl shapes`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Format {
    /// One line for each state
    #[default]
    Text,
    /// JSON with a JSON Schema for each point, described by asl schema shapes
    Json,
    /// JSON Schema
    JsonSchema,
    /// TypeScript declarations
    Typescript,
}

impl Format {
    /// How characters that could mislead a reader are written.
    pub const fn notation(self) -> Notation {
        match self {
            Self::Json | Self::JsonSchema | Self::Typescript => Notation::Json,
            Self::Text => Notation::Symbol,
        }
    }

    /// Writes the types at a point of each state, or those that the format shows by default.
    pub fn write(
        self,
        listing: &Listing,
        point: Option<Point>,
        style: Style,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        match self {
            Self::Text => text::write(listing, point, style, out),
            Self::Json => json::write(listing, point, out),
            Self::JsonSchema => json_schema::write(listing, point, out),
            Self::Typescript => typescript::write(listing, point, out),
        }
    }
}

//! Drawings of graphs: one file per format, and the captions and colors they share.

mod ascii;
pub(super) mod caption;
pub(super) mod condition;
mod dot;
mod html;
mod json;
mod layout;
mod mermaid;
mod palette;
mod scene;
mod settings;
mod svg;

pub use settings::{Detail, Direction, Settings};

use crate::graph::Graph;
use crate::render::printable::Notation;
use std::io::{self, Write};
use std::path::Path;

/// Output formats of `asl graph`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Mermaid flowchart, which GitHub and GitLab render in Markdown
    Mermaid,
    /// Graphviz DOT
    Dot,
    /// SVG image for light and dark pages
    Svg,
    /// Interactive HTML page with search and the definition of each state
    Html,
    /// Text drawing for the terminal
    Ascii,
    /// JSON, described by asl schema graph
    Json,
}

impl Format {
    /// How characters that must not be printed raw are written.
    pub const fn notation(self) -> Notation {
        match self {
            Self::Json => Notation::Json,
            _ => Notation::Symbol,
        }
    }

    /// The format for a file's extension; `None` if the extension is unknown.
    pub fn from_path(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        Some(match extension.as_str() {
            "mmd" | "mermaid" | "md" | "markdown" => Self::Mermaid,
            "dot" | "gv" => Self::Dot,
            "svg" => Self::Svg,
            "html" | "htm" => Self::Html,
            "txt" => Self::Ascii,
            "json" => Self::Json,
            _ => return None,
        })
    }

    /// The info string of a Markdown code block; `None` for formats that Markdown cannot embed.
    pub const fn fence(self) -> Option<&'static str> {
        match self {
            Self::Mermaid => Some("mermaid"),
            Self::Dot => Some("dot"),
            Self::Json => Some("json"),
            Self::Ascii => Some("text"),
            Self::Svg | Self::Html => None,
        }
    }

    /// Writes the graph in this format.
    pub fn write(self, graph: &Graph<'_>, settings: Settings<'_>, out: &mut dyn Write) -> io::Result<()> {
        let fence = self.fence().filter(|_| settings.markdown);
        if let Some(word) = fence {
            writeln!(out, "```{word}")?;
        }
        match self {
            Self::Mermaid => mermaid::write(graph, settings, out)?,
            Self::Dot => dot::write(graph, settings, out)?,
            Self::Ascii => ascii::write(graph, settings, out)?,
            Self::Svg => svg::write(graph, settings, out)?,
            Self::Html => html::write(graph, settings, out)?,
            Self::Json => json::write(graph, settings, out)?,
        }
        if fence.is_some() {
            writeln!(out, "```")?;
        }
        Ok(())
    }
}

//! How a graph is to be drawn.

use crate::render::style::Style;
use crate::source::SourceFile;

/// How much the picture says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Detail {
    /// Names and arrows
    Low,
    /// Also integrations, retries, conditions and errors
    #[default]
    Normal,
    /// Also comments, timeouts and each retrier
    High,
}

/// Where the picture runs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Direction {
    /// From top to bottom
    #[default]
    #[value(name = "TB")]
    TopToBottom,
    /// From left to right
    #[value(name = "LR")]
    LeftToRight,
}

/// How to draw.
#[derive(Debug, Clone, Copy)]
pub struct Settings<'a> {
    /// How much to say.
    pub detail: Detail,
    /// Where to.
    pub direction: Direction,
    /// Inside a fenced block, for a Markdown file; the formats that Markdown shows.
    pub markdown: bool,
    /// The terminal's abilities.
    pub style: &'a Style,
    /// What the definition is written in, for formats that show it.
    pub source: Option<&'a SourceFile>,
    /// What the removed states are written in.
    pub older: Option<&'a SourceFile>,
}

impl Direction {
    /// The word that Mermaid, Graphviz and the command line share.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::TopToBottom => "TB",
            Self::LeftToRight => "LR",
        }
    }
}

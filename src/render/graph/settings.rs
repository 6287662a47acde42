//! Options of drawings.

use crate::render::shapes::Listing;
use crate::render::style::Style;
use crate::source::SourceFile;

/// How much detail a drawing shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Detail {
    /// State names and transitions only
    Low,
    /// Also integrations, retries, conditions, and errors
    #[default]
    Normal,
    /// Also comments, timeouts, and each retrier
    High,
}

/// The direction of transitions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Direction {
    /// Top to bottom
    #[default]
    #[value(name = "TB")]
    TopToBottom,
    /// Left to right
    #[value(name = "LR")]
    LeftToRight,
}

/// Options of a drawing.
#[derive(Debug, Clone, Copy)]
pub struct Settings<'a> {
    /// Level of detail.
    pub detail: Detail,
    /// Layout direction.
    pub direction: Direction,
    /// Whether to wrap the output in a fenced code block, in the formats that Markdown can embed.
    pub markdown: bool,
    /// The capabilities of the terminal.
    pub style: &'a Style,
    /// The file of the definition, for formats that show its text.
    pub source: Option<&'a SourceFile>,
    /// The file of the older definition, which contains the removed states.
    pub older: Option<&'a SourceFile>,
    /// The types of the data at each state, for formats that show them.
    pub types: Option<&'a Listing>,
}

impl Direction {
    /// The keyword that Mermaid, Graphviz, and the command line share.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::TopToBottom => "TB",
            Self::LeftToRight => "LR",
        }
    }
}
